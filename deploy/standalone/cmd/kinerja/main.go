// Command kinerja is the whole suite in one process, with what a trial of it needs.
//
//	kinerja run     start the suite, with the demonstration on an empty data directory
//	kinerja token   print a development token
//	kinerja keys    make the keys and service tokens of a split deployment
//	kinerja pack    check rule packs: lint, test, diff, show, schema
//	kinerja version print the version
//
// Exit codes: 0 well, 64 wrong usage, 65 a rule pack is not valid, 70 failed; `run -- CMD` exits with CMD's.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

const (
	exitUsage  = 64
	exitFailed = 70
)

const usageText = "usage: kinerja run|token|keys|pack|version [flags]; all but version have --help"

// errUsage is a call that was not understood; the explanation was printed.
var errUsage = errors.New("wrong usage")

// exitError carries the code of a command that was run.
type exitError int

func (c exitError) Error() string { return fmt.Sprintf("the command ended with code %d", int(c)) }

func main() { os.Exit(realMain()) }

func realMain() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := dispatch(ctx, os.Args[1:])
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	// To be told to end before everything was open is not a failure either.
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return 0
	}
	code, ok := errors.AsType[exitError](err)
	if ok {
		return int(code)
	}
	if errors.Is(err, errUsage) {
		return exitUsage
	}
	fmt.Fprintln(os.Stderr, "kinerja:", err)
	return exitFailed
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, usageText)
		return errUsage
	}
	if args[0] == "help" || asksHelp(args[0]) {
		fmt.Println(usageText)
		return nil
	}
	switch args[0] {
	case "run":
		return runCommand(ctx, args[1:])
	case "token":
		return tokenCommand(args[1:])
	case "keys":
		return keysCommand(args[1:])
	case "pack":
		return packCommand(os.Stdout, args[1:])
	case "version":
		info, _ := debug.ReadBuildInfo()
		fmt.Println(info.Main.Version, info.GoVersion)
		return nil
	}
	fmt.Fprintln(os.Stderr, usageText)
	return errUsage
}
