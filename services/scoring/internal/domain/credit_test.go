package domain_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// TestCreditOf holds the angka kredit of a decided predicate to Peraturan BKN 3/2023: Ahli Pertama, 12 months.
func TestCreditOf(t *testing.T) {
	t.Parallel()
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := packs.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	computed, err := domain.Compute(rules, domaintest.Nurse())
	if err != nil {
		t.Fatal(err)
	}
	want := map[domain.Predicate]string{
		domain.PredicateVeryGood: "18.75", domain.PredicateGood: "12.50", domain.PredicateNeedsImprovement: "9.38",
		domain.PredicatePoor: "6.25", domain.PredicateVeryPoor: "3.13",
	}
	for predicate, credit := range want {
		got, err := domain.CreditOf(rules, &computed, predicate)
		if err != nil || got != credit {
			t.Errorf("%s gives %q, want %q (%v)", predicate, got, credit, err)
		}
	}
	computed.Record.Facts.Segments[0].Plan.FunctionalLevel = ""
	got, err := domain.CreditOf(rules, &computed, domain.PredicateGood)
	if err != nil || got != "" {
		t.Errorf("without a functional position: %q, %v", got, err)
	}
}

func TestPack_Credit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		level     domain.FunctionalLevel
		predicate domain.Predicate
		months    int64
		want      string
	}{
		{domain.LevelAhliPertama, domain.PredicateGood, 8, "8.33"},
		{domain.LevelAhliUtama, domain.PredicateVeryPoor, 12, "12.50"},
		{domain.LevelPemula, domain.PredicateVeryGood, 12, "5.63"},
		{domain.LevelPemula, "excellent", 12, "0.00"},
		{"ahli_terutama", domain.PredicateGood, 12, "0.00"},
	} {
		got, err := rules(t).Credit(c.level, c.predicate, c.months)
		if err != nil || got.String() != c.want {
			t.Errorf("%s with %s for %d months: %s, want %s (%v)", c.level, c.predicate, c.months, got, c.want, err)
		}
	}
}

// TestCreditOf_several_plans has 2 months as Ahli Pertama rated Baik, 2 more rated Kurang, and 8 as Ahli Muda rated Baik.
func TestCreditOf_several_plans(t *testing.T) {
	t.Parallel()
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := packs.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	plan := func(months int64, level domain.FunctionalLevel, behavior domain.Expectation) domain.Segment {
		s := domaintest.Nurse().Segments[0]
		s.Plan.Months, s.Plan.FunctionalLevel = months, level
		s.Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: behavior}
		return s
	}
	computed, err := domain.Compute(rules, domain.Input{Segments: []domain.Segment{
		plan(2, domain.LevelAhliPertama, domain.ExpectationMeets), plan(2, domain.LevelAhliPertama, domain.ExpectationBelow),
		plan(8, domain.LevelAhliMuda, domain.ExpectationMeets),
	}})
	if err != nil {
		t.Fatal(err)
	}
	own := []domain.Predicate{domain.PredicateGood, domain.PredicatePoor, domain.PredicateGood}
	for decided, want := range map[domain.Predicate]struct {
		credit string
		last   domain.Predicate
	}{
		domain.PredicateGood:     {"19.79", domain.PredicateGood}, // 2.08 + 1.04 + 16.67, as computed
		domain.PredicateVeryGood: {"28.12", domain.PredicateVeryGood},
	} {
		own[2] = want.last
		got, err := computed.PredicatesWith(rules, decided)
		if err != nil || !slices.Equal(got, own) {
			t.Errorf("%s: the plans have %v, want %v (%v)", decided, got, own, err)
		}
		credit, err := domain.CreditOf(rules, &computed, decided)
		if err != nil || credit != want.credit {
			t.Errorf("%s gives %q, want %q (%v)", decided, credit, want.credit, err)
		}
	}
	if computed.Credit != "19.79" {
		t.Errorf("the score says %s", computed.Credit)
	}
	computed.Record.Results = domaintest.WithoutFirst(computed.Record.Results)
	_, err = domain.CreditOf(rules, &computed, domain.PredicateGood)
	if !errors.Is(err, domain.ErrInvalidTrace) {
		t.Errorf("of a record that nothing has left: %v, want ErrInvalidTrace", err)
	}
}
