package oracle_test

import (
	"math/big"
	"slices"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// laws state the regulations as formulas, without a look at their packs: a third opinion on packs that must be right.
var laws = map[string]func(*opinion){
	"permenpanrb-6-2022": (*opinion).permenpan6, "permenpanrb-8-2021": (*opinion).permenpan8, "pp-46-2011": (*opinion).pp46,
	"integrasi-2021": (*opinion).of2021, "evaluasi-2022": (*opinion).of2022,
}

// opinion is what a regulation makes of somebody with one plan.
type opinion struct {
	domain.Segment
	achieved map[string]*amount
	// incomplete and provisional say why there is no predicate, or no final one.
	incomplete, provisional bool

	achievement, value, index, credit *amount
	predicate                         string
}

// byLaw compares a verdict with the regulation of its pack; empty when they agree, or when the pack states none.
func byLaw(pack node, in domain.Input, v verdict) string {
	law := laws[pack.at("id").text]
	if law == nil || len(in.Segments) > 1 {
		return ""
	}
	o := &opinion{Segment: in.Segments[0], achieved: map[string]*amount{}}
	law(o)
	if o.incomplete {
		o.predicate, o.credit = "", nil
	}
	state := map[bool]string{true: "provisional", false: "complete"}[o.provisional]
	if o.incomplete {
		state = "incomplete"
	}
	wanted := []string{state, o.predicate, o.value.String(), o.achievement.String(), o.index.String(), o.credit.String()}
	found := []string{v.State, v.Predicate, v.Value, v.Achievement, v.Index, v.Credit}
	if slices.Equal(wanted, found) {
		return ""
	}
	return "the law and the oracle:\n" + cmp.Diff(wanted, found)
}

// ikm is the index of PermenPANRB 14/2017: nine means, each times 1/9, summed, times 25.
func (o *opinion) ikm() {
	if o.Survey == nil || o.Survey.Responses < 1 {
		return
	}
	total := whole(0)
	for _, unsur := range o.Survey.Sums {
		total = add(total, mul(big.NewRat(unsur.Sum, o.Survey.Responses), big.NewRat(1, 9)))
	}
	o.index = rounded(mul(total, whole(25)), 2)
}

// each gives every indicator that has a realisation to a formula, and notes the achievement.
func (o *opinion) each(places int, formula func(i domain.Indicator, realised *big.Rat) *big.Rat) {
	realised := map[string]*big.Rat{}
	for _, r := range o.Realisations {
		realised[r.Indicator] = exact(r.Value)
	}
	for _, i := range o.Plan.Indicators {
		if i.Source == domain.SourceSurveyIndex {
			delete(realised, i.ID)
			if o.index != nil {
				realised[i.ID] = o.index.Rat
			}
		}
		if realised[i.ID] != nil {
			o.achieved[i.ID] = rounded(between(formula(i, realised[i.ID]), whole(0), nil), places)
		}
	}
}

func between(r, low, high *big.Rat) *big.Rat {
	if r.Cmp(low) < 0 {
		return low
	}
	if high != nil && r.Cmp(high) > 0 {
		return high
	}
	return r
}

// capaian is the achievement by PermenPANRB 8/2021.
func capaian(i domain.Indicator, realised *big.Rat) *big.Rat {
	target := exact(i.Target)
	if i.Target.IsZero() {
		low, high := exact(i.Low), exact(i.High)
		switch {
		case realised.Cmp(low) < 0:
			target = low
		case realised.Cmp(high) > 0:
			target = high
		default:
			return whole(100)
		}
	}
	ratio := quo(realised, target)
	if i.Formula == domain.FormulaNormal || i.Formula == domain.FormulaRange {
		return mul(ratio, whole(100))
	}
	return mul(add(whole(1), sub(whole(1), ratio)), whole(100))
}

// results returns the indicators of main or of additional work that have an achievement, by result, and how many have none.
func (o *opinion) results(additional bool) (results [][]domain.Indicator, without int) {
	last := ""
	for _, i := range o.Plan.Indicators {
		if (i.Work == domain.WorkAdditional) != additional {
			continue
		}
		if o.achieved[i.ID] == nil {
			without++
			continue
		}
		result := i.ID[:len("results/r1")]
		if result != last {
			results = append(results, nil)
		}
		last = result
		results[len(results)-1] = append(results[len(results)-1], i)
	}
	return results, without
}

func (o *opinion) all(indicators []domain.Indicator) []*big.Rat {
	var found []*big.Rat
	for _, i := range indicators {
		if n := o.achieved[i.ID]; n != nil {
			found = append(found, n.Rat)
		}
	}
	return found
}

func (o *opinion) plan() {
	if average := mean(o.all(o.Plan.Indicators)); average != nil {
		o.achievement = rounded(average, 2)
	}
}

// permenpan6: two ratings decide. That of a head's results is the one of the unit (SE MenPANRB 3/2023).
func (o *opinion) permenpan6() {
	o.ikm()
	o.each(4, capaian)
	o.plan()
	var result, behavior domain.Expectation
	if o.Rating != nil {
		result, behavior = o.Rating.Result, o.Rating.Behavior
	}
	o.provisional = o.Organization == nil
	if o.Plan.UnitHead {
		result = ""
		if o.Organization != nil {
			result = map[domain.OrganizationLevel]domain.Expectation{
				domain.OrganizationExcellent: domain.ExpectationAbove, domain.OrganizationGood: domain.ExpectationMeets,
				domain.OrganizationNeedsImprovement: domain.ExpectationBelow, domain.OrganizationPoor: domain.ExpectationBelow,
				domain.OrganizationVeryPoor: domain.ExpectationBelow,
			}[o.Organization.Level]
		}
	}
	cell := map[[2]domain.Expectation]string{
		{"above", "above"}: "very_good", {"above", "meets"}: "good", {"above", "below"}: "poor",
		{"meets", "above"}: "good", {"meets", "meets"}: "good", {"meets", "below"}: "poor",
		{"below", "above"}: "needs_improvement", {"below", "meets"}: "needs_improvement", {"below", "below"}: "very_poor",
	}
	o.predicate = cell[[2]domain.Expectation{result, behavior}]
	o.incomplete = o.predicate == ""
	if o.Plan.FunctionalLevel == "" || o.incomplete {
		return
	}
	// Peraturan BKN 3/2023, in atLeast.
	yearly := map[domain.FunctionalLevel]int64{
		"pemula": 375, "terampil": 500, "mahir": 1250, "penyelia": 2500,
		"ahli_pertama": 1250, "ahli_muda": 2500, "ahli_madya": 3750, "ahli_utama": 5000,
	}[o.Plan.FunctionalLevel]
	percent := map[string]int64{"very_good": 150, "good": 100, "needs_improvement": 75, "poor": 50, "very_poor": 25}[o.predicate]
	o.credit = rounded(big.NewRat(yearly*percent*o.Plan.Months, 100*100*12), 2)
}

// of2022: the rule of the years after without angka kredit.
func (o *opinion) of2022() {
	o.permenpan6()
	o.credit = nil
}

// pp46: 60 % of the mean of the rows with additional tasks and creativity, 40 % of behaviour, by Perka BKN 1/2013.
func (o *opinion) pp46() {
	o.each(4, aspectValue)
	results, without := o.results(false)
	_, withoutExtra := o.results(true)
	o.provisional = without+withoutExtra > 0
	var rows []*big.Rat
	for _, row := range results {
		rows = append(rows, rounded(mean(o.all(row)), 4).Rat)
	}
	if len(rows) == 0 {
		o.incomplete = true
		return
	}
	o.achievement = rounded(mean(rows), 4)
	if o.Behavior == nil {
		o.incomplete = true
		return
	}
	skp := o.achievement.Rat
	if o.Tasks != nil {
		skp = add(skp, whole(min((o.Tasks.Count+2)/3, 3)))
	}
	if o.Innovations != nil {
		points := int64(0)
		for _, c := range o.Innovations.Counts {
			points += c.Count * map[domain.Reach]int64{"unit": 3, "agency": 6, "national": 12}[c.Reach]
		}
		skp = add(skp, whole(min(points, 12)))
	}
	behavior := between(exact(o.Behavior.Value), whole(0), whole(100))
	o.value = rounded(quo(add(mul(whole(60), skp), mul(whole(40), behavior)), whole(100)), 4)
	o.predicate = "very_poor"
	for _, band := range []struct {
		from      int64
		predicate string
	}{{51, "poor"}, {61, "needs_improvement"}, {76, "good"}, {91, "very_good"}} {
		if rounded(o.value.Rat, 0).Cmp(whole(band.from)) >= 0 {
			o.predicate = band.predicate
		}
	}
}

// aspectValue: time and cost that are to be saved by what was saved of the target, everything else by what was reached.
func aspectValue(i domain.Indicator, used *big.Rat) *big.Rat {
	if i.Aspect != domain.AspectTime && i.Aspect != domain.AspectCost || i.Formula == domain.FormulaNormal || i.Formula == domain.FormulaRange {
		return capaian(i, used)
	}
	target := exact(i.Target)
	if i.Target.IsZero() {
		low, high := exact(i.Low), exact(i.High)
		switch {
		case used.Cmp(low) < 0:
			target = low
		case used.Cmp(high) > 0:
			target = high
		default: // neither more nor less than planned
			return whole(76)
		}
	}
	saved := sub(whole(100), mul(quo(used, target), whole(100)))
	value := mul(quo(sub(mul(big.NewRat(176, 100), target), used), target), whole(100))
	if saved.Cmp(whole(24)) > 0 {
		return sub(whole(76), sub(value, whole(100)))
	}
	return value
}
