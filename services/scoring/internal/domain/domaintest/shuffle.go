package domaintest

import (
	"math/rand/v2"
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Shuffled returns the same facts in another order, where their order says nothing.
func Shuffled(r *rand.Rand, in domain.Input) domain.Input {
	in.Segments = slices.Clone(in.Segments)
	for i := range in.Segments {
		s := &in.Segments[i]
		s.Realisations = mixed(r, s.Realisations)
		s.Panels = mixed(r, s.Panels)
		s.Contributions = mixed(r, s.Contributions)
		if s.Innovations != nil {
			s.Innovations = &domain.Innovations{Source: s.Innovations.Source, Counts: mixed(r, s.Innovations.Counts)}
		}
		if s.Survey != nil {
			s.Survey = &domain.Survey{Source: s.Survey.Source, Responses: s.Survey.Responses, Sums: mixed(r, s.Survey.Sums)}
		}
	}
	return in
}

// mixed returns a copy in another order.
func mixed[T any](r *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
