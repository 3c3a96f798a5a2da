package reach

import (
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Kind is what a way changes.
type Kind string

// The kinds of ways.
const (
	// KindRatings is other ratings by officials.
	KindRatings Kind = "ratings"
	// KindIndicator is another realisation of one indicator.
	KindIndicator Kind = "indicator"
	// KindTogether is the same least achievement of all indicators.
	KindTogether Kind = "together"
)

// Change is one fact that would have to be another.
type Change struct {
	// ID is that of the fact: an input of the pack, or the ID of an indicator.
	ID string
	// Label and Unit are those of an indicator; empty for a rating.
	Label, Unit string
	// From is what is known now, a decimal or a code; empty when nothing is. To is what would reach the goal.
	From, To string
}

// Way is changes that reach the goal when all of them are made.
type Way struct {
	Kind    Kind
	Changes []Change
	// Suggested says that the numbers only make the pack suggest the rating of results that is needed: it is policy, and an
	// official decides. The ratings that have to be given then come last among the changes.
	Suggested bool
	// Level is the least achievement in whole percent, of KindTogether.
	Level int64
}

// Answer is what would reach a goal.
type Answer struct {
	// Reached says that the score is at the goal already; there are no ways then.
	Reached bool
	Ways    []Way
	// Short are the indicators that cannot reach the goal alone, by ID, in the order of the plan.
	Short []string
	// Innovation says that the goal asks for a verified innovation and none is known, so that no ways are looked for.
	Innovation bool
	// Final says that people have fixed the predicate, so that no change of facts moves it; there are no ways then.
	Final bool
}

// The vocabularies in the order of what they are worth, the best first.
var (
	predicates = domain.Predicates()
	ratings    = domain.Expectations()
	levels     = domain.OrganizationLevels()
)

// atLeast reports whether a code is worth as much as the goal; an unknown one is not.
func atLeast[T comparable](order []T, got, goal T) bool {
	at := slices.Index(order, got)
	return at >= 0 && at <= slices.Index(order, goal)
}

// To returns what would give the facts the predicate or a better one. The predicate is one of the vocabulary. The search
// computes the facts some fifty times for each indicator; once ended says that nobody waits any more, it stops, and the
// answer is worth nothing. Its errors are those of domain.Compute for the facts as they are.
func To(p *domain.Pack, in domain.Input, goal domain.Predicate, ended func() bool) (Answer, error) {
	now, err := domain.ComputeWithoutTrace(p, in)
	if err != nil {
		return Answer{}, err
	}
	if atLeast(predicates, now.Predicate, goal) {
		return Answer{Reached: true}, nil
	}
	s := search{pack: p, in: in, ended: ended}
	return s.answer(&now, goal), nil
}

// ToFinal returns what would give a score the predicate or a better one when people have fixed another or the same.
func ToFinal(fixed, goal domain.Predicate) Answer {
	return Answer{Reached: atLeast(predicates, fixed, goal), Final: true}
}

// answer looks for the ways from a result to the goal.
func (s *search) answer(now *domain.Result, goal domain.Predicate) Answer {
	if s.pack.Definition().Predicate.Bands != nil {
		if s.uninventive(goal) {
			return Answer{Innovation: true}
		}
		s.reached = func(r *domain.Result) bool { return atLeast(predicates, r.Predicate, goal) }
		return s.numbers(Answer{}, nil)
	}
	answer, least := s.officials(goal)
	if s.pack.Definition().Suggestion.Of == "" || least == nil || atLeast(ratings, now.Suggestion, least.result) {
		return answer
	}
	s.reached = func(r *domain.Result) bool { return atLeast(ratings, r.Suggestion, least.result) }
	return s.numbers(answer, least.changes)
}

// uninventive reports whether every band that reaches the goal asks for an innovation, and no segment that counts has one.
func (s *search) uninventive(goal domain.Predicate) bool {
	terms, asks := s.pack.Definition(), false
	for _, band := range terms.Predicate.Bands.Bands {
		switch {
		case !atLeast(predicates, band.Predicate, goal):
		case !band.Innovation:
			return false
		default:
			asks = true
		}
	}
	if terms.Segments.Predicate == domain.SegmentLast {
		return asks && !s.last().Innovative()
	}
	return asks && !slices.ContainsFunc(s.in.Segments, func(of domain.Segment) bool { return of.Innovative() })
}

// search looks for facts.
type search struct {
	pack *domain.Pack
	in   domain.Input
	// reached says whether a result is at the goal of the numbers.
	reached func(*domain.Result) bool
	// ended reports whether nobody waits for the answer any more.
	ended func() bool
}

// last returns the segment that may change.
func (s *search) last() *domain.Segment { return &s.in.Segments[len(s.in.Segments)-1] }

// with computes the facts with another last segment and reports whether the goal is reached. Facts that cannot be
// computed with reach nothing, and neither does anything once the search has ended.
func (s *search) with(change func(*domain.Segment), reached func(*domain.Result) bool) bool {
	if s.ended() {
		return false
	}
	segments := slices.Clone(s.in.Segments)
	change(&segments[len(segments)-1])
	result, err := domain.ComputeWithoutTrace(s.pack, domain.Input{Segments: segments})
	return err == nil && reached(&result)
}

// numbers adds the ways by realisations. Those by which the pack only suggests a rating end with the given changes of
// ratings.
func (s *search) numbers(answer Answer, rated []Change) Answer {
	suggested := len(rated) > 0
	plan := &s.last().Plan
	measures := make([]measure, 0, len(plan.Indicators))
	for n := range plan.Indicators {
		if plan.Indicators[n].Source == domain.SourceReported {
			measures = append(measures, newMeasure(s, &plan.Indicators[n]))
		}
	}
	for i := range measures {
		m := &measures[i]
		to, ok := s.alone(m)
		if !ok {
			answer.Short = append(answer.Short, m.indicator.ID)
			continue
		}
		answer.Ways = append(answer.Ways, Way{Kind: KindIndicator, Changes: append([]Change{m.change(to)}, rated...), Suggested: suggested})
	}
	together, ok := s.together(measures)
	if ok && len(together.Changes) > 1 {
		together.Changes, together.Suggested = append(together.Changes, rated...), suggested
		answer.Ways = append(answer.Ways, together)
	}
	return answer
}
