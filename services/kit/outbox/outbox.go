package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Defaults of Options.
const (
	DefaultBatch         = 256
	DefaultMaxAttempts   = 3
	DefaultMaxEventBytes = 1 << 20
	DefaultLeaseTTL      = 5 * time.Second
	DefaultPoll          = time.Second
	DefaultRetention     = 72 * time.Hour
)

// Options configure an outbox. Service is required.
type Options struct {
	// Service names the owner, such as "planning".
	Service string
	// Stream is the JetStream stream that takes the service's subjects. Default KINERJA_<SERVICE>.
	Stream string
	// Description tells operators who list streams what this one holds.
	Description string
	// MaxEventBytes is the size of the largest event that the stream takes. Default 1 MiB.
	MaxEventBytes int32
	// Config is what the installation chose. The zero value stands for DefaultConfig. Its retention
	// must exceed what the stream may lose in a crash.
	Config Config
	// Batch is how many rows are published at once, 1 to 256, the window of asynchronous
	// publishes. Default 256.
	Batch int
	// MaxAttempts is how often the server may refuse a row before it is parked. Default 3.
	MaxAttempts int
	// LeaseTTL is how long a dead relay keeps others waiting. Default 5 s.
	LeaseTTL time.Duration
	// Exclusive takes the relay's lease over at once at start. For databases that only one
	// process opens, such as an SQLite file.
	Exclusive bool
	// Poll is how often rows of another instance are looked for. Default 1 s.
	Poll time.Duration
	// Logger may be nil.
	Logger *slog.Logger
	// Registerer may be nil.
	Registerer prometheus.Registerer
	// Hooks are for tests of crashes.
	Hooks Hooks
}

// Hooks are called by the relay around a batch. An error makes Run return it at once, leaving
// everything as a killed process would.
type Hooks struct {
	// BeforePublish runs when rows have been claimed and nothing has been sent.
	BeforePublish func(ctx context.Context) error
	// AfterPublish runs when the stream has acknowledged and nothing has been marked.
	AfterPublish func(ctx context.Context) error
}

func (o *Options) complete() error {
	if o.Service == "" {
		return errors.New("outbox: options miss Service")
	}
	if o.Stream == "" {
		o.Stream = "KINERJA_" + strings.ToUpper(o.Service)
	}
	o.Batch = orDefault(o.Batch, DefaultBatch)
	if o.Batch > DefaultBatch {
		return fmt.Errorf("outbox: batch is %d, at most %d is possible", o.Batch, DefaultBatch)
	}
	o.MaxEventBytes = orDefault(o.MaxEventBytes, DefaultMaxEventBytes)
	o.MaxAttempts = orDefault(o.MaxAttempts, DefaultMaxAttempts)
	o.LeaseTTL = orDefault(o.LeaseTTL, DefaultLeaseTTL)
	o.Poll = orDefault(o.Poll, DefaultPoll)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Config == (Config{}) {
		o.Config = DefaultConfig()
	}
	return o.Config.Validate()
}

func orDefault[T int | int32 | time.Duration](v, fallback T) T {
	if v <= 0 {
		return fallback
	}
	return v
}

// Outbox appends events to the database of one service. It is safe for concurrent use.
type Outbox struct {
	db      *sqlkit.DB
	ids     ids.Source
	clock   clock.Clock
	opts    Options
	metrics *metrics
	kick    chan struct{}
}

// New returns the outbox of a service. db, source and c are required.
func New(db *sqlkit.DB, source ids.Source, c clock.Clock, opts Options) (*Outbox, error) {
	if db == nil || source == nil || c == nil {
		return nil, errors.New("outbox: a database, an id source and a clock are needed")
	}
	err := opts.complete()
	if err != nil {
		return nil, err
	}
	m, err := newMetrics(opts.Registerer, opts.Service)
	if err != nil {
		return nil, err
	}
	return &Outbox{db: db, ids: source, clock: c, opts: opts, metrics: m, kick: make(chan struct{}, 1)}, nil
}

const (
	insertColumns = `event_id, subject, source, event_type, resource_name, resource_revision,
data_schema, payload, trace_parent, trace_state, event_time, create_time`
	insertWidth = 12
	insertChunk = 16
)

// Append writes events in tx, to be published in the given order after the commit. It must
// follow the statement that guards the resource's revision, which puts the rows of one resource
// in the order of its changes. Missing ids and times are filled in. The events themselves are
// not changed.
func (o *Outbox) Append(ctx context.Context, tx *sqlkit.Tx, events ...event.Event) error {
	if len(events) == 0 {
		return nil
	}
	now := o.clock.Now()
	for start := 0; start < len(events); start += insertChunk {
		chunk := events[start:min(start+insertChunk, len(events))]
		args := make([]any, 0, len(chunk)*insertWidth)
		for _, e := range chunk {
			sealed, err := o.seal(ctx, e, now)
			if err != nil {
				return err
			}
			args = append(args, sealed.ID, sealed.Subject, sealed.Source, sealed.Type, sealed.Resource,
				sealed.Revision, sealed.DataSchema, sealed.Data, sealed.TraceParent, sealed.TraceState,
				sqlkit.Micros(sealed.Time), sqlkit.Micros(now))
		}
		query := "INSERT INTO outbox (" + insertColumns + ") VALUES " + sqlkit.Values(len(chunk), insertWidth, 1)
		_, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return fmt.Errorf("append events: %w", err)
		}
	}
	tx.AfterCommit(o.Kick)
	return nil
}

func (o *Outbox) seal(ctx context.Context, e event.Event, now time.Time) (event.Envelope, error) {
	if e.ID == "" {
		e.ID = o.ids.New()
	}
	if e.Time.IsZero() {
		e.Time = now
	}
	return event.Seal(ctx, event.Source(o.opts.Service), e)
}

// Kick makes the relay look for rows now. It never blocks.
func (o *Outbox) Kick() {
	select {
	case o.kick <- struct{}{}:
	default: // the relay has been told already
	}
}
