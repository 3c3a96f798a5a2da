package domain

// Ruled returns the definition with exactly the rules that its terms reach; those that round keep four digits, as many as
// the achievements of the tests.
func Ruled(d Definition) Definition {
	d.Rules = nil
	for _, r := range d.rulesReached() {
		rule := Rule{ID: r.id, Label: "Aturan " + r.id, Text: "teks " + r.id, Basis: BasisPolicy}
		if r.rounds {
			places := 4
			if r.id == RulePredicateRound {
				places = *d.Predicate.Bands.Places
			}
			rule.Places = &places
		}
		d.Rules = append(d.Rules, rule)
	}
	return d
}
