// Command scoringd serves the scoring service on its own, for split deployments.
package main

import (
	"context"
	"os"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/daemon"
	"github.com/kinerja-suite/kinerja/services/scoring"
)

func main() {
	cfg := scoring.Defaults()
	os.Exit(daemon.Main(daemon.Spec{
		Name:   scoring.Name,
		Config: &cfg,
		Build: func(_ context.Context, env *daemon.Env) (daemon.Service, error) {
			planning, err := env.Dial("planning")
			if err != nil {
				return nil, err
			}
			assessment, err := env.Dial("assessment")
			if err != nil {
				return nil, err
			}
			return scoring.New(cfg, scoring.Deps{
				DB:               env.DB,
				NATS:             env.JetStream,
				Clock:            env.Clock,
				IDs:              env.IDs,
				Logger:           env.Logger,
				Registerer:       env.Registerer,
				TracerProvider:   env.TracerProvider,
				PlanInputs:       planningv1.NewInputServiceClient(planning),
				Periods:          planningv1.NewPeriodServiceClient(planning),
				Organization:     planningv1.NewOrganizationServiceClient(planning),
				AssessmentInputs: assessmentv1.NewInputServiceClient(assessment),
			})
		},
	}))
}
