package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store/migrations"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	tenant = "3374"
	period = "2026"
)

var (
	noon  = time.Date(2026, 7, 15, 5, 0, 0, 123000, time.UTC)
	today = domain.DateOf(noon)

	errTeller = errors.New("the teller failed")
)

// bench is a store on a fresh database with a teller that remembers what was committed.
type bench struct {
	store *store.Store
	db    *sqlkit.DB

	mu    sync.Mutex
	facts []domain.Fact
	fail  bool
}

// Tell implements store.Teller.
func (b *bench) Tell(_ context.Context, tx *sqlkit.Tx, fact domain.Fact) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail {
		return errTeller
	}
	tx.AfterCommit(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.facts = append(b.facts, fact)
	})
	return nil
}

func (b *bench) told() []domain.Fact {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.facts
}

// each runs the test on every engine.
func each(t *testing.T, run func(t *testing.T, b *bench)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, migrations.FS, func(t *testing.T, db *sqlkit.DB) {
		b := &bench{db: db}
		b.store = store.New(db, b)
		run(t, b)
	})
}

func must[T any](t *testing.T) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func whatever(int64) bool { return true }

func onRevision(want int64) func(int64) bool {
	return func(current int64) bool { return current == want }
}
