package explain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// TestProfileOf_names_every_element_that_stands_out has ten responses to a survey, by the sum of each element.
func TestProfileOf_names_every_element_that_stands_out(t *testing.T) {
	t.Parallel()
	const highest, lowest = "Unsur pelayanan dengan nilai tertinggi pada survei kepuasan masyarakat: ",
		"Unsur pelayanan dengan nilai terendah pada survei kepuasan masyarakat: "
	p := rules(t, "permenpanrb-6-2022").Pack
	for name, c := range map[string]struct {
		sums [9]int64
		// want are the last strength and the last weakness.
		want []string
	}{
		"one_of_each": {
			[9]int64{33, 31, 28, 40, 33, 34, 34, 30, 32},
			[]string{highest + "Biaya/tarif (4,000).", lowest + "Waktu penyelesaian (2,800)."},
		},
		"two_and_three": {
			[9]int64{28, 28, 30, 40, 33, 40, 34, 40, 32},
			[]string{
				highest + "“Biaya/tarif”, “Kompetensi pelaksana”, dan “Penanganan pengaduan, saran, dan masukan” (4,000).",
				lowest + "“Persyaratan” dan “Sistem, mekanisme, dan prosedur” (2,800).",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := domaintest.Nurse()
			survey := &domain.Survey{Source: "survei", Responses: 10}
			for i, element := range p.Definition().Survey.Elements {
				survey.Sums = append(survey.Sums, domain.ElementSum{Element: element, Sum: c.sums[i]})
			}
			in.Segments[0].Survey = survey
			profile := explain.ProfileOf(p, compute(t, p, in))
			got := []string{profile.Strengths[len(profile.Strengths)-1], profile.Weaknesses[len(profile.Weaknesses)-1]}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("profile (-want +got):\n%s", diff)
			}
		})
	}
}
