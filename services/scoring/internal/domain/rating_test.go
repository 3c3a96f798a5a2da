package domain_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
)

// TestCompute_needs_no_rating_of_the_results_of_a_head by the law in force with a component that reads it beside the matrix.
func TestCompute_needs_no_rating_of_the_results_of_a_head(t *testing.T) {
	t.Parallel()
	d := rules(t).Definition()
	d.Components = append(slices.Clone(d.Components), domain.Component{
		ID: "superior", Label: "Penilaian pimpinan", Text: "contoh", Basis: domain.BasisPolicy, Missing: domain.PolicyExclude,
		Rating: &domain.RatingWay{Of: domain.RatingResult, Values: map[domain.Expectation]decimal.Decimal{
			domain.ExpectationAbove: dec("100"), domain.ExpectationMeets: dec("80"), domain.ExpectationBelow: dec("50"),
		}},
	})
	p, err := domain.NewPack(d, "hash")
	if err != nil {
		t.Fatal(err)
	}
	in := domaintest.Nurse()
	in.Segments[0].Rating = &domain.Rating{Behavior: domain.ExpectationAbove}
	_, err = domain.Compute(p, in)
	if !errors.Is(err, domain.ErrInvalidInput) {
		t.Errorf("of somebody who heads nothing: %v", err)
	}
	in.Segments[0].Plan.UnitHead, in.Segments[0].Organization = true, &domain.Organization{Level: domain.OrganizationExcellent}
	got, err := domain.Compute(p, in)
	if err != nil {
		t.Fatal(err)
	}
	if got.Predicate != domain.PredicateVeryGood || got.State != domain.StateComplete {
		t.Errorf("%s %s", got.State, got.Predicate)
	}
	missing := func(m domain.Missing) bool { return m.Input == "components/superior" }
	if !slices.ContainsFunc(got.Missing, missing) {
		t.Errorf("the component has a number without its rating: %+v", got.Missing)
	}
	again, err := domain.Replay(p, got.Trace.Inputs())
	if err != nil || again.Digest() != got.Digest() {
		t.Errorf("what its trace shows gives something else: %v", err)
	}
}
