// Command gatewayd serves the HTTP edge of a split deployment. See its README, or run it with -h.
//
// It is built on kit/process and not on kit/daemon, which opens a database and the bus: nothing of either is linked into
// the edge.
package main

import (
	"context"
	"os"

	"github.com/kinerja-suite/kinerja/services/kit/process"
)

func main() { os.Exit(process.Main(spec())) }

func spec() process.Spec {
	cfg := &Config{}
	return process.Spec{
		Name:   "gateway",
		Config: cfg,
		Open:   func(ctx context.Context, env *process.Env) (process.Parts, error) { return open(ctx, env, cfg) },
	}
}
