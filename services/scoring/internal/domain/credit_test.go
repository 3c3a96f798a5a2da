package domain_test

import (
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
