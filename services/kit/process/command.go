package process

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	healthTimeout = 5 * time.Second
	// configFile is the end of the environment variable that names the configuration file.
	configFile = "CONFIG_FILE"
)

// command is one run of the program.
type command struct {
	System
	spec   Spec
	prefix string
	flags  map[string]string
	file   string
}

// action is what the words of a command line make the program do.
type action struct {
	words string
	args  []string
	// help is what the usage says; an action without it is not listed.
	help string
	do   func(ctx context.Context, args []string) int
}

func (a action) title() string { return strings.Join(append([]string{a.words}, a.args...), " ") }

// after returns what follows the words of the action, if the arguments begin with them.
func (a action) after(args []string) ([]string, bool) {
	words := strings.Fields(a.words)
	if len(args) < len(words) || !slices.Equal(args[:len(words)], words) {
		return nil, false
	}
	return args[len(words):], true
}

func (c *command) run(ctx context.Context) int {
	args, ok := c.parse()
	if !ok {
		return ExitUsage
	}
	if len(args) == 0 {
		args = []string{"run"}
	}
	for _, a := range c.actions() {
		rest, ok := a.after(args)
		if !ok {
			continue
		}
		if len(rest) == len(a.args) {
			return a.do(ctx, rest)
		}
		if len(a.args) > 0 {
			fmt.Fprintf(c.Stderr, "the command has another form: %s\n\n%s", a.title(), c.usage())
			return ExitUsage
		}
	}
	fmt.Fprintf(c.Stderr, "unknown command %q\n\n%s", strings.Join(args, " "), c.usage())
	return ExitUsage
}

func (c *command) actions() []action {
	all := []action{
		{words: "run", help: "serves until it is told to stop (the default)", do: c.serve},
		{words: "config print", help: "writes the configuration in force", do: c.print},
		{words: "config check", help: "reads the configuration and reports all of its errors", do: c.check},
		{words: "config docs", help: "writes the reference of the configuration as Markdown", do: c.docs},
	}
	for _, own := range c.spec.Commands {
		all = append(all, action{words: own.Name, args: own.Args, help: own.Help, do: c.own(own)})
	}
	return append(all,
		action{words: "health", help: "asks the running process whether it is ready", do: c.health},
		action{words: "version", help: "writes the version", do: c.version},
		action{words: "help", do: c.help},
	)
}

func (c *command) usage() string {
	listed := slices.DeleteFunc(c.actions(), func(a action) bool { return a.help == "" })
	width := 0
	for _, a := range listed {
		width = max(width, len(a.title()))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %sd [-config FILE] [-set KEY=VALUE]... [COMMAND]\n\nCommands:\n", c.spec.Name)
	for _, a := range listed {
		fmt.Fprintf(&b, "  %-*s   %s\n", width, a.title(), a.help)
	}
	fmt.Fprintf(&b, "\nThe configuration comes from defaults, the file, variables %s…, and -set, in rising order of precedence.\n", c.prefix)
	return b.String()
}

func (c *command) parse() ([]string, bool) {
	c.flags = map[string]string{}
	fs := flag.NewFlagSet(c.spec.Name, flag.ContinueOnError)
	fs.SetOutput(c.Stderr)
	fs.Usage = func() { _, _ = io.WriteString(c.Stderr, c.usage()) }
	fs.StringVar(&c.file, "config", "", "")
	fs.Func("set", "", func(s string) error {
		key, value, ok := strings.Cut(s, "=")
		if !ok || key == "" {
			return errors.New("it is not of the form key=value")
		}
		c.flags[key] = value
		return nil
	})
	err := fs.Parse(c.Args)
	if err != nil {
		return nil, false
	}
	for _, v := range c.Env {
		name, value, _ := strings.Cut(v, "=")
		if c.file == "" && name == c.prefix+configFile {
			c.file = value
		}
	}
	return fs.Args(), true
}

// load reads the configuration and writes its errors.
func (c *command) load() (Common, bool) {
	err := config.Load(c.spec.Config, config.Sources{
		File: c.file, Env: c.Env, EnvPrefix: c.prefix, IgnoreEnv: []string{c.prefix + configFile}, Flags: c.flags,
	})
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return Common{}, false
	}
	return c.spec.Config.Common(), true
}

// within loads the configuration, makes the environment, and does the work in it. The work closes the environment.
func (c *command) within(ctx context.Context, work func(ctx context.Context, env *Env) error) int {
	common, ok := c.load()
	if !ok {
		return ExitConfig
	}
	logger, err := telemetry.Logger(c.Stderr, common.Log.Level, common.Log.Format)
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return ExitConfig
	}
	logger = logger.With(telemetry.KeyService, c.spec.Name)
	env, err := newEnv(c.spec.Name, common, logger)
	if err == nil {
		env.Stdout = c.Stdout
		err = work(ctx, env)
	}
	if errors.Is(err, ErrUsage) {
		fmt.Fprintln(c.Stderr, err)
		return ExitUsage
	}
	if err != nil {
		logger.ErrorContext(ctx, "failed", telemetry.KeyError, err.Error())
		return ExitInternal
	}
	return ExitOK
}

func (c *command) serve(ctx context.Context, _ []string) int {
	return c.within(ctx, func(ctx context.Context, env *Env) error { return env.serve(ctx, c.spec.Open) })
}

// own returns what does a command of the process itself.
func (c *command) own(own Command) func(context.Context, []string) int {
	return func(ctx context.Context, args []string) int {
		return c.within(ctx, func(ctx context.Context, env *Env) error {
			return errors.Join(own.Run(ctx, env, args), env.unwind(ctx))
		})
	}
}

func (c *command) print(context.Context, []string) int {
	_, ok := c.load()
	if !ok {
		return ExitConfig
	}
	return c.wrote(config.Print(c.Stdout, c.spec.Config))
}

func (c *command) check(context.Context, []string) int {
	_, ok := c.load()
	if !ok {
		return ExitConfig
	}
	return ExitOK
}

func (c *command) docs(context.Context, []string) int {
	return c.wrote(config.Docs(c.Stdout, c.spec.Config, c.prefix))
}

func (c *command) version(context.Context, []string) int {
	_, err := fmt.Fprintf(c.Stdout, "%sd %s\n", c.spec.Name, Version())
	return c.wrote(err)
}

func (c *command) help(context.Context, []string) int {
	_, err := io.WriteString(c.Stdout, c.usage())
	return c.wrote(err)
}

func (c *command) wrote(err error) int {
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return ExitInternal
	}
	return ExitOK
}

// health asks the operations listener, which needs neither a token nor a certificate.
func (c *command) health(ctx context.Context, _ []string) int {
	common, ok := c.load()
	if !ok {
		return ExitConfig
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	return c.wrote(ready(ctx, common.Ops.Addr))
}

func ready(ctx context.Context, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("ops.addr: %w", err)
	}
	if host == "" || net.ParseIP(host).IsUnspecified() {
		host = "localhost"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("ask for readiness: %w", err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("ask for readiness: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return errors.New("not ready")
	}
	return nil
}
