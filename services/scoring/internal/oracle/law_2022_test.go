package oracle_test

import (
	"math/big"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// permenpan6: two ratings decide. That of a head's results is the one of the unit (SE MenPANRB 3/2023).
func (o *opinion) permenpan6() {
	o.ikm()
	o.hadir(0)
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

// binjai: the law in force, with achievements of at most 120 percent, as PP 30/2019 had them.
func (o *opinion) binjai() {
	o.permenpan6()
	for id, n := range o.achieved {
		o.achieved[id] = &amount{between(n.Rat, whole(0), whole(120)), n.places}
	}
	o.plan()
}

// semarang: the law in force, and lateness that adds up to days (PP 94/2021).
func (o *opinion) semarang() {
	o.permenpan6()
	if o.Attendance != nil {
		o.hadir(o.Attendance.LateMinutes)
	}
}

// of2022: the rule of the years after without angka kredit.
func (o *opinion) of2022() {
	o.permenpan6()
	o.credit = nil
}

// ikm is the index of PermenPANRB 14/2017: nine means, each times 1/9, summed, times 25; its grade is that of two digits.
func (o *opinion) ikm() {
	if o.Survey == nil || o.Survey.Responses < 1 {
		return
	}
	total := whole(0)
	for _, unsur := range o.Survey.Sums {
		total = add(total, mul(big.NewRat(unsur.Sum, o.Survey.Responses), big.NewRat(1, 9)))
	}
	o.index = rounded(mul(total, whole(25)), 2)
	o.printed = rounded(mul(mul(total, big.NewRat(9*11, 100)), whole(25)), 2)
	o.grade = "D"
	for _, mutu := range []struct {
		hundredths int64
		grade      string
	}{{6500, "C"}, {7661, "B"}, {8831, "A"}} {
		if o.index.Cmp(big.NewRat(mutu.hundredths, 100)) >= 0 {
			o.grade = mutu.grade
		}
	}
}

// hadir is the share of working days with presence, less so many minutes by days of 7.5 hours.
func (o *opinion) hadir(late int64) {
	if o.Attendance == nil {
		return
	}
	days := sub(whole(o.Attendance.PresentDays), big.NewRat(late*2, 60*15))
	percent := mul(quo(days, whole(o.Attendance.WorkingDays)), whole(100))
	o.attendance = rounded(between(percent, whole(0), nil), 2)
}
