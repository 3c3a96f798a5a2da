package oracle_test

import (
	"fmt"
	"math/big"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func (s *sheet) panel(id string, way node) *big.Rat {
	for _, p := range s.facts.Panels {
		if string(p.Group) != way.at("group").text {
			continue
		}
		if p.Count < way.at("minimum").whole() || p.Count == 0 {
			s.seen.hit("components", id, "too few")
			return nil
		}
		each := quo(whole(p.Sum), mul(whole(p.Count), whole(p.Questions)))
		if scale := way.at("scale"); scale.there {
			each = mul(quo(each, way.at("answer_max").amount), scale.amount)
		}
		return each
	}
	return nil
}

func (s *sheet) survey(string, node) *big.Rat {
	if s.index == nil {
		return nil
	}
	return s.index.Rat
}

func (s *sheet) attendance(id string, way node) *big.Rat {
	a := s.facts.Attendance
	if a == nil {
		return nil
	}
	day := way.at("minutes_per_day").whole()
	if day == 0 {
		return mul(big.NewRat(a.PresentDays, a.WorkingDays), whole(100))
	}
	minutes := a.PresentDays*day - a.LateMinutes
	if minutes < 0 {
		s.seen.hit("components", id, "late beyond all")
		minutes = 0
	}
	return mul(big.NewRat(minutes, a.WorkingDays*day), whole(100))
}

func (s *sheet) ratingValue(id string, way node) *big.Rat {
	if s.facts.Rating == nil {
		return nil
	}
	level := map[string]string{
		"result": string(s.facts.Rating.Result), "behavior": string(s.facts.Rating.Behavior),
	}[way.at("of").text]
	if level == "" {
		return nil
	}
	s.seen.hit("components", id, level)
	return way.at("values", level).amount
}

func (s *sheet) behaviorValue(string, node) *big.Rat {
	if s.facts.Behavior == nil {
		return nil
	}
	return exact(s.facts.Behavior.Value)
}

func (s *sheet) prior(string, node) *big.Rat {
	if s.facts.Prior == nil {
		return nil
	}
	return exact(s.facts.Prior.Value)
}

func (s *sheet) organization(id string, way node) *big.Rat {
	if s.facts.Organization == nil {
		return nil
	}
	level := string(s.facts.Organization.Level)
	s.seen.hit("components", id, level)
	return way.at("values", level).amount
}

func (s *sheet) contributions(string, node) *big.Rat {
	top, shares := whole(0), whole(0)
	for _, c := range s.facts.Contributions {
		top = add(top, mul(exact(c.Share), exact(c.Achievement)))
		shares = add(shares, exact(c.Share))
	}
	if shares.Sign() == 0 {
		return nil
	}
	return quo(top, shares)
}

func (s *sheet) innovations(id string, way node) *big.Rat {
	if s.facts.Innovations == nil {
		return nil
	}
	points := whole(0)
	for _, c := range s.facts.Innovations.Counts {
		each := way.at("points", string(c.Reach))
		if !each.there || c.Count == 0 {
			continue
		}
		s.seen.hit("components", id, string(c.Reach))
		points = add(points, mul(each.amount, whole(c.Count)))
	}
	return points
}

func (s *sheet) tasks(id string, way node) *big.Rat {
	if s.facts.Tasks == nil {
		return nil
	}
	points, reached := whole(0), "below"
	for n, step := range way.at("steps").list {
		if s.facts.Tasks.Count >= step.at("from").whole() {
			points, reached = step.at("points").amount, fmt.Sprint(n)
		}
	}
	s.seen.hit("components", id, "steps", reached)
	return points
}

func (s *sheet) weighted(id string, way node) *big.Rat {
	set, chosen := way.at("of"), "of"
	for n, variant := range way.at("variants").list {
		if s.holds(variant.at("when")) {
			set, chosen = variant.at("of"), fmt.Sprint(n)
			s.step("components/"+id+"/variant", variant.at("label").text)
			break
		}
	}
	top, weights, blocked := whole(0), whole(0), false
	for _, w := range set.list {
		operand := w.at("component").text
		n := s.number(operand)
		if n == nil {
			blocked = blocked || s.blocks(operand)
			continue
		}
		top = add(top, mul(w.at("weight").amount, n.Rat))
		weights = add(weights, w.at("weight").amount)
	}
	if weights.Sign() == 0 || blocked {
		return nil
	}
	s.seen.hit("components", id, "variants", chosen)
	return quo(top, weights)
}

// blocks reports whether a component is missing and takes the number of those that read it away.
func (s *sheet) blocks(id string) bool { return s.lacking["components/"+id] == "block" }

func (s *sheet) sum(_ string, way node) *big.Rat {
	var all []*big.Rat
	for _, operand := range way.at("of").texts() {
		n := s.number(operand)
		switch {
		case n != nil:
			all = append(all, n.Rat)
		case s.blocks(operand) || len(all) == 0: // without its first, it is not a sum
			return nil
		}
	}
	return sum(all)
}

// judgeIndicator works out the achievement of an indicator.
func (s *sheet) judgeIndicator(i domain.Indicator) {
	terms := s.pack.at("achievement")
	rule, raw := s.achievement(i)
	places := s.rule(rule).places()
	if raw == nil {
		policy := terms.at("missing").text
		s.lacking[i.ID] = policy
		s.seen.hit("achievement", "missing")
		if policy == "zero" {
			s.achieved[i.ID] = &amount{whole(0), places}
			s.step(i.ID+"/achievement", s.achieved[i.ID].String())
		}
		return
	}
	s.seen.hit(rule)
	n := rounded(raw, places)
	bound := s.bound(n, terms, "achievement")
	if bound != n {
		s.step(i.ID+"/achievement_unbounded", n.String())
	}
	s.achieved[i.ID] = bound
	s.step(i.ID+"/achievement", bound.String())
}

// achievement returns the exact achievement with its rule; nil without a realisation.
func (s *sheet) achievement(i domain.Indicator) (string, *big.Rat) {
	rule := "achievement." + string(i.Formula)
	less := i.Formula == domain.FormulaLowerIsBetter || i.Formula == domain.FormulaRangeLowerIsBetter
	for _, aspect := range s.pack.at("achievement", "efficiency", "aspects").texts() {
		if aspect == string(i.Aspect) && less {
			rule = "achievement.efficiency"
		}
	}
	realised := s.realised(i)
	if realised == nil {
		return rule, nil
	}
	target, inside := bound(i, realised)
	if rule == "achievement.efficiency" {
		if inside { // as on target
			s.seen.hit("achievement", "efficiency", "inside")
			realised = target
		}
		return rule, s.efficiency(target, realised)
	}
	if inside {
		return rule, whole(100)
	}
	percent := mul(quo(realised, target), whole(100))
	if less {
		percent = sub(whole(200), percent)
	}
	return rule, percent
}

func (s *sheet) realised(i domain.Indicator) *big.Rat {
	if i.Source == domain.SourceSurveyIndex {
		return s.survey("", node{})
	}
	for _, r := range s.facts.Realisations {
		if r.Indicator == i.ID {
			return exact(r.Value)
		}
	}
	return nil
}

// bound returns the target, or the bound of the range that the realisation has passed, and whether it has passed none.
func bound(i domain.Indicator, realised *big.Rat) (target *big.Rat, inside bool) {
	if i.Formula == domain.FormulaNormal || i.Formula == domain.FormulaLowerIsBetter {
		return exact(i.Target), false
	}
	low, high := exact(i.Low), exact(i.High)
	if realised.Cmp(low) < 0 {
		return low, false
	}
	return high, realised.Cmp(high) <= 0
}

// efficiency is that of Perka BKN 1/2013.
func (s *sheet) efficiency(target, realised *big.Rat) *big.Rat {
	terms := s.pack.at("achievement", "efficiency")
	used := mul(quo(realised, target), whole(100))
	value := sub(mul(terms.at("factor").amount, whole(100)), used)
	if sub(whole(100), used).Cmp(terms.at("limit").amount) <= 0 {
		s.seen.hit("achievement", "efficiency", "within")
		return value
	}
	s.seen.hit("achievement", "efficiency", "beyond")
	return sub(terms.at("top").amount, sub(value, whole(100)))
}
