package daemon

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// maxListed bounds what outbox list writes.
const maxListed = 1000

// openOutbox opens the database, and nothing else, and returns the outbox in it. Every service has the table; of one
// that publishes nothing it stays empty. What is changed here the running process sees at its next poll.
func (p program) openOutbox(ctx context.Context, env *process.Env) (*outbox.Outbox, error) {
	db, err := openDB(ctx, env, p.config.DB)
	if err != nil {
		return nil, err
	}
	// The tables of the shared runtime are enough; those of the service may be ahead of this binary or behind it.
	err = sqlkit.CheckSchema(ctx, db, nil)
	if err != nil {
		return nil, err
	}
	c := clock.System()
	return outbox.New(db, ids.New(c), c, outbox.Options{Service: env.Name, Logger: env.Logger})
}

func (p program) list(ctx context.Context, env *process.Env, _ []string) error {
	out, err := p.openOutbox(ctx, env)
	if err != nil {
		return err
	}
	parked, err := out.Parked(ctx, maxListed)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "EVENT_ID\tPARK_TIME\tATTEMPTS\tSUBJECT\tRESOURCE\tLAST_ERROR")
	for _, e := range parked {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%q\n",
			e.EventID, e.ParkTime.Format(time.RFC3339), e.Attempts, e.Subject, e.Resource, e.LastError)
	}
	if len(parked) == maxListed {
		env.Logger.WarnContext(ctx, "there may be more, only the oldest are listed", "listed", maxListed)
	}
	return w.Flush()
}

func (p program) retry(ctx context.Context, env *process.Env, args []string) error {
	out, err := p.openOutbox(ctx, env)
	if err != nil {
		return err
	}
	err = out.Retry(ctx, args[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "%s will be published again\n", args[0])
	return err
}

func (p program) drop(ctx context.Context, env *process.Env, args []string) error {
	out, err := p.openOutbox(ctx, env)
	if err != nil {
		return err
	}
	err = out.Drop(ctx, args[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "%s is removed\n", args[0])
	return err
}

func (p program) republish(ctx context.Context, env *process.Env, args []string) error {
	since, err := time.Parse(time.RFC3339, args[0])
	if err != nil {
		return fmt.Errorf("%w: SINCE is a time such as 2026-03-01T00:00:00+07:00: %w", process.ErrUsage, err)
	}
	out, err := p.openOutbox(ctx, env)
	if err != nil {
		return err
	}
	n, err := out.Republish(ctx, since)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "events that will be published again: %d\n", n)
	return err
}
