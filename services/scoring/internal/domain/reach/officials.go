package reach

import (
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// standing is how the ratings of the last segment stand: positions in their orders, and one past the end while nobody has
// rated.
type standing struct{ result, behavior int }

// officials returns the ways by ratings that change the least, and which of them has the lowest rating of results that is
// not given yet; nil when the results need no other.
func (s *search) officials(goal domain.Predicate) (Answer, *needed) {
	ends := s.ends()
	now := s.standing(ends)
	var reaching []standing
	for result := range ends {
		for behavior := range ratings {
			to := standing{result, behavior}
			if result > now.result || behavior > now.behavior || !s.rated(ends, to, goal) {
				continue
			}
			reaching = append(reaching, to)
		}
	}
	var answer Answer
	var least *needed
	for _, to := range reaching {
		if slices.ContainsFunc(reaching, func(other standing) bool { return other.easier(to) }) {
			continue
		}
		changes := s.rating(ends, now, to)
		answer.Ways = append(answer.Ways, Way{Kind: KindRatings, Changes: changes})
		if to.result < now.result && !s.headed() && (least == nil || atLeast(ratings, least.result, ratings[to.result])) {
			least = &needed{ratings[to.result], changes}
		}
	}
	return answer, least
}

// needed is a rating of results that a goal needs, with all the changes of ratings that reach it: the behaviour may have to
// be rated otherwise, too.
type needed struct {
	result  domain.Expectation
	changes []Change
}

// easier reports whether the ratings ask for less in one place and for no more in the other.
func (s standing) easier(than standing) bool {
	return s != than && s.result >= than.result && s.behavior >= than.behavior
}

// headed reports whether the rating of results follows from that of the unit.
func (s *search) headed() bool {
	def := s.pack.Definition()
	return def.UnitHead.Rates(&s.last().Plan)
}

// ends returns what may be rated of the results, the best first: the three ratings, or the levels of the unit that the
// person heads.
func (s *search) ends() []string {
	if !s.headed() {
		return codes(ratings)
	}
	return codes(levels)
}

func codes[T ~string](order []T) []string {
	all := make([]string, len(order))
	for i, code := range order {
		all[i] = string(code)
	}
	return all
}

func (s *search) standing(ends []string) standing {
	now, last := standing{len(ends), len(ratings)}, s.last()
	if last.Rating != nil {
		now.behavior = slices.Index(ratings, last.Rating.Behavior)
		if !s.headed() {
			now.result = slices.Index(ratings, last.Rating.Result)
		}
	}
	if s.headed() && last.Organization != nil {
		now.result = slices.Index(levels, last.Organization.Level)
	}
	return now
}

// rated reports whether the ratings reach the goal.
func (s *search) rated(ends []string, to standing, goal domain.Predicate) bool {
	return s.with(func(segment *domain.Segment) {
		rating := domain.Rating{Result: ratings[len(ratings)-1], Behavior: ratings[to.behavior]}
		if s.headed() {
			segment.Organization = &domain.Organization{Level: domain.OrganizationLevel(ends[to.result])}
		} else {
			rating.Result = ratings[to.result]
		}
		segment.Rating = &rating
	}, func(r *domain.Result) bool { return atLeast(predicates, r.Predicate, goal) })
}

// rating returns the changes from one standing to another.
func (s *search) rating(ends []string, now, to standing) []Change {
	var changes []Change
	if to.result != now.result {
		id := domain.InputResultRating
		if s.headed() {
			id = domain.InputOrganization
		}
		changes = append(changes, Change{ID: id, From: at(ends, now.result), To: ends[to.result]})
	}
	if to.behavior != now.behavior {
		behaviors := codes(ratings)
		changes = append(changes, Change{ID: domain.InputBehaviorRating, From: at(behaviors, now.behavior), To: behaviors[to.behavior]})
	}
	return changes
}

// at returns the code at a position, and "" past the end.
func at(order []string, position int) string {
	if position >= len(order) {
		return ""
	}
	return order[position]
}
