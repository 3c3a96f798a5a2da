package oracle_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// sheet works out one plan of one person by a pack. Components are worked out when somebody asks for their number, and
// what is missing is put in order at the end.
type sheet struct {
	pack   node
	facts  domain.Segment
	prefix string
	seen   *coverage

	// achieved has the achievement of each indicator, without those that are left out.
	achieved map[string]*amount
	// numbers has every component that has been asked for; nil for one without a number.
	numbers map[string]*amount
	index   *amount
	steps   map[string]string
	// lacking has the policy of every missing fact by its id.
	lacking map[string]string

	rating, behavior, suggestion, predicate, state string
	credit                                         *amount
	// passed says that a band was passed over for want of an innovation.
	passed bool
}

func newSheet(pack node, facts domain.Segment, prefix string, seen *coverage) *sheet {
	s := &sheet{
		pack: pack, facts: facts, prefix: prefix, seen: seen,
		achieved: map[string]*amount{}, numbers: map[string]*amount{}, steps: map[string]string{}, lacking: map[string]string{},
	}
	s.judgeSurvey()
	for _, i := range facts.Plan.Indicators {
		s.judgeIndicator(i)
	}
	for _, c := range pack.at("components").list {
		s.number(c.at("id").text)
	}
	s.judgeRatings()
	s.judgePredicate()
	s.judgeSuggestion()
	s.judgeCredit()
	return s
}

func (s *sheet) rule(id string) node { return s.pack.at("rules").by("id", id) }

func (s *sheet) step(id, result string) { s.steps[s.prefix+id] = result }

// missing lists what is missing in the order of the computation, each with its policy.
func (s *sheet) missing() []string {
	var order []string
	for _, i := range s.facts.Plan.Indicators {
		order = append(order, i.ID)
	}
	for _, c := range s.pack.at("components").list {
		for _, i := range s.facts.Plan.Indicators {
			points := c.at("indicators", "combine").text == "points" && selected(c.at("indicators"), i)
			result, _, _ := strings.Cut(i.ID, "/indicators/")
			if points && !slices.Contains(order, result+"/weight") {
				order = append(order, result+"/weight")
			}
		}
		order = append(order, "components/"+c.at("id").text)
	}
	order = append(order, "rating.result", "rating.behavior", "organization.level", "innovations")
	var all []string
	for _, id := range order {
		if policy, lacks := s.lacking[id]; lacks {
			all = append(all, s.prefix+id+" "+policy)
		}
	}
	return all
}

func (s *sheet) lacksBy(policy string) bool {
	for _, p := range s.lacking {
		if p == policy {
			return true
		}
	}
	return false
}

// ways are those to the number of a component, each nil when there is nothing to work it out from.
func (s *sheet) ways() map[string]func(id string, way node) *big.Rat {
	return map[string]func(id string, way node) *big.Rat{
		"indicators": s.indicators, "panel": s.panel, "survey": s.survey, "attendance": s.attendance,
		"rating": s.ratingValue, "behavior": s.behaviorValue, "organization": s.organization,
		"contributions": s.contributions, "innovations": s.innovations, "tasks": s.tasks, "prior": s.prior,
		"weighted": s.weighted, "sum": s.sum,
	}
}

// found works a component out by its way.
func (s *sheet) found(c node) *big.Rat {
	ways := s.ways()
	for name, terms := range c.fields {
		if way, is := ways[name]; is {
			return way(c.at("id").text, terms)
		}
	}
	panic("a component without a way: " + c.at("id").text)
}

// number works out a component once.
func (s *sheet) number(id string) *amount {
	if known, done := s.numbers[id]; done {
		return known
	}
	s.numbers[id] = nil
	c := s.pack.at("components").by("id", id)
	if c.at("when").there && !s.holds(c.at("when")) {
		s.seen.hit("components", id, "when", "others")
		return nil
	}
	found := s.found(c)
	if found == nil {
		s.numbers[id] = s.without(c)
		return s.numbers[id]
	}
	n := rounded(found, c.places())
	bound := s.bound(n, c, "components", id)
	if bound != n {
		s.step("components/"+id+"/unbounded", n.String())
	}
	s.numbers[id] = bound
	s.step("components/"+id, bound.String())
	s.seen.hit("components", id, "number")
	return bound
}

