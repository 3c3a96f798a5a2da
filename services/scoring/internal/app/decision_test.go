package app_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

const because = "Putusan keberatan atas rating perilaku kerja."

var (
	superior = decision.Actor{Person: "dewi", Superior: true}
	admin    = decision.Actor{Person: "tono", Admin: true}
)

// court is a bundle with the use cases of deciding and showing, over one store, and a score of ani that is complete.
type court struct {
	bundle
	decide *app.Decide
	show   *app.Show
	clock  *clock.Fake
	works  *int
}

func sit(t *testing.T) court {
	t.Helper()
	b := setup(t)
	carried, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	packs := pack.NewLibrary(carried, nil)
	c := court{bundle: b, clock: clock.NewFake(noon), works: new(int)}
	c.Clock = c.clock
	c.decide = &app.Decide{Store: b.store, Packs: packs, Periods: c.peers, Announcer: b.announcer, Clock: c.clock}
	c.show = &app.Show{Store: b.store, Decisions: b.store, Packs: packs, Clock: c.clock}
	c.plan("ani", "u1")
	c.peers.units["u1"] = app.UnitFacts{Organization: &domain.Organization{Level: domain.OrganizationGood, Source: "organizationRatings/u1"}}
	c.changed(t, "90")
	return c
}

// changed reports another realisation of ani and recomputes, a minute after what was before.
func (c court) changed(t *testing.T, realisation string) app.Outcome {
	t.Helper()
	c.clock.Advance(time.Minute)
	c.report("ani", realisation)
	*c.works++
	return c.execute(t, work(fmt.Sprintf("e%d", *c.works), "ani"))
}

// propose adds a decision on the current revision, a minute later.
func (c court) propose(t *testing.T, content decision.Content, by decision.Actor) (decision.Decision, error) {
	t.Helper()
	c.clock.Advance(time.Minute)
	content.Revision = c.score(t, "ani").Revision
	return app.Enter(c.decide, t.Context(), app.Proposal{Period: period, Person: "ani", Content: content}, by)
}

