package domain

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// maxQuestions bounds the questions to a panel.
const maxQuestions = 1_000

// panels returns the answers of the groups that the pack reads, in the order of the vocabulary. Those of fewer people than
// the pack asks for are withheld, and so are those of groups that it knows no minimum of.
func (s *Segment) panels(p *Pack, ps *problems) []Panel {
	var kept [len(p.groups)]*Panel
	var seen [len(p.groups)]bool
	count := 0
	for i := range s.Panels {
		panel := &s.Panels[i]
		g := groupWords.position(panel.Group)
		if g == elsewhere {
			ps.add(idPanels+string(panel.Group), "kelompok penilai tidak dikenal")
			continue
		}
		if seen[g] {
			ps.add(idPanels+string(panel.Group), textTwice)
			continue
		}
		seen[g] = true
		if p.groups[g] == nil || panel.Count < p.groups[g].Minimum {
			continue
		}
		panel.check(p.groups[g], ps)
		kept[g] = panel
		count++
	}
	if count == 0 {
		return nil
	}
	if count == len(s.Panels) && slices.IsSortedFunc(s.Panels, byGroup) { // as usual
		return s.Panels
	}
	panels := make([]Panel, 0, count)
	for _, panel := range kept {
		if panel != nil {
			panels = append(panels, *panel)
		}
	}
	return panels
}

func byGroup(a, b Panel) int {
	return cmp.Compare(groupWords.position(a.Group), groupWords.position(b.Group))
}

// check demands a sum that so many answers within their bounds can have.
func (p *Panel) check(terms *PanelWay, ps *problems) {
	id := idPanels + string(p.Group)
	if p.Count > maxCount || p.Questions < 1 || p.Questions > maxQuestions {
		ps.add(id, "harus 1 sampai %d pertanyaan kepada paling banyak %d penilai", maxQuestions, maxCount)
		return
	}
	answers := p.Count * p.Questions
	if p.Sum < answers*terms.AnswerMin || p.Sum > answers*terms.AnswerMax {
		ps.add(id, "jumlah jawaban tidak sesuai dengan banyaknya penilai dan pertanyaan serta pilihan jawabannya")
	}
}

// enough returns a survey with at least as many responses as the pack asks for, its sums in the order of the pack, and
// nil for fewer and for a pack that knows no survey.
func (s *Survey) enough(p *Pack, ps *problems) *Survey {
	terms := &p.def.Survey
	if s == nil || len(terms.Elements) == 0 || s.Responses < terms.MinimumResponses {
		return nil
	}
	if s.Responses > maxCount {
		ps.add(IDSurvey, "lebih dari %d responden", maxCount)
		return nil
	}
	ordered := s
	if !slices.EqualFunc(s.Sums, terms.Elements, ElementSum.of) {
		ordered = &Survey{Source: s.Source, Responses: s.Responses, Sums: s.ordered(terms.Elements, ps)}
	}
	for _, entry := range ordered.Sums {
		if entry.Sum < s.Responses*terms.AnswerMin || entry.Sum > s.Responses*terms.AnswerMax {
			ps.add(IDSurvey, "jumlah nilai unsur %s tidak sesuai dengan jumlah responden dan pilihan jawabannya", entry.Element.Word())
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
			ps.add(IDSurvey, "unsur %s memiliki %d jumlah nilai, bukan satu", element.Word(), n)
		}
	}
	if len(s.Sums) != len(elements) {
		ps.add(IDSurvey, "%d jumlah nilai untuk %d unsur", len(s.Sums), len(elements))
	}
	return sums
}

// maxContributions is how many goals one person may contribute to.
const maxContributions = 100

// contributions returns them by goal.
func (s *Segment) contributions(ps *problems) []Contribution {
	if len(s.Contributions) > maxContributions {
		ps.add("contributions", "lebih dari %d tujuan", maxContributions)
		return nil
	}
	for i := range s.Contributions {
		goal := &s.Contributions[i]
		id := idContributions + strconv.Itoa(i+1)
		if goal.Goal == "" || !goal.Share.IsPos() || !num.IsAmount(goal.Share) || !num.IsAmount(goal.Achievement) {
			ps.amount(id, "harus menyebut tujuan, bagian lebih dari 0, dan capaian 0 atau lebih")
		}
	}
	byGoal := func(a, b Contribution) int { return cmp.Compare(a.Goal, b.Goal) }
	sorted := s.Contributions
	if !slices.IsSortedFunc(sorted, byGoal) {
		sorted = slices.Clone(sorted)
		slices.SortFunc(sorted, byGoal)
	}
	for i := 1; i < len(sorted); i++ {
		if sorted[i].Goal == sorted[i-1].Goal {
			ps.add("contributions", "satu tujuan "+textTwice)
		}
	}
	if len(sorted) == 0 {
		return nil
	}
	return sorted
}

// whole reports whether there is a count of every reach, in the order of the vocabulary.
func (i *Innovations) whole() bool {
	if len(i.Counts) != len(reachWords) {
		return false
	}
	for n, entry := range i.Counts {
		if entry.Reach != reachWords[n].code || !counted(entry.Count) {
			return false
		}
	}
	return true
}

// counted returns the innovations with a count of every reach, in the order of the vocabulary.
func (i *Innovations) counted(ps *problems) *Innovations {
	if i == nil || i.whole() {
		return i
	}
	all := &Innovations{Source: i.Source, Counts: make([]InnovationCount, len(reachWords))}
	for n, word := range reachWords {
		all.Counts[n].Reach = word.code
	}
	var seen [3]bool
	for _, entry := range i.Counts {
		n := reachWords.position(entry.Reach)
		switch {
		case n == elsewhere:
			ps.add(idInnovations+string(entry.Reach), "jangkauan tidak dikenal")
		case seen[n]:
			ps.add(idInnovations+string(entry.Reach), textTwice)
		case !counted(entry.Count):
			ps.add(idInnovations+string(entry.Reach), "harus 0 sampai %d", maxCount)
		default:
			seen[n], all.Counts[n].Count = true, entry.Count
		}
	}
	return all
}
