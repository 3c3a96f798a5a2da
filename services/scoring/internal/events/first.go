package events

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

// First returns the handler of a consumer that tells live while it works, and whether its stream holds more for it.
func First(live *app.Live, consumer string, next natskit.Handler) natskit.Handler {
	return func(ctx context.Context, batch []event.Received) error {
		end := live.Begin(consumer)
		defer func() { end(len(batch) > 0 && batch[len(batch)-1].Pending > 0) }()
		return next(ctx, batch)
	}
}
