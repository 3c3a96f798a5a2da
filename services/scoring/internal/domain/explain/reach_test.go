package explain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
)

// TestNotes_of_a_predicate_that_is_reached has the head of a health agency by PermenPANRB 8/2021, of whom, in one case,
// nobody has said whether there is an innovation: Baik holds only for now.
func TestNotes_of_a_predicate_that_is_reached(t *testing.T) {
	t.Parallel()
	file := rules(t, "permenpanrb-8-2021")
	waiting := file.Examples[0].Given.Input(file.Pack)
	waiting.Segments[0].Behavior, waiting.Segments[0].Innovations = &domain.Behavior{Value: decimal.MustParse("120")}, nil
	known := file.Examples[0].Given.Input(file.Pack)
	const (
		reached  = "Predikat ini sudah tercapai, tetapi belum ditetapkan oleh pejabat penilai kinerja dan masih dapat berubah."
		noOne    = "Keterangan tentang ide baru atau cara baru yang bermanfaat belum ada; selama itu, predikat hanya bersifat sementara."
		finished = "Predikat telah ditetapkan oleh pejabat yang berwenang dan hanya dapat berubah melalui koreksi penetapan."
	)
	for _, c := range []struct {
		name  string
		in    domain.Input
		final bool
		want  []string
	}{
		{"that_nobody_has_fixed", known, false, []string{reached}},
		{"that_is_provisional", waiting, false, []string{reached, noOne}},
		{"that_people_have_fixed", waiting, true, []string{"Predikat ini sudah tercapai.", finished}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			answer, err := reach.To(file.Pack, c.in, domain.PredicateGood, never)
			if err != nil {
				t.Fatal(err)
			}
			if c.final {
				answer = reach.ToFinal(domain.PredicateGood, domain.PredicateGood)
			}
			if diff := cmp.Diff(c.want, explain.Notes(file.Pack, compute(t, file.Pack, c.in), answer)); diff != "" {
				t.Fatalf("notes (-want +got):\n%s", diff)
			}
		})
	}
}
