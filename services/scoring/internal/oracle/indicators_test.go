package oracle_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// measured is one selected indicator with its value.
type measured struct {
	id, result string
	// value is nil without a realisation.
	value  *amount
	weight *big.Rat
}

// combined are the ways to one number from the values of indicators.
var combined = map[string]func(s *sheet, c node, all []measured) *big.Rat{
	"mean": (*sheet).meanOfAll, "mean_of_results": (*sheet).meanOfResults, "weakest_of_results": (*sheet).weakest,
	"categories": (*sheet).categories, "points": (*sheet).points,
}

func (s *sheet) indicators(id string, way node) *big.Rat {
	c := s.pack.at("components").by("id", id)
	var all []measured
	for _, i := range s.facts.Plan.Indicators {
		if !selected(way, i) {
			continue
		}
		m := measured{id: i.ID, value: s.achieved[i.ID], weight: exact(i.Weight)}
		m.result, _, _ = strings.Cut(i.ID, "/indicators/")
		if m.value != nil && len(way.at("curve").list) > 0 {
			m.value = rounded(s.curve(id, way.at("curve"), m.value.Rat, i.Attainable), c.places())
			s.step(i.ID+"/"+id, m.value.String())
		}
		all = append(all, m)
	}
	if !slices.ContainsFunc(all, func(m measured) bool { return m.value != nil }) {
		return nil
	}
	s.seen.hit("components", id, way.at("combine").text)
	return combined[way.at("combine").text](s, c, all)
}

func selected(way node, i domain.Indicator) bool {
	work := i.Work
	if work == "" {
		work = domain.WorkMain
	}
	return asked(way.at("works"), string(work)) && asked(way.at("aspects"), string(i.Aspect)) &&
		asked(way.at("levels"), string(i.Level))
}

func asked(list node, text string) bool {
	return len(list.list) == 0 || slices.Contains(list.texts(), text)
}

// curve is the value on the part of the achievement, and for what cannot be exceeded at least the highest that a part up to
// there states for it.
func (s *sheet) curve(id string, parts node, x *big.Rat, attainable bool) *big.Rat {
	value := s.straight(id, parts, x)
	for n, part := range parts.list {
		least := part.at("attainable")
		if attainable && least.there && x.Cmp(part.at("from").amount) >= 0 && value.Cmp(least.amount) < 0 {
			s.seen.hit("components", id, "curve", fmt.Sprint(n), "attainable")
			value = least.amount
		}
	}
	return value
}

func (s *sheet) straight(id string, parts node, x *big.Rat) *big.Rat {
	for n, part := range parts.list {
		from, to := part.at("from").amount, part.at("to")
		if x.Cmp(from) < 0 || to.there && x.Cmp(to.amount) > 0 {
			continue
		}
		s.seen.hit("components", id, "curve", fmt.Sprint(n))
		low := part.at("low").amount
		if !to.there || to.amount.Cmp(from) == 0 {
			return low
		}
		slope := quo(sub(part.at("high").amount, low), sub(to.amount, from))
		return add(low, mul(slope, sub(x, from)))
	}
	panic(fmt.Sprintf("component %s has no part of its curve for %s", id, x.FloatString(10)))
}

func values(all []measured) []*big.Rat {
	var found []*big.Rat
	for _, m := range all {
		if m.value != nil {
			found = append(found, m.value.Rat)
		}
	}
	return found
}

// byResult parts indicators by their results, in the order of the plan.
func byResult(all []measured) [][]measured {
	var order []string
	parts := map[string][]measured{}
	for _, m := range all {
		if parts[m.result] == nil {
			order = append(order, m.result)
		}
		parts[m.result] = append(parts[m.result], m)
	}
	var out [][]measured
	for _, result := range order {
		out = append(out, parts[result])
	}
	return out
}

func (s *sheet) meanOfAll(_ node, all []measured) *big.Rat { return mean(values(all)) }

func (s *sheet) meanOfResults(c node, all []measured) *big.Rat {
	var means []*big.Rat
	for _, part := range byResult(all) {
		each := mean(values(part))
		if each == nil {
			continue
		}
		shown := rounded(each, c.places())
		s.step(part[0].result+"/"+c.at("id").text, shown.String())
		means = append(means, shown.Rat)
	}
	return mean(means)
}

func (s *sheet) weakest(c node, all []measured) *big.Rat {
	var lowest []*big.Rat
	for _, part := range byResult(all) {
		found := values(part)
		if len(found) < len(part) {
			s.seen.hit("components", c.at("id").text, "pair without a half")
			continue
		}
		low := slices.MinFunc(part, func(a, b measured) int { return a.value.Cmp(b.value.Rat) }).value
		s.step(part[0].result+"/"+c.at("id").text, low.String())
		lowest = append(lowest, low.Rat)
	}
	return mean(lowest)
}

// points leaves out a result that nobody has weighed; what would be zero without a realisation is left out, too. Each of the
// indicators of a result that have a value is worth an equal part of its weight.
func (s *sheet) points(c node, all []measured) *big.Rat {
	var points []*big.Rat
	for _, part := range byResult(all) {
		found, weight, id := values(part), part[0].weight, part[0].result+"/weight"
		switch {
		case len(found) == 0:
		case weight.Sign() == 0:
			s.seen.hit("components", c.at("id").text, "without a weight")
			s.lacking[id] = s.pack.at("achievement", "missing").text
			if s.lacking[id] == "zero" {
				s.lacking[id] = "exclude"
			}
		default:
			each := quo(weight, whole(int64(len(found))))
			earned := rounded(mul(quo(sum(found), whole(100)), each), c.places())
			s.step(part[0].result+"/"+c.at("id").text, earned.String())
			points = append(points, earned.Rat)
		}
	}
	if len(points) == 0 {
		return nil
	}
	return sum(points)
}

func (s *sheet) categories(c node, all []measured) *big.Rat {
	id, terms := c.at("id").text, c.at("indicators", "categories")
	var found []*big.Rat
	for _, part := range byResult(all) {
		counts := map[string]int64{}
		category := ""
		for _, m := range part {
			if m.value == nil {
				continue
			}
			category = s.category(id, terms.at("bands"), m.value.Rat)
			s.step(m.id+"/"+id, category)
			counts[category]++
		}
		if category == "" {
			continue
		}
		if sumCounts(counts) > 1 {
			category = s.combination(id, terms.at("combine"), counts)
		}
		value := rounded(terms.at("values", category).amount, c.places())
		s.step(part[0].result+"/"+id+"/category", category)
		s.step(part[0].result+"/"+id, value.String())
		s.seen.hit("components", id, "value", category)
		found = append(found, value.Rat)
	}
	return mean(found)
}

func (s *sheet) category(id string, bands node, x *big.Rat) string {
	for _, band := range bands.list {
		if !band.at("from").there || x.Cmp(band.at("from").amount) >= 0 {
			s.seen.hit("components", id, "category", band.at("category").text)
			return band.at("category").text
		}
	}
	return ""
}

func (s *sheet) combination(id string, list node, counts map[string]int64) string {
	for n, entry := range list.list {
		fits := true
		for _, category := range entry.at("at_least").keys() {
			fits = fits && counts[category] >= entry.at("at_least", category).whole()
		}
		if fits {
			s.seen.hit("components", id, "combination", fmt.Sprint(n))
			return entry.at("category").text
		}
	}
	return ""
}

func sumCounts(counts map[string]int64) int64 {
	total := int64(0)
	for _, n := range counts {
		total += n
	}
	return total
}