// proposed is propose of what must be taken.
func (c court) proposed(t *testing.T, content decision.Content, by decision.Actor) decision.Decision {
	t.Helper()
	made, err := c.propose(t, content, by)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func ref(number int64) app.DecisionRef {
	return app.DecisionRef{Period: period, Person: "ani", Number: number}
}

// settle answers a decision in the store as its second person has, without asking who calls.
func (c court) settle(t *testing.T, d decision.Decision, by decision.Actor) {
	t.Helper()
	_, err := c.decide.ApproveBy(t.Context(), ref(d.Number), by)
	if err != nil {
		t.Fatal(err)
	}
}

var correction = decision.Content{Kind: decision.KindCorrection, Predicate: domain.PredicatePoor, Reason: because, Ground: decision.GroundObjection, Reference: "KEB-7"}

// TestDecide_final_stays_until_a_correction_moves_it follows a score from its finalization over changed facts to its
// correction.
func TestDecide_final_stays_until_a_correction_moves_it(t *testing.T) {
	t.Parallel()
	c := sit(t)
	decidedOn := c.score(t, "ani")
	made := c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
	if made.Number != 1 || made.State != decision.StateAdopted || made.AdoptedRevision() != 2 {
		t.Fatalf("decision %+v", made)
	}
	final := c.score(t, "ani")
	want := decidedOn
	want.Revision, want.ComputeTime, want.Causes = 2, c.clock.Now(), []string{decision.Cause}
	want.Final = &decision.Final{
		Predicate: domain.PredicateGood, Decision: 1, Revision: 1, Basis: decision.BasisOf(&decidedOn.Result, "12.50"), AdoptTime: c.clock.Now(), Author: "dewi",
	}
	if diff := cmp.Diff(want, final); diff != "" {
		t.Fatalf("adopted revision (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(app.ScoreChange{Score: final, OldPredicate: domain.PredicateGood, OldAchievement: "90.00", OldCredit: "12.50", Word: "Baik"}, c.announcer.changes[1]); diff != "" {
		t.Fatalf("told (-want +got):\n%s", diff)
	}
	if got := c.changed(t, "90"); got != (app.Outcome{Unchanged: 1}) {
		t.Fatalf("a recompute of the same facts: %+v", got)
	}
	c.changed(t, "95")
	want.Final.Outdated = true
	if diff := cmp.Diff(want.Final, c.score(t, "ani").Final); diff != "" {
		t.Fatalf("final after other facts (-want +got):\n%s", diff)
	}
	c.changed(t, "90")
	want.Final.Outdated = false
	if diff := cmp.Diff(want.Final, c.score(t, "ani").Final); diff != "" {
		t.Fatalf("final after the first facts again (-want +got):\n%s", diff)
	}
	moved := c.proposed(t, correction, superior)
	if got := c.score(t, "ani"); got.Revision != 4 || got.Final.Decision != 1 {
		t.Fatalf("a proposal has moved the score: %+v", got.Final)
	}
	c.settle(t, moved, admin)
	got := c.score(t, "ani")
	corrected := &decision.Final{
		Predicate: domain.PredicatePoor, Decision: 2, Revision: 4, Basis: decision.BasisOf(&got.Result, "6.25"), AdoptTime: c.clock.Now(),
		Author: "dewi", Approver: "tono",
	}
	if diff := cmp.Diff(corrected, got.Final); diff != "" || got.Revision != 5 || got.Predicate != domain.PredicateGood {
		t.Fatalf("revision %d with predicate %s, final (-want +got):\n%s", got.Revision, got.Predicate, diff)
	}
}

func TestDecide_refuses_what_was_not_seen(t *testing.T) {
	t.Parallel()
	c := sit(t)
	override := decision.Content{Kind: decision.KindOverride, Predicate: domain.PredicateVeryGood, Reason: because}
	waits := c.proposed(t, override, superior)
	c.changed(t, "95")
	_, err := c.decide.ApproveBy(t.Context(), ref(waits.Number), admin)
	if !errors.Is(err, decision.ErrMoved) {
		t.Fatalf("approve after the score has moved: %v", err)
	}
	override.Revision = 1
	_, err = app.Enter(c.decide, t.Context(), app.Proposal{Period: period, Person: "ani", Content: override}, superior)
	if !errors.Is(err, decision.ErrMoved) {
		t.Fatalf("propose on an older revision: %v", err)
	}
	if got := c.score(t, "ani"); got.Revision != 2 || got.Final != nil {
		t.Fatalf("revision %d, final %+v", got.Revision, got.Final)
	}
	_, err = app.Enter(c.decide, t.Context(), app.Proposal{Period: period, Person: "nobody", Content: override}, superior)
	if !errors.Is(err, app.ErrNotFound) {
		t.Fatalf("propose about nobody: %v", err)
	}
	_, err = c.decide.ApproveBy(t.Context(), ref(9), admin)
	if !errors.Is(err, app.ErrNotFound) {
		t.Fatalf("approve nothing: %v", err)
	}
}

func TestDecide_one_of_several_gets_through(t *testing.T) {
	t.Parallel()
	const racers = 8
	race := func(run func(i int) error) (through int, errs []error) {
		errs = make([]error, racers)
		var wg sync.WaitGroup
		for i := range racers {
			wg.Go(func() { errs[i] = run(i) })
		}
		wg.Wait()
		for _, err := range errs {
			if err == nil {
				through++
			}
		}
		return through, errs
	}
	t.Run("approver_of_one_decision", func(t *testing.T) {
		t.Parallel()
		c := sit(t)
		ctx := context.WithoutCancel(t.Context())
		d := c.proposed(t, decision.Content{Kind: decision.KindOverride, Predicate: domain.PredicatePoor, Reason: because}, superior)
		through, errs := race(func(i int) error {
			_, err := c.decide.ApproveBy(ctx, ref(d.Number), decision.Actor{Person: fmt.Sprintf("tono%d", i), Admin: true})
			return err
		})
		for _, err := range errs {
			if err != nil && !errors.Is(err, decision.ErrAnswered) {
				t.Errorf("error is %v, want ErrAnswered", err)
			}
		}
		if got := c.score(t, "ani"); through != 1 || got.Revision != 2 || len(c.announcer.changes) > 1+racers {
			t.Fatalf("%d got through, revision %d", through, got.Revision)
		}
	})
	t.Run("finalization_of_one_revision", func(t *testing.T) {
		t.Parallel()
		c := sit(t)
		ctx := context.WithoutCancel(t.Context())
		through, errs := race(func(int) error {
			content := decision.Content{Kind: decision.KindFinalize, Revision: 1}
			_, err := app.Enter(c.decide, ctx, app.Proposal{Period: period, Person: "ani", Content: content}, superior)
			return err
		})
		for _, err := range errs {
			if err != nil && !errors.Is(err, decision.ErrMoved) {
				t.Errorf("error is %v, want ErrMoved", err)
			}
		}
		all, err := c.store.Decisions(t.Context(), period, "ani", app.DecisionPage{Limit: racers})
		if err != nil || through != 1 || len(all) != 1 {
			t.Fatalf("%d got through, %d decisions, %v", through, len(all), err)
		}
	})
	t.Run("correction_on_one_ground", func(t *testing.T) {
		t.Parallel()
		c := sit(t)
		c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
		ctx := context.WithoutCancel(t.Context())
		content := correction
		content.Revision = 2
		through, errs := race(func(int) error {
			_, err := app.Enter(c.decide, ctx, app.Proposal{Period: period, Person: "ani", Content: content}, superior)
			return err
		})
		for _, err := range errs {
			if err != nil && !errors.Is(err, decision.ErrReference) {
				t.Errorf("error is %v, want ErrReference", err)
			}
		}
		if through != 1 {
			t.Fatalf("%d got through", through)
		}
	})
	t.Run("proposals_all_get_numbers_of_their_own", func(t *testing.T) {
		t.Parallel()
		c := sit(t)
		ctx := context.WithoutCancel(t.Context())
		content := decision.Content{Kind: decision.KindOverride, Predicate: domain.PredicatePoor, Reason: because, Revision: 1}
		var all sync.Map
		for range 3 { // as many as may be in each other's way without one giving up
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(func() {
					made, err := app.Enter(c.decide, ctx, app.Proposal{Period: period, Person: "ani", Content: content}, superior)
					if err != nil {
						t.Error(err)
					}
					_, taken := all.LoadOrStore(made.Number, true)
					if taken {
						t.Errorf("number %d twice", made.Number)
					}
				})
			}
			wg.Wait()
		}
	})
}

func TestDecide_needs_the_rules_for_another_predicate_alone(t *testing.T) {
	t.Parallel()
	c := sit(t)
	c.decide.Packs = noPacks{}
	c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
	d := c.proposed(t, correction, superior)
	_, err := c.decide.ApproveBy(t.Context(), ref(d.Number), admin)
	if !errors.Is(err, app.ErrUncomputable) {
		t.Fatalf("error is %v, want ErrUncomputable", err)
	}
}

type noPacks struct{}

func (noPacks) Pack(context.Context, string) (*domain.Pack, error) { return nil, pack.ErrUnknown }

func TestScoreAt_is_what_was_known_then(t *testing.T) {
	t.Parallel()
	c := sit(t)
	first := c.clock.Now()
	c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
	second := c.clock.Now()
	c.changed(t, "95")
	third := c.clock.Now()
	cases := []struct {
		name     string
		at       time.Time
		revision int64
		final    bool
		outdated bool
	}{
		{"just_before_the_first", first.Add(-time.Microsecond), 0, false, false},
		{"at_the_first", first, 1, false, false},
		{"a_part_of_a_microsecond_before_the_second", second.Add(-time.Nanosecond), 1, false, false},
		{"at_the_second", second, 2, true, false},
		{"just_before_the_third", third.Add(-time.Microsecond), 2, true, false},
		{"at_the_third", third, 3, true, true},
		{"long_after", third.Add(1000 * time.Hour), 3, true, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := c.show.ScoreAt(access.Trusted(t.Context()), period, "ani", tc.at)
			if tc.revision == 0 {
				if !errors.Is(err, app.ErrNotFound) {
					t.Fatalf("error is %v, want ErrNotFound", err)
				}
				return
			}
			if err != nil || got.Revision != tc.revision || (got.Final != nil) != tc.final || len(got.Trace.Steps) == 0 {
				t.Fatalf("revision %d, final %+v, %d steps, %v", got.Revision, got.Final, len(got.Trace.Steps), err)
			}
			if tc.final && got.Final.Outdated != tc.outdated {
				t.Fatalf("outdated is %v", got.Final.Outdated)
			}
		})
	}
}

