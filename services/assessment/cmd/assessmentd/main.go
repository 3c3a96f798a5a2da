// Command assessmentd serves the assessment service on its own, for split deployments.
package main

import (
	"context"
	"os"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/assessment"
	"github.com/kinerja-suite/kinerja/services/kit/daemon"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

func main() {
	cfg := assessment.Defaults()
	os.Exit(daemon.Main(daemon.Spec{
		Name:   assessment.Name,
		Config: &cfg,
		Build: func(_ context.Context, env *daemon.Env) (daemon.Service, error) {
			planning, err := env.Dial("planning")
			if err != nil {
				return nil, err
			}
			organizations := planningv1.NewOrganizationServiceClient(planning)
			return assessment.New(cfg, assessment.Deps{
				DB:            env.DB,
				NATS:          env.JetStream,
				Clock:         env.Clock,
				IDs:           env.IDs,
				Logger:        env.Logger,
				Registerer:    env.Registerer,
				Inputs:        planningv1.NewInputServiceClient(planning),
				Organizations: organizations,
				Periods:       planningv1.NewPeriodServiceClient(planning),
				Relations:     relation.Client(organizations),
			})
		},
	}))
}
