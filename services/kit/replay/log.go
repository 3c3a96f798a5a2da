package replay

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// Retention is how long a request may be repeated.
	Retention = 24 * time.Hour

	// inFlight is how long after the effect the answer may still be on its way to the log.
	inFlight = time.Minute
	// storeTimeout bounds the storing of an answer, which the caller waits for.
	storeTimeout = 2 * time.Second
	// maxID bounds a request_id, in bytes.
	maxID = 64
	// maxAnswer bounds a stored answer, in bytes; a larger one is as if it was lost.
	maxAnswer = 1 << 20

	fieldID       = "request_id"
	fieldValidate = "validate_only"
)

// errTaken rolls back the effect of a request whose key another copy has committed.
var errTaken = errors.New("replay: the request was done meanwhile")

// Log is the log of requests in the database of one service. It is safe for concurrent use.
type Log struct {
	db     *sqlkit.DB
	clock  clock.Clock
	logger *slog.Logger
}

// New returns the log in the database, whose migrations have made its table.
func New(db *sqlkit.DB, c clock.Clock, logger *slog.Logger) *Log {
	return &Log{db: db, clock: c, logger: logger}
}

// key identifies a request.
type key struct {
	tenant, caller, method, id string
}

// Do returns what next returns, or what it returned to the same caller for the same request_id of the method before. A
// request_id that came with another body before is a REQUEST_ID_REUSED fault. A request without one, or one that only
// validates, is passed on. While an earlier copy is not finished the fault is UNAVAILABLE; when its answer was lost it
// is ALREADY_EXISTS.
func (l *Log) Do(ctx context.Context, fullMethod string, request proto.Message, next func(ctx context.Context) (proto.Message, error)) (proto.Message, error) {
	id := text(request, fieldID)
	if id == "" || flag(request, fieldValidate) {
		return next(ctx)
	}
	if len(id) > maxID {
		return nil, fault.Invalid(fault.Field(fieldID, fault.ReasonInvalidArgument))
	}
	p := auth.From(ctx)
	k := key{tenant: tenantOf(ctx, p), caller: p.Subject, method: fullMethod, id: id}
	hash, err := hashOf(request)
	if err != nil {
		return nil, err
	}
	answer, found, err := l.find(ctx, k, hash)
	if err != nil || found {
		return answer, err
	}
	w := &write{log: l, key: k, hash: hash}
	response, err := next(sqlkit.OnWrite(ctx, w.insert))
	if err == nil {
		if w.committed.Load() {
			l.store(ctx, k, response)
		}
		return response, nil
	}
	if !w.taken.Load() {
		return nil, err
	}
	answer, found, err = l.find(ctx, k, hash)
	if err == nil && !found {
		return nil, unfinished()
	}
	return answer, err
}

func tenantOf(ctx context.Context, p auth.Principal) string {
	tenant := access.Tenant(ctx)
	if tenant != "" {
		return tenant
	}
	return p.Tenant
}

// find returns the answer to the request of the key, and whether there was such a request.
func (l *Log) find(ctx context.Context, k key, hash string) (proto.Message, bool, error) {
	var known string
	var response []byte
	var created int64
	err := l.db.Read().QueryRowContext(ctx,
		`SELECT body_hash, response, create_time FROM request_log WHERE tenant = $1 AND caller = $2 AND method = $3 AND request_id = $4`,
		k.tenant, k.caller, k.method, k.id).Scan(&known, &response, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find request: %w", err)
	}
	age := l.clock.Now().Sub(sqlkit.Time(created))
	if age >= Retention {
		// The sweeper has not come by yet. The old key would refuse the new one, so it goes now.
		return nil, false, l.forget(ctx, k)
	}
	if known != hash {
		return nil, false, fault.Invalid(fault.Field(fieldID, fault.ReasonRequestIDReused))
	}
	if len(response) == 0 && age < inFlight {
		return nil, false, unfinished()
	}
	if len(response) == 0 {
		return nil, false, lost()
	}
	answer, err := decode(k.method, response)
	if err != nil {
		return nil, false, err
	}
	access.Repeat(ctx)
	return answer, true, nil
}

func unfinished() error {
	f := fault.New(fault.ReasonUnavailable).After(time.Second)
	return f.Worded("The request is being processed.", "Permintaan yang sama masih diproses. Tunggu sejenak, lalu coba kembali.")
}

func lost() error {
	return fault.New(fault.ReasonAlreadyExists).Worded("The request has taken effect before, and its answer is no longer known.",
		"Permintaan ini sudah diproses sebelumnya. Muat ulang data untuk melihat hasilnya.")
}

// store keeps the answer. A failure costs the caller nothing now; a repeat would be told that the answer was lost.
func (l *Log) store(ctx context.Context, k key, response proto.Message) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer cancel()
	raw, err := encode(response)
	if err == nil && len(raw) > maxAnswer {
		err = fmt.Errorf("the answer has %d bytes", len(raw))
	}
	if err == nil {
		err = l.db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
			_, err := tx.ExecContext(ctx,
				`UPDATE request_log SET response = $1 WHERE tenant = $2 AND caller = $3 AND method = $4 AND request_id = $5`,
				raw, k.tenant, k.caller, k.method, k.id)
			return err
		})
	}
	if err != nil {
		l.logger.WarnContext(ctx, "answer not stored", telemetry.KeyMethod, k.method, telemetry.KeyError, err.Error())
	}
}

func (l *Log) forget(ctx context.Context, k key) error {
	return l.db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx,
			`DELETE FROM request_log WHERE tenant = $1 AND caller = $2 AND method = $3 AND request_id = $4 AND create_time <= $5`,
			k.tenant, k.caller, k.method, k.id, sqlkit.Micros(l.clock.Now().Add(-Retention)))
		return err
	})
}

func hashOf(request proto.Message) (string, error) {
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(request)
	if err != nil {
		return "", fmt.Errorf("hash request: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

func text(m proto.Message, name protoreflect.Name) string {
	f := m.ProtoReflect().Descriptor().Fields().ByName(name)
	if f == nil || f.Kind() != protoreflect.StringKind || f.IsList() {
		return ""
	}
	return m.ProtoReflect().Get(f).String()
}

func flag(m proto.Message, name protoreflect.Name) bool {
	f := m.ProtoReflect().Descriptor().Fields().ByName(name)
	if f == nil || f.Kind() != protoreflect.BoolKind || f.IsList() {
		return false
	}
	return m.ProtoReflect().Get(f).Bool()
}
