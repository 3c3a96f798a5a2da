package explain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// undecided is said of a score without predicate.
const undecided = "Predikat kinerja belum dapat ditetapkan karena masukan yang wajib belum lengkap."

// outcomeOrder are the rules that lead to an outcome, the conclusion first; the value stands where "" does.
var outcomeOrder = []string{
	domain.RuleSegmentsPredicate, domain.RulePredicateMatrix, domain.RulePredicateBands, domain.RuleUnitHead,
	domain.RuleSegmentsValue, "", domain.RuleSegmentsCredit, domain.RuleCreditConvert, domain.RuleSuggestion,
}

// outcomes says what a score leads to: the whole period first, then each of several plans.
func (r *renderer) outcomes(result domain.Result) []string {
	var sentences []string
	if result.Predicate == "" {
		sentences = append(sentences, undecided)
	}
	rank := func(step domain.TraceStep) int {
		if r.shows(step) {
			return slices.Index(outcomeOrder, "")
		}
		return slices.Index(outcomeOrder, step.Rule)
	}
	steps := slices.DeleteFunc(slices.Clone(result.Trace.Steps), func(step domain.TraceStep) bool { return rank(step) < 0 })
	slices.SortStableFunc(steps, func(a, b domain.TraceStep) int {
		of, than := domain.SegmentOf(a.ID), domain.SegmentOf(b.ID)
		return cmp.Or(cmp.Compare(len(of), len(than)), strings.Compare(of, than), rank(a)-rank(b))
	})
	return append(sentences, r.say((*renderer).outcome, steps)...)
}

// shows reports whether a step is the number of the whole score, unless the sentence about the predicate has it.
func (r *renderer) shows(step domain.TraceStep) bool {
	value := r.pack.Definition().Shown.Value
	if value == "" || step.ID[len(domain.SegmentOf(step.ID)):] != "components/"+value {
		return false
	}
	_, decided := r.values[domain.SegmentOf(step.ID)+"predicate"]
	return !decided || r.pack.Definition().Predicate.Bands == nil
}

// outcome says what one step leads to.
func (r *renderer) outcome(step domain.TraceStep) string {
	switch step.Rule {
	case domain.RuleUnitHead:
		return fmt.Sprintf("Karena pegawai memimpin unit kerja, rating kinerja organisasi %s menjadi rating hasil kerja %s%s; "+
			"padanan lima tingkat ke tiga tingkat merupakan kebijakan.", r.operand(step, 0), r.values[step.ID], r.basis(step.Rule))
	case domain.RulePredicateMatrix:
		return fmt.Sprintf("Rating hasil kerja %s dan rating perilaku kerja %s menghasilkan predikat %s%s.",
			r.operand(step, 0), r.operand(step, 1), r.values[step.ID], r.basis(step.Rule))
	case domain.RulePredicateBands:
		return r.banded(step)
	case domain.RuleSuggestion:
		return fmt.Sprintf("Saran rating hasil kerja: %s, karena %s = %s. Saran ini merupakan kebijakan dan tidak menentukan apa pun.",
			r.values[step.ID], r.labels[step.Operands[0]], r.operand(step, 0))
	case domain.RuleCreditConvert:
		return r.credit(step)
	case domain.RuleSegmentsValue:
		return fmt.Sprintf("%s = %s: angka setiap penugasan ditimbang menurut jumlah bulannya%s.", r.labels[step.ID], r.values[step.ID], r.basis(step.Rule))
	case domain.RuleSegmentsPredicate:
		if r.pack.Definition().Segments.Predicate == domain.SegmentValue {
			return r.banded(step)
		}
		return fmt.Sprintf("Predikat seluruh periode: %s, yaitu predikat penugasan terakhir%s.", r.values[step.ID], r.basis(step.Rule))
	case domain.RuleSegmentsCredit:
		return fmt.Sprintf("Angka kredit seluruh periode = %s, jumlah angka kredit setiap penugasan%s.", r.values[step.ID], r.basis(step.Rule))
	}
	return r.value(step)
}

// value says what the number of the whole score is.
func (r *renderer) value(step domain.TraceStep) string {
	if r.pack.Definition().Predicate.Matrix == nil {
		return fmt.Sprintf("%s = %s.", r.labels[step.ID], r.values[step.ID])
	}
	return fmt.Sprintf("%s = %s; angka ini tidak menentukan predikat.", r.labels[step.ID], r.values[step.ID])
}

// banded says which number led to the predicate, how it was rounded before, which innovations were asked for, and that there
// are none.
func (r *renderer) banded(step domain.TraceStep) string {
	of, rounded, without := step.Operands[0], "", ""
	if strings.HasSuffix(of, "predicate/rounded") {
		of, rounded = r.operands[of][0], ", dibulatkan menjadi "+r.values[of]+","
	}
	asked := step
	asked.Operands = step.Operands[1:]
	some := slices.ContainsFunc(asked.Operands, func(innovations string) bool { return r.values[innovations] != "0" })
	if len(asked.Operands) > 0 && !some && !r.unsaid {
		without = " tanpa ide baru atau cara baru yang bermanfaat"
	}
	sentence := fmt.Sprintf("%s %s%s%s menghasilkan predikat %s%s.", r.labels[of], r.values[of], rounded, without, r.values[step.ID], r.basis(step.Rule))
	if len(asked.Operands) > 0 {
		sentence += " Diperhitungkan: " + r.from(asked) + "."
	}
	return sentence
}

func (r *renderer) credit(step domain.TraceStep) string {
	level := r.values[domain.SegmentOf(step.ID)+domain.IDFunctionalLevel]
	return fmt.Sprintf("Angka kredit jenjang %s: %s%% × koefisien %s × %s/%d bulan = %s%s.", level, r.operand(step, 0), r.operand(step, 1),
		r.operand(step, 2), r.pack.Definition().Credit.MonthsPerYear, r.values[step.ID], r.basis(step.Rule))
}
