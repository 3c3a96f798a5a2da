package mass_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/mass"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
)

// told returns how many changes the outbox tells of, and fails the test when an event tells of more than 500 or of
// another cause.
func (b *bundle) told() int {
	b.t.Helper()
	rows, err := b.db.Read().QueryContext(context.WithoutCancel(b.t.Context()), "SELECT payload FROM outbox")
	must(b.t, err)
	defer func() { _ = rows.Close() }()
	n := 0
	for rows.Next() {
		var raw []byte
		must(b.t, rows.Scan(&raw))
		var told scoringv1.ScoresChanged
		must(b.t, proto.Unmarshal(raw, &told))
		if len(told.GetChanges()) > app.MaxPeople || !slices.Equal(told.GetChanges()[0].GetCauses(), []string{app.CauseRecompute}) {
			b.t.Fatalf("an event has %d changes, the first by %v", len(told.GetChanges()), told.GetChanges()[0].GetCauses())
		}
		n += len(told.GetChanges())
	}
	must(b.t, rows.Err())
	return n
}

// spy is a Computer that lets a test come between.
type spy struct {
	mass.Computer

	// before and after run around each commit; an error of theirs is that of the commit.
	before, after func(c *app.Chunk, claim app.Claim) error

	mu      sync.Mutex
	commits []app.Claim
}

func (s *spy) Commit(ctx context.Context, c *app.Chunk, claim app.Claim) error {
	if s.before != nil {
		err := s.before(c, claim)
		if err != nil {
			return err
		}
	}
	s.note(claim)
	err := s.Computer.Commit(ctx, c, claim)
	if err != nil {
		s.forget()
		return err
	}
	if s.after != nil {
		return s.after(c, claim)
	}
	return nil
}

// note counts a commit before it is made, so that whoever sees its effect in the database finds it counted.
func (s *spy) note(claim app.Claim) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commits = append(s.commits, claim)
}

// forget takes the last commit back, which had no effect.
func (s *spy) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commits = s.commits[:len(s.commits)-1]
}

// done returns the commits that had an effect, and the one that is being made.
func (s *spy) done() []app.Claim {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commits)
}

func TestWorker_computes_everybody_in_chunks_and_writes_nothing_the_second_time(t *testing.T) {
	each(t, func(t *testing.T, b *bundle) {
		o := b.start("3402", 1234)
		s := &spy{Computer: b.app}
		kittest.Run(t, b.worker("w1", s).Run)
		b.complete(o, 1234)
		if n := len(s.done()); n != 3 {
			t.Fatalf("%d chunks", n)
		}
		again := b.ended(b.start("3402", 1234))
		if p := again.Parts[0]; p.Unchanged != 1234 || p.Written != 0 || p.Total != 1234 {
			t.Fatalf("part is %+v", p)
		}
		if b.count("SELECT COUNT(*) FROM score_revisions") != 1234 || b.told() != 1234 {
			t.Fatal("the second recompute has written or told something")
		}
		b.peers.set(func() { b.peers.realisation = "91" })
		if p := b.ended(b.start("3402", 1234)).Parts[0]; p.Written != 1234 || b.told() != 2*1234 {
			t.Fatalf("part is %+v", p)
		}
	})
}

func TestWorker_ends_at_once_where_nobody_is_planned(t *testing.T) {
	b := one(t)
	kittest.Run(t, b.worker("w1", b.app).Run)
	b.complete(b.start("3402", 0), 0)
}

var errKilled = errors.New("killed here")

// killed is the store of a process that ends without giving up what it holds.
type killed struct{ *store.Store }

func (killed) ReleaseParts(context.Context, string) error { return errKilled }

// TestWorker_goes_on_where_a_process_ended ends a worker around its second commit, in every way in which a process can end, and
// lets another one finish: at once where the part was given up, and once the lease is over where it was not.
func TestWorker_goes_on_where_a_process_ended(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ after, killed bool }{
		"stopped_before_a_commit":                          {},
		"stopped_after_a_commit_of_which_it_did_not_learn": {after: true},
		"killed_before_a_commit":                           {killed: true},
		"killed_after_a_commit_of_which_it_did_not_learn":  {after: true, killed: true},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				o := b.start("3402", 2100)
				first := b.ending(o, c.after, c.killed)
				second := &spy{Computer: b.app}
				kittest.Run(t, b.worker("w2", second).Run)
				if c.killed {
					b.leased(o)
				}
				b.complete(o, 2100)
				chunks := slices.DeleteFunc(append(first.done(), second.done()...), func(c app.Claim) bool { return c.Operation != o.ID })
				if len(chunks) != 5 {
					t.Fatalf("%d chunks were done, want 5", len(chunks))
				}
			})
		})
	}
}

