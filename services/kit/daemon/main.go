package daemon

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

// Exit codes, after sysexits.h.
const (
	ExitOK       = 0
	ExitUsage    = 64
	ExitInternal = 70
	ExitConfig   = 78
)

const (
	healthTimeout = 5 * time.Second
	// configFile is the end of the environment variable that names the configuration file.
	configFile = "CONFIG_FILE"
)

const usage = `Usage: %[1]sd [-config FILE] [-set KEY=VALUE]... [COMMAND]

Commands:
  run            serves until it is told to stop (the default)
  config print   writes the configuration in force
  config check   reads the configuration and reports all of its errors
  config docs    writes the reference of the configuration as Markdown
  migrate        brings the database up to date
  health         asks the running process whether it is ready
  version        writes the version

The configuration comes from defaults, the file, variables %[2]s…, and -set, in rising order of precedence.
`

// Spec is what a process is made of.
type Spec struct {
	// Name is that of the service, such as planning.
	Name string
	// Config is a pointer to the struct of the service's section of the configuration; nil when it has none.
	Config any
	// Build makes the service of what the process has opened. It opens nothing but peers and what it gives to OnStop, and
	// asks nothing of the database, whose migrations may come after it.
	Build func(ctx context.Context, env *Env) (Service, error)
}

// System is the surroundings of a process.
type System struct {
	// Args are the arguments without the name of the program.
	Args []string
	// Env is the environment, as os.Environ gives it.
	Env    []string
	Stdout io.Writer
	Stderr io.Writer
}

// Main runs the process with the surroundings of the program until SIGINT or SIGTERM, and returns its exit code. A
// second signal ends the program at once.
func Main(spec Spec) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal gives the others their usual effect back.
	context.AfterFunc(ctx, stop)
	return Run(ctx, spec, System{Args: os.Args[1:], Env: os.Environ(), Stdout: os.Stdout, Stderr: os.Stderr})
}

// Run runs the process in the surroundings until ctx is done, and returns its exit code.
func Run(ctx context.Context, spec Spec, sys System) int {
	c := command{spec: spec, System: sys, prefix: "KINERJA_" + strings.ToUpper(spec.Name) + "_"}
	return c.run(ctx)
}

type command struct {
	System
	spec   Spec
	prefix string
	flags  map[string]string
	file   string
}

func (c *command) run(ctx context.Context) int {
	args, ok := c.parse()
	if !ok {
		return ExitUsage
	}
	commands := map[string]func(context.Context) int{
		"": c.serve, "run": c.serve, "migrate": c.migrate, "health": c.health, "version": c.version,
		"config print": c.print, "config check": c.check, "config docs": c.docs, "help": c.help,
	}
	do, ok := commands[strings.Join(args, " ")]
	if !ok {
		fmt.Fprintf(c.Stderr, "unknown command %q\n\n"+usage, strings.Join(args, " "), c.spec.Name, c.prefix)
		return ExitUsage
	}
	return do(ctx)
}

func (c *command) parse() ([]string, bool) {
	c.flags = map[string]string{}
	fs := flag.NewFlagSet(c.spec.Name, flag.ContinueOnError)
	fs.SetOutput(c.Stderr)
	fs.Usage = func() { fmt.Fprintf(c.Stderr, usage, c.spec.Name, c.prefix) }
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
func (c *command) load() (*Config, bool) {
	cfg := &Config{Service: c.spec.Config}
	err := config.Load(cfg, config.Sources{
		File: c.file, Env: c.Env, EnvPrefix: c.prefix, IgnoreEnv: []string{c.prefix + configFile}, Flags: c.flags,
	})
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return nil, false
	}
	return cfg, true
}

// within loads the configuration, opens the environment, and does the work in it. The work closes the environment.
func (c *command) within(ctx context.Context, work func(ctx context.Context, env *Env) error) int {
	cfg, ok := c.load()
	if !ok {
		return ExitConfig
	}
	logger, err := telemetry.Logger(c.Stderr, cfg.Log.Level, cfg.Log.Format)
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return ExitConfig
	}
	logger = logger.With(telemetry.KeyService, c.spec.Name)
	env, err := open(ctx, c.spec.Name, cfg, logger)
	if err == nil {
		err = work(ctx, env)
	}
	if err != nil {
		logger.ErrorContext(ctx, "failed", telemetry.KeyError, err.Error())
		return ExitInternal
	}
	return ExitOK
}

func (c *command) serve(ctx context.Context) int {
	return c.within(ctx, func(ctx context.Context, env *Env) error {
		p, err := newProcess(ctx, c.spec, env)
		if err != nil {
			return errors.Join(err, env.unwind(ctx))
		}
		return p.run(ctx)
	})
}

func (c *command) migrate(ctx context.Context) int {
	return c.within(ctx, func(ctx context.Context, env *Env) error {
		service, err := c.spec.Build(ctx, env)
		if err == nil {
			err = sqlkit.Migrate(ctx, env.DB, service.Migrations())
		}
		return errors.Join(err, env.unwind(ctx))
	})
}

func (c *command) print(context.Context) int {
	cfg, ok := c.load()
	if !ok {
		return ExitConfig
	}
	return c.wrote(config.Print(c.Stdout, cfg))
}

func (c *command) check(context.Context) int {
	_, ok := c.load()
	if !ok {
		return ExitConfig
	}
	return ExitOK
}

func (c *command) docs(context.Context) int {
	return c.wrote(config.Docs(c.Stdout, &Config{Service: c.spec.Config}, c.prefix))
}

func (c *command) version(context.Context) int {
	_, err := fmt.Fprintf(c.Stdout, "%sd %s\n", c.spec.Name, Version())
	return c.wrote(err)
}

func (c *command) help(context.Context) int {
	_, err := fmt.Fprintf(c.Stdout, usage, c.spec.Name, c.prefix)
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
func (c *command) health(ctx context.Context) int {
	cfg, ok := c.load()
	if !ok {
		return ExitConfig
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	return c.wrote(ready(ctx, cfg.Ops.Addr))
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

// Version returns the version of the program: that of its module, and the revision that it was built from.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	parts := []string{info.Main.Version}
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		if key == "vcs.revision" || key == "vcs.time" {
			parts = append(parts, settings[key])
		}
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}
