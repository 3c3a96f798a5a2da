package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Depth is how much an explanation says.
type Depth int

// The three depths, each of which says all that the one before does.
const (
	// Summary is the result, what it follows from and what it waits for.
	Summary Depth = iota
	// Standard has each component and everything that is missing, too.
	Standard
	// Full has every indicator and every step with its numbers, its rounding and its rule, too.
	Full
)

// Section is sentences about one subject.
type Section struct {
	Title     string
	Sentences []string
}

// At explains the subject as deep as asked: what people have fixed first, or that the predicate is not fixed, then what the
// rules give. pack must be the one that the result names. Sections without a sentence are left out.
func At(pack *domain.Pack, of Subject, depth Depth) []Section {
	r := newRenderer(pack, of.Result)
	sections := r.sections(of, depth)
	if depth == Full {
		sections = append(sections, said(Section{"Langkah perhitungan", r.steps(of.Trace.Steps)})...)
	}
	return sections
}

// sections is everything but the steps.
func (r *renderer) sections(of Subject, depth Depth) []Section {
	all, steps := []Section{{"Hasil", append(r.ruled(of), r.outcomes(of.Result)...)}}, of.Trace.Steps
	if depth >= Standard {
		all = append(all,
			Section{"Capaian", r.say((*renderer).indicators, parts(depth, steps))},
			Section{"Kepuasan masyarakat", r.say((*renderer).survey, steps)},
			Section{"Komponen penilaian", r.say((*renderer).components, steps)},
		)
	}
	all = append(all, Section{"Belum ada", r.lacks(of.Missing, depth)})
	notice := r.pack.Definition().Notice
	if notice != "" {
		all = append(all, Section{"Keterangan", []string{notice}})
	}
	return said(all...)
}

// said returns the sections that say anything.
func said(sections ...Section) []Section {
	return slices.DeleteFunc(sections, func(s Section) bool { return len(s.Sentences) == 0 })
}

// parts leaves the steps of single indicators and results to those who want all.
func parts(depth Depth, steps []domain.TraceStep) []domain.TraceStep {
	if depth == Full {
		return steps
	}
	return slices.DeleteFunc(slices.Clone(steps), func(step domain.TraceStep) bool { return resultOf(step.ID) != "" })
}

// lacks says what is missing; a summary only what the predicate waits for.
func (r *renderer) lacks(missing []domain.Missing, depth Depth) []string {
	var sentences []string
	for _, m := range missing {
		if depth > Summary || m.Policy == domain.PolicyBlock || m.Policy == domain.PolicyProvisional {
			sentences = append(sentences, during(m.Input)+r.lack(m))
		}
	}
	return sentences
}

// steps lists every step: what it is, what it came to, from what, by which rule, on which grounds, and how it was rounded.
func (r *renderer) steps(steps []domain.TraceStep) []string {
	lines := make([]string, len(steps))
	for i, step := range steps {
		var line strings.Builder
		fmt.Fprintf(&line, "%d. %s%s = %s.", i+1, during(step.ID), r.labels[step.ID], r.values[step.ID])
		if from := r.from(step); from != "" {
			fmt.Fprintf(&line, " Dari: %s.", from)
		}
		rule := r.pack.Rule(step.Rule)
		if resultOf(step.ID) != "" && r.pack.Component(step.Rule) != nil {
			fmt.Fprintf(&line, " Aturan: lihat %s.", rule.Label)
		} else {
			fmt.Fprintf(&line, " Aturan: %s.", rule.Text)
		}
		if grounds := r.grounds(step.Rule); grounds != "" {
			fmt.Fprintf(&line, " Dasar: %s.", grounds)
		}
		line.WriteString(rounding(step.Places))
		lines[i] = line.String()
	}
	return lines
}

// from lists what a step came from, with its weights.
func (r *renderer) from(step domain.TraceStep) string {
	weights := r.weights(step, r.pack.Component(step.Rule))
	parts := make([]string, len(step.Operands))
	for i, operand := range step.Operands {
		of, weight := "", ""
		if domain.SegmentOf(operand) != domain.SegmentOf(step.ID) {
			of = " pada " + assignment(operand)
		}
		if weights[operand] != "" {
			weight = "; bobot " + weights[operand]
		}
		parts[i] = fmt.Sprintf("%s%s (%s%s)", r.labels[operand], of, r.values[operand], weight)
	}
	return strings.Join(parts, "; ")
}

// rounding says how many digits were kept.
func rounding(places int) string {
	switch places {
	case domain.Unrounded:
		return ""
	case 0:
		return " Dibulatkan menjadi bilangan bulat; setengah dibulatkan ke atas."
	default:
		return fmt.Sprintf(" Dibulatkan sampai %d angka di belakang koma; setengah dibulatkan ke atas.", places)
	}
}
