package daemon

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Spec is what the process of a service is made of.
type Spec struct {
	// Name is that of the service, such as planning.
	Name string
	// Config is a pointer to the struct of the service's section of the configuration; nil when it has none.
	Config any
	// Build makes the service of what the process has opened. It opens nothing but peers and what it gives to OnStop, and
	// asks nothing of the database, whose migrations may come after it.
	Build func(ctx context.Context, env *Env) (Service, error)
}

// Main runs the process with the surroundings of the program, as process.Main does, and returns its exit code.
func Main(spec Spec) int { return process.Main(spec.process()) }

// Run runs the process in the surroundings until ctx is done, and returns its exit code.
func Run(ctx context.Context, spec Spec, sys process.System) int {
	return process.Run(ctx, spec.process(), sys)
}

func (s Spec) process() process.Spec {
	p := program{spec: s, config: &Config{Service: s.Config}}
	return process.Spec{Name: s.Name, Config: p.config, Open: p.open, Commands: p.commands()}
}

// program is the process of a service. Its configuration is loaded when its methods are called.
type program struct {
	spec   Spec
	config *Config
}

func (p program) commands() []process.Command {
	return []process.Command{
		{Name: "migrate", Help: "brings the database up to date", Run: p.migrate},
		{Name: "outbox list", Help: "lists the events that the bus refused for good", Run: p.list},
		{Name: "outbox retry", Args: []string{"EVENT_ID"}, Help: "publishes one of them again", Run: p.retry},
		{Name: "outbox drop", Args: []string{"EVENT_ID"}, Help: "removes one of them: nobody will be told", Run: p.drop},
		{Name: "outbox republish", Args: []string{"SINCE"}, Help: "publishes again what was made since a time (RFC 3339)", Run: p.republish},
	}
}

func (p program) migrate(ctx context.Context, outer *process.Env, _ []string) error {
	env, err := openEnv(ctx, outer, p.config)
	if err != nil {
		return err
	}
	service, err := p.spec.Build(ctx, env)
	if err != nil {
		return err
	}
	return sqlkit.Migrate(ctx, env.DB, service.Migrations())
}
