package mass_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

// lines is a log that a test reads. It is safe for concurrent use.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

// logged lets the bundle log into lines.
func (b *bundle) logged() *lines {
	l := &lines{}
	b.logger = slog.New(slog.NewTextHandler(l, nil))
	return l
}

func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

// count returns how many times the text was logged.
func (l *lines) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), text)
}

// all returns what was logged.
func (l *lines) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// misfit is what is wrong with everybody whose realisation is below zero.
func misfit(person string) app.Failure {
	return app.Failure{
		Person: person, Reason: fault.ReasonRulePackMisfit,
		Sentences: []string{
			"Data penilaian tidak sesuai dengan ketentuan paket aturan ini: realisasi harus 0 atau lebih; " +
				"paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal.",
		},
	}
}

// outcome returns how many scores and indexes the checker has counted so.
func (b *bundle) outcome(label string) float64 {
	b.t.Helper()
	families, err := b.reg.Gather()
	must(b.t, err)
	sum := 0.0
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "kinerja_scoring_recompute_checks_total" && m.GetLabel()[0].GetValue() == label {
				sum += m.GetCounter().GetValue()
			}
		}
	}
	return sum
}

func TestWorker_names_the_first_people_who_cannot_be_computed(t *testing.T) {
	each(t, func(t *testing.T, b *bundle) {
		log := b.logged()
		b.peers.set(func() { b.peers.realisation = "-1" })
		o := b.start("3402", 612)
		kittest.Run(t, b.worker("w1", b.app).Run)
		part := b.ended(o).Parts[0]
		var want []app.Failure
		for i := range app.MaxFailures {
			want = append(want, misfit(name(i)))
		}
		if diff := cmp.Diff(want, part.Failures); diff != "" || part.Failed != 612 || part.State != app.OperationSucceeded {
			t.Fatalf("%d failed, named (-want +got):\n%s", part.Failed, diff)
		}
		kittest.Await(t, "the log of both chunks", func() bool { return log.count("more of the chunk cannot be computed") == 2 })
		if n := log.count(`msg="score cannot be computed"`); n != 20 || log.count("not_logged=490") != 1 || log.count("not_logged=102") != 1 {
			t.Fatalf("%d people were logged:\n%s", n, log.all())
		}
	})
}

func TestWorker_names_those_of_all_chunks_and_of_all_processes(t *testing.T) {
	b := one(t)
	b.peers.set(func() { b.peers.realisation = "-1" })
	o := b.start("3402", app.MaxFailures+3)
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	dying := &spy{Computer: b.app}
	dying.after = func(*app.Chunk, app.Claim) error {
		if len(dying.done()) < 40 {
			return nil
		}
		kill()
		return errKilled
	}
	must(t, b.single("w1", dying).Run(ctx))
	if n := len(b.read(o).Parts[0].Failures); n != 40 {
		t.Fatalf("%d people were named before the process died", n)
	}
	kittest.Run(t, b.single("w2", b.app).Run)
	part := b.ended(o).Parts[0]
	if n := len(part.Failures); n != app.MaxFailures || part.Failures[n-1].Person != name(n-1) || part.Failed != app.MaxFailures+3 {
		t.Fatalf("%d people were named of %d, the last is %+v", n, part.Failed, part.Failures[n-1])
	}
}

func TestChecker_tells_whom_it_cannot_compute(t *testing.T) {
	b := one(t)
	log := b.logged()
	c := scored(t, b, 13)
	b.peers.set(func() { b.peers.realisation = "-1" })
	must(t, c.Turn(t.Context()))
	if n := b.outcome("uncomputable"); n != 13 || b.outcome("skipped") != 0 || len(b.mismatches()) != 0 {
		t.Fatalf("%v scores could not be computed, %v were skipped, found %+v", n, b.outcome("skipped"), b.mismatches())
	}
	if n := log.count("kind=score tenant=3402 period=2026 id=p000"); n != 10 || log.count("not_logged=3") != 1 {
		t.Fatalf("%d people were logged:\n%s", n, log.all())
	}
	b.peers.set(func() { b.peers.rulePack = "rulePacks/nobody/versions/1" })
	must(t, c.Turn(t.Context()))
	if n := b.outcome("uncomputable"); n != 26 {
		t.Fatalf("%v scores could not be computed", n)
	}
}

func TestChecker_tells_which_index_it_cannot_compute(t *testing.T) {
	b := one(t)
	log := b.logged()
	c := surveyed(t, b)
	b.peers.set(func() { b.peers.answers["rsud"] = 100000 }) // more than so many responses can give
	must(t, c.Turn(t.Context()))
	if n := b.outcome("uncomputable"); n != 1 || log.count(`kind="satisfaction index" tenant=3402 period=2026 id=rsud`) != 1 {
		t.Fatalf("%v indexes could not be computed:\n%s", n, log.all())
	}
}