// without applies the policy of a component that there is nothing to work out from.
func (s *sheet) without(c node) *amount {
	id, policy := c.at("id").text, c.at("missing").text
	s.lacking["components/"+id] = policy
	s.seen.hit("components", id, "missing")
	if policy != "zero" {
		return nil
	}
	zero := &amount{whole(0), c.places()}
	s.step("components/"+id, zero.String())
	return zero
}

// bound applies floor and cap, and returns the same amount when neither is passed.
func (s *sheet) bound(n *amount, terms node, path ...string) *amount {
	floor, ceiling := terms.at("floor"), terms.at("cap")
	out := n
	if floor.there && n.Cmp(floor.amount) < 0 {
		s.seen.hit(append(path, "floor")...)
		out = &amount{floor.amount, n.places}
	}
	if ceiling.there && out.Cmp(ceiling.amount) > 0 {
		s.seen.hit(append(path, "cap")...)
		out = &amount{ceiling.amount, n.places}
	}
	return out
}

// holds reports whether the plan, and the components that have a number, are those that a condition names.
func (s *sheet) holds(condition node) bool {
	plan := s.facts.Plan
	for field, fact := range map[string]string{
		"positions": string(plan.Position), "families": string(plan.Family), "units": string(plan.UnitKind),
	} {
		named := condition.at(field).texts()
		if len(named) > 0 && !slices.Contains(named, fact) {
			return false
		}
	}
	has := condition.at("has").texts()
	if len(has) == 0 {
		return true
	}
	return slices.ContainsFunc(has, func(id string) bool { return s.number(id) != nil })
}

func (s *sheet) judgeSurvey() {
	terms, facts := s.pack.at("survey"), s.facts.Survey
	if !terms.there || facts == nil || facts.Responses < 1 {
		return
	}
	if facts.Responses < terms.at("minimum_responses").whole() {
		s.seen.hit("survey", "too few")
		return
	}
	elements := terms.at("elements").texts()
	total := int64(0)
	for _, sum := range facts.Sums {
		total += sum.Sum
		each := rounded(big.NewRat(sum.Sum, facts.Responses), s.rule("survey.mean").places())
		s.step("survey.means/"+string(sum.Element), each.String())
	}
	person := big.NewRat(total, facts.Responses)
	factor := terms.at("factor").amount
	s.index = rounded(mul(quo(person, whole(int64(len(elements)))), factor), s.rule("survey.index").places())
	s.step("survey.index", s.index.String())
	s.step("survey.grade", s.grade(s.index))
	printed := mul(mul(person, terms.at("printed_weight").amount), factor)
	shown := rounded(printed, s.rule("survey.printed_index").places())
	s.step("survey.printed_index", shown.String())
	s.step("survey.printed_grade", s.grade(shown))
}

// grade gives the lowest to an index that is below all, as one by the printed weight can be.
func (s *sheet) grade(index *amount) string {
	grade := ""
	for _, band := range s.pack.at("survey", "bands").list {
		if grade == "" || index.Cmp(band.at("from").amount) >= 0 {
			grade = band.at("grade").text
		}
	}
	s.seen.hit("survey", "bands", grade)
	return grade
}

// judgeRatings: the rating of the results of a unit's head follows from that of the unit, where the pack says so.
func (s *sheet) judgeRatings() {
	if s.facts.Rating != nil {
		s.rating, s.behavior = string(s.facts.Rating.Result), string(s.facts.Rating.Behavior)
	}
	head := s.pack.at("unit_head", "ratings")
	if s.facts.Plan.UnitHead && len(head.fields) > 0 {
		s.rating = ""
		if s.facts.Organization != nil {
			level := string(s.facts.Organization.Level)
			s.rating = head.at(level).text
			s.step("unit_head.result_rating", s.rating)
			s.seen.hit("unit_head", level)
		}
	}
}

