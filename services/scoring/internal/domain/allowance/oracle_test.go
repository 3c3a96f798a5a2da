package allowance_test

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

// The oracle computes totals a second way, by whole numbers alone. Every value is a number of units of which
// 10^20 × working days make a rupiah, so that nothing has to be rounded before the rules say so.

// oracle is one computation in units.
type oracle struct {
	t *allowance.Table
	f *allowance.Facts
	// rupiah is how many units make one, days the working days.
	rupiah *big.Int
	days   int64
	amount *big.Int
}

// total returns the total as text, and "" for a slip without one.
func total(t *allowance.Table, f *allowance.Facts) string {
	o := &oracle{t: t, f: f, days: 1}
	if f.Attendance != nil {
		o.days = f.Attendance.WorkingDays
	}
	o.rupiah = new(big.Int).Mul(new(big.Int).Exp(big.NewInt(10), big.NewInt(20), nil), big.NewInt(o.days))
	for _, a := range t.Amounts {
		if a.Class == f.PositionClass {
			o.amount = new(big.Int).Mul(big.NewInt(a.Rupiah), o.rupiah)
		}
	}
	if o.amount == nil || o.blocked() {
		return ""
	}
	sum := new(big.Int)
	for _, p := range t.Parts {
		sum.Add(sum, o.part(p))
	}
	sum.Sub(sum, o.taken("", o.amount, sum))
	if t.Predicate != nil {
		changed := o.percent(o.factor(), sum)
		sum.Add(sum, o.line(changed.Sub(changed, sum)))
	}
	sum.Sub(sum, o.line(o.cut(sum)))
	if o.absentAllMonth() {
		sum.SetInt64(0)
	}
	return o.text(sum)
}

func (o *oracle) blocked() bool {
	const block = allowance.PolicyBlock
	m, productive := o.t.Missing, false
	for _, p := range o.t.Parts {
		productive = productive || p.Productivity != nil
	}
	if (o.f.Attendance == nil && m.Attendance == block) || (productive && o.f.Productivity == nil && m.Productivity == block) {
		return true
	}
	if o.t.Predicate != nil && o.f.Predicate == "" && m.Predicate == block {
		return true
	}
	if o.f.Attendance != nil && m.UnknownCode == block {
		known := map[string]bool{}
		for _, d := range o.t.Deductions {
			known[d.Code] = true
		}
		for _, c := range o.f.Attendance.Counts {
			if !known[c.Code] {
				return true
			}
		}
	}
	return o.absent() > o.days || o.f.Sanction != nil && (o.t.Sanctions == nil || o.f.Sanction.UnexcusedDays < o.t.Sanctions.Bands[0].From)
}

// percent returns hundredths of a percent.
func (o *oracle) percent(percent decimal.Decimal, of *big.Int) *big.Int {
	units := new(big.Int).Mul(of, thousandths(percent))
	return units.Quo(units, big.NewInt(100_000)) // 10^20 leaves room for every factor, so this is exact
}

// thousandths returns d × 1000 as a whole number.
func thousandths(d decimal.Decimal) *big.Int {
	whole, fraction, _ := strings.Cut(d.String(), ".")
	n, ok := new(big.Int).SetString(whole+(fraction + "000")[:3], 10)
	if !ok {
		panic(d.String())
	}
	return n
}

// halfUp rounds to the places of the table.
func (o *oracle) halfUp(units *big.Int) *big.Int {
	step := new(big.Int).Set(o.rupiah)
	if o.t.Rounding.Places == 2 {
		step.Quo(step, big.NewInt(100))
	}
	twice := new(big.Int).Mul(new(big.Int).Abs(units), big.NewInt(2))
	steps := twice.Add(twice, step).Quo(twice, new(big.Int).Mul(step, big.NewInt(2)))
	if units.Sign() < 0 {
		steps.Neg(steps)
	}
	return steps.Mul(steps, step)
}

// line rounds where lines are rounded.
func (o *oracle) line(units *big.Int) *big.Int {
	if o.t.Rounding.At == allowance.PointLine {
		return o.halfUp(units)
	}
	return units
}

func (o *oracle) part(p allowance.Part) *big.Int {
	whole := o.percent(p.Percent, o.amount)
	earned := new(big.Int).Set(whole)
	if p.Productivity != nil {
		earned = o.percent(o.paid(p.Productivity), whole)
	}
	if o.f.Attendance == nil && o.t.Missing.Attendance == allowance.PolicyZero {
		depends := p.Measure == domain.MeasureAttendance
		for _, d := range o.t.Deductions {
			if d.Part == "" || d.Part == p.ID {
				depends = true
			}
		}
		if depends {
			earned.SetInt64(0)
		}
	}
	earned = new(big.Int).Set(o.line(earned))
	return earned.Sub(earned, o.taken(p.ID, whole, earned))
}

