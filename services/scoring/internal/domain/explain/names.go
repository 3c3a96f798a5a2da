package explain

import (
	"fmt"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// assignment says which of several plans an id belongs to, or which there was, and "" when there is one plan or when it belongs
// to all.
func assignment(id string) string {
	prefix := domain.SegmentOf(id)
	if prefix == "" {
		return ""
	}
	number, former := strings.CutPrefix(strings.Trim(strings.TrimPrefix(prefix, "segments"), "/"), domain.Former)
	if former {
		return "penugasan yang semula ke-" + number
	}
	return "penugasan ke-" + number
}

// during begins a sentence with the plan that it is about.
func during(id string) string {
	of := assignment(id)
	if of == "" {
		return ""
	}
	return "P" + of[1:] + ": "
}

// count counts the result that an input belongs to, unless it was counted before.
func (r *renderer) count(id string) {
	result := resultOf(id)
	if result == "" || r.results[result] > 0 {
		return
	}
	n := 1
	for other := range r.results {
		if domain.SegmentOf(other) == domain.SegmentOf(result) {
			n++
		}
	}
	r.results[result] = n
}

// resultOf returns the path of the result that an id belongs to, with the prefix of its segment, and "" when it belongs to
// none.
func resultOf(id string) string {
	segment := domain.SegmentOf(id)
	rest, ok := strings.CutPrefix(id[len(segment):], "results/")
	if !ok {
		return ""
	}
	result, _, _ := strings.Cut(rest, "/")
	return segment + "results/" + result
}

// inputWord returns the value of an input for people.
func inputWord(in domain.TraceInput) string {
	word := domain.InputWord(in.ID, in.Value)
	if word != "" {
		return word
	}
	switch {
	case strings.HasSuffix(in.ID, domain.FieldAttainable):
		return "ya"
	case strings.HasSuffix(in.ID, domain.FieldDescription), strings.HasSuffix(in.ID, domain.FieldUnit): // texts of the plan
		return strings.TrimSpace(in.Value)
	}
	return number(in.Value)
}

// inputLabel returns what an input is called; the share and the achievement of a goal are called by the goal.
func (r *renderer) inputLabel(in domain.TraceInput) string {
	if strings.HasPrefix(in.ID[len(domain.SegmentOf(in.ID)):], domain.IDContributions) {
		goal := r.values[in.ID[:strings.LastIndexByte(in.ID, '/')]+domain.FieldDescription]
		return fmt.Sprintf("%s “%s”", in.Label, goal)
	}
	return in.Label
}

// stepWord returns the result of a step for people.
func (r *renderer) stepWord(step domain.TraceStep) string {
	switch step.Rule {
	case domain.RulePredicateMatrix, domain.RulePredicateBands, domain.RuleSegmentsPredicate:
		return r.pack.Word(domain.Predicate(step.Result))
	case domain.RuleUnitHead, domain.RuleSuggestion:
		return domain.Expectation(step.Result).Word()
	case domain.RuleSurveyGrade:
		return fmt.Sprintf("%s (%s)", step.Result, r.pack.Band(step.Result))
	}
	switch {
	case r.category(step):
		return r.pack.Word(domain.Predicate(step.Result))
	case r.percentage(step):
		return number(step.Result) + "%"
	}
	return number(step.Result)
}

// percentage reports whether a step is an achievement in percent, which that by the efficiency formula is not.
func (r *renderer) percentage(step domain.TraceStep) bool {
	switch step.Rule {
	case domain.RuleAchievementNormal, domain.RuleAchievementLowerIsBetter, domain.RuleAchievementRange, domain.RuleAchievementRangeLowerIsBetter:
		return true
	case domain.RuleAchievementFloor, domain.RuleAchievementCap:
		return strings.HasSuffix(r.values[step.Operands[0]], "%")
	}
	return false
}

// category reports whether a step puts an indicator or a result into a category.
func (r *renderer) category(step domain.TraceStep) bool {
	k := r.pack.Component(step.Rule)
	return k != nil && k.Indicators != nil && k.Indicators.Categories != nil && step.Places == domain.Unrounded
}

// stepLabel returns what the result of a step is called. A number within its bounds is called as before it, and the one
// before it is told apart.
func (r *renderer) stepLabel(step domain.TraceStep) string {
	switch step.Rule {
	case domain.RuleAchievementFloor, domain.RuleAchievementCap, domain.RuleComponentFloor, domain.RuleComponentCap:
		before := step.Operands[0]
		label := r.labels[before]
		r.labels[before] = label + " sebelum dibatasi"
		return label
	case domain.RuleSegmentsValue:
		return r.labels[step.Operands[0]] + " seluruh periode"
	case domain.RuleComponentVariant:
		return fmt.Sprintf("%s untuk %s", step.Label, r.pack.Rule(strings.TrimSuffix(step.ID[len(domain.SegmentOf(step.ID)):], "/variant")).Label)
	}
	label, result := step.Label, resultOf(step.ID)
	if result != "" && domain.IndicatorOf(step.ID) == "" {
		label += fmt.Sprintf(", hasil kerja ke-%d", r.results[result])
	}
	if r.category(step) {
		label += " (kategori)"
	}
	return label
}
