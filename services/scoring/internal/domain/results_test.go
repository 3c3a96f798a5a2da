package domain_test

import (
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// TestCompute_keeps_results_of_every_length has a step between others whose result is the longest label that a pack may
// state, so that the results are longer than those of a usual computation.
func TestCompute_keeps_results_of_every_length(t *testing.T) {
	t.Parallel()
	for name, label := range map[string]string{"letters": strings.Repeat("g", 200), "letters_of_four_bytes": strings.Repeat("𝑔", 200)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := weighted("k", weight("b", "60"), weight("t", "40"))
			k.Weighted.Variants = []domain.WeightVariant{{
				Label: label, When: domain.Condition{Has: []string{"t"}}, Of: []domain.Weight{weight("b", "1"), weight("t", "3")},
			}}
			last := weighted("last", weight("k", "1"))
			p := small(t, nil, behavior("b"), tasks("t"), k, last)
			expect(t, steps(t, p, judged("90", 4)), map[string]string{
				"components/b": "90.0000", "components/k/variant": label, "components/k": "24.0000", "components/last": "24.0000",
			})
		})
	}
}
