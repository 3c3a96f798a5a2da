package allowance_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

func TestMore_whole_days_than_working_days_block_the_slip(t *testing.T) {
	t.Parallel()
	percent := func(text string) *decimal.Decimal { return ptr(decimal.MustParse(text)) }
	table := allowance.Table{
		Name: "T", Regulation: "R", EffectiveFrom: "2026-01-01", FullAbsencePaysNothing: true,
		Amounts: []allowance.Amount{{Class: "a", Label: "A", Rupiah: 2_100_000}},
		Parts:   []allowance.Part{{ID: "d", Label: "Disiplin kerja", Percent: decimal.MustParse("100"), Measure: domain.MeasureAttendance}},
		Deductions: []allowance.Deduction{
			{Code: "ABSENT", Label: "Tidak masuk kerja", Percent: percent("3"), Of: allowance.BasePart, Part: "d", WholeDay: true},
			{Code: "SICK", Label: "Sakit", Percent: percent("1"), Of: allowance.BasePart, Part: "d", WholeDay: true},
			{Code: "TL", Label: "Terlambat", Percent: percent("1"), Of: allowance.BasePart, Part: "d"},
		},
		Missing:  allowance.Policies{Attendance: allowance.PolicyFull, Productivity: allowance.PolicyFull, UnknownCode: allowance.PolicyFull},
		Rounding: allowance.Rounding{At: allowance.PointLine},
	}
	for _, c := range []struct {
		name             string
		absent, sick, tl int64
		total            string
		missing          []string
	}{
		{"a_day_less", 19, 1, 21, "441000", nil},
		{"every_day", 20, 1, 0, "0", nil},
		{"one_code_too_often", 22, 0, 0, "", []string{"attendance/ABSENT"}},
		{"two_codes_together_too_often", 20, 2, 0, "", []string{"attendance/ABSENT", "attendance/SICK"}},
		{"what_may_happen_twice_a_day", 0, 0, 25, "1575000", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			counts := slices.DeleteFunc([]allowance.Count{{Code: "ABSENT", Count: c.absent}, {Code: "SICK", Count: c.sick}, {Code: "TL", Count: c.tl}},
				func(c allowance.Count) bool { return c.Count == 0 })
			slip := compute(t, &table, allowance.Facts{
				Month: allowance.Month{Year: 2026, Month: 7}, PositionClass: "a", Attendance: &allowance.Attendance{WorkingDays: 21, Counts: counts},
			})
			var missing []string
			for _, m := range slip.Missing {
				missing = append(missing, m.Fact)
			}
			if diff := cmp.Diff(c.missing, missing); diff != "" || slip.Total != c.total || (slip.State == allowance.StateBlocked) != (c.total == "") {
				t.Fatalf("%s with the total %q, missing (-want +got):\n%s", slip.State, slip.Total, diff)
			}
			const says = "Jumlah hari yang benar untuk kode kehadiran ABSENT (tercatat tidak masuk kerja 22 hari dari 21 hari kerja) tidak diketahui, padahal wajib ada."
			if (c.total == "") != slices.Contains(slip.Sentences(), says) {
				t.Fatalf("sentences %q", slip.Sentences())
			}
		})
	}
}
