package allowance_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

// cases is how many random cases a property is tried on.
const cases = 2_000

// each calls check with random tables and facts.
func each(t *testing.T, seed uint64, check func(t *testing.T, r *rand.Rand, table *allowance.Table, facts allowance.Facts)) {
	t.Helper()
	t.Parallel()
	r := rand.New(rand.NewPCG(seed, seed))
	for range cases {
		table := drawTable(r)
		check(t, r, &table, drawFacts(r, &table))
		if t.Failed() {
			return
		}
	}
}

func compute(t *testing.T, table *allowance.Table, facts allowance.Facts) allowance.Slip {
	t.Helper()
	slip, err := allowance.Compute(table, facts)
	if err != nil {
		t.Fatal(err)
	}
	return slip
}

func encode(t *testing.T, slip allowance.Slip) []byte {
	t.Helper()
	raw, err := slip.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestDrawn_tables_are_tables(t *testing.T) {
	each(t, 1, func(t *testing.T, _ *rand.Rand, table *allowance.Table, _ allowance.Facts) {
		t.Helper()
		if problems := table.Check(); len(problems) > 0 {
			t.Fatalf("%+v\n%+v", problems, table)
		}
	})
}

func TestTotals_are_never_negative_and_lines_add_up(t *testing.T) {
	each(t, 2, func(t *testing.T, _ *rand.Rand, table *allowance.Table, facts allowance.Facts) {
		t.Helper()
		slip := compute(t, table, facts)
		if (slip.State == allowance.StateBlocked) != (slip.Total == "") {
			t.Fatalf("slip %+v", slip)
		}
		if slip.Total == "" {
			return
		}
		got := decimal.MustParse(slip.Total)
		if got.IsNeg() || got.Scale() != table.Rounding.Places {
			t.Fatalf("total %s", slip.Total)
		}
		sum := decimal.Zero
		for _, line := range slip.Lines[1:] {
			sum, _ = sum.Add(decimal.MustParse(line.Amount))
		}
		text := strings.Join(slip.Sentences(), "\n")
		if strings.Contains(text, ", dibulatkan satu kali pada jumlah; ") == sum.Equal(got) {
			t.Fatalf("the lines add up to %s, the total is %s:\n%s", sum, got, text)
		}
		if table.Rounding.At == allowance.PointLine && !sum.Equal(got) {
			t.Fatalf("the lines add up to %s, the total is %s:\n%+v", sum, got, slip.Lines)
		}
	})
}

func TestMore_of_any_code_never_pays_more(t *testing.T) {
	each(t, 3, func(t *testing.T, r *rand.Rand, table *allowance.Table, facts allowance.Facts) {
		t.Helper()
		before := compute(t, table, facts)
		if facts.Attendance == nil || len(facts.Attendance.Counts) == 0 || before.Total == "" {
			return
		}
		worse := *facts.Attendance
		worse.Counts = slices.Clone(worse.Counts)
		worse.Counts[r.IntN(len(worse.Counts))].Count++
		facts.Attendance = &worse
		after := compute(t, table, facts)
		if after.Total == "" {
			return // more whole days than there are
		}
		if decimal.MustParse(after.Total).Cmp(decimal.MustParse(before.Total)) > 0 {
			t.Fatalf("%s became %s\n%+v", before.Total, after.Total, after.Lines)
		}
	})
}

func TestMore_productivity_never_pays_less(t *testing.T) {
	each(t, 4, func(t *testing.T, r *rand.Rand, table *allowance.Table, facts allowance.Facts) {
		t.Helper()
		before := compute(t, table, facts)
		if facts.Productivity == nil || before.Total == "" {
			return
		}
		more, err := facts.Productivity.Add(hundredths(r.Int64N(5000)))
		if err != nil {
			t.Fatal(err)
		}
		facts.Productivity = &more
		after := compute(t, table, facts)
		if decimal.MustParse(after.Total).Cmp(decimal.MustParse(before.Total)) < 0 {
			t.Fatalf("%s became %s\n%+v", before.Total, after.Total, after.Lines)
		}
	})
}

func TestSlips_do_not_depend_on_the_order_of_the_counts_and_survive_their_encoding(t *testing.T) {
	each(t, 5, func(t *testing.T, _ *rand.Rand, table *allowance.Table, facts allowance.Facts) {
		t.Helper()
		first := encode(t, compute(t, table, facts))
		if facts.Attendance != nil {
			turned := *facts.Attendance
			turned.Counts = slices.Clone(turned.Counts)
			slices.Reverse(turned.Counts)
			facts.Attendance = &turned
		}
		second := encode(t, compute(t, table, facts))
		if !bytes.Equal(first, second) {
			t.Fatalf("%s\n%s", first, second)
		}
		decoded, err := allowance.Decode(first)
		if err != nil || !bytes.Equal(encode(t, decoded), first) || allowance.Digest(first) != allowance.Digest(second) {
			t.Fatalf("decoded %+v, %v", decoded, err)
		}
	})
}

func TestEvery_deduction_and_missing_fact_has_its_line_and_sentence(t *testing.T) {
	each(t, 6, func(t *testing.T, _ *rand.Rand, table *allowance.Table, facts allowance.Facts) {
		t.Helper()
		slip := compute(t, table, facts)
		lines := map[string]int{}
		for _, line := range slip.Lines {
			lines[line.ID]++
		}
		for id, n := range lines {
			if n != 1 {
				t.Fatalf("line %s is there %d times", id, n)
			}
		}
		missing := map[string]bool{}
		for _, m := range slip.Missing {
			missing[m.Fact] = true
		}
		if facts.Attendance != nil && len(slip.Lines) > 0 {
			for _, c := range facts.Attendance.Counts {
				if lines["deductions/"+c.Code] == 0 && !missing["attendance/"+c.Code] {
					t.Fatalf("%s is neither deducted nor named", c.Code)
				}
			}
		}
		if want := len(slip.Lines) + len(slip.Missing) + 1; len(slip.Sentences()) < want {
			t.Fatalf("%d sentences, want %d", len(slip.Sentences()), want)
		}
	})
}

func TestCompute_refuses_facts_that_nobody_would_have_recorded(t *testing.T) {
	t.Parallel()
	table := allowance.Table{}
	july := allowance.Month{Year: 2026, Month: 7}
	for name, facts := range map[string]allowance.Facts{
		"no_month":             {},
		"a_thirteenth_month":   {Month: allowance.Month{Year: 2026, Month: 13}},
		"negative":             {Month: july, Productivity: ptr(decimal.MustParse("-0.01"))},
		"too_much":             {Month: july, Productivity: ptr(decimal.MustParse("1000"))},
		"too_many_digits":      {Month: july, Productivity: ptr(decimal.MustParse("99.999"))},
		"no_working_days":      {Month: july, Attendance: &allowance.Attendance{}},
		"too_many_days":        {Month: july, Attendance: &allowance.Attendance{WorkingDays: 32}},
		"a_code_twice":         {Month: july, Attendance: &allowance.Attendance{WorkingDays: 1, Counts: []allowance.Count{{Code: "A", Count: 1}, {Code: "A", Count: 1}}}},
		"no_times":             {Month: july, Attendance: &allowance.Attendance{WorkingDays: 1, Counts: []allowance.Count{{Code: "A"}}}},
		"a_year_too_long":      {Month: july, YearUnexcusedDays: ptr(int64(367))},
		"a_row_too_long":       {Month: july, ConsecutiveUnexcusedDays: ptr(int64(367))},
		"a_negative_row":       {Month: july, ConsecutiveUnexcusedDays: ptr(int64(-1))},
		"a_sanction_of_0_days": {Month: july, Sanction: &allowance.Sanction{Month: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := allowance.Compute(&table, facts)
			if !errors.Is(err, allowance.ErrInvalidFacts) {
				t.Fatalf("error is %v, want ErrInvalidFacts", err)
			}
		})
	}
}

// TestPredicates_that_nobody_has_fixed_mark_the_slip_alone computes each slip with a predicate that is fixed and with one that
// is not.
func TestPredicates_that_nobody_has_fixed_mark_the_slip_alone(t *testing.T) {
	marked := 0
	each(t, 9, func(t *testing.T, _ *rand.Rand, table *allowance.Table, facts allowance.Facts) {
		t.Helper()
		fixed := compute(t, table, facts)
		facts.PredicateProvisional = facts.Predicate != ""
		got := compute(t, table, facts)
		if got.Total != fixed.Total || len(got.Lines) != len(fixed.Lines) {
			t.Fatalf("the amount is %q, fixed %q", got.Total, fixed.Total)
		}
		want := fixed.State
		if table.Predicate != nil && facts.PredicateProvisional && want == allowance.StateComplete {
			want = allowance.StateProvisional
			marked++
		}
		if got.State != want {
			t.Fatalf("the state is %s, want %s", got.State, want)
		}
	})
	if marked < cases/50 {
		t.Fatalf("only %d slips are provisional", marked)
	}
}

func FuzzParseMonth(f *testing.F) {
	for _, seed := range []string{"202607", "202613", "2026-7", "199912", "20260", "+12601"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := allowance.ParseMonth(text)
		if ok && (m.String() != text || m.FirstDay()[:4] != text[:4] || m.Title() == "") {
			t.Fatalf("%q was read as %+v", text, m)
		}
	})
}

