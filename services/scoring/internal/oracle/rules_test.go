package oracle_test

import "math/big"

// person is everything that is known about somebody. Numbers are decimals as text; a nil or empty part is not known.
type person struct {
	head         bool
	level        string
	months       int64
	indicators   []indicator
	ratings      map[string]string // of "result" and "behavior"
	organization string
	peers        *peers
	attendance   *attendance
	survey       *survey
}

type indicator struct {
	formula           string
	target, low, high string
	fromSurvey        bool
	realisation       string
}

type peers struct{ count, sum int64 }

type attendance struct{ working, present int64 }

type survey struct {
	responses int64
	sums      map[string]int64
}

// verdict is what the rules make of a person; what they cannot say is empty.
type verdict struct {
	State, Predicate, Result, Behavior string
	// Achievements has one for each indicator; those without a realisation are counted.
	Achievements       []string
	WithoutRealisation int
	Achievement        string
	Means              map[string]string
	Index, Grade       string
	// PrintedIndex and PrintedGrade are those by the weight that the regulation prints.
	PrintedIndex, PrintedGrade string
	Peers, Attendance, Credit  string
}

// The regulations as tables.
var (
	// PermenPANRB 6/2022: rating of the results, then of the behaviour.
	matrix = map[string]map[string]string{
		"above": {"above": "very_good", "meets": "good", "below": "poor"},
		"meets": {"above": "good", "meets": "good", "below": "poor"},
		"below": {"above": "needs_improvement", "meets": "needs_improvement", "below": "very_poor"},
	}
	// SE MenPANRB 3/2023, with the mapping of five levels to three as policy.
	headRating = map[string]string{
		"excellent": "above", "good": "meets", "needs_improvement": "below", "poor": "below", "very_poor": "below",
	}
	// Peraturan BKN 3/2023: percent of a predicate, and credit of a year.
	percentOf = map[string]string{"very_good": "150", "good": "100", "needs_improvement": "75", "poor": "50", "very_poor": "25"}
	yearly    = map[string]string{
		"pemula": "3.75", "terampil": "5", "mahir": "12.5", "penyelia": "25",
		"ahli_pertama": "12.5", "ahli_muda": "25", "ahli_madya": "37.5", "ahli_utama": "50",
	}
	// PermenPANRB 14/2017: the nine elements, and the grades from the best, by the least rounded index of each.
	unsur = []string{
		"requirements", "procedure", "time", "cost", "product", "competence", "behavior", "complaints", "facilities",
	}
	grades = []struct{ grade, least string }{{"A", "88.31"}, {"B", "76.61"}, {"C", "65.00"}}
)

func judge(p person) verdict {
	var v verdict
	judgeSurvey(&v, p.survey)
	judgeAchievements(&v, p.indicators)
	if p.peers != nil && p.peers.count >= 3 { // fewer could be told apart
		v.Peers = halfUp(quo(whole(p.peers.sum), whole(p.peers.count*7)), 2)
	}
	if p.attendance != nil {
		v.Attendance = halfUp(quo(whole(p.attendance.present*100), whole(p.attendance.working)), 2)
	}
	judgePredicate(&v, p)
	judgeCredit(&v, p)
	return v
}

// judgePredicate: two ratings decide. That of a head's results is the one of the unit, and without it there is none.
// Before the organisation is rated, a predicate is provisional.
func judgePredicate(v *verdict, p person) {
	v.Result, v.Behavior = p.ratings["result"], p.ratings["behavior"]
	if p.head {
		v.Result = headRating[p.organization]
	}
	switch {
	case v.Result == "" || v.Behavior == "":
		v.State = "incomplete"
		return
	case p.organization == "":
		v.State = "provisional"
	default:
		v.State = "complete"
	}
	v.Predicate = matrix[v.Result][v.Behavior]
}

// judgeCredit: percent of the predicate × credit of a year × months / 12.
func judgeCredit(v *verdict, p person) {
	if v.Predicate == "" || p.level == "" {
		return
	}
	share := quo(fraction(percentOf[v.Predicate]), whole(100))
	year := mul(share, fraction(yearly[p.level]))
	v.Credit = halfUp(mul(year, quo(whole(p.months), whole(12))), 2)
}

// judgeSurvey: mean of each element, weighted by 1/9 or by the printed 0.11, summed, times 25, rounded before graded.
func judgeSurvey(v *verdict, s *survey) {
	if s == nil || s.responses < 1 {
		return
	}
	v.Means = map[string]string{}
	equal, printed := whole(0), whole(0)
	for _, u := range unsur {
		mean := quo(whole(s.sums[u]), whole(s.responses))
		v.Means[u] = halfUp(mean, 3)
		equal.Add(equal, mul(mean, big.NewRat(1, 9)))
		printed.Add(printed, mul(mean, big.NewRat(11, 100)))
	}
	v.Index, v.PrintedIndex = halfUp(mul(equal, whole(25)), 2), halfUp(mul(printed, whole(25)), 2)
	v.Grade, v.PrintedGrade = gradeOf(v.Index), gradeOf(v.PrintedIndex)
}

func gradeOf(index string) string {
	for _, g := range grades {
		if fraction(index).Cmp(fraction(g.least)) >= 0 {
			return g.grade
		}
	}
	return "D"
}

// judgeAchievements: evidence by the formulas of PermenPANRB 8/2021, each with four digits and never below zero. The plan
// has the plain mean of those that are there.
func judgeAchievements(v *verdict, indicators []indicator) {
	sum, n := whole(0), int64(0)
	for _, i := range indicators {
		realisation := i.realisation
		if i.fromSurvey {
			realisation = v.Index
		}
		if realisation == "" {
			v.Achievements = append(v.Achievements, "")
			v.WithoutRealisation++
			continue
		}
		achieved := i.achieved(fraction(realisation))
		if achieved.Sign() < 0 {
			achieved = whole(0)
		}
		text := halfUp(achieved, 4)
		v.Achievements = append(v.Achievements, text)
		sum, n = sum.Add(sum, fraction(text)), n+1
	}
	if n > 0 {
		v.Achievement = halfUp(quo(sum, whole(n)), 2)
	}
}

// achieved is the achievement in percent.
func (i indicator) achieved(realised *big.Rat) *big.Rat {
	target := i.target
	if i.low != "" {
		switch {
		case realised.Cmp(fraction(i.low)) < 0:
			target = i.low
		case realised.Cmp(fraction(i.high)) > 0:
			target = i.high
		default:
			return whole(100)
		}
	}
	ratio := quo(realised, fraction(target))
	switch i.formula {
	case "normal", "range":
		return mul(ratio, whole(100))
	case "lower_is_better", "range_lower_is_better":
		saved := new(big.Rat).Sub(whole(1), ratio)
		return mul(new(big.Rat).Add(whole(1), saved), whole(100))
	}
	panic("unknown formula " + i.formula)
}

func whole(n int64) *big.Rat { return big.NewRat(n, 1) }

func fraction(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("not a number: " + text)
	}
	return r
}

func quo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// halfUp writes a fraction of 0 or more with so many digits after the point, halves upwards.
func halfUp(r *big.Rat, places int) string {
	if r.Sign() < 0 {
		panic("a negative number is rounded")
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	scaled := mul(r, new(big.Rat).SetInt(ten))
	scaled.Add(scaled, big.NewRat(1, 2))
	units := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	before, after := new(big.Int).QuoRem(units, ten, new(big.Int))
	digits := after.String()
	for len(digits) < places {
		digits = "0" + digits
	}
	return before.String() + "." + digits
}
