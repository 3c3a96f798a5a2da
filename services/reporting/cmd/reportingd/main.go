// Command reportingd runs the service reporting: reports of people, units and tenants.
package main

import (
	"context"
	"os"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/daemon"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewredis"
	"github.com/kinerja-suite/kinerja/services/reporting"
)

func main() {
	cfg := reporting.Defaults()
	os.Exit(daemon.Main(daemon.Spec{
		Name: reporting.Name, Config: &cfg,
		Build: func(_ context.Context, env *daemon.Env) (daemon.Service, error) { return build(&cfg, env) },
	}))
}

func build(cfg *reporting.Config, env *daemon.Env) (daemon.Service, error) {
	planning, err := env.Dial("planning")
	if err != nil {
		return nil, err
	}
	d := reporting.Deps{
		DB: env.DB, NATS: env.JetStream, Organization: planningv1.NewOrganizationServiceClient(planning),
		Clock: env.Clock, Logger: env.Logger, Registerer: env.Registerer, TracerProvider: env.TracerProvider,
	}
	// Without Redis there are no views: those in the memory of one process would not see what another takes in.
	redis := env.Config.Redis
	if redis.Addr != "" {
		views, err := viewredis.Open(viewredis.Config{
			Addrs: []string{redis.Addr}, PasswordFile: redis.PasswordFile, Name: "kinerja-" + env.Name,
		})
		if err != nil {
			return nil, err
		}
		env.OnStop("views", func(context.Context) error { return views.Close() })
		d.Views = views
	}
	return reporting.New(*cfg, d)
}