func TestCompare_tells_what_changed_and_why(t *testing.T) {
	t.Parallel()
	c := sit(t)
	c.proposed(t, decision.Content{Kind: decision.KindFinalize, Reason: "Sesuai hasil dialog kinerja."}, superior)
	c.changed(t, "95")
	ctx := access.Trusted(t.Context())
	got, err := c.show.Compare(ctx, period, "ani", 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	var sentences []string
	for _, change := range got.Changes {
		sentences = append(sentences, change.Sentence)
	}
	want := []string{
		"Nomor keputusan penetapan semula belum ada dan sekarang 1.",
		"Predikat yang ditetapkan semula belum ada dan sekarang Baik.",
		"Angka kredit menurut penetapan semula belum ada dan sekarang 12,50.",
		"Hasil perhitungan terkini berbeda dari dasar penetapan predikat.",
		"Capaian rencana kinerja berubah dari 90,00% menjadi 95,00%.",
		"Realisasi “Jumlah pasien” berubah dari 90 menjadi 95, sehingga capaian indikator “Jumlah pasien” berubah dari 90,0000% menjadi 95,0000%.",
	}
	if diff := cmp.Diff(want, sentences); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
	if source := got.Changes[5].Source; source != "progressReports/95" {
		t.Errorf("source %q", source)
	}
	made, err := c.store.Decision(ctx, ref(1))
	if err != nil {
		t.Fatal(err)
	}
	origins := []app.Origin{
		{Revision: 2, ComputeTime: noon.Add(2 * time.Minute), Causes: []string{decision.Cause}, Decision: &made},
		{Revision: 3, ComputeTime: noon.Add(3 * time.Minute), Causes: []string{"kinerja.assessment.v1.rating.changed"}},
	}
	if diff := cmp.Diff(origins, got.Origins); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
	for _, revisions := range [][2]int64{{1, 4}, {9, 10}} {
		_, err = c.show.Compare(ctx, period, "ani", revisions[0], revisions[1])
		if !errors.Is(err, app.ErrNotFound) {
			t.Errorf("revisions %v: %v, want ErrNotFound", revisions, err)
		}
	}
}

func TestCompare_tells_the_newest_origins_of_many(t *testing.T) {
	t.Parallel()
	c := sit(t)
	for i := range app.MaxOrigins + 5 {
		c.changed(t, strconv.Itoa(i))
	}
	got, err := c.show.Compare(access.Trusted(t.Context()), period, "ani", 1, app.MaxOrigins+6)
	if err != nil || len(got.Origins) != app.MaxOrigins || got.Origins[0].Revision != 7 || got.Origins[app.MaxOrigins-1].Revision != app.MaxOrigins+6 {
		t.Fatalf("%d origins from %d, %v", len(got.Origins), got.Origins[0].Revision, err)
	}
}