// ending runs a worker that ends before its second commit or after it, and returns what it has done.
func (b *bundle) ending(o app.Operation, after, unreleased bool) *spy {
	b.t.Helper()
	ctx, end := context.WithCancel(b.t.Context())
	defer end()
	calls := 0
	die := func(*app.Chunk, app.Claim) error {
		calls++
		if calls < 2 {
			return nil
		}
		end()
		return errKilled
	}
	dying := &spy{Computer: b.app, before: die}
	if after {
		dying.before, dying.after = nil, die
	}
	holder := ""
	var operations app.Operations = b.store
	if unreleased {
		holder, operations = "w1", killed{b.store}
	}
	must(b.t, b.workerOf(operations, b.peers, "w1", dying).Run(ctx))
	part := b.read(o).Parts[0]
	want := int64(len(dying.done()) * app.MaxPeople)
	if part.Done() != want || part.State != app.OperationRunning || part.Last != name500(want) || part.Holder != holder {
		b.t.Fatalf("part is %+v, want %d done and held by %q", part, want, holder)
	}
	return dying
}

// leased fails the test when a worker takes what another one holds before 15 seconds are over. Then they are.
func (b *bundle) leased(o app.Operation) {
	b.t.Helper()
	before := b.read(o)
	b.clock.Advance(15*time.Second - time.Millisecond)
	b.ended(b.start("3404", 0)) // by the other worker, which has seen both then
	if diff := cmp.Diff(before, b.read(o)); diff != "" {
		b.t.Fatalf("the part changed within its lease (-before +after):\n%s", diff)
	}
	b.clock.Advance(time.Second)
}

func name500(done int64) string { return name(int(done) - 1) }

func TestWorker_tries_again_after_a_failure_that_passes(t *testing.T) {
	b := one(t)
	failures := 3
	// The commit fails twice without effect, and once after it had one, as a connection may.
	s := &spy{Computer: b.app}
	s.before = func(*app.Chunk, app.Claim) error {
		failures--
		b.clock.Advance(time.Minute)
		if failures > 0 {
			return errKilled
		}
		return nil
	}
	s.after = func(*app.Chunk, app.Claim) error {
		if failures == 0 {
			return errKilled
		}
		return nil
	}
	o := b.start("3402", 1500)
	kittest.Run(t, b.worker("w1", s).Run)
	b.endedWhile(o, func() { b.clock.Advance(time.Minute) }) // past every wait
	b.complete(o, 1500)
}

func TestWorker_waits_for_peers_that_are_away(t *testing.T) {
	b := one(t)
	b.peers.set(func() { b.peers.people["3402"] = 600 })
	o := b.start("3402", 600)
	b.peers.set(func() { b.peers.err = fault.New(fault.ReasonUnavailable) })
	kittest.Run(t, b.worker("w1", b.app).Run)
	kittest.Await(t, "the first failure", func() bool { return b.metric("kinerja_scoring_recompute_failures_total") > 0 })
	b.peers.set(func() { b.peers.err = nil })
	b.endedWhile(o, func() { b.clock.Advance(time.Minute) })
	b.complete(o, 600)
}

func TestWorker_fails_a_part_that_nothing_mends_and_resumes_it(t *testing.T) {
	cases := map[string]struct{ pack, problem string }{
		"an_unknown_rule_pack":     {"rulePacks/nobody/versions/1", "RULE_PACK_UNKNOWN"},
		"a_rule_pack_of_years_ago": {"rulePacks/pp-46-2011/versions/1", "RULE_PACK_NOT_IN_FORCE"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b := one(t)
			o := b.start("3402", 10)
			b.peers.set(func() { b.peers.rulePack = c.pack })
			kittest.Run(t, b.worker("w1", b.app).Run)
			got := b.ended(o)
			if got.State() != app.OperationFailed || got.Parts[0].Problem != c.problem {
				t.Fatalf("operation is %+v", got)
			}
			b.peers.set(func() { b.peers.rulePack = "rulePacks/permenpanrb-6-2022/versions/1" })
			_, err := b.operate.Resume(t.Context(), o.Owner, o.ID)
			must(t, err)
			b.complete(o, 10)
		})
	}
}