func (s *sheet) judgePredicate() {
	if s.pack.at("predicate", "matrix").there {
		s.judgeMatrix()
	} else {
		bands := s.pack.at("predicate", "bands")
		s.predicate = s.band(s.numbers[bands.at("of").text], s.prefix)
		if s.passed && s.facts.Innovations == nil && !s.lacksBy("block") {
			s.lacking["innovations"] = "provisional"
			s.seen.hit("innovations")
		}
	}
	if s.lacksBy("block") {
		s.seen.hit("blocked")
		s.predicate = ""
		delete(s.steps, s.prefix+"predicate")
		delete(s.steps, s.prefix+"predicate/rounded")
	}
	switch {
	case s.predicate == "":
		s.state = "incomplete"
	case s.lacksBy("provisional"):
		s.state = "provisional"
	default:
		s.state = "complete"
	}
	s.seen.hit("state", s.state)
}

func (s *sheet) judgeMatrix() {
	lacks := func(id string, missing bool) {
		if missing {
			s.lacking[id] = s.pack.at("inputs").by("id", id).at("missing").text
			s.seen.hit("inputs", id)
		}
	}
	lacks("rating.result", s.rating == "")
	lacks("rating.behavior", s.behavior == "")
	lacks("organization.level", s.facts.Organization == nil)
	if s.rating == "" || s.behavior == "" {
		return
	}
	s.predicate = s.pack.at("predicate", "matrix", s.rating, s.behavior).text
	s.step("predicate", s.predicate)
	s.seen.hit("matrix", s.rating, s.behavior)
}

// band returns the predicate of a number.
func (s *sheet) band(n *amount, prefix string) string {
	terms := s.pack.at("predicate", "bands")
	if n == nil {
		return ""
	}
	if terms.at("places").there {
		n = rounded(n.Rat, terms.places())
		s.steps[prefix+"predicate/rounded"] = n.String()
	}
	for position, band := range terms.at("bands").list {
		if band.at("from").there && n.Cmp(band.at("from").amount) < 0 {
			continue
		}
		if band.at("innovation").text == "true" && !s.innovative() {
			s.seen.hit("bands", fmt.Sprint(position), "without innovation")
			s.passed = true
			continue
		}
		s.seen.hit("bands", fmt.Sprint(position))
		s.steps[prefix+"predicate"] = band.at("predicate").text
		return band.at("predicate").text
	}
	return ""
}

func (s *sheet) innovative() bool {
	return s.facts.Innovations != nil && slices.ContainsFunc(s.facts.Innovations.Counts, func(c domain.InnovationCount) bool { return c.Count > 0 })
}

func (s *sheet) judgeSuggestion() {
	terms := s.pack.at("suggestion")
	n := s.numbers[terms.at("of").text]
	if n == nil {
		return
	}
	for _, threshold := range terms.at("thresholds").list {
		if !threshold.at("from").there || n.Cmp(threshold.at("from").amount) >= 0 {
			s.suggestion = threshold.at("rating").text
			s.step("suggestion", s.suggestion)
			s.seen.hit("suggestion", s.suggestion)
			return
		}
	}
}

// judgeCredit: percent of the predicate × credit of a year × months / months of a year.
func (s *sheet) judgeCredit() {
	terms, level := s.pack.at("credit"), string(s.facts.Plan.FunctionalLevel)
	if s.predicate == "" || level == "" || len(terms.fields) == 0 {
		return
	}
	percent, yearly := terms.at("percents", s.predicate), terms.at("coefficients", level)
	part := big.NewRat(s.facts.Plan.Months, terms.at("months_per_year").whole())
	share := quo(percent.amount, whole(100))
	s.credit = rounded(mul(mul(share, yearly.amount), part), s.rule("credit.convert").places())
	s.step("credit.percent", strings.TrimSpace(percent.text))
	s.step("credit.coefficient", yearly.text)
	s.step("credit", s.credit.String())
	s.seen.hit("credit", s.predicate)
	s.seen.hit("credit", level)
}