func (o *oracle) paid(rule *allowance.Productivity) decimal.Decimal {
	p := o.f.Productivity
	switch {
	case p == nil && o.t.Missing.Productivity == allowance.PolicyFull:
		return decimal.Hundred
	case p == nil, rule.Below != nil && p.Less(*rule.Below):
		return decimal.Zero
	case len(rule.Bands) > 0:
		for i := len(rule.Bands) - 1; i >= 0; i-- {
			if !p.Less(rule.Bands[i].From) {
				return rule.Bands[i].Paid
			}
		}
		return decimal.Zero
	case rule.Cap != nil:
		return p.Min(*rule.Cap)
	}
	return p.Min(decimal.Hundred)
}

// taken is what deductions take in the end.
func (o *oracle) taken(part string, whole, left *big.Int) *big.Int {
	sum := new(big.Int)
	for _, d := range o.t.Deductions {
		n := o.count(d.Code)
		if d.Part != part || n == 0 {
			continue
		}
		base := whole
		switch d.Of {
		case allowance.BaseMonth:
			base = o.amount
		case allowance.BaseDay:
			base = new(big.Int).Quo(o.amount, big.NewInt(o.days))
		case allowance.BasePart:
		}
		one := o.percent(*d.Percent, base)
		sum.Add(sum, o.line(one.Mul(one, big.NewInt(n))))
	}
	limit := decimal.Hundred
	if o.t.LimitPercent != nil {
		limit = *o.t.LimitPercent
	}
	most := o.line(o.percent(limit, whole))
	if most.Cmp(left) > 0 {
		most = left
	}
	if sum.Cmp(most) <= 0 {
		return sum
	}
	back := new(big.Int).Sub(sum, most)
	return sum.Sub(sum, o.line(back))
}

func (o *oracle) count(code string) int64 {
	if o.f.Attendance != nil {
		for _, c := range o.f.Attendance.Counts {
			if c.Code == code {
				return c.Count
			}
		}
	}
	return 0
}

func (o *oracle) factor() decimal.Decimal {
	for _, f := range o.t.Predicate.Factors {
		if f.Predicate == o.f.Predicate {
			return f.Percent
		}
	}
	if o.t.Missing.Predicate == allowance.PolicyFull {
		return decimal.Hundred
	}
	return decimal.Zero
}

func (o *oracle) cut(sum *big.Int) *big.Int {
	if o.f.Sanction == nil {
		return new(big.Int)
	}
	var band allowance.SanctionBand
	for _, b := range o.t.Sanctions.Bands {
		if b.From <= o.f.Sanction.UnexcusedDays {
			band = b
		}
	}
	if o.f.Sanction.Month > band.Months {
		return new(big.Int)
	}
	of := sum
	if o.t.Sanctions.Of == allowance.CutAmount {
		of = o.amount
	}
	cut := o.percent(band.CutPercent, of)
	if cut.Cmp(sum) > 0 {
		return new(big.Int).Set(sum)
	}
	return cut
}

func (o *oracle) absent() int64 {
	days := int64(0)
	for _, d := range o.t.Deductions {
		if d.WholeDay {
			days += o.count(d.Code)
		}
	}
	return days
}

func (o *oracle) absentAllMonth() bool {
	return o.t.FullAbsencePaysNothing && o.f.Attendance != nil && o.absent() == o.days
}

// text writes units as rupiah.
func (o *oracle) text(units *big.Int) string {
	rounded := o.halfUp(units)
	if o.t.Rounding.Places == 0 {
		return rounded.Quo(rounded, o.rupiah).String()
	}
	cents := rounded.Mul(rounded, big.NewInt(100)).Quo(rounded, o.rupiah).String()
	cents = strings.Repeat("0", max(0, 3-len(cents))) + cents
	return cents[:len(cents)-2] + "." + cents[len(cents)-2:]
}

func TestCompute_agrees_with_the_oracle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(58, 12))
	complete := 0
	for n := range 30_000 {
		table := drawTable(r)
		facts := drawFacts(r, &table)
		slip, err := allowance.Compute(&table, facts)
		if err != nil {
			t.Fatal(err)
		}
		want := total(&table, &facts)
		if slip.Total != want {
			t.Fatalf("case %d: total is %q, the oracle has %q\n%+v\n%+v\n%s", n, slip.Total, want, table, facts, strings.Join(slip.Sentences(), "\n"))
		}
		if want != "" {
			complete++
		}
	}
	if complete < 6_000 {
		t.Fatalf("only %d cases have a total", complete)
	}
}
