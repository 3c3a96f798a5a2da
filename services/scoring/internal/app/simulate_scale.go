package app

import (
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// rescaled removes the answers that were given by the rules of the score and that the rule pack would read on another scale:
// a sum of answers of 1 to 4 is one of 1 to 7, too, and means something else. It returns a violation for each that is read.
// What the changes put in its place is on the scale of the rule pack.
func (c *Changes) rescaled(rules, pack *domain.Pack, segments []domain.Segment) []fault.Violation {
	was, is := rules.Definition(), pack.Definition()
	var violations []fault.Violation
	misfit := func(segment int, id string) {
		if len(segments) > 1 {
			id = domain.SegmentPrefix(segment) + id
		}
		violations = append(violations, unfitted(id))
	}
	for i := range segments {
		s, last := &segments[i], i == len(segments)-1
		s.Panels = slices.DeleteFunc(slices.Clone(s.Panels), func(panel domain.Panel) bool {
			then, now := panelTerms(&was, panel.Group), panelTerms(&is, panel.Group)
			if then == nil || now == nil || panel.Count < now.Minimum || then.AnswerMin == now.AnswerMin && then.AnswerMax == now.AnswerMax {
				return false
			}
			if !last || !slices.ContainsFunc(c.Panels, func(changed domain.Panel) bool { return changed.Group == panel.Group }) {
				misfit(i, domain.IDPanels+string(panel.Group))
			}
			return true
		})
		if s.Survey != nil && otherAnswers(&was.Survey, &is.Survey) && s.Survey.Responses >= is.Survey.MinimumResponses {
			s.Survey = nil
			if !last || c.Survey == nil {
				misfit(i, domain.IDSurvey)
			}
		}
	}
	return violations
}

// otherAnswers reports whether both rule packs read surveys, and answers on another scale. Of other elements, the computation
// finds that they are not those of the survey.
func otherAnswers(was, is *domain.SurveyTerms) bool {
	return len(was.Elements) > 0 && len(is.Elements) > 0 && (was.AnswerMin != is.AnswerMin || was.AnswerMax != is.AnswerMax)
}

// panelTerms returns how the rules read the answers of a group of raters; nil when they do not. All components that read them
// agree on the answers.
func panelTerms(def *domain.Definition, group domain.Group) *domain.PanelWay {
	for i := range def.Components {
		panel := def.Components[i].Panel
		if panel != nil && panel.Group == group {
			return panel
		}
	}
	return nil
}

// unfitted returns the violation of a fact that was not changed and that the rule pack cannot compute with.
func unfitted(id string) fault.Violation {
	return fault.Field("rule_pack", fault.ReasonRulePackMisfit).Worded("The rule pack cannot compute with "+id+".", explain.Misfit(id))
}
