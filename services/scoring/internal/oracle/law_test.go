package oracle_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// law is a regulation as formulas.
type law struct {
	// judge works out one plan.
	judge func(*opinion)
	// bands gives a number the predicate; nil where ratings decide, and of several plans those of the last.
	bands func(*opinion)
	// region says that the pack adds numbers that no law states, so that its value is not held against one.
	region bool
}

// laws state the regulations without a look at their packs: a third opinion on packs that must be right. Those of regions
// leave the law in force as it is.
var laws = map[string]law{
	"permenpanrb-6-2022": {judge: (*opinion).permenpan6},
	"evaluasi-2022":      {judge: (*opinion).of2022},
	"permenpanrb-8-2021": {judge: (*opinion).permenpan8, bands: (*opinion).pp30},
	"integrasi-2021":     {judge: (*opinion).of2021, bands: (*opinion).pp30},
	"pp-46-2011":         {judge: (*opinion).pp46, bands: (*opinion).perka1},
	"bantul":             {judge: (*opinion).permenpan6, region: true},
	"binjai":             {judge: (*opinion).binjai, region: true},
	"kepahiang":          {judge: (*opinion).permenpan6, region: true},
	"marelan":            {judge: (*opinion).permenpan6, region: true},
	"semarang":           {judge: (*opinion).semarang, region: true},
}

// opinion is what a regulation makes of one plan, or of all plans of somebody.
type opinion struct {
	domain.Segment
	achieved map[string]*amount
	// incomplete and provisional say why there is no predicate, or no final one.
	incomplete, provisional bool

	achievement, value, credit *amount
	// index is the one by ninths, printed that by the weight of 0.11 that the regulation prints; grade is that of index.
	index, printed *amount
	grade          string
	attendance     *amount
	predicate      string
}

// byLaw compares a verdict with the regulation of its pack, plan by plan and as a whole; empty when they agree, or when the
// pack states none.
func byLaw(pack node, in domain.Input, v verdict) string {
	law, stated := laws[pack.at("id").text]
	if !stated {
		return ""
	}
	wanted, found := map[string]string{}, map[string]string{}
	var all []*opinion
	for n, facts := range in.Segments {
		o := &opinion{Segment: facts, achieved: map[string]*amount{}}
		law.judge(o)
		if o.incomplete {
			o.predicate, o.credit = "", nil
		}
		all = append(all, o)
		prefix := ""
		if len(in.Segments) > 1 {
			prefix = fmt.Sprintf("segments/%d/", n+1)
		}
		for id, result := range o.steps(pack) {
			wanted[prefix+id], found[prefix+id] = result, v.Steps[prefix+id]
		}
	}
	o := law.together(all)
	for name, pair := range map[string][2]string{
		"State": {o.state(), v.State}, "Predicate": {o.predicate, v.Predicate}, "Value": {o.value.String(), v.Value},
		"Achievement": {o.achievement.String(), v.Achievement}, "Index": {o.index.String(), v.Index}, "Credit": {o.credit.String(), v.Credit},
	} {
		wanted[name], found[name] = pair[0], pair[1]
	}
	if law.region {
		for id := range wanted {
			if id == "Value" || strings.HasSuffix(id, "components/"+pack.at("shown", "value").text) {
				delete(wanted, id)
				delete(found, id)
			}
		}
	}
	if maps.Equal(wanted, found) {
		return ""
	}
	return "the law and the oracle:\n" + cmp.Diff(wanted, found)
}

// steps returns what the regulation says of a plan, by the steps of a trace that say the same; empty for a step that must
// not be there.
func (o *opinion) steps(pack node) map[string]string {
	return map[string]string{
		"predicate": o.predicate, "credit": o.credit.String(), "components/attendance": o.attendance.String(),
		"survey.index": o.index.String(), "survey.grade": o.grade, "survey.printed_index": o.printed.String(),
		"components/" + pack.at("shown", "value").text:       o.value.String(),
		"components/" + pack.at("shown", "achievement").text: o.achievement.String(),
	}
}

func (o *opinion) state() string {
	switch {
	case o.incomplete:
		return "incomplete"
	case o.provisional:
		return "provisional"
	}
	return "complete"
}

// together makes one opinion of those of all plans. Each plan has been converted by itself, and its angka kredit is added as
// it was rounded. Numbers are means by months.
func (l law) together(plans []*opinion) *opinion {
	last := plans[len(plans)-1]
	if len(plans) == 1 {
		return last
	}
	all := &opinion{index: last.index, predicate: last.predicate}
	all.value = byMonths(plans, func(o *opinion) *amount { return o.value })
	all.achievement = byMonths(plans, func(o *opinion) *amount { return o.achievement })
	all.Innovations = &domain.Innovations{}
	for _, o := range plans {
		all.incomplete = all.incomplete || o.incomplete
		all.provisional = all.provisional || o.provisional
		if o.credit != nil && all.credit == nil {
			all.credit = &amount{whole(0), 2}
		}
		if o.credit != nil {
			all.credit.Rat = add(all.credit.Rat, o.credit.Rat)
		}
		if !all.creative() && (o.Innovations == nil || o.creative()) {
			all.Innovations = o.Innovations // one is enough, and what is not known could be one
		}
	}
	if all.incomplete {
		all.predicate, all.credit = "", nil
	} else if l.bands != nil {
		l.bands(all)
	}
	return all
}

// byMonths is the mean of what plans have, each counted as often as it has months; nil when none has any.
func byMonths(plans []*opinion, of func(*opinion) *amount) *amount {
	var all []*big.Rat
	places := 0
	for _, o := range plans {
		n := of(o)
		if n == nil {
			continue
		}
		places = n.places
		all = append(all, slices.Repeat([]*big.Rat{n.Rat}, int(o.Plan.Months))...)
	}
	if len(all) == 0 {
		return nil
	}
	return rounded(mean(all), places)
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
