package domain

import (
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

func (plan *Plan) check(ps *problems) {
	if plan.Months < 1 || plan.Months > maxMonths {
		ps.add(idMonths, "harus 1 sampai %d", maxMonths)
	}
	optional(ps, IDFunctionalLevel, functionalLevelWords, plan.FunctionalLevel)
	optional(ps, idPosition, positionWords, plan.Position)
	optional(ps, idFamily, familyWords, plan.Family)
	optional(ps, idUnitKind, unitKindWords, plan.UnitKind)
	// Paths are usually in their order, and then a look at the one before shows that there was none like it.
	var group, lastGroup, last string // of paths without the name, and of names
	var weight decimal.Decimal        // of the result
	for n := range plan.Indicators {
		indicator := &plan.Indicators[n]
		name, together := strings.CutPrefix(indicator.ID, group)
		if group == "" || !together {
			group, name = cutIndicator(indicator.ID)
			together = group > lastGroup || !plan.has(group, n)
			lastGroup, last, weight = max(lastGroup, group), "", indicator.Weight
		}
		alone := name > last
		if alone {
			last = name
		} else {
			alone = plan.position(indicator.ID, 0) == n
		}
		if !together || !alone || !indicatorName(name) {
			ps.add(indicator.ID, "harus satu kali dan berurutan dengan indikator lain dari hasil kerjanya")
		}
		indicator.check(ps)
		if indicator.Weight != weight && indicator.Weight.Cmp(weight) != 0 {
			ps.add(indicator.ID, "bobot harus sama dengan bobot indikator lain dari hasil kerjanya")
		}
	}
}

// optional refuses a code that is neither empty nor of the vocabulary.
func optional[T ~string](ps *problems, id string, vocabulary words[T], code T) {
	if code != "" {
		listed(ps, id, vocabulary, code)
	}
}

// listed refuses a code that is not of the vocabulary.
func listed[T ~string](ps *problems, id string, vocabulary words[T], code T) {
	if !vocabulary.has(code) {
		ps.add(id, textUnknown, code)
	}
}

// has reports whether the id of one of the indicators before the n-th begins so.
func (plan *Plan) has(prefix string, n int) bool {
	return slices.ContainsFunc(plan.Indicators[:n], func(i Indicator) bool { return strings.HasPrefix(i.ID, prefix) })
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

// elsewhere is the position of what is not there.
const elsewhere = -1

func (i *Indicator) check(ps *problems) {
	optional(ps, i.ID, workWords, i.Work)
	optional(ps, i.ID, aspectWords, i.Aspect)
	optional(ps, i.ID, levelWords, i.Level)
	if !num.IsAmount(i.Weight) {
		ps.amount(i.ID, "bobot harus 0 atau lebih")
	}
	if !formulaWords.has(i.Formula) {
		ps.add(i.ID, "rumus "+textUnknown, i.Formula)
		return
	}
	if !sourceWords.has(i.Source) {
		ps.add(i.ID, "sumber "+textUnknown, i.Source)
	}
	if !i.Formula.ranged() {
		if !i.Target.IsPos() || !num.IsAmount(i.Target) {
			ps.amount(i.ID, "target harus lebih dari 0")
		}
		return
	}
	if !i.Low.IsPos() || !num.IsAmount(i.Low) || !num.IsAmount(i.High) || i.Low.Cmp(i.High) >= 0 {
		ps.amount(i.ID, "target harus rentang dari angka di atas 0 sampai angka yang lebih besar")
	}
}

// used returns the indicators without what their formula does not use: a target beside a range, a range beside a target,
// or the digits of a weight of 0. Usually there is nothing of the kind.
func (plan *Plan) used() []Indicator {
	superfluous := false
	for n := range plan.Indicators {
		superfluous = superfluous || plan.Indicators[n].superfluous()
	}
	if !superfluous {
		return plan.Indicators
	}
	used := slices.Clone(plan.Indicators)
	for n := range used {
		i := &used[n]
		if i.Formula.ranged() {
			i.Target = decimal.Decimal{}
		} else {
			i.Low, i.High = decimal.Decimal{}, decimal.Decimal{}
		}
		if i.Weight.IsZero() {
			i.Weight = decimal.Decimal{}
		}
	}
	return used
}

// superfluous reports whether the indicator has what is not used.
func (i *Indicator) superfluous() bool {
	var none decimal.Decimal
	if i.Weight.IsZero() && i.Weight != none {
		return true
	}
	if i.Formula.ranged() {
		return i.Target != none
	}
	return i.Low != none || i.High != none
}

// realisations returns those of indicators of the plan whose source they are, in the order of the plan.
func (s *Segment) realisations(ps *problems) []Realisation {
	for i := range s.Realisations {
		if !num.IsAmount(s.Realisations[i].Value) {
			ps.amount(s.Realisations[i].Indicator, "realisasi harus 0 atau lebih")
		}
	}
	if len(s.Realisations) == 0 {
		return nil
	}
	if s.inOrder() { // as usual
		return s.Realisations
	}
	planned := make([]Realisation, len(s.Plan.Indicators))
	n := elsewhere
	for k, r := range s.Realisations {
		n = s.Plan.position(r.Indicator, n+1)
		switch {
		case n == elsewhere:
			same := func(before Realisation) bool { return before.Indicator == r.Indicator }
			if slices.ContainsFunc(s.Realisations[:k], same) {
				ps.add(r.Indicator, "realisasi "+textTwice)
			}
		case planned[n].Indicator != "":
			ps.add(r.Indicator, "realisasi "+textTwice)
		default:
			planned[n] = r
		}
	}
	used := planned[:0]
	for n, r := range planned {
		if r.Indicator != "" && s.Plan.Indicators[n].Source == SourceReported {
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
func (s *Segment) inOrder() bool {
	planned := s.Plan.Indicators
	for i := range s.Realisations {
		for len(planned) > 0 && planned[0].ID != s.Realisations[i].Indicator {
			planned = planned[1:]
		}
		if len(planned) == 0 || planned[0].Source != SourceReported {
			return false
		}
		planned = planned[1:]
	}
	return true
}
