package explain_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// TestAt_tells_attendance_that_counts_from_attendance_beside_the_score takes rules of regions, whose attendance is called as
// the region does and stands on its regulation.
func TestAt_tells_attendance_that_counts_from_attendance_beside_the_score(t *testing.T) {
	t.Parallel()
	law := rules(t, "permenpanrb-6-2022").Pack
	const (
		beside  = "Kehadiran: 230 dari 240 hari kerja = 95,83%. Kehadiran merupakan bukti pendukung kedisiplinan."
		counted = "Disiplin kerja = 95,83, dari Hari hadir (230); Hari kerja (240). Aturan: hari hadir / hari kerja × 100. Dasar: "
	)
	attended := func(d *domain.Definition) *domain.Component {
		return &d.Components[slices.IndexFunc(d.Components, func(k domain.Component) bool { return k.Attendance != nil })]
	}
	cases := []struct {
		name   string
		change func(*domain.Definition)
		want   string
	}{
		{"evidence_that_nothing_comes_from", func(*domain.Definition) {}, beside},
		{"a_rule_of_the_region", func(d *domain.Definition) { attended(d).Basis = domain.BasisPolicy }, counted + "kebijakan."},
		{"the_value", func(d *domain.Definition) { d.Shown.Value = "attendance" }, counted + "bukti pendukung."},
		{"the_suggestion", func(d *domain.Definition) {
			d.Suggestion = domain.SuggestionTerms{Of: "attendance", Thresholds: []domain.Threshold{{Rating: domain.ExpectationMeets}}}
			d.Rules = append(slices.Clone(d.Rules), domain.Rule{
				ID: domain.RuleSuggestion, Label: "Saran rating hasil kerja", Basis: domain.BasisPolicy, Text: "contoh",
			})
		}, counted + "bukti pendukung."},
		{"the_predicate", func(d *domain.Definition) {
			bands(d)
			attended(d).Missing, d.Predicate.Bands.Of = domain.PolicyBlock, "attendance"
		}, counted + "bukti pendukung."},
		{"a_part_of_another_number", func(d *domain.Definition) {
			d.Components = append(d.Components, domain.Component{
				ID: "total", Label: "Jumlah", Text: "jumlah", Basis: domain.BasisEvidence, Missing: domain.PolicyExclude, Places: 2,
				Sum: &domain.SumWay{Of: []string{"attendance", "plan"}},
			})
		}, counted + "bukti pendukung."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			def := law.Definition()
			def.Components = slices.Clone(def.Components)
			attended(&def).Label = "Disiplin kerja"
			c.change(&def)
			p, err := domain.NewPack(def, "own")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, section := range explain.At(p, explain.Subject{Result: compute(t, p, domaintest.Nurse())}, explain.Standard) {
				for _, sentence := range section.Sentences {
					if section.Title == "Komponen penilaian" && strings.Contains(sentence, "240") {
						got = append(got, sentence)
					}
				}
			}
			if diff := cmp.Diff([]string{c.want}, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		})
	}
}
