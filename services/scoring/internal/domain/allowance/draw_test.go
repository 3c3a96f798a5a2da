package allowance_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

var predicates = []domain.Predicate{
	domain.PredicateVeryGood, domain.PredicateGood, domain.PredicateNeedsImprovement, domain.PredicatePoor, domain.PredicateVeryPoor,
}

func hundredths(n int64) decimal.Decimal { return decimal.MustNew(n, 2) }

func ptr[T any](v T) *T { return &v }

func one[T any](r *rand.Rand, choices ...T) T { return choices[r.IntN(len(choices))] }

// drawTable returns a table that passes Check.
func drawTable(r *rand.Rand) allowance.Table {
	t := allowance.Table{
		Name: "T", Regulation: "R", EffectiveFrom: "2026-01-01", FullAbsencePaysNothing: r.IntN(2) == 0,
		Amounts: []allowance.Amount{{Class: "a", Label: "A", Rupiah: 1 + r.Int64N(allowance.MaxRupiah)}, {Class: "b", Label: "B", Rupiah: 2_500_000}},
		Missing: allowance.Policies{
			Attendance:   one(r, allowance.PolicyBlock, allowance.PolicyZero, allowance.PolicyFull),
			Productivity: one(r, allowance.PolicyBlock, allowance.PolicyZero, allowance.PolicyFull),
			UnknownCode:  one(r, allowance.PolicyBlock, allowance.PolicyFull),
		},
		Rounding: allowance.Rounding{Places: one(r, 0, 2), At: one(r, allowance.PointLine, allowance.PointTotal)},
	}
	drawParts(r, &t)
	for i := range r.IntN(7) {
		d := allowance.Deduction{
			Code: fmt.Sprintf("C%d", i), Label: "D", Percent: ptr(decimal.MustNew(r.Int64N(100_001)/one(r, int64(1), 20), 3)),
			Of: one(r, allowance.BasePart, allowance.BaseMonth, allowance.BaseDay), Part: one(r, t.Parts...).ID, WholeDay: r.IntN(3) == 0,
		}
		if d.Of != allowance.BasePart && r.IntN(2) == 0 {
			d.Part = ""
		}
		t.Deductions = append(t.Deductions, d)
	}
	if r.IntN(2) == 0 {
		t.LimitPercent = ptr(hundredths(r.Int64N(10_001)))
	}
	if r.IntN(3) == 0 {
		t.Predicate = &allowance.PredicateFactor{Year: one(r, allowance.YearSame, allowance.YearPrevious)}
		t.Missing.Predicate = one(r, allowance.PolicyBlock, allowance.PolicyZero, allowance.PolicyFull)
		for _, p := range predicates {
			t.Predicate.Factors = append(t.Predicate.Factors, allowance.Factor{Predicate: p, Percent: hundredths(r.Int64N(20_001))})
		}
	}
	if r.IntN(2) == 0 {
		t.Sanctions = &allowance.Sanctions{Source: "S", Of: one(r, allowance.CutAmount, allowance.CutRemaining)}
		for from := 1 + r.Int64N(5); from < 30; from += 1 + r.Int64N(9) {
			band := allowance.SanctionBand{From: from, Label: "B"}
			if r.IntN(2) == 0 {
				band.CutPercent, band.Months = hundredths(1+r.Int64N(10_000)), 1+r.Int64N(12)
			}
			t.Sanctions.Bands = append(t.Sanctions.Bands, band)
		}
	}
	return t
}

func drawParts(r *rand.Rand, t *allowance.Table) {
	left := int64(10_000)
	for i := range 1 + r.IntN(4) {
		share := 1 + r.Int64N(left)
		if i == 3 || share == left {
			share = left
		}
		p := allowance.Part{
			ID: fmt.Sprintf("p%d", i), Label: "P", Percent: hundredths(share),
			Measure: one(r, domain.MeasureProductivity, domain.MeasureAttendance, domain.MeasureFixed),
		}
		if p.Measure == domain.MeasureProductivity {
			p.Productivity = drawProductivity(r)
		}
		t.Parts = append(t.Parts, p)
		left -= share
		if left == 0 {
			return
		}
	}
	t.Parts[len(t.Parts)-1].Percent = hundredths(left + int64(t.Parts[len(t.Parts)-1].Percent.Coef()))
}

func drawProductivity(r *rand.Rand) *allowance.Productivity {
	p := &allowance.Productivity{}
	if r.IntN(2) == 0 {
		p.Below = ptr(hundredths(r.Int64N(12_000)))
	}
	switch r.IntN(3) {
	case 0:
		p.Cap = ptr(hundredths(r.Int64N(20_001)))
	case 1:
		paid := int64(0)
		for from := r.Int64N(3000); from < 12_000; from += 1 + r.Int64N(5000) {
			paid = min(paid+r.Int64N(6000), 20_000)
			p.Bands = append(p.Bands, allowance.Band{From: hundredths(from), Paid: hundredths(paid)})
		}
	}
	return p
}

// drawFacts returns facts that fit the table more often than not.
func drawFacts(r *rand.Rand, t *allowance.Table) allowance.Facts {
	f := allowance.Facts{Month: allowance.Month{Year: 2026, Month: 1 + r.IntN(12)}, PositionClass: one(r, "a", "a", "a", "b", "c", "")}
	if r.IntN(10) > 0 {
		f.Attendance = &allowance.Attendance{WorkingDays: 1 + r.Int64N(31)}
		for _, d := range t.Deductions {
			if r.IntN(2) == 0 {
				f.Attendance.Counts = append(f.Attendance.Counts, allowance.Count{Code: d.Code, Count: 1 + r.Int64N(one(r, int64(3), 31))})
			}
		}
		if r.IntN(8) == 0 {
			f.Attendance.Counts = append(f.Attendance.Counts, allowance.Count{Code: "OTHER", Count: 1})
		}
		r.Shuffle(len(f.Attendance.Counts), func(i, j int) {
			f.Attendance.Counts[i], f.Attendance.Counts[j] = f.Attendance.Counts[j], f.Attendance.Counts[i]
		})
	}
	if r.IntN(8) > 0 {
		f.Productivity = ptr(hundredths(r.Int64N(15_000)))
	}
	if r.IntN(8) > 0 {
		f.Predicate = one(r, predicates...)
	}
	if r.IntN(2) == 0 {
		f.YearUnexcusedDays = ptr(r.Int64N(40))
	}
	if r.IntN(3) == 0 {
		f.Sanction = &allowance.Sanction{UnexcusedDays: 1 + r.Int64N(35), Month: 1 + r.Int64N(13)}
	}
	return f
}
