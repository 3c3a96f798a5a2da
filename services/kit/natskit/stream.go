package natskit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/services/kit/internal/pause"
)

const (
	// DedupeWindow is how long a stream recognises a repeated message id.
	DedupeWindow = 2 * time.Minute

	callTimeout  = 5 * time.Second
	retryBase    = 50 * time.Millisecond
	retryLimit   = 2 * time.Second
	rejectedCode = 500 // API errors below it are faults of the request
)

// EnsureStream creates the stream or brings it to the configuration given. Only the service that
// owns the stream calls it. It waits for the bus as long as ctx allows; an error that waiting
// cannot cure, such as an immutable setting, is returned at once. An outage that lasts, or a server
// that lacks the storage for the stream, is worth one line of the log. Subjects, name and limits are
// taken as they are; a missing duplicates window is DedupeWindow, and atomic batches, which the
// outbox relay uses for a long queue, are allowed on all but mirrors.
func EnsureStream(
	ctx context.Context, js jetstream.JetStream, cfg jetstream.StreamConfig, logger *slog.Logger,
) (jetstream.Stream, error) {
	if cfg.Duplicates == 0 {
		cfg.Duplicates = DedupeWindow
	}
	cfg.AllowAtomicPublish = cfg.Mirror == nil
	backoff := pause.Backoff{Base: retryBase, Limit: retryLimit}
	for {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		stream, err := js.CreateOrUpdateStream(call, cfg)
		cancel()
		if err == nil {
			return stream, nil
		}
		err = fmt.Errorf("ensure stream %s: %w", cfg.Name, err)
		if rejected(err) || ctx.Err() != nil {
			return nil, err
		}
		if backoff.Failures() == quietFailures {
			logger.Warn("stream cannot be made, trying on", slog.Any("error", err))
		}
		pause.For(ctx, backoff.Next())
	}
}

// rejected reports whether the server or the client refused the request itself, so that
// repeating it is of no use.
func rejected(err error) bool {
	if errors.Is(err, nats.ErrConnectionClosed) || errors.Is(err, jetstream.ErrInvalidStreamName) ||
		errors.Is(err, jetstream.ErrStreamNameRequired) {
		return true
	}
	api, ok := errors.AsType[*jetstream.APIError](err)
	return ok && api.Code < rejectedCode
}
