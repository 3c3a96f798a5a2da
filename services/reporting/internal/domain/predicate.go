package domain

// Predicate is the result of a person (predikat kinerja pegawai) by PermenPANRB 6/2022, as the contract names it
// without its prefix. Any other value counts as none.
type Predicate string

// The five predicates.
const (
	VeryGood         Predicate = "VERY_GOOD"
	Good             Predicate = "GOOD"
	NeedsImprovement Predicate = "NEEDS_IMPROVEMENT"
	Poor             Predicate = "POOR"
	VeryPoor         Predicate = "VERY_POOR"
)

// NoPredicateLabel names the people without a predicate in a distribution, in Indonesian.
const NoPredicateLabel = "Belum ada predikat"

var predicates = [...]Predicate{VeryGood, Good, NeedsImprovement, Poor, VeryPoor}

// Predicates returns the five predicates from the best to the worst, the order of every distribution.
func Predicates() [5]Predicate { return predicates }

// Label returns the predicate in Indonesian, and "" for none.
func (p Predicate) Label() string {
	switch p {
	case VeryGood:
		return "Sangat Baik"
	case Good:
		return "Baik"
	case NeedsImprovement:
		return "Butuh Perbaikan"
	case Poor:
		return "Kurang/Misconduct"
	case VeryPoor:
		return "Sangat Kurang"
	}
	return ""
}
