package domain

import (
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// canonical returns the facts that the rules use, in the order of the plan and of the pack, so that the same facts in
// any order are the same afterwards. It returns ErrInvalidInput with every problem of the facts.
func (in *Input) canonical(p *Pack) (Input, error) {
	var ps problems
	facts := *in
	in.Plan.check(&ps)
	facts.Realisations = in.realisations(&ps)
	if in.Rating != nil && !expectationWords.has(in.Rating.Result) {
		ps.add(InputResultRating, "%q is not known", in.Rating.Result)
	}
	if in.Rating != nil && !expectationWords.has(in.Rating.Behavior) {
		ps.add(InputBehaviorRating, "%q is not known", in.Rating.Behavior)
	}
	if in.Organization != nil && !organizationWords.has(in.Organization.Level) {
		ps.add(InputOrganization, "%q is not known", in.Organization.Level)
	}
	a := in.Attendance
	if a != nil && (a.WorkingDays < 1 || a.PresentDays < 0 || a.PresentDays > a.WorkingDays) {
		ps.add(InputAttendance, "days present are not among the working days")
	}
	facts.Peers = in.Peers.enough(p.def.Peers, &ps)
	facts.Survey = in.Survey.enough(p, &ps)
	return facts, ps.err(ErrInvalidInput)
}

func (plan *Plan) check(ps *problems) {
	if plan.Months < 1 || plan.Months > maxMonths {
		ps.add("plan.months", "not 1 to %d", maxMonths)
	}
	if plan.FunctionalLevel != "" && !functionalLevelWords.has(plan.FunctionalLevel) {
		ps.add("position.functional_level", "%q is not known", plan.FunctionalLevel)
	}
	for n := range plan.Indicators {
		indicator := &plan.Indicators[n]
		if !IsIndicator(indicator.ID) || plan.position(indicator.ID, 0) != n {
			ps.add(indicator.ID, "not the path of one indicator")
		}
		indicator.check(ps)
	}
}

// position returns where the indicator is, and elsewhere when the plan does not have it. It looks from a place on and
// then at those before: what is looked up in the order of the plan is found at once.
func (plan *Plan) position(id string, from int) int {
	for n := from; n < len(plan.Indicators); n++ {
		if plan.Indicators[n].ID == id {
			return n
		}
	}
	for n := range min(from, len(plan.Indicators)) {
		if plan.Indicators[n].ID == id {
			return n
		}
	}
	return elsewhere
}

// elsewhere is the position of an indicator that the plan does not have.
const elsewhere = -1

func (i *Indicator) check(ps *problems) {
	if !slices.Contains(formulas, i.Formula) {
		ps.add(i.ID, "formula %q is not known", i.Formula)
		return
	}
	if !slices.Contains(sources, i.Source) {
		ps.add(i.ID, "source %q is not known", i.Source)
	}
	if !i.Formula.ranged() {
		if !i.Target.IsPos() || !num.IsAmount(i.Target) {
			ps.add(i.ID, "target is not an amount above 0")
		}
		return
	}
	if !i.Low.IsPos() || !num.IsAmount(i.Low) || !num.IsAmount(i.High) || i.Low.Cmp(i.High) >= 0 {
		ps.add(i.ID, "target is not a range of amounts above 0")
	}
}

// realisations returns those of indicators of the plan whose source they are, in the order of the plan.
func (in *Input) realisations(ps *problems) []Realisation {
	for _, r := range in.Realisations {
		if !num.IsAmount(r.Value) {
			ps.add(r.Indicator, "realisation is not an amount of 0 or more")
		}
	}
	if in.inOrder() { // as usual
		return in.Realisations
	}
	planned := make([]Realisation, len(in.Plan.Indicators))
	n := elsewhere
	for k, r := range in.Realisations {
		n = in.Plan.position(r.Indicator, n+1)
		switch {
		case n == elsewhere:
			same := func(before Realisation) bool { return before.Indicator == r.Indicator }
			if slices.ContainsFunc(in.Realisations[:k], same) {
				ps.add(r.Indicator, "two realisations")
			}
		case planned[n].Indicator != "":
			ps.add(r.Indicator, "two realisations")
		default:
			planned[n] = r
		}
	}
	used := planned[:0]
	for n, r := range planned {
		if r.Indicator != "" && in.Plan.Indicators[n].Source == SourceReported {
			used = append(used, r)
		}
	}
	if len(used) == 0 {
		return nil
	}
	return used
}

// inOrder reports whether the realisations are as they should be: at most one of each indicator whose source they are,
// in the order of the plan, and no others.
func (in *Input) inOrder() bool {
	last := elsewhere
	for _, r := range in.Realisations {
		n := in.Plan.position(r.Indicator, last+1)
		if n <= last || in.Plan.Indicators[n].Source != SourceReported {
			return false
		}
		last = n
	}
	return true
}

// enough returns the answers of at least as many peers as the pack asks for, and nil for fewer: their sums are withheld.
func (peers *Peers) enough(terms PeerTerms, ps *problems) *Peers {
	if peers == nil || peers.Count < terms.Minimum {
		return nil
	}
	if peers.Count > maxResponses {
		ps.add(InputPeers, "more peers than %d", maxResponses)
		return nil
	}
	answers := peers.Count * terms.Values
	if peers.Sum < answers*terms.AnswerMin || peers.Sum > answers*terms.AnswerMax {
		ps.add(InputPeers, "the sum does not fit the number of peers")
	}
	return peers
}

// maxResponses bounds counts, so that no product of them overflows.
const maxResponses = 1_000_000_000

// enough returns a survey with at least as many responses as the pack asks for, its sums in the order of the pack, and
// nil for fewer.
func (s *Survey) enough(p *Pack, ps *problems) *Survey {
	terms := &p.def.Survey
	if s == nil || s.Responses < terms.MinimumResponses {
		return nil
	}
	if s.Responses > maxResponses {
		ps.add(InputSurvey, "more responses than %d", maxResponses)
		return nil
	}
	ordered := s
	if !slices.EqualFunc(s.Sums, terms.Elements, ElementSum.of) {
		ordered = &Survey{Source: s.Source, Responses: s.Responses, Sums: s.ordered(terms.Elements, ps)}
	}
	for _, entry := range ordered.Sums {
		if entry.Sum < s.Responses*terms.AnswerMin || entry.Sum > s.Responses*terms.AnswerMax {
			ps.add(InputSurvey, "the sum of element %s does not fit the number of responses", entry.Element)
		}
	}
	return ordered
}

func (s ElementSum) of(element SurveyElement) bool { return s.Element == element }

// ordered returns the sums in the order of the elements.
func (s *Survey) ordered(elements []SurveyElement, ps *problems) []ElementSum {
	sums := make([]ElementSum, 0, len(elements))
	for _, element := range elements {
		n := 0
		for _, entry := range s.Sums {
			if entry.of(element) {
				sums, n = append(sums, entry), n+1
			}
		}
		if n != 1 {
			ps.add(InputSurvey, "element %s has %d sums", element, n)
		}
	}
	if len(s.Sums) != len(elements) {
		ps.add(InputSurvey, "%d sums for %d elements", len(s.Sums), len(elements))
	}
	return sums
}
