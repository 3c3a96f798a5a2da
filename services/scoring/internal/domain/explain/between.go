package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxReasons is how many numbers are named that two sets of rules make differently of the same facts.
const maxReasons = 5

// Between says in Indonesian why two sets of rules make different results of the same facts: which components have
// another number, those that the others lead to first, and what the new rules need and do not find. At most five.
func Between(standing, other *domain.Pack, before, after domain.Result) []string {
	was, is := components(before), components(after)
	var reasons []string
	for _, missing := range after.Missing {
		if missing.Policy == domain.PolicyBlock && !slices.Contains(before.Missing, missing) {
			reasons = append(reasons, during(missing.Input)+missing.Description+" belum ada, sehingga predikat belum dapat ditetapkan.")
		}
	}
	for _, c := range slices.Backward(other.Definition().Components) {
		then, now := was[c.ID], is[c.ID]
		switch {
		case now == "" || now == then:
		case then == "":
			reasons = append(reasons, fmt.Sprintf("“%s” kini dihitung: %s.", c.Label, number(now)))
		default:
			reasons = append(reasons, fmt.Sprintf("“%s” menjadi %s; menurut aturan yang berlaku %s.", c.Label, number(now), number(then)))
		}
	}
	for _, c := range slices.Backward(standing.Definition().Components) {
		if was[c.ID] != "" && is[c.ID] == "" {
			reasons = append(reasons, fmt.Sprintf("“%s” tidak lagi dihitung; menurut aturan yang berlaku %s.", c.Label, number(was[c.ID])))
		}
	}
	if len(reasons) == 0 && before.Predicate != after.Predicate {
		reasons = append(reasons, "Angkanya sama, tetapi aturan yang memberikan predikat berbeda.")
	}
	return reasons[:min(len(reasons), maxReasons)]
}

// components returns the number of each component by its id; of several segments, that of the last.
func components(result domain.Result) map[string]string {
	numbers := map[string]string{}
	for _, step := range result.Trace.Steps {
		id, ok := strings.CutPrefix(strings.TrimPrefix(step.ID, domain.SegmentOf(step.ID)), "components/")
		if ok && !strings.Contains(id, "/") {
			numbers[id] = step.Result
		}
	}
	return numbers
}
