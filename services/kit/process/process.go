package process

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/kinerja-suite/kinerja/services/kit/run"
)

// Exit codes, after sysexits.h.
const (
	ExitOK       = 0
	ExitUsage    = 64
	ExitInternal = 70
	ExitConfig   = 78
)

// ErrUsage marks the error of a command about its arguments: it is written as it is, and the exit code is ExitUsage.
var ErrUsage = errors.New("wrong argument")

// Spec is what a process is made of.
type Spec struct {
	// Name is what the process is called, such as planning: the program is planningd, and its environment variables begin
	// with KINERJA_PLANNING_.
	Name string
	// Config is loaded before anything else is done.
	Config Config
	// Open opens what the process works with, and returns what it serves. What it opens it gives to Env.OnStop, also when
	// it then fails.
	Open func(ctx context.Context, env *Env) (Parts, error)
	// Commands are those that the process has beside the ones of every process.
	Commands []Command
}

// Parts are what a process serves.
type Parts struct {
	// Units start in this order, after all that was opened and before the operations endpoints.
	Units []run.Unit
	// Check returns why the process cannot serve now. It is asked between start and stop only; nil means that nothing else
	// counts.
	Check func(ctx context.Context) error
	// Health is told every 5 seconds whether the process can serve; nil when there is nobody to tell.
	Health Health
}

// Health is where a server says whether it serves. A *grpckit.Server is one.
type Health interface {
	// SetServing says whether calls can be served.
	SetServing(serving bool)
	// Withdraw says for good that they cannot, while they still are.
	Withdraw()
}

// Command is what a process can do instead of serving.
type Command struct {
	// Name is its words, such as "outbox retry".
	Name string
	// Args name its arguments, such as EVENT_ID. Each is needed.
	Args []string
	// Help says what it does, for the usage.
	Help string
	// Run does it, with as many arguments as Args has. Afterwards all that it gave to Env.OnStop is closed. An error makes
	// the exit code ExitInternal, one that is ErrUsage makes it ExitUsage.
	Run func(ctx context.Context, env *Env, args []string) error
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
