package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxTraits is how many strengths, and how many weaknesses, are named.
const maxTraits = 5

// Profile is what stands out in a score, in Indonesian: it helps to grow and decides nothing.
type Profile struct {
	// Strengths are the best first, Weaknesses the weakest first; at most five of each.
	Strengths, Weaknesses []string
}

// ProfileOf finds strengths and weaknesses in the trace: ratings first, then how far indicators are from their targets,
// then the elements of the satisfaction survey. What is missing is neither.
func ProfileOf(pack *domain.Pack, result domain.Result) Profile {
	r := newRenderer(pack, result)
	var p Profile
	p.rating("Rating hasil kerja", result.ResultRating)
	p.rating("Rating perilaku kerja", result.BehaviorRating)
	p.indicators(r, result)
	p.survey(r, result.Trace.Steps)
	p.Strengths = p.Strengths[:min(len(p.Strengths), maxTraits)]
	p.Weaknesses = p.Weaknesses[:min(len(p.Weaknesses), maxTraits)]
	return p
}

func (p *Profile) rating(label string, rating domain.Expectation) {
	switch rating {
	case domain.ExpectationAbove:
		p.Strengths = append(p.Strengths, label+" "+rating.Word()+".")
	case domain.ExpectationBelow:
		p.Weaknesses = append(p.Weaknesses, label+" "+rating.Word()+".")
	case domain.ExpectationMeets: // as expected is neither
	}
}

// trait is something that may stand out, by how far it does.
type trait struct {
	margin   decimal.Decimal
	sentence string
}

// indicators names those above their targets, the furthest first, and those below, the furthest first.
func (p *Profile) indicators(r *renderer, result domain.Result) {
	var above, below []trait
	for _, step := range result.Trace.Steps {
		indicator := domain.IndicatorOf(step.ID)
		missing := slices.ContainsFunc(result.Missing, func(m domain.Missing) bool { return m.Input == indicator })
		if missing || indicator == "" || step.ID != indicator+"/achievement" {
			continue
		}
		margin, sentence, err := r.trait(step)
		switch {
		case err != nil: // no number of a trace is too large for this
		case margin.IsPos():
			above = append(above, trait{margin, sentence})
		case margin.IsNeg():
			below = append(below, trait{margin, sentence})
		}
	}
	slices.SortStableFunc(above, func(a, b trait) int { return b.margin.Cmp(a.margin) })
	slices.SortStableFunc(below, func(a, b trait) int { return a.margin.Cmp(b.margin) })
	p.Strengths, p.Weaknesses = named(p.Strengths, above), named(p.Weaknesses, below)
}

// trait returns how far an achievement is from what the target itself is worth, and says it. By the efficiency formula that
// is less than 100, and to save too much is worth less again.
func (r *renderer) trait(step domain.TraceStep) (margin decimal.Decimal, sentence string, err error) {
	value, err := decimal.Parse(step.Result)
	if err != nil {
		return decimal.Decimal{}, "", err
	}
	target, above, below, number := decimal.Hundred, "melampaui target", "belum mencapai target", "capaian "+r.values[step.ID]
	if step.Rule == domain.RuleAchievementEfficiency {
		above, below, number = "lebih hemat daripada target", "menyimpang dari target", "nilai "+r.values[step.ID]
		saved, err := r.pack.Definition().Achievement.Efficiency.Factor.Sub(decimal.One)
		if err != nil {
			return decimal.Decimal{}, "", err
		}
		target, err = saved.Mul(decimal.Hundred)
		if err != nil {
			return decimal.Decimal{}, "", err
		}
	}
	margin, err = value.Sub(target)
	verb := above
	if margin.IsNeg() {
		verb = below
	}
	return margin, fmt.Sprintf("%sIndikator “%s” %s: %s.", during(step.ID), r.indicator(step, domain.FieldDescription), verb, number), err
}

func named(to []string, traits []trait) []string {
	for _, t := range traits {
		to = append(to, t.sentence)
	}
	return to
}

// survey names the elements with the highest and the lowest mean in the survey of the unit, of several units in that of the
// last, when they differ.
func (p *Profile) survey(r *renderer, steps []domain.TraceStep) {
	means := slices.DeleteFunc(slices.Clone(steps), func(step domain.TraceStep) bool { return step.Rule != domain.RuleSurveyMean })
	if len(means) == 0 {
		return
	}
	last := domain.SegmentOf(means[len(means)-1].ID)
	means = slices.DeleteFunc(means, func(step domain.TraceStep) bool { return domain.SegmentOf(step.ID) != last })
	// Means have as many digits after the point, and as many before it, so that their texts stand in their order.
	byMean := func(a, b domain.TraceStep) int { return strings.Compare(a.Result, b.Result) }
	highest, lowest := slices.MaxFunc(means, byMean).Result, slices.MinFunc(means, byMean).Result
	if highest == lowest {
		return
	}
	p.Strengths = append(p.Strengths, r.elements("tertinggi", means, highest))
	p.Weaknesses = append(p.Weaknesses, r.elements("terendah", means, lowest))
}

// elements says which elements of a survey have the mean, which one of means is. Several are quoted, because some have a
// comma in their names.
func (r *renderer) elements(which string, means []domain.TraceStep, mean string) string {
	equal := slices.DeleteFunc(slices.Clone(means), func(step domain.TraceStep) bool { return step.Result != mean })
	names := make([]string, len(equal))
	for i, step := range equal {
		names[i] = domain.SurveyElement(step.ID[strings.LastIndexByte(step.ID, '/')+1:]).Word()
		if len(equal) > 1 {
			names[i] = "“" + names[i] + "”"
		}
	}
	return fmt.Sprintf("%sUnsur pelayanan dengan nilai %s pada survei kepuasan masyarakat: %s (%s).",
		during(equal[0].ID), which, list(names), r.values[equal[0].ID])
}
