package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/kinerja-suite/kinerja/deploy/standalone"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	defaultHTTP = "127.0.0.1:8080"
	defaultGRPC = "127.0.0.1:9090"
	freePort    = "127.0.0.1:0"
	// loadedFile in the data directory says that the demonstration was loaded to its end.
	loadedFile = "demonstration-loaded"
)

type runFlags struct {
	data, http, grpc, ops, logLevel string
	empty                           bool
	command                         []string
}

func defaultData() string {
	dir := os.Getenv("KINERJA_DATA")
	if dir == "" {
		return ".data"
	}
	return dir
}

// parseRun reads the flags. With a command the defaults are free ports and a temporary directory, empty here.
func parseRun(args []string) (runFlags, error) {
	var f runFlags
	flags := flag.NewFlagSet("kinerja run", flag.ContinueOnError)
	flags.StringVar(&f.data, "data", defaultData(), "directory of the databases, the event streams and the keys")
	flags.StringVar(&f.http, "http", defaultHTTP, "address of the HTTP edge; port 0 takes a free one")
	flags.StringVar(&f.grpc, "grpc", defaultGRPC, "address of the gRPC services; port 0 takes a free one")
	flags.StringVar(&f.ops, "ops", "", "address of /metrics; empty for none")
	flags.StringVar(&f.logLevel, "log-level", "warn", "debug, info, warn or error; the log goes to standard error")
	flags.BoolVar(&f.empty, "empty", false, "load no demonstration data")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: run [flags] [-- CMD ARGS…]\n\nWith CMD it starts on free ports with a temporary data directory unless told otherwise,"+
			"\nwaits for the demonstration, sets KINERJA_HTTP, KINERJA_GRPC and KINERJA_TOKEN, runs CMD,\nstops everything and exits with its code.")
		flags.PrintDefaults()
	}
	split := slices.Index(args, "--")
	if split >= 0 {
		f.command = args[split+1:]
		args = args[:split]
	}
	err := flags.Parse(args)
	if err != nil {
		return f, usage(err)
	}
	if flags.NArg() > 0 || (split >= 0 && len(f.command) == 0) {
		flags.Usage()
		return f, errUsage
	}
	if len(f.command) == 0 {
		return f, nil
	}
	given := map[string]bool{}
	flags.Visit(func(x *flag.Flag) { given[x.Name] = true })
	for name, value := range map[string]*string{"http": &f.http, "grpc": &f.grpc} {
		if !given[name] {
			*value = freePort
		}
	}
	if !given["data"] {
		f.data = ""
	}
	return f, nil
}

func runCommand(ctx context.Context, args []string) error {
	f, err := parseRun(args)
	if err != nil {
		return err
	}
	if f.data == "" {
		f.data, err = os.MkdirTemp("", "kinerja-")
		if err != nil {
			return err
		}
		temporary := f.data
		defer func() { _ = os.RemoveAll(temporary) }()
	}
	f.data, err = filepath.Abs(f.data)
	if err != nil {
		return err
	}
	logger, err := telemetry.Logger(os.Stderr, f.logLevel, "text")
	if err != nil {
		return err
	}
	suite, err := standalone.Open(ctx, standalone.Options{
		Data: f.data, HTTP: f.http, GRPC: f.grpc, Ops: f.ops, Logger: logger,
	})
	if err != nil {
		return err
	}
	return serve(ctx, suite, f, logger)
}

// serve runs the suite beside the visitor: the suite ends when the visitor has failed or ended, and both on a signal.
func serve(ctx context.Context, suite *standalone.Suite, f runFlags, logger *slog.Logger) error {
	suiteCtx, stopSuite := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSuite()
	ended := make(chan error, 1)
	go func() { ended <- suite.Run(suiteCtx) }()

	visitCtx, stopVisit := context.WithCancel(ctx)
	defer stopVisit()
	visited := make(chan error, 1)
	go func() { visited <- visit(visitCtx, suite, f, logger) }()

	select {
	case err := <-ended:
		stopVisit()
		return errors.Join(err, unlessTold(visitCtx, <-visited))
	case err := <-visited:
		stopSuite()
		return errors.Join(unlessTold(ctx, err), <-ended)
	}
}

// unlessTold drops the error of a visitor who was told to end, but not the code of a command that was run.
func unlessTold(ctx context.Context, err error) error {
	_, isCode := errors.AsType[exitError](err)
	if ctx.Err() != nil && !isCode {
		return nil
	}
	return err
}

// visit says that the suite is ready, loads the demonstration, and runs the command or waits for the end.
func visit(ctx context.Context, suite *standalone.Suite, f runFlags, logger *slog.Logger) error {
	err := suite.WaitReady(ctx)
	if err != nil {
		return err
	}
	// What a command prints is its own: standard output is left to it.
	var out io.Writer = os.Stdout
	if len(f.command) > 0 {
		out = os.Stderr
	}
	fmt.Fprintf(out, "ready http=http://%s grpc=%s\n", suite.HTTPAddr(), suite.GRPCAddr())
	loader := demo.New(suite.Conns(), suite.Signer())
	if !f.empty {
		err = demonstrate(ctx, loader, f.data, logger)
		if err != nil {
			return err
		}
	}
	if len(f.command) > 0 {
		return command(ctx, suite, loader, f.command)
	}
	if !f.empty {
		err = present(ctx, out, suite, loader, f.data)
		if err != nil {
			return err
		}
	}
	<-ctx.Done()
	return nil
}

func demonstrate(ctx context.Context, loader *demo.Loader, data string, logger *slog.Logger) error {
	loaded := filepath.Join(data, loadedFile)
	_, err := os.Stat(loaded)
	if err == nil {
		return nil
	}
	logger.InfoContext(ctx, "loading the demonstration")
	err = loader.Load(ctx)
	if err != nil {
		return err
	}
	return os.WriteFile(loaded, nil, 0o600)
}

func command(ctx context.Context, suite *standalone.Suite, loader *demo.Loader, args []string) error {
	token, err := loader.Tokens().Admin()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // the command is the caller's own
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "KINERJA_HTTP=http://"+suite.HTTPAddr(), "KINERJA_GRPC="+suite.GRPCAddr(), "KINERJA_TOKEN="+token)
	err = cmd.Run()
	ended, ok := errors.AsType[*exec.ExitError](err)
	if ok {
		return exitError(max(ended.ExitCode(), 1))
	}
	return err
}
