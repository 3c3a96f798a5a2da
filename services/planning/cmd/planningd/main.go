// Command planningd serves the planning service on its own, for split deployments.
package main

import (
	"context"
	"os"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/daemon"
	"github.com/kinerja-suite/kinerja/services/planning"
)

func main() {
	cfg := planning.Defaults()
	os.Exit(daemon.Main(daemon.Spec{
		Name:   planning.Name,
		Config: &cfg,
		Build: func(_ context.Context, env *daemon.Env) (daemon.Service, error) {
			scoring, err := env.Dial("scoring")
			if err != nil {
				return nil, err
			}
			return planning.New(cfg, planning.Deps{
				DB:         env.DB,
				NATS:       env.JetStream,
				Clock:      env.Clock,
				IDs:        env.IDs,
				Logger:     env.Logger,
				Registerer: env.Registerer,
				RulePacks:  scoringv1.NewRulePackServiceClient(scoring),
			})
		},
	}))
}
