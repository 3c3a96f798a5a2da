package distribution

import "strconv"

// Counts is how many people have each predicate. A predicate that is absent is had by nobody.
type Counts map[Predicate]int64

// Total returns the number of people.
func (c Counts) Total() int64 {
	total := int64(0)
	for _, n := range c {
		total += n
	}
	return total
}

// Of returns how many people have one of the predicates.
func (c Counts) Of(wanted []Predicate) int64 {
	sum := int64(0)
	for _, p := range wanted {
		sum += c[p]
	}
	return sum
}

// Plus returns the counts of both together.
func (c Counts) Plus(other Counts) Counts {
	sum := make(Counts, len(predicates))
	for _, p := range predicates {
		sum[p] = c[p] + other[p]
	}
	return sum
}

// Equal reports whether both count the same.
func (c Counts) Equal(other Counts) bool {
	for _, p := range predicates {
		if c[p] != other[p] {
			return false
		}
	}
	return true
}

// Violation is a rule that counts do not keep.
type Violation struct {
	Rule Rule
	// Count is how many of People have one of the rule's predicates.
	Count, People int64
	// ExplainedBySize says that the unit is small and that the small units of its level together keep the rule.
	ExplainedBySize bool
}

// Message returns the violation with its numbers, in Indonesian.
func (v Violation) Message() string {
	text := v.Rule.Text + " Saat ini " + strconv.FormatInt(v.Count, 10) + " dari " + strconv.FormatInt(v.People, 10) + " pegawai"
	least, low := v.Rule.Least(v.People)
	most, high := v.Rule.Most(v.People)
	if low && v.Count < least {
		return text + "; untuk jumlah pegawai ini paling sedikit " + strconv.FormatInt(least, 10) + " pegawai."
	}
	if high && v.Count > most {
		return text + "; untuk jumlah pegawai ini paling banyak " + strconv.FormatInt(most, 10) + " pegawai."
	}
	return text + "."
}

// Check returns the rules of the level that the counts do not keep, in the order of the limits. Nobody breaks nothing,
// and a level that is empty or unknown has no rules.
func (l Limits) Check(level Level, counts Counts) []Violation {
	people := counts.Total()
	if people == 0 {
		return nil
	}
	var violations []Violation
	for _, rule := range l.Levels[level] {
		count := counts.Of(rule.Predicates)
		if !rule.keeps(count, people) {
			violations = append(violations, Violation{Rule: rule, Count: count, People: people})
		}
	}
	return violations
}

// keeps compares exactly; a count at the limit keeps the rule.
func (r Rule) keeps(count, people int64) bool {
	switch {
	case r.MinPercent != nil && hundred*count < *r.MinPercent*people:
		return false
	case r.MaxPercent != nil && hundred*count > *r.MaxPercent*people:
		return false
	case r.AtLeastOne && count < 1:
		return false
	}
	return true
}