func FuzzCompute(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		r := rand.New(rand.NewPCG(a, b))
		table := drawTable(r)
		facts := drawFacts(r, &table)
		slip := compute(t, &table, facts)
		if want := total(&table, &facts); slip.Total != want {
			t.Fatalf("total is %q, the oracle has %q", slip.Total, want)
		}
	})
}

// TestSentences_never_state_arithmetic_that_is_false has a line of each kind whose amount is not the product of its operands,
// and one whose operand is no decimal.
func TestSentences_never_state_arithmetic_that_is_false(t *testing.T) {
	t.Parallel()
	percent := func(text string) *decimal.Decimal { return ptr(decimal.MustParse(text)) }
	table := allowance.Table{
		Name: "T", Regulation: "R", EffectiveFrom: "2026-01-01", Amounts: []allowance.Amount{{Class: "a", Label: "A", Rupiah: 2_500_000}},
		Parts: []allowance.Part{
			{ID: "d", Label: "Disiplin kerja", Percent: decimal.MustParse("50"), Measure: domain.MeasureAttendance},
			{ID: "t", Label: "Tetap", Percent: decimal.MustParse("50"), Measure: domain.MeasureFixed},
		},
		Deductions: []allowance.Deduction{{Code: "LEFT", Label: "Meninggalkan tugas", Percent: percent("50"), Of: allowance.BaseDay, Part: "d"}},
		Predicate: &allowance.PredicateFactor{Year: allowance.YearSame, Factors: []allowance.Factor{
			{Predicate: domain.PredicateGood, Percent: decimal.MustParse("75")}, {Predicate: domain.PredicateVeryPoor, Percent: decimal.MustParse("75")},
		}},
		Sanctions: &allowance.Sanctions{Source: "PP 94/2021", Of: allowance.CutAmount, Bands: []allowance.SanctionBand{
			{From: 11, Label: "Pemotongan", CutPercent: decimal.MustParse("80"), Months: 6},
		}},
		Missing:  allowance.Policies{Attendance: allowance.PolicyZero, Predicate: allowance.PolicyFull, UnknownCode: allowance.PolicyFull},
		Rounding: allowance.Rounding{Places: 2, At: allowance.PointTotal},
	}
	facts := allowance.Facts{
		Month: allowance.Month{Year: 2026, Month: 7}, PositionClass: "a", Predicate: domain.PredicateGood,
		Attendance: &allowance.Attendance{WorkingDays: 21, Counts: []allowance.Count{{Code: "LEFT", Count: 1}}},
		Sanction:   &allowance.Sanction{UnexcusedDays: 12, Month: 2},
	}
	const because = "Hukuman disiplin (Pemotongan) karena akumulasi 12 hari tidak masuk kerja tanpa alasan yang sah: "
	says := func(line int, want string) {
		t.Helper()
		slip := compute(t, &table, facts)
		if got := slip.Sentences()[line]; got != want {
			t.Errorf("said    %q\n    instead of %q", got, want)
		}
	}
	says(2, "Potongan LEFT (Meninggalkan tugas): 1 kali × 50% × Rp2.500.000 ÷ 21 hari kerja = −Rp59.523,81.")
	says(4, "Faktor predikat kinerja (Baik): ± Rp2.440.476,19 × 75% mengubah jumlah sebesar −Rp610.119,05.")
	says(5, because+"−Rp1.830.357,14. Keputusan berlaku bulan ke-2 dari 6 bulan. Pemotongan tidak melebihi jumlah yang tersisa.")
	facts.Predicate = domain.PredicateVeryPoor
	says(4, "Faktor predikat kinerja (Sangat Kurang): ± Rp2.440.476,19 × 75% mengubah jumlah sebesar −Rp610.119,05.")
	facts.PredicateWord = "Buruk"
	says(4, "Faktor predikat kinerja (Buruk): ± Rp2.440.476,19 × 75% mengubah jumlah sebesar −Rp610.119,05.")
	facts.Predicate, facts.PredicateWord, facts.PredicateProvisional = domain.PredicateGood, "", true
	says(4, "Faktor predikat kinerja (Baik): ± Rp2.440.476,19 × 75% mengubah jumlah sebesar −Rp610.119,05. "+
		"Predikat ini belum ditetapkan oleh pejabat penilai kinerja, sehingga faktornya bersifat sementara.")
	says(6, "TPP bulan Juli 2026 sebelum pajak dan iuran: Rp0,00.")
	says(7, "Jumlah ini bersifat sementara sampai predikat kinerja ditetapkan oleh pejabat penilai kinerja.")
	facts.Sanction.Month = 7
	says(5, because+"Rp0,00. Keputusan tidak memotong TPP pada bulan ini.")
	facts.Attendance = nil
	says(1, "Bagian Disiplin kerja: Rp0,00. Kehadiran tidak diketahui, sehingga bagian ini tidak dibayarkan.")
	says(2, "Bagian Tetap: 50% × Rp2.500.000 = Rp1.250.000,00.")
}

