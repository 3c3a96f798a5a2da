package outbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/services/kit/natskit"
)

// headerTooLarge is the server's code for headers beyond its fixed maximum.
const headerTooLarge jetstream.ErrorCode = 10097

// outcome of publishing a batch.
type outcome struct {
	acked   []row
	refused []refusal
	// err is the first failure of the bus; rows beyond it may or may not be stored.
	err error
}

type refusal struct {
	row   row
	cause error
}

// publish sends the rows in order and waits for their acknowledgements. A row that the server
// refuses keeps back the later rows of its resource, as far as they have not been sent.
func (r *Relay) publish(ctx context.Context, rows []row) outcome {
	ctx, cancel := context.WithTimeout(ctx, natskit.PublishTimeout)
	defer cancel()
	if len(rows) == 1 {
		ack, err := r.js.PublishMsg(ctx, r.message(rows[0]), r.publishOptions()...)
		var out outcome
		r.sort(&out, rows[0], ack, err)
		return out
	}
	if len(rows) >= atomicMin && r.atomicStream(ctx) {
		out, ok := r.publishAtomic(ctx, rows)
		if ok {
			return out
		}
	}
	return r.publishWindow(ctx, rows)
}

func (r *Relay) publishWindow(ctx context.Context, rows []row) outcome {
	var out outcome
	futures := make([]jetstream.PubAckFuture, len(rows))
	kept := map[string]bool{}
	for i, row := range rows {
		if kept[row.Resource] {
			continue
		}
		future, err := r.js.PublishMsgAsync(r.message(row), r.publishOptions()...)
		if err == nil {
			futures[i] = future
			continue
		}
		r.sort(&out, row, nil, err)
		if out.err != nil {
			break
		}
		kept[row.Resource] = true
	}
	for i, future := range futures {
		if future == nil {
			continue
		}
		select {
		case ack := <-future.Ok():
			r.sort(&out, rows[i], ack, nil)
		case err := <-future.Err():
			r.sort(&out, rows[i], nil, err)
		case <-ctx.Done():
			r.sort(&out, rows[i], nil, ctx.Err())
		}
	}
	return out
}

// sort files one row's result.
func (r *Relay) sort(out *outcome, sent row, ack *jetstream.PubAck, err error) {
	switch {
	case err == nil:
		out.acked = append(out.acked, sent)
		if ack.Duplicate {
			r.out.metrics.duplicates.Inc()
		}
	case refusesMessage(err):
		out.refused = append(out.refused, refusal{row: sent, cause: err})
	case out.err == nil:
		out.err = fmt.Errorf("publish to stream %s: %w", r.out.opts.Stream, err)
	}
}

// refusesMessage tells a refusal of this very message, which counts against it, from a bus that
// is down, full or misconfigured, which does not.
func refusesMessage(err error) bool {
	if errors.Is(err, nats.ErrMaxPayload) || errors.Is(err, nats.ErrBadSubject) ||
		errors.Is(err, nats.ErrInvalidMsg) || errors.Is(err, nats.ErrBadHeaderMsg) {
		return true
	}
	api, ok := errors.AsType[*jetstream.APIError](err)
	if !ok {
		return false
	}
	return api.ErrorCode == jetstream.JSErrCodeStreamMessageExceedsMaximum || api.ErrorCode == headerTooLarge
}

// publishOptions name the stream, so that a misrouted subject is an error and not a loss, and
// leave all retries to the relay, which keeps the order.
func (r *Relay) publishOptions() []jetstream.PublishOpt {
	return []jetstream.PublishOpt{
		jetstream.WithExpectStream(r.out.opts.Stream), jetstream.WithRetryAttempts(0),
	}
}

func (r *Relay) message(row row) *nats.Msg {
	header := nats.Header(row.Header())
	header[jetstream.MsgIDHeader] = []string{row.ID}
	return &nats.Msg{Subject: row.Subject, Header: header, Data: row.Data}
}
