package process

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
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
	name          = "gateway"
	envPrefix     = "KINERJA_GATEWAY_"
	configFile    = envPrefix + "CONFIG_FILE"
	healthTimeout = 5 * time.Second
)

const usage = `Usage: gatewayd [-config FILE] [-set KEY=VALUE]... [COMMAND]

Commands:
  run            serves until it is told to stop (the default)
  config print   writes the configuration in force
  config check   reads the configuration and reports all of its errors
  config docs    writes the reference of the configuration as Markdown
  health         asks the running process whether it is ready
  version        writes the version

The configuration comes from defaults, the file, variables ` + envPrefix + `…, and -set, in rising order of precedence.
`

// System is the surroundings of the program.
type System struct {
	// Args are the arguments without the name of the program.
	Args []string
	// Env is the environment, as os.Environ gives it.
	Env    []string
	Stdout io.Writer
	Stderr io.Writer
}

// Main runs the program until SIGINT or SIGTERM, and returns its exit code. A second signal ends it at once.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal gives the others their usual effect back.
	context.AfterFunc(ctx, stop)
	return Run(ctx, System{Args: os.Args[1:], Env: os.Environ(), Stdout: os.Stdout, Stderr: os.Stderr})
}

// Run runs the program in the surroundings until ctx is done, and returns its exit code.
func Run(ctx context.Context, sys System) int {
	c := command{System: sys, flags: map[string]string{}}
	args, ok := c.parse()
	if !ok {
		return ExitUsage
	}
	commands := map[string]func(context.Context) int{
		"": c.serve, "run": c.serve, "health": c.health, "version": c.version, "help": c.help,
		"config print": c.print, "config check": c.check, "config docs": c.docs,
	}
	do, ok := commands[strings.Join(args, " ")]
	if !ok {
		fmt.Fprintf(c.Stderr, "unknown command %q\n\n%s", strings.Join(args, " "), usage)
		return ExitUsage
	}
	return do(ctx)
}

type command struct {
	System

	flags map[string]string
	file  string
}

func (c *command) parse() ([]string, bool) {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(c.Stderr)
	fs.Usage = func() { fmt.Fprint(c.Stderr, usage) }
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
		key, value, _ := strings.Cut(v, "=")
		if c.file == "" && key == configFile {
			c.file = value
		}
	}
	return fs.Args(), true
}

// load reads the configuration and writes its errors.
func (c *command) load() (*Config, bool) {
	cfg := &Config{}
	err := config.Load(cfg, config.Sources{
		File: c.file, Env: c.Env, EnvPrefix: envPrefix, IgnoreEnv: []string{configFile}, Flags: c.flags,
	})
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return nil, false
	}
	return cfg, true
}

func (c *command) serve(ctx context.Context) int {
	cfg, ok := c.load()
	if !ok {
		return ExitConfig
	}
	logger, err := telemetry.Logger(c.Stderr, cfg.Log.Level, cfg.Log.Format)
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return ExitConfig
	}
	logger = logger.With(telemetry.KeyService, name)
	p, err := open(ctx, cfg, logger)
	if err == nil {
		err = p.run(ctx)
	}
	if err != nil {
		logger.ErrorContext(ctx, "failed", telemetry.KeyError, err.Error())
		return ExitInternal
	}
	return ExitOK
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
	return c.wrote(config.Docs(c.Stdout, &Config{}, envPrefix))
}

func (c *command) version(context.Context) int {
	_, err := fmt.Fprintf(c.Stdout, "gatewayd %s\n", version())
	return c.wrote(err)
}

func (c *command) help(context.Context) int {
	_, err := io.WriteString(c.Stdout, usage)
	return c.wrote(err)
}

// health asks the operations listener of the process that runs with this configuration.
func (c *command) health(ctx context.Context) int {
	cfg, ok := c.load()
	if !ok {
		return ExitConfig
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	return c.wrote(ready(ctx, cfg.Ops.Addr))
}

func (c *command) wrote(err error) int {
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return ExitInternal
	}
	return ExitOK
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

// version returns the version of the module and the revision that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return info.Main.Version + " " + s.Value
		}
	}
	return info.Main.Version
}
