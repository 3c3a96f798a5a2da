package app_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// crowd is a store with scores of 45,000 people, who are called by their numbers from 10000.
type crowd struct{ app.Store }

func (crowd) Scores(_ context.Context, period domain.Period, after string, limit int) ([]app.Revision, error) {
	const first, end = 10_000, 55_000
	from := first
	if after != "" {
		last, err := strconv.Atoi(after)
		if err != nil {
			return nil, err
		}
		from = last + 1
	}
	var scores []app.Revision
	for n := from; n < min(from+limit, end); n++ {
		scores = append(scores, app.Revision{Score: domain.Score{Period: period, Person: strconv.Itoa(n)}})
	}
	return scores, nil
}

// TestTrial_tries_a_large_period_on_some knows plans of ten people; of 45,000 every fourth is tried, from the first on.
func TestTrial_tries_a_large_period_on_some(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Store = crowd{b.store}
	for n := range 10 {
		b.plan(strconv.Itoa(54_990+n), "u1")
	}
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	draft, err := packs.Pack(rulePack)
	if err != nil {
		t.Fatal(err)
	}
	got, err := (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, draft)
	if err != nil {
		t.Fatal(err)
	}
	if got.Scored != 45_000 || got.People != 2 { // 54,992 and 54,996
		t.Fatalf("%d of %d people were tried", got.People, got.Scored)
	}
}

// TestTrial_tells_the_greatest_changes_first tries rules that move numbers, up and down, and no predicate, on more people
// than are told of.
func TestTrial_tells_the_greatest_changes_first(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.peers.terms.RulePack = "rulePacks/binjai/versions/1"
	var people []string
	for i := range 220 {
		person := fmt.Sprintf("p%03d", i)
		people = append(people, person)
		b.plan(person, "u1")
		b.report(person, fmt.Sprint(40+i/3)) // three people each have the same numbers
	}
	b.execute(t, work("e1", people...))
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	draft, err := packs.Pack("rulePacks/marelan/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	result, err := (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, draft)
	if err != nil {
		t.Fatal(err)
	}
	if result.Up+result.Down+result.Other != 0 || len(result.Changes) != 200 {
		t.Fatalf("%d up, %d down, %d other, %d changes", result.Up, result.Down, result.Other, len(result.Changes))
	}
	gap := func(c app.TrialChange) decimal.Decimal {
		d, err := decimal.MustParse(c.After.Value).Sub(decimal.MustParse(c.Before.Value))
		if err != nil {
			t.Fatal(err)
		}
		return d.Abs()
	}
	sorted := slices.IsSortedFunc(result.Changes, func(a, b app.TrialChange) int {
		return cmp.Or(gap(b).Cmp(gap(a)), cmp.Compare(a.Person, b.Person))
	})
	if !sorted || slices.IsSortedFunc(result.Changes, func(a, b app.TrialChange) int { return cmp.Compare(a.Person, b.Person) }) {
		for _, c := range result.Changes {
			t.Errorf("%s from %s to %s", c.Person, c.Before.Value, c.After.Value)
		}
	}
}

// TestTrial_tells_of_angka_kredit_before_other_numbers halves the angka kredit by other percentages, and makes other values: that of
// ani loses more, and budi has the greater coefficient.
func TestTrial_tells_of_angka_kredit_before_other_numbers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.peers.terms.RulePack = "rulePacks/binjai/versions/1"
	for person, realisation := range map[string]string{"ani": "100", "budi": "50"} {
		b.plan(person, "u1")
		b.report(person, realisation)
	}
	b.peers.plans["budi"][0].Plan.FunctionalLevel = domain.LevelAhliUtama
	b.execute(t, work("e1", "ani", "budi"))
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	draft, err := pack.Parse([]byte(`id: uji
version: 1
base: rulePacks/binjai/versions/1
components:
  - {id: tenth, label: Sepersepuluh, text: poin, basis: policy, missing: exclude, places: 2, cap: 10, weighted: {of: [{component: plan, weight: 100}]}}
  - {id: value, label: Nilai bukti pendukung, text: capaian, basis: policy, missing: exclude, places: 2, weighted: {of: [{component: plan, weight: 90}, {component: tenth, weight: 10}]}}
rules: [{id: component.cap, label: Batas, basis: policy, text: paling tinggi 10}]
credit:
  months_per_year: 12
  percents: {very_good: 75, good: 50, needs_improvement: 37.5, poor: 25, very_poor: 12.5}
  coefficients: {pemula: 3.75, terampil: 5, mahir: 12.5, penyelia: 25, ahli_pertama: 12.5, ahli_muda: 25, ahli_madya: 37.5, ahli_utama: 50}
`), packs.File)
	if err != nil {
		t.Fatal(err)
	}
	result, err := (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, draft.Pack)
	if err != nil {
		t.Fatal(err)
	}
	if result.Credit != 2 || result.Value != 2 || len(result.Changes) != 2 || result.Changes[0].Person != "budi" {
		t.Fatalf("trial %+v", result)
	}
	ani, budi := result.Changes[1], result.Changes[0]
	if ani.Before.Value != "100.00" || ani.After.Value != "91.00" || budi.Before.Value != "50.00" || budi.After.Value != "46.00" {
		t.Errorf("value of ani %+v, of budi %+v", ani, budi)
	}
	if budi.Before.Credit != "50.00" || budi.After.Credit != "25.00" || ani.After.Credit != "6.25" {
		t.Errorf("angka kredit of ani %+v, of budi %+v", ani, budi)
	}
}

