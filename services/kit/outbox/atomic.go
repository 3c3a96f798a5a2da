package outbox

import (
	"context"
	"encoding/json"
	"log/slog"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Headers of JetStream's atomic batches, which the client library does not wrap.
const (
	headerBatchID       = "Nats-Batch-Id"
	headerBatchSequence = "Nats-Batch-Sequence"
	headerBatchCommit   = "Nats-Batch-Commit"

	// atomicMin is the number of rows from which an atomic batch pays: the server flushes it to
	// disk once instead of once for each message, at a fixed cost of its own.
	atomicMin = 64
)

// atomicStream reports whether the stream takes atomic batches. It asks once after each outage.
func (r *Relay) atomicStream(ctx context.Context) bool {
	if r.atomic != nil {
		return *r.atomic
	}
	stream, err := r.js.Stream(ctx, r.out.opts.Stream)
	if err != nil {
		return false
	}
	allowed := stream.CachedInfo().Config.AllowAtomicPublish
	r.atomic = &allowed
	return allowed
}

// batchAck is the server's answer to the message that commits a batch.
type batchAck struct {
	Error  *jetstream.APIError `json:"error"`
	Stream string              `json:"stream"`
	Count  int                 `json:"count"`
}

// publishAtomic sends the rows as one batch that the stream takes whole or not at all. ok is
// false when the server refused the batch; then nothing of it is stored, and the rows are sent
// one by one, which tells what is wrong with which. That is the normal course for a batch that
// holds a repetition.
func (r *Relay) publishAtomic(ctx context.Context, rows []row) (out outcome, ok bool) {
	conn := r.js.Conn()
	batchID := r.out.ids.New()
	var reply *nats.Msg
	for i, row := range rows {
		msg := r.message(row)
		msg.Header[jetstream.ExpectedStreamHeader] = []string{r.out.opts.Stream}
		msg.Header[headerBatchID] = []string{batchID}
		msg.Header[headerBatchSequence] = []string{strconv.Itoa(i + 1)}
		var err error
		if i < len(rows)-1 {
			err = conn.PublishMsg(msg)
		} else {
			msg.Header[headerBatchCommit] = []string{"1"}
			reply, err = conn.RequestMsgWithContext(ctx, msg)
		}
		if err != nil && refusesMessage(err) {
			return outcome{}, false // the server forgets a batch that is not committed
		}
		if err != nil {
			r.sort(&out, row, nil, err)
			return out, true
		}
	}
	var ack batchAck
	err := json.Unmarshal(reply.Data, &ack)
	if err != nil || ack.Error != nil || ack.Stream != r.out.opts.Stream || ack.Count != len(rows) {
		r.out.opts.Logger.Debug("atomic batch refused, publishing one by one", slog.Any("error", ack.Error))
		return outcome{}, false
	}
	r.out.metrics.atomic.Inc()
	out.acked = rows
	return out, true
}
