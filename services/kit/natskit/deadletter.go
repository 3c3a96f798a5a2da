package natskit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const maxReasonBytes = 500

// DeadLetter is a message that a consumer can never handle.
type DeadLetter struct {
	Consumer   string
	Stream     string
	Sequence   uint64
	EventID    string // empty when the message carries none
	Subject    string
	Headers    map[string][]string
	Payload    []byte
	Reason     string
	Deliveries uint64
	CreateTime time.Time
}

// DeadLetters keeps dead letters. Record must be durable when it returns and must do nothing for
// a letter of the same consumer, stream and sequence that is there already.
type DeadLetters interface {
	Record(ctx context.Context, letter DeadLetter) error
}

type permanentError struct{ cause error }

func (e permanentError) Error() string { return e.cause.Error() }
func (e permanentError) Unwrap() error { return e.cause }

// Permanent marks err as one that no repetition can cure: the message that caused it goes to the
// dead letters. An error that is event.ErrUndecodable is permanent without it.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanentError{cause: err}
}

func permanent(err error) bool {
	_, marked := errors.AsType[permanentError](err)
	return marked || errors.Is(err, event.ErrUndecodable)
}

// DeadLetterTable keeps dead letters in the table dead_letters of a service's database.
type DeadLetterTable struct {
	db    *sqlkit.DB
	clock clock.Clock
}

var _ DeadLetters = (*DeadLetterTable)(nil)

// NewDeadLetterTable returns the dead letters of db.
func NewDeadLetterTable(db *sqlkit.DB, c clock.Clock) *DeadLetterTable {
	return &DeadLetterTable{db: db, clock: c}
}

// Record stores the letter; a missing CreateTime is the present.
func (t *DeadLetterTable) Record(ctx context.Context, l DeadLetter) error {
	headers, err := json.Marshal(l.Headers)
	if err != nil {
		return fmt.Errorf("record dead letter: %w", err)
	}
	if l.CreateTime.IsZero() {
		l.CreateTime = t.clock.Now()
	}
	if l.Payload == nil {
		l.Payload = []byte{}
	}
	err = t.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO dead_letters (consumer, stream, stream_seq, event_id, subject,
headers, payload, reason, deliveries, create_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (consumer, stream, stream_seq) DO NOTHING`,
			l.Consumer, l.Stream, int64(l.Sequence), l.EventID, l.Subject, string(headers), l.Payload,
			l.Reason, int64(l.Deliveries), sqlkit.Micros(l.CreateTime))
		return err
	})
	if err != nil {
		return fmt.Errorf("record dead letter: %w", err)
	}
	return nil
}

// List returns at most limit letters of a consumer, oldest in the stream first.
func (t *DeadLetterTable) List(ctx context.Context, consumer string, limit int) ([]DeadLetter, error) {
	rows, err := t.db.Read().QueryContext(ctx, `SELECT consumer, stream, stream_seq, event_id, subject, headers,
payload, reason, deliveries, create_time FROM dead_letters WHERE consumer = $1 ORDER BY stream, stream_seq LIMIT $2`,
		consumer, limit)
	if err != nil {
		return nil, fmt.Errorf("list dead letters: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []DeadLetter
	for rows.Next() {
		var l DeadLetter
		var headers string
		var at int64
		err = rows.Scan(&l.Consumer, &l.Stream, &l.Sequence, &l.EventID, &l.Subject, &headers,
			&l.Payload, &l.Reason, &l.Deliveries, &at)
		if err != nil {
			return nil, fmt.Errorf("list dead letters: %w", err)
		}
		err = json.Unmarshal([]byte(headers), &l.Headers)
		if err != nil {
			return nil, fmt.Errorf("list dead letters: headers: %w", err)
		}
		l.CreateTime = sqlkit.Time(at)
		out = append(out, l)
	}
	err = rows.Err()
	if err != nil {
		return nil, fmt.Errorf("list dead letters: %w", err)
	}
	return out, nil
}
