package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxReasons is how many numbers are named that two sets of rules make differently of the same facts.
const maxReasons = 5

// What rules do to have a number or a rating.
const (
	verbCompute = "dihitung"
	verbGive    = "diberikan"
)

// Between says in Indonesian why two sets of rules make different results of the same facts: what another predicate comes
// from, what the new rules need and do not find, another rating of the head of a unit, which components have another number,
// those that the others lead to first, the suggested rating, and the angka kredit with what it is made of. An angka kredit that
// does not follow from another predicate stands before the components. At most five.
func Between(standing, other *domain.Pack, before, after domain.Result) []string {
	b := between{was: numbers(before), is: numbers(after)}
	b.predicate(standing, other, before.Predicate, after.Predicate)
	b.missing(before.Missing, after.Missing)
	b.turned("Rating hasil kerja yang berlaku", verbGive, before.ResultRating.Word(), after.ResultRating.Word())
	components := between{was: b.was, is: b.is}
	components.components(standing, other)
	same := before.Predicate == after.Predicate
	if !same && len(b.reasons)+len(components.reasons) == 0 {
		b.add("Angkanya sama, tetapi aturan yang memberikan predikat berbeda.")
	}
	if same {
		b.credit(other, before.Credit, after.Credit)
	}
	b.turned("Saran rating hasil kerja", verbGive, before.Suggestion.Word(), after.Suggestion.Word())
	b.reasons = append(b.reasons, components.reasons...)
	if !same {
		b.credit(other, before.Credit, after.Credit)
	}
	if len(b.reasons) == 0 {
		b.turned("Status nilai", verbGive, before.State.Word(), after.State.Word())
		b.turned("Nilai", verbCompute, before.Value, after.Value)
		b.turned("Capaian rencana kinerja", verbCompute, before.Achievement, after.Achievement)
	}
	return b.reasons[:min(len(b.reasons), maxReasons)]
}

// predicate says what another predicate comes from when the rules take it from something else: the two ratings, or a number.
func (b *between) predicate(standing, other *domain.Pack, then, now domain.Predicate) {
	was, of := decider(standing)
	is, by := decider(other)
	if then == now || now == "" || of == by {
		return
	}
	if by != "" {
		is += amounting(b.is[componentsOf+by])
	}
	if of != "" {
		was += amounting(b.was[componentsOf+of])
	}
	b.add("Predikat kini ditentukan oleh %s; menurut aturan yang berlaku oleh %s.", is, was)
}

// decider returns what decides the predicate, and the component whose number does; "" when the ratings do.
func decider(pack *domain.Pack) (text, component string) {
	def := pack.Definition()
	if def.Predicate.Bands == nil {
		return "rating hasil kerja dan rating perilaku kerja", ""
	}
	of := def.Predicate.Bands.Of
	at := slices.IndexFunc(def.Components, func(c domain.Component) bool { return c.ID == of })
	return "rentang nilai dari “" + def.Components[at].Label + "”", of
}

// amounting says how much a number is; nothing of one that is not there.
func amounting(v string) string {
	if v == "" {
		return ""
	}
	return " sebesar " + number(v)
}

// componentsOf begins the ids of the numbers of components.
const componentsOf = "components/"

// between collects reasons.
type between struct {
	// was and is are the numbers of the steps by their ids.
	was, is map[string]string
	reasons []string
}

func (b *between) add(format string, args ...any) {
	b.reasons = append(b.reasons, fmt.Sprintf(format, args...))
}

// turned says what has become of one number or word; nothing of one that is the same.
func (b *between) turned(label, verb, then, now string) {
	switch {
	case now == then:
	case then == "":
		b.add("“%s” kini %s: %s.", label, verb, number(now))
	case now == "":
		b.add("“%s” tidak lagi %s; menurut aturan yang berlaku %s.", label, verb, number(then))
	default:
		b.add("“%s” menjadi %s; menurut aturan yang berlaku %s.", label, number(now), number(then))
	}
}

// missing says what the new rules do not find that the others did not ask for.
func (b *between) missing(before, after []domain.Missing) {
	for _, missing := range after {
		if slices.Contains(before, missing) {
			continue
		}
		switch missing.Policy {
		case domain.PolicyBlock:
			b.add("%s%s belum ada, sehingga predikat belum dapat ditetapkan.", during(missing.Input), missing.Description)
		case domain.PolicyProvisional:
			b.add("%s%s belum ada, sehingga nilainya masih sementara.", during(missing.Input), missing.Description)
		case domain.PolicyExclude, domain.PolicyZero:
		}
	}
}

// credit says what has become of the angka kredit, and when both rules convert, of what it is the product.
func (b *between) credit(other *domain.Pack, then, now string) {
	b.turned("Angka kredit", verbCompute, then, now)
	if then == now || then == "" || now == "" {
		return
	}
	for _, rule := range []string{domain.RuleCreditPercent, domain.RuleCreditCoefficient} { // their steps have the same ids
		b.turned(other.Rule(rule).Label, verbCompute, b.was[rule], b.is[rule])
	}
}

// components says which of them have another number.
func (b *between) components(standing, other *domain.Pack) {
	for _, c := range slices.Backward(other.Definition().Components) {
		if b.is[componentsOf+c.ID] != "" {
			b.turned(c.Label, verbCompute, b.was[componentsOf+c.ID], b.is[componentsOf+c.ID])
		}
	}
	for _, c := range slices.Backward(standing.Definition().Components) {
		if b.is[componentsOf+c.ID] == "" {
			b.turned(c.Label, verbCompute, b.was[componentsOf+c.ID], "")
		}
	}
}

// numbers returns the result of each step by its id; of several segments, that of the last.
func numbers(result domain.Result) map[string]string {
	all := map[string]string{}
	for _, step := range result.Trace.Steps {
		all[strings.TrimPrefix(step.ID, domain.SegmentOf(step.ID))] = step.Result
	}
	return all
}
