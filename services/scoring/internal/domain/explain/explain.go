package explain

import (
	"fmt"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Sentences explains the result by its trace. pack must be the one that the result names: its rules are cited.
func Sentences(pack *domain.Pack, result domain.Result) []string {
	r := newRenderer(pack, result)
	var sentences []string
	if result.Predicate == "" {
		sentences = append(sentences, "Predikat kinerja belum dapat ditetapkan karena masukan yang wajib belum lengkap.")
	}
	for _, section := range sections {
		for _, step := range result.Trace.Steps {
			render, ok := section[step.Rule]
			if ok {
				sentences = append(sentences, render(r, step))
			}
		}
	}
	for _, missing := range result.Missing {
		sentences = append(sentences, lack(missing))
	}
	return sentences
}

// sections are what is said, in the order in which it is said. Rules that no section has are said within another
// sentence.
var sections = []map[string]func(*renderer, domain.TraceStep) string{
	{
		domain.RuleUnitHead:      (*renderer).unitHead,
		domain.RulePredicate:     (*renderer).predicate,
		domain.RuleCreditConvert: (*renderer).credit,
	},
	{
		domain.RuleAchievementNormal:             (*renderer).target,
		domain.RuleAchievementLowerIsBetter:      (*renderer).lowerTarget,
		domain.RuleAchievementRange:              (*renderer).interval,
		domain.RuleAchievementRangeLowerIsBetter: (*renderer).lowerInterval,
		domain.RuleAchievementFloor:              (*renderer).floor,
		domain.RuleAchievementPlan:               (*renderer).plan,
	},
	{
		domain.RuleSurveyIndex:        (*renderer).surveyIndex,
		domain.RuleSurveyPrintedIndex: (*renderer).printedIndex,
		domain.RulePeersMean:          (*renderer).peers,
		domain.RuleAttendancePresent:  (*renderer).attendance,
	},
}

// renderer finds the values that a sentence needs by their ids in the trace.
type renderer struct {
	pack   *domain.Pack
	values map[string]string
	// grades are the grades of indexes by the id of the index.
	grades map[string]string
}

func newRenderer(pack *domain.Pack, result domain.Result) *renderer {
	r := &renderer{pack: pack, values: map[string]string{}, grades: map[string]string{}}
	for _, input := range result.Trace.Inputs {
		r.values[input.ID] = input.Value
	}
	for _, step := range result.Trace.Steps {
		r.values[step.ID] = step.Result
		if step.Rule == domain.RuleSurveyGrade {
			r.grades[step.Operands[0]] = step.Result
		}
	}
	return r
}

// operand returns the value of the i-th operand of a step, and "" when it has none.
func (r *renderer) operand(step domain.TraceStep, i int) string {
	if i >= len(step.Operands) {
		return ""
	}
	return r.values[step.Operands[i]]
}

// indicator returns a field of the indicator that a step belongs to.
func (r *renderer) indicator(step domain.TraceStep, field string) string {
	return r.values[domain.IndicatorOf(step.ID)+field]
}

// cite returns the regulation of a rule in parentheses, with a space before it; nothing when the rule has none.
func (r *renderer) cite(rule string) string {
	source := r.pack.Cite(rule)
	if source == "" {
		return ""
	}
	return " (" + source + ")"
}

func (r *renderer) unitHead(step domain.TraceStep) string {
	return fmt.Sprintf("Karena pegawai memimpin unit kerja, rating kinerja organisasi %s menjadi rating hasil kerja %s%s; "+
		"padanan lima tingkat ke tiga tingkat merupakan kebijakan.",
		domain.OrganizationLevel(r.operand(step, 0)).Word(), domain.Expectation(step.Result).Word(), r.cite(step.Rule))
}

func (r *renderer) predicate(step domain.TraceStep) string {
	return fmt.Sprintf("Rating hasil kerja %s dan rating perilaku kerja %s menghasilkan predikat %s%s.",
		domain.Expectation(r.operand(step, 0)).Word(), domain.Expectation(r.operand(step, 1)).Word(),
		domain.Predicate(step.Result).Word(), r.cite(step.Rule))
}

func (r *renderer) credit(step domain.TraceStep) string {
	return fmt.Sprintf("Angka kredit jenjang %s: %s × koefisien %s × %s/%d bulan = %s%s.",
		domain.FunctionalLevel(r.values[domain.IDFunctionalLevel]).Word(), percent(r.operand(step, 0)), number(r.operand(step, 1)), r.operand(step, 2),
		r.pack.Definition().Credit.MonthsPerYear, number(step.Result), r.cite(step.Rule))
}

func (r *renderer) target(step domain.TraceStep) string {
	return r.achievement(step, "", "target "+number(r.operand(step, 1)))
}

func (r *renderer) lowerTarget(step domain.TraceStep) string {
	return r.achievement(step, "makin rendah makin baik", "target "+number(r.operand(step, 1)))
}

func (r *renderer) interval(step domain.TraceStep) string {
	return r.achievement(step, "", "rentang target "+r.bounds(step))
}

func (r *renderer) lowerInterval(step domain.TraceStep) string {
	return r.achievement(step, "makin rendah makin baik", "rentang target "+r.bounds(step))
}

func (r *renderer) bounds(step domain.TraceStep) string {
	return number(r.operand(step, 1)) + "–" + number(r.operand(step, 2))
}

// achievement says how an indicator was computed; remark may be empty.
func (r *renderer) achievement(step domain.TraceStep, remark, against string) string {
	notes := r.indicator(step, domain.FieldUnit)
	if remark != "" {
		notes = strings.TrimPrefix(notes+"; "+remark, "; ")
	}
	if notes != "" {
		notes = " (" + notes + ")"
	}
	return fmt.Sprintf("Capaian indikator “%s”%s: realisasi %s dibanding %s = %s.",
		r.indicator(step, domain.FieldDescription), notes, number(r.operand(step, 0)), against, percent(step.Result))
}

func (r *renderer) floor(step domain.TraceStep) string {
	return fmt.Sprintf("Capaian indikator “%s” berada di bawah batas terendah, sehingga dihitung %s (kebijakan).",
		r.indicator(step, domain.FieldDescription), percent(step.Result))
}

func (r *renderer) plan(step domain.TraceStep) string {
	return fmt.Sprintf("Rata-rata capaian %d indikator = %s. Capaian ini merupakan bukti pendukung dan tidak menentukan predikat; "+
		"predikat hanya mengikuti kedua rating%s.", len(step.Operands), percent(step.Result), r.cite(domain.RulePredicate))
}

func (r *renderer) surveyIndex(step domain.TraceStep) string {
	return fmt.Sprintf("Indeks kepuasan masyarakat (IKM) unit kerja dari %s responden, dengan bobot sama untuk %d unsur = %s, mutu %s%s.",
		number(r.operand(step, 0)), len(r.pack.Definition().Survey.Elements), number(step.Result), r.grade(step), r.cite(step.Rule))
}

func (r *renderer) printedIndex(step domain.TraceStep) string {
	return fmt.Sprintf("Sebagai pembanding, IKM dengan bobot %s sebagaimana tercetak dalam peraturan = %s, mutu %s.",
		number(r.pack.Definition().Survey.PrintedWeight.String()), number(step.Result), r.grade(step))
}

// grade returns the grade of an index with its label.
func (r *renderer) grade(index domain.TraceStep) string {
	grade := r.grades[index.ID]
	return fmt.Sprintf("%s (%s)", grade, r.pack.Band(grade))
}

func (r *renderer) peers(step domain.TraceStep) string {
	return fmt.Sprintf("Rata-rata jawaban %s rekan kerja = %s dari nilai tertinggi %d. Jawaban ini merupakan bukti pendukung perilaku kerja.",
		number(r.operand(step, 1)), number(step.Result), r.pack.Definition().Peers.AnswerMax)
}

func (r *renderer) attendance(step domain.TraceStep) string {
	return fmt.Sprintf("Kehadiran: %s dari %s hari kerja = %s. Kehadiran merupakan bukti pendukung kedisiplinan.",
		number(r.operand(step, 0)), number(r.operand(step, 1)), percent(step.Result))
}

// lack says what is missing and what was done without it.
func lack(m domain.Missing) string {
	switch m.Policy {
	case domain.PolicyBlock:
		return m.Description + " belum ada, sehingga predikat belum dapat ditetapkan."
	case domain.PolicyProvisional:
		return m.Description + " belum ada; sebelum ditetapkan, predikat hanya bersifat sementara."
	case domain.PolicyExclude: // said below, in the words that fit the fact
	}
	if domain.IsIndicator(m.Input) {
		return m.Description + " belum ada: indikator ini tidak dihitung nol, melainkan dikeluarkan; " +
			"rata-rata hanya diambil dari indikator yang memiliki realisasi."
	}
	return m.Description + " belum ada: tidak dihitung nol, melainkan dikeluarkan dari perhitungan."
}
