package explain

import (
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Sentences explains the subject by the trace of its result: all that At says in full, but the list of steps. pack must be
// the one that the result names: its rules are cited.
func Sentences(pack *domain.Pack, of Subject) []string {
	r := newRenderer(pack, of.Result)
	var sentences []string
	for _, section := range r.sections(of, Full) {
		sentences = append(sentences, section.Sentences...)
	}
	return sentences
}

// renderer finds what sentences need by the ids of the trace.
type renderer struct {
	pack *domain.Pack
	// values are what inputs and steps came to, for people: numbers as in Indonesia, codes as their words.
	values map[string]string
	// labels are what inputs and steps are called.
	labels map[string]string
	// operands are what steps came from.
	operands map[string][]string
	// results counts the results of each plan from 1, by their paths.
	results map[string]int
	// graded are the grades of indexes by the id of the index.
	graded map[string]string
	// unsaid says that nobody has said whether there is an innovation that a band asks for.
	unsaid bool
}

func newRenderer(pack *domain.Pack, result domain.Result) *renderer {
	r := &renderer{
		pack: pack, values: map[string]string{}, labels: map[string]string{}, operands: map[string][]string{},
		results: map[string]int{}, graded: map[string]string{},
		unsaid: slices.ContainsFunc(result.Missing, func(m domain.Missing) bool {
			return strings.TrimPrefix(m.Input, domain.SegmentOf(m.Input)) == domain.IDInnovation
		}),
	}
	for _, input := range result.Trace.Inputs() {
		r.count(input.ID)
		r.values[input.ID], r.labels[input.ID] = inputWord(input), r.inputLabel(input)
	}
	for _, step := range result.Trace.Steps {
		r.operands[step.ID] = step.Operands
		r.values[step.ID], r.labels[step.ID] = r.stepWord(step), r.stepLabel(step)
		if step.Rule == domain.RuleSurveyGrade {
			r.graded[step.Operands[0]] = r.values[step.ID]
		}
	}
	return r
}

// say returns what a section says of steps.
func (r *renderer) say(section func(*renderer, domain.TraceStep) string, steps []domain.TraceStep) []string {
	var sentences []string
	for _, step := range steps {
		sentence := section(r, step)
		if sentence != "" {
			sentences = append(sentences, during(step.ID)+sentence)
		}
	}
	return sentences
}

// operand returns the value of the i-th operand of a step.
func (r *renderer) operand(step domain.TraceStep, i int) string { return r.values[step.Operands[i]] }

// indicator returns a field of the indicator that a step belongs to.
func (r *renderer) indicator(step domain.TraceStep, field string) string {
	return r.values[domain.IndicatorOf(step.ID)+field]
}

// basis says in parentheses what a rule stands on, with a space before it.
func (r *renderer) basis(rule string) string {
	grounds := r.grounds(rule)
	if grounds == "" {
		return ""
	}
	return " (" + grounds + ")"
}

// grounds says what a rule stands on: a regulation, policy or evidence.
func (r *renderer) grounds(rule string) string {
	kind := map[domain.Basis]string{domain.BasisPolicy: "kebijakan", domain.BasisEvidence: "bukti pendukung"}[r.pack.Rule(rule).Basis]
	source := r.pack.Cite(rule)
	if kind != "" && source != "" {
		return kind + "; " + source
	}
	return kind + source
}

// weights returns the weights of a component by the ids of the components that it weighs, when there are several.
func (r *renderer) weights(step domain.TraceStep, k *domain.Component) map[string]string {
	weights := map[string]string{}
	if k == nil || k.Weighted == nil || len(step.Operands) < 2 {
		return weights
	}
	segment, of := domain.SegmentOf(step.ID), k.Weighted.Of
	label, chosen := r.values[segment+step.Rule+"/variant"]
	at := slices.IndexFunc(k.Weighted.Variants, func(v domain.WeightVariant) bool { return v.Label == label })
	if chosen && at >= 0 {
		of = k.Weighted.Variants[at].Of
	}
	for _, weight := range of {
		weights[segment+"components/"+weight.Component] = number(weight.Weight.String())
	}
	return weights
}
