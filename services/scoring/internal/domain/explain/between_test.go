package explain_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
)

// TestBetween tells why other rules make something else of the facts of the first example of a pack.
func TestBetween(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, c := range []struct{ facts, standing, other string }{
		{"marelan", "permenpanrb-6-2022", "marelan"},
		{"marelan", "marelan", "permenpanrb-6-2022"},
		{"kepahiang", "kepahiang", "bantul"},
		{"semarang", "permenpanrb-6-2022", "semarang"},
		{"binjai", "binjai", "marelan"},
		{"pp-46-2011", "pp-46-2011", "permenpanrb-8-2021"},
		{"pp-46-2011", "permenpanrb-6-2022", "pp-46-2011"},
		{"bantul", "bantul", "permenpanrb-8-2021"},
		{"integrasi-2021", "permenpanrb-8-2021", "integrasi-2021"},
	} {
		standing, other := rules(t, c.standing).Pack, rules(t, c.other).Pack
		in := rules(t, c.facts).Examples[0].Given.Input(standing)
		reasons := explain.Between(standing, other, compute(t, standing, in), compute(t, other, in))
		fmt.Fprintf(&text, "=== %s: %s → %s\n%s\n\n", c.facts, c.standing, c.other, strings.Join(reasons, "\n"))
	}
	golden(t, "between", text.String())
}

func TestBetween_of_the_same_numbers(t *testing.T) {
	t.Parallel()
	p := rules(t, "permenpanrb-6-2022").Pack
	before := domain.Result{Predicate: domain.PredicateGood}
	got := explain.Between(p, p, before, domain.Result{Predicate: domain.PredicatePoor})
	if len(got) != 1 || got[0] != "Angkanya sama, tetapi aturan yang memberikan predikat berbeda." {
		t.Fatalf("got %q", got)
	}
	if got := explain.Between(p, p, before, before); len(got) != 0 {
		t.Fatalf("a reason for nothing: %q", got)
	}
}

// TestBetween_of_what_no_component_leads_to changes the nurse's rules where no number of a component follows.
func TestBetween_of_what_no_component_leads_to(t *testing.T) {
	t.Parallel()
	law := rules(t, "permenpanrb-6-2022").Pack
	for _, c := range []struct {
		name   string
		change func(*domain.Definition)
		want   []string
	}{
		{"half_the_credit_for_a_predicate", func(d *domain.Definition) {
			d.Credit.Percents = maps.Clone(d.Credit.Percents)
			d.Credit.Percents[domain.PredicateGood] = decimal.MustParse("50")
		}, []string{
			"“Angka kredit” menjadi 6,25; menurut aturan yang berlaku 12,50.",
			"“Persentase angka kredit menurut predikat” menjadi 50; menurut aturan yang berlaku 100.",
		}},
		{"a_predicate_and_so_its_credit", func(d *domain.Definition) {
			d.Predicate.Matrix = map[domain.Expectation]map[domain.Expectation]domain.Predicate{
				domain.ExpectationAbove: {"above": domain.PredicateVeryGood, "meets": domain.PredicateVeryGood, "below": domain.PredicatePoor},
				domain.ExpectationMeets: d.Predicate.Matrix[domain.ExpectationMeets],
				domain.ExpectationBelow: d.Predicate.Matrix[domain.ExpectationBelow],
			}
		}, []string{
			"Angkanya sama, tetapi aturan yang memberikan predikat berbeda.",
			"“Angka kredit” menjadi 18,75; menurut aturan yang berlaku 12,50.",
			"“Persentase angka kredit menurut predikat” menjadi 150; menurut aturan yang berlaku 100.",
		}},
		{"bands_in_the_place_of_the_matrix", bands, []string{
			"Predikat kini ditentukan oleh rentang nilai dari “Capaian rencana kinerja” sebesar 99,8; menurut aturan yang berlaku oleh " +
				"rating hasil kerja dan rating perilaku kerja.",
			"“Capaian rencana kinerja” menjadi 99,8; menurut aturan yang berlaku 99,76.",
			"“Angka kredit” menjadi 18,75; menurut aturan yang berlaku 12,50.",
			"“Persentase angka kredit menurut predikat” menjadi 150; menurut aturan yang berlaku 100.",
		}},
		{"an_achievement_that_is_shown_no_more", func(d *domain.Definition) { d.Shown.Achievement = "attendance" }, []string{
			"“Capaian rencana kinerja” menjadi 95,83; menurut aturan yang berlaku 99,76.",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			def := law.Definition()
			c.change(&def)
			other, err := domain.NewPack(def, "other")
			if err != nil {
				t.Fatal(err)
			}
			in := domaintest.Nurse()
			got := explain.Between(law, other, compute(t, law, in), compute(t, other, in))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		})
	}
}

// bands gives the predicate by the achievement of the plan, with one digit.
func bands(d *domain.Definition) {
	d.Components = slices.Clone(d.Components)
	d.Components[0].Places, d.Components[0].Missing = 1, domain.PolicyBlock
	from := decimal.MustParse("99")
	d.Predicate.Matrix = nil
	d.Predicate.Bands = &domain.BandsTerms{
		Of: d.Components[0].ID, Bands: []domain.PredicateBand{{Predicate: domain.PredicateVeryGood, From: &from}, {Predicate: domain.PredicateGood}},
	}
	d.Rules = slices.Clone(d.Rules)
	at := slices.IndexFunc(d.Rules, func(r domain.Rule) bool { return r.ID == domain.RulePredicateMatrix })
	d.Rules[at].ID = domain.RulePredicateBands
	d.Rules = slices.DeleteFunc(d.Rules, func(r domain.Rule) bool { return r.ID == domain.RuleUnitHead })
	d.Inputs, d.UnitHead = nil, domain.UnitHeadTerms{}
}

// TestWay tells what would reach the predicates with the facts of the first example of every pack, with a tenth less of
// everything done, so that something is left to reach.
func TestWay(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, file := range packs(t) {
		in := file.Examples[0].Given.Input(file.Pack)
		for i := range in.Segments[0].Realisations {
			done := &in.Segments[0].Realisations[i].Value
			less, err := done.Mul(decimal.MustNew(9, 1))
			if err != nil {
				t.Fatal(err)
			}
			*done = less.Trim(0)
		}
		for _, goal := range []domain.Predicate{domain.PredicateVeryGood, domain.PredicateGood} {
			answer, err := reach.To(file.Pack, in, goal, never)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&text, "=== %s: %s\n", file.Pack.Definition().ID, goal)
			for _, way := range answer.Ways {
				fmt.Fprintln(&text, explain.Way(file.Pack, goal, way))
			}
			for _, note := range explain.Notes(file.Pack, compute(t, file.Pack, in), answer) {
				fmt.Fprintln(&text, note)
			}
		}
	}
	golden(t, "way", text.String())
}