func TestSentences_tell_the_whole_slip(t *testing.T) {
	t.Parallel()
	percent := func(text string) *decimal.Decimal { return ptr(decimal.MustParse(text)) }
	table := allowance.Table{
		Name: "T", Regulation: "Peraturan Bupati", EffectiveFrom: "2026-01-01",
		Amounts: []allowance.Amount{{Class: "a", Label: "Pelaksana", Rupiah: 2_200_000}},
		Parts: []allowance.Part{
			{ID: "p", Label: "Produktivitas kerja", Percent: decimal.MustParse("60"), Measure: domain.MeasureProductivity, Productivity: &allowance.Productivity{Below: percent("50")}},
			{ID: "d", Label: "Disiplin kerja", Percent: decimal.MustParse("40"), Measure: domain.MeasureAttendance},
		},
		Deductions: []allowance.Deduction{
			{Code: "TL1", Label: "Terlambat", Percent: percent("0.5"), Of: allowance.BasePart, Part: "d"},
			{Code: "LEFT", Label: "Meninggalkan tugas", Percent: percent("50"), Of: allowance.BaseDay, Part: "d"},
			{Code: "PSW1", Label: "Pulang sebelum waktunya", Percent: percent("1"), Of: allowance.BaseMonth},
		},
		Sanctions: &allowance.Sanctions{Source: "PP 94/2021", Of: allowance.CutRemaining, Bands: []allowance.SanctionBand{
			{From: 11, Label: "Pemotongan TPP 25% selama 6 bulan", CutPercent: decimal.MustParse("25"), Months: 6},
		}},
		Missing:  allowance.Policies{Attendance: allowance.PolicyBlock, Productivity: allowance.PolicyBlock, UnknownCode: allowance.PolicyFull},
		Rounding: allowance.Rounding{Places: 2, At: allowance.PointLine},
	}
	facts := allowance.Facts{
		Month: allowance.Month{Year: 2026, Month: 7}, PositionClass: "a", Productivity: percent("40"), YearUnexcusedDays: ptr(int64(12)),
		Attendance: &allowance.Attendance{WorkingDays: 23, Counts: []allowance.Count{{Code: "WFA", Count: 1}, {Code: "LEFT", Count: 1}, {Code: "TL1", Count: 2}, {Code: "PSW1", Count: 3}}},
		Sanction:   &allowance.Sanction{UnexcusedDays: 12, Month: 2},
	}
	slip := compute(t, &table, facts)
	want := []string{
		"Besaran TPP Pelaksana: Rp2.200.000,00 per bulan (Peraturan Bupati).",
		"Bagian Produktivitas kerja: 60% × Rp2.200.000 × 0% = Rp0,00. Produktivitas 40% di bawah batas 50%, sehingga bagian ini tidak dibayarkan.",
		"Bagian Disiplin kerja: 40% × Rp2.200.000 = Rp880.000,00.",
		"Potongan TL1 (Terlambat): 2 kali × 0,5% × Rp880.000 = −Rp8.800,00.",
		"Potongan LEFT (Meninggalkan tugas): 1 kali × 50% × Rp2.200.000 ÷ 23 hari kerja = −Rp47.826,09.",
		"Potongan PSW1 (Pulang sebelum waktunya): 3 kali × 1% × Rp2.200.000 = −Rp66.000,00.",
		"Hukuman disiplin (Pemotongan TPP 25% selama 6 bulan) karena akumulasi 12 hari tidak masuk kerja tanpa alasan yang sah: Rp757.373,91 × 25% = −Rp189.343,48. " +
			"Keputusan berlaku bulan ke-2 dari 6 bulan.",
		"Tarif potongan untuk kode kehadiran WFA tidak diketahui; menurut tabel TPP, yang bergantung padanya dibayarkan penuh.",
		"TPP bulan Juli 2026 sebelum pajak dan iuran: Rp568.030,43.",
		"Akumulasi tidak masuk kerja tanpa alasan yang sah tahun ini 12 hari kerja; menurut PP 94/2021 hal itu dapat berakibat: " +
			"Pemotongan TPP 25% selama 6 bulan. Hukuman disiplin hanya berlaku dengan keputusan pejabat yang berwenang.",
	}
	if diff := cmp.Diff(want, slip.Sentences()); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
	if exact := slip.Lines[4].Exact; exact != "-1100000/23" {
		t.Errorf("the exact value is %s", exact)
	}
	table.Sanctions.Consecutive = &allowance.Consecutive{From: 10, Label: "Pemberhentian"}
	facts.ConsecutiveUnexcusedDays = ptr(int64(10))
	want[len(want)-1] = "Tidak masuk kerja tanpa alasan yang sah terus-menerus selama 10 hari kerja; menurut PP 94/2021 hal itu dapat berakibat: " +
		"Pemberhentian. Hukuman disiplin hanya berlaku dengan keputusan pejabat yang berwenang."
	slip = compute(t, &table, facts)
	if diff := cmp.Diff(want, slip.Sentences()); diff != "" {
		t.Errorf("sentences after days in a row (-want +got):\n%s", diff)
	}
	facts.Productivity = nil
	blocked := compute(t, &table, facts)
	if got := blocked.Sentences(); blocked.Total != "" || !slices.Contains(got, "TPP bulan Juli 2026 belum dapat dihitung karena data yang wajib belum lengkap.") {
		t.Errorf("blocked: %q", got)
	}
}
