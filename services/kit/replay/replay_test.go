package replay_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

var start = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// bundle is a log on a fresh database, and a table whose rows are the effects of requests.
type bundle struct {
	*replay.Log
	db    *sqlkit.DB
	clock *clock.Fake
}

func each(t *testing.T, run func(t *testing.T, b *bundle)) {
	t.Helper()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			_, err := tx.ExecContext(ctx, `CREATE TABLE effect (id BIGINT NOT NULL)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		c := clock.NewFake(start)
		run(t, &bundle{Log: replay.New(db, c, kittest.Logger(t)), db: db, clock: c})
	})
}

// create is a handler with one effect, which answers the number of effects before it.
func (b *bundle) create(ctx context.Context) (proto.Message, error) {
	n := 0
	err := b.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM effect`).Scan(&n)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO effect (id) VALUES ($1)`, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("create: %w", err)
	}
	return testrpc.Message("Widget", fmt.Sprintf(`title: "effect %d"`, n)), nil
}

func (b *bundle) count(t *testing.T, table string) int {
	t.Helper()
	n := 0
	err := b.db.Read().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func as(ctx context.Context, subject string) context.Context {
	return auth.With(ctx, auth.Principal{Subject: subject, Person: subject, Tenant: "3374"})
}

func request(id, title string) proto.Message {
	return testrpc.Message("CreateWidgetRequest", fmt.Sprintf(`parent: "tenants/3374" request_id: %q widget { title: %q }`, id, title))
}

func title(m proto.Message) string { return testrpc.Text(m, "title") }

var createMethod = testrpc.Method("CreateWidget")

func TestDo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *bundle) {
		ctx := as(t.Context(), "p1")
		do := func(ctx context.Context, id, body string) (proto.Message, error) {
			return b.Do(ctx, createMethod, request(id, body), b.create)
		}
		first, err := do(ctx, "r1", "a")
		if err != nil {
			t.Fatal(err)
		}
		again, err := do(ctx, "r1", "a")
		if err != nil || title(again) != title(first) || b.count(t, "effect") != 1 {
			t.Fatalf("the repeat gave %v, %v after %d effects", again, err, b.count(t, "effect"))
		}
		_, err = do(ctx, "r1", "other body")
		if !fault.Is(err, fault.ReasonRequestIDReused) || !fault.IsKind(err, fault.KindInvalid) {
			t.Fatalf("another body gave %v", err)
		}
		for name, given := range map[string]func() (proto.Message, error){
			"another caller":  func() (proto.Message, error) { return do(as(t.Context(), "p2"), "r1", "a") },
			"another request": func() (proto.Message, error) { return do(ctx, "r2", "a") },
			"another method": func() (proto.Message, error) {
				return b.Do(ctx, testrpc.Method("UpdateWidget"), request("r1", "a"), b.create)
			},
			"no request id": func() (proto.Message, error) { return do(ctx, "", "a") },
		} {
			before := b.count(t, "effect")
			_, err := given()
			if err != nil || b.count(t, "effect") != before+1 {
				t.Errorf("%s: %v, %d effects", name, err, b.count(t, "effect")-before)
			}
		}
		_, err = do(ctx, strings.Repeat("r", 65), "a")
		if !fault.Is(err, fault.ReasonInvalidArgument) {
			t.Errorf("a long request id gave %v", err)
		}
	})
}

func TestEffectAndKeyCommitTogether(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	each(t, func(t *testing.T, b *bundle) {
		ctx := as(t.Context(), "p1")
		_, err := b.Do(ctx, createMethod, request("r1", "a"), func(ctx context.Context) (proto.Message, error) {
			return nil, b.db.Write(ctx, func(context.Context, *sqlkit.Tx) error { return boom })
		})
		if !errors.Is(err, boom) || b.count(t, "request_log") != 0 {
			t.Fatalf("a rolled back effect left its key: %v", err)
		}
		_, err = b.Do(ctx, createMethod, request("r1", "b"), b.create)
		if err != nil {
			t.Fatalf("the id of a request without effect is taken: %v", err)
		}
		_, err = b.Do(ctx, createMethod, request("r2", "a"), func(context.Context) (proto.Message, error) { return testrpc.New("Widget"), nil })
		if err != nil || b.count(t, "request_log") != 1 {
			t.Fatalf("a request that wrote nothing has a key: %v", err)
		}
		_, err = b.Do(ctx, createMethod, request("r3", "a"), func(ctx context.Context) (proto.Message, error) {
			_, err := b.create(ctx)
			if err != nil {
				return nil, err
			}
			return b.create(ctx)
		})
		if err != nil || b.count(t, "request_log") != 2 {
			t.Fatalf("a request with two transactions failed on its own key: %v", err)
		}
	})
}

func TestCopiesAtTheSameTime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *bundle) {
		ctx := as(t.Context(), "p1")
		const copies = 8
		ready := make(chan struct{})
		answers := make([]proto.Message, copies)
		errs := make([]error, copies)
		var waiting, wg sync.WaitGroup
		waiting.Add(copies)
		for i := range copies {
			wg.Go(func() {
				answers[i], errs[i] = b.Do(ctx, createMethod, request("r1", "a"), func(ctx context.Context) (proto.Message, error) {
					// All copies have looked for the key before one of them writes it.
					waiting.Done()
					<-ready
					return b.create(ctx)
				})
			})
		}
		waiting.Wait()
		close(ready)
		wg.Wait()
		if b.count(t, "effect") != 1 {
			t.Fatalf("%d effects, want 1", b.count(t, "effect"))
		}
		answered := 0
		for i, err := range errs {
			switch {
			case err == nil && title(answers[i]) == "effect 0":
				answered++
			case !fault.Is(err, fault.ReasonUnavailable):
				t.Errorf("copy %d: %v, %v", i, answers[i], err)
			}
		}
		if answered == 0 {
			t.Error("no copy was answered")
		}
		late, err := b.Do(ctx, createMethod, request("r1", "a"), b.create)
		if err != nil || title(late) != "effect 0" {
			t.Errorf("a late copy: %v, %v", late, err)
		}
	})
}

func TestLostAnswer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *bundle) {
		ctx := as(t.Context(), "p1")
		_, err := b.Do(ctx, createMethod, request("r1", "a"), func(ctx context.Context) (proto.Message, error) {
			_, err := b.create(ctx)
			if err != nil {
				return nil, err
			}
			return nil, errors.New("the process ends here")
		})
		if err == nil {
			t.Fatal("no error")
		}
		_, err = b.Do(ctx, createMethod, request("r1", "a"), b.create)
		f, _ := fault.As(err)
		if !fault.Is(err, fault.ReasonUnavailable) || f.RetryAfter != time.Second {
			t.Fatalf("while the answer may be on its way: %v", err)
		}
		b.clock.Advance(time.Minute)
		_, err = b.Do(ctx, createMethod, request("r1", "a"), b.create)
		if !fault.Is(err, fault.ReasonAlreadyExists) || b.count(t, "effect") != 1 {
			t.Fatalf("after that: %v", err)
		}
	})
}

func TestRetention(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *bundle) {
		ctx := as(t.Context(), "p1")
		for i := range 3 {
			_, err := b.Do(ctx, createMethod, request(fmt.Sprint("r", i), "a"), b.create)
			if err != nil {
				t.Fatal(err)
			}
			b.clock.Advance(time.Hour)
		}
		b.clock.Advance(replay.Retention - 3*time.Hour)
		_, err := b.Do(ctx, createMethod, request("r0", "other body"), b.create)
		if err != nil || b.count(t, "effect") != 4 {
			t.Fatalf("an id past its retention is refused: %v", err)
		}
		b.clock.Advance(time.Hour)
		n, err := b.Sweep(t.Context())
		if err != nil || n != 1 || b.count(t, "request_log") != 2 {
			t.Fatalf("swept %d, %v; %d are left", n, err, b.count(t, "request_log"))
		}
		stop := kittest.Run(t, b.Runner().Run)
		err = stop()
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestSweepIsBatched(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *bundle) {
		err := b.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			for i := range 1201 {
				_, err := tx.ExecContext(ctx, `INSERT INTO request_log (tenant, caller, method, request_id, body_hash, create_time)
					VALUES ('3374', 'p1', 'm', $1, 'h', $2)`, fmt.Sprint(i), sqlkit.Micros(start))
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(replay.Retention)
		n, err := b.Sweep(t.Context())
		if err != nil || n != 1201 {
			t.Fatalf("swept %d, %v", n, err)
		}
	})
}

func TestRepeatSettlesTheGrant(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, b *bundle) {
		tab, err := access.NewTable(testrpc.Service(testrpc.WidgetService))
		if err != nil {
			t.Fatal(err)
		}
		get := testrpc.Method("GetWidget")
		r := testrpc.Message("CreateWidgetRequest", `parent: "tenants/3374" request_id: "r1"`)
		begin := func() (context.Context, *access.Call) {
			who := auth.Principal{Subject: "p1", Person: "p1", Tenant: "3374", Roles: []commonv1.Role{commonv1.Role_ROLE_EMPLOYEE}}
			ctx, call, err := tab.Begin(auth.With(t.Context(), who), get)
			if err != nil {
				t.Fatal(err)
			}
			err = call.Request(testrpc.Message("GetWidgetRequest", `name: "tenants/3374/widgets/w1"`))
			if err != nil || access.Tenant(ctx) != "3374" {
				t.Fatalf("tenant %q, %v", access.Tenant(ctx), err)
			}
			return ctx, call
		}
		ctx, call := begin()
		_, err = b.Do(ctx, get, r, b.create)
		if err != nil || call.Settled() == nil {
			t.Fatalf("the work settled the grant by itself: %v", err)
		}
		ctx, call = begin()
		_, err = b.Do(ctx, get, r, b.create)
		if err != nil || call.Settled() != nil {
			t.Fatalf("the repeat is not granted: %v", err)
		}
	})
}