func TestWorker_stops_a_canceled_operation_and_resumes_it_where_it_was(t *testing.T) {
	each(t, func(t *testing.T, b *bundle) {
		o := b.start("3402", 2500)
		s := &spy{Computer: b.app}
		s.before = func(*app.Chunk, app.Claim) error {
			if len(s.done()) != 2 {
				return nil
			}
			_, err := b.operate.Cancel(t.Context(), o.Owner, o.ID)
			if errors.Is(err, app.ErrOperationState) {
				return nil // the second time
			}
			return err
		}
		kittest.Run(t, b.worker("w1", s).Run)
		got := b.ended(o)
		if got.State() != app.OperationCancelled || got.Parts[0].Done() != 1000 {
			t.Fatalf("operation is %+v", got)
		}
		other := b.start("3404", 700) // whose end shows that the worker has gone past the other one
		b.ended(other)
		if n := b.count("SELECT COUNT(*) FROM scores WHERE tenant = '3402'"); n != 1000 {
			t.Fatalf("%d scores after the cancel", n)
		}
		s.before = nil
		_, err := b.operate.Resume(t.Context(), o.Owner, o.ID)
		must(t, err)
		resumed := b.ended(o)
		if p := resumed.Parts[0]; p.State != app.OperationSucceeded || p.Written != 2500 || b.told() != 3200 {
			t.Fatalf("part is %+v, %d told", p, b.told())
		}
	})
}

func TestWorker_serves_tenants_in_turn(t *testing.T) {
	b := one(t)
	large := b.start("3402", 3000)
	small := b.start("3404", 600)
	s := &spy{Computer: b.app}
	kittest.Run(t, b.worker("w1", s).Run)
	b.ended(large)
	b.ended(small)
	var last int
	for i, c := range s.done() {
		if c.Operation == small.ID {
			last = i
		}
	}
	if last > 3 || len(s.done()) != 8 {
		t.Fatalf("the small tenant ended with commit %d of %d", last+1, len(s.done()))
	}
}

func TestWorker_shares_the_parts_of_a_province_with_other_processes(t *testing.T) {
	each(t, func(t *testing.T, b *bundle) {
		people := map[string]int{"3401": 700, "3402": 1200, "3403": 30, "3404": 500, "3471": 501, "3501": 90}
		b.peers.set(func() { b.peers.people = people })
		o, err := b.operate.RecomputeProvince(t.Context(), "34", "2026")
		must(t, err)
		if len(o.Parts) != 5 || o.Owner != "provinces/34" {
			t.Fatalf("operation is %+v", o)
		}
		one, two := &spy{Computer: b.app}, &spy{Computer: b.app}
		kittest.Run(t, b.worker("w1", one).Run)
		kittest.Run(t, b.worker("w2", two).Run)
		b.complete(o, 2931)
		if n := len(one.done()) + len(two.done()); n != 9 {
			t.Fatalf("%d chunks were done, want 9", n)
		}
		_, err = b.operate.RecomputeProvince(t.Context(), "35", "2025")
		must(t, err)
		_, err = b.operate.RecomputeProvince(t.Context(), "36", "2026")
		if !errors.Is(err, app.ErrNotFound) {
			t.Fatalf("error is %v", err)
		}
	})
}

func TestWorker_lets_live_changes_go_first(t *testing.T) {
	b := one(t)
	end := b.live.Begin("planning")
	more := b.live.Begin("assessment")
	s := &spy{Computer: b.app}
	o := b.start("3402", 1000)
	elapsed := clock.Stopwatch()
	kittest.Run(t, b.worker("w1", s).Run)
	more(true) // its stream holds more
	end(false)
	kittest.Await(t, "the first chunk", func() bool { return len(s.done()) > 0 })
	// The changes never end: each chunk waits for them, and is done all the same.
	if took := elapsed(); took < 400*time.Millisecond {
		t.Fatalf("the first chunk was done after %s, beside live changes", took)
	}
	b.live.Begin("assessment")(false)
	b.complete(o, 1000)
}

func TestWorker_computes_again_when_a_live_change_is_faster(t *testing.T) {
	b := one(t)
	o := b.start("3402", 3)
	s := &spy{Computer: b.app}
	s.before = func(*app.Chunk, app.Claim) error {
		work := app.Work{Period: domain.Period{Tenant: "3402", ID: "2026"}, People: app.Causes{}}
		work.People.Add(name(1), app.CauseRecompute)
		_, err := b.app.Execute(t.Context(), work)
		return err
	}
	kittest.Run(t, b.worker("w1", s).Run)
	if p := b.ended(o).Parts[0]; p.Written != 2 || p.Unchanged != 1 || b.told() != 3 {
		t.Fatalf("part is %+v", p)
	}
}

// metric returns the sum of a metric.
func (b *bundle) metric(name string) float64 {
	b.t.Helper()
	families, err := b.reg.Gather()
	must(b.t, err)
	sum := 0.0
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.GetMetric() {
			sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	return sum
}