// peersUpTo is the law with peers who answer from 1 to a number.
func peersUpTo(t *testing.T, most int) *domain.Pack {
	t.Helper()
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	draft, err := pack.Parse([]byte("id: uji\nversion: 1\nbase: "+rulePack+"\ncomponents:\n  - {id: peers, label: Rekan kerja, text: rata-rata, basis: evidence, "+
		"missing: exclude, places: 2, panel: {group: peers, minimum: 3, answer_min: 1, answer_max: "+strconv.Itoa(most)+"}}\n"), packs.File)
	if err != nil {
		t.Fatal(err)
	}
	return draft.Pack
}

// TestTrial_names_the_first_whom_it_cannot_compute has 25 people whose peers have answered 3 by a draft that knows 2, and nobody
// fails by one that knows 4.
func TestTrial_names_the_first_whom_it_cannot_compute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.crowd(t, 25, 3)
	trial := &app.Trial{Recompute: b.Recompute}
	result, err := trial.Run(t.Context(), period, peersUpTo(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	if result.People != 25 || result.Failed != 25 || len(result.Failures) != 20 || len(result.Changes) != 0 || len(result.Moves) != 0 {
		t.Fatalf("trial %+v", result.TrialSummary)
	}
	for i, failure := range result.Failures {
		if failure.Person != fmt.Sprintf("p%03d", i) || len(failure.Reasons) != 1 {
			t.Errorf("failure %d: %+v", i, failure)
		}
	}
	result, err = trial.Run(t.Context(), period, peersUpTo(t, 4))
	if err != nil || result.Failed != 0 || len(result.Failures) != 0 {
		t.Fatalf("trial %+v, %v", result, err)
	}
}

// TestTrial_of_whom_only_the_draft_can_compute has somebody whose peers have answered 5, which the standing rules do not know.
func TestTrial_of_whom_only_the_draft_can_compute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.crowd(t, 1, 5)
	result, err := (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, peersUpTo(t, 5))
	if err != nil {
		t.Fatal(err)
	}
	if result.Failed != 0 || result.Other != 1 || len(result.Changes) != 1 {
		t.Fatalf("trial %+v", result)
	}
	change := result.Changes[0]
	if change.Before != (app.TrialOutcome{}) || change.After.Predicate != domain.PredicateGood || !slices.Contains(change.Reasons, "“Rekan kerja” kini dihitung: 5,00.") {
		t.Fatalf("change %+v", change)
	}
}

// TestTrial_of_whom_no_rules_can_compute has somebody whose peers have answered 5, which neither the standing rules nor the draft
// know: the draft makes nothing worse for them.
func TestTrial_of_whom_no_rules_can_compute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.crowd(t, 1, 5)
	result, err := (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, peersUpTo(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	want := app.TrialCounts{Scored: 1, People: 1, Moves: []app.Move{{Count: 1}}}
	if diff := gocmp.Diff(want, result.TrialCounts); diff != "" || len(result.Failures) != 0 || len(result.Changes) != 0 {
		t.Fatalf("trial %+v, counts (-want +got):\n%s", result, diff)
	}
}

// crowd gives people, who are called by their numbers, a score, and then peers who all answer the same.
func (b bundle) crowd(t *testing.T, count int, answer int64) {
	t.Helper()
	var people []string
	for i := range count {
		person := fmt.Sprintf("p%03d", i)
		people = append(people, person)
		b.plan(person, "u1")
		b.report(person, "90")
	}
	b.execute(t, work("e1", people...))
	for _, person := range people {
		facts := b.peers.people[person]
		facts.Panels = []domain.Panel{{Group: domain.GroupPeers, Count: 3, Questions: 7, Sum: 21 * answer}}
		b.peers.people[person] = facts
	}
}

// TestTrial_reads_nothing_that_is_withheld has three peers and three responses where the rules of the period ask for four, and the
// draft for three. The rules of the period know nothing of pupils, of whom three have answered, too.
func TestTrial_reads_nothing_that_is_withheld(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.crowd(t, 1, 3)
	b.survey("u1", 3, 4)
	facts := b.peers.people["p000"]
	facts.Panels = append(facts.Panels, domain.Panel{Group: domain.GroupPupils, Count: 3, Questions: 7, Sum: 63})
	b.peers.people["p000"] = facts
	evidence := domain.Component{Text: "nilai", Basis: domain.BasisEvidence, Missing: domain.PolicyExclude, Places: 2}
	pupils, value := evidence, evidence
	pupils.ID, pupils.Label = "pupils", "Murid"
	pupils.Panel = &domain.PanelWay{Group: domain.GroupPupils, Minimum: 3, AnswerMin: 1, AnswerMax: 4}
	value.ID, value.Label = "value", "Nilai"
	value.Sum = &domain.SumWay{Of: []string{"pupils", "peers", "survey"}}
	draft := asking(t, 3, pupils, value)
	for name, c := range map[string]struct {
		asked int64
		want  string
	}{
		"that_the_rules_of_the_period_withhold": {4, "3.00"},
		"but_what_they_show":                    {3, "106.00"},
	} {
		t.Run(name, func(t *testing.T) {
			b.Packs = always{asking(t, c.asked)}
			result, err := (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, draft)
			if err != nil || len(result.Changes) != 1 {
				t.Fatalf("%d changes, %v", len(result.Changes), err)
			}
			if got := result.Changes[0].After.Value; got != c.want {
				t.Errorf("the value by the draft is %s, want %s: %q", got, c.want, result.Changes[0].Reasons)
			}
		})
	}
}

// always are the only rules.
type always struct{ rules *domain.Pack }

func (a always) For(context.Context, string, time.Time) (*domain.Pack, error) { return a.rules, nil }

func (a always) Pack(context.Context, string) (*domain.Pack, error) { return a.rules, nil }
