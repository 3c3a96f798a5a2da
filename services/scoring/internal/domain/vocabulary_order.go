package domain

// Predicates returns the predicates in the order of what they are worth, the best first.
func Predicates() []Predicate { return predicateWords.codesInOrder() }

// Expectations returns the ratings in the order of what they are worth, the best first.
func Expectations() []Expectation { return expectationWords.codesInOrder() }

// OrganizationLevels returns the ratings of organisations in the order of what they are worth, the best first.
func OrganizationLevels() []OrganizationLevel { return organizationWords.codesInOrder() }

func (w words[T]) codesInOrder() []T {
	all := make([]T, len(w))
	for i, entry := range w {
		all[i] = entry.code
	}
	return all
}
