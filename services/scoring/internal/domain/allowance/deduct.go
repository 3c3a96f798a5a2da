package allowance

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// countOf returns how often a code occurred.
func (c *computation) countOf(code string) int64 {
	if c.facts.Attendance == nil {
		return 0
	}
	for _, count := range c.facts.Attendance.Counts {
		if count.Code == code {
			return count.Count
		}
	}
	return 0
}

// wholeDeductions adds the deductions that are taken from the whole amount.
func (c *computation) wholeDeductions() error {
	return c.deduct("", c.base, new(big.Rat).Set(c.sum))
}

// deduct adds a line for each code that occurred and is taken from a part, or from the whole amount for "", in the order
// of the table. left is what there is to take from. What exceeds it, or the limit of the table, is given back.
func (c *computation) deduct(part string, of, left *big.Rat) error {
	taken := new(big.Rat)
	for _, d := range c.table.Deductions {
		n := c.countOf(d.Code)
		if d.Part != part || n == 0 {
			continue
		}
		line, value := c.deduction(d, n, of)
		counted, err := c.add(line, value.Neg(value))
		if err != nil {
			return err
		}
		taken.Sub(taken, counted)
	}
	most, why := percentOf(c.table.limit(), of), "Potongan paling banyak "+local.Number(c.table.limit().Trim(0).String())+"%."
	if c.table.Rounding.At == PointLine {
		rounded, err := round(most, c.table.Rounding.Places)
		if err != nil {
			return err
		}
		most = ratio(rounded)
	}
	if most.Cmp(left) > 0 {
		most, why = left, "Potongan tidak melebihi jumlah yang dapat dipotong."
	}
	if taken.Cmp(most) <= 0 {
		return nil
	}
	id := "limits/" + part
	if part == "" {
		id = "limit"
	}
	_, err := c.add(Line{ID: id, Kind: KindLimit, Label: "Batas potongan", Note: why}, taken.Sub(taken, most))
	return err
}

// deduction returns the line of a code and what it takes.
func (c *computation) deduction(d Deduction, n int64, of *big.Rat) (Line, *big.Rat) {
	unit := UnitTimes
	if d.WholeDay {
		unit = UnitDays
	}
	line := Line{
		ID: "deductions/" + d.Code, Kind: KindDeduction, Label: d.Label,
		Operands: []Operand{countOperand("Jumlah", n, unit), percentOperand("Tarif potongan", *d.Percent)},
	}
	value := percentOf(*d.Percent, whole(n))
	if d.Of == BasePart {
		line.Operands = append(line.Operands, Operand{Label: "Bagian TPP", Value: exact(of), Unit: UnitRupiah})
		return line, value.Mul(value, of)
	}
	line.Operands = append(line.Operands, Operand{Label: "Besaran TPP", Value: exact(c.base), Unit: UnitRupiah})
	value.Mul(value, c.base)
	if d.Of == BaseDay {
		days := c.facts.Attendance.WorkingDays
		line.Operands = append(line.Operands, countOperand("Hari kerja bulan ini", days, UnitWorkingDays))
		value.Quo(value, whole(days))
	}
	return line, value
}

// badCounts names the counts that cannot be used, by code: those of codes that the table does not state, and those of whole
// days when there are more of them than working days. Only the table tells which codes are of whole days, so assessment may
// have recorded that.
func (c *computation) badCounts() {
	if c.facts.Attendance == nil {
		return
	}
	absent, days := c.absent(), c.facts.Attendance.WorkingDays
	counts := slices.Clone(c.facts.Attendance.Counts)
	slices.SortFunc(counts, func(a, b Count) int { return strings.Compare(a.Code, b.Code) })
	for _, count := range counts {
		d, known := c.table.deduction(count.Code)
		switch {
		case !known:
			c.lack("attendance/"+count.Code, "Tarif potongan untuk kode kehadiran "+count.Code, c.table.Missing.UnknownCode)
		case d.WholeDay && absent > days:
			c.lack("attendance/"+count.Code, "Jumlah hari yang benar untuk kode kehadiran "+count.Code+" (tercatat tidak masuk kerja "+
				local.Count(absent)+" hari dari "+local.Count(days)+" hari kerja)", PolicyBlock)
		}
	}
}

// absent returns how many whole days the person was absent.
func (c *computation) absent() int64 {
	absent := int64(0)
	for _, d := range c.table.Deductions {
		if d.WholeDay {
			absent += c.countOf(d.Code)
		}
	}
	return absent
}

// factor multiplies by the predicate.
func (c *computation) factor() error {
	rule := c.table.Predicate
	if rule == nil {
		return nil
	}
	percent, word, note := c.predicate(rule)
	change := percentOf(percent, c.sum)
	change.Sub(change, c.sum)
	_, err := c.add(Line{
		ID: "factor", Kind: KindFactor, Label: "Faktor predikat kinerja", Note: note,
		Operands: []Operand{
			{Label: "Predikat", Value: word},
			{Label: "Jumlah sebelum faktor", Value: exact(c.sum), Unit: UnitRupiah},
			percentOperand("Faktor", percent),
		},
	}, change)
	return err
}

// predicate returns the factor in percent, the predicate in words, and a note where it is not known or not fixed.
func (c *computation) predicate(rule *PredicateFactor) (percent decimal.Decimal, word, note string) {
	for _, f := range rule.Factors {
		if f.Predicate == c.facts.Predicate {
			return f.Percent, cmp.Or(c.facts.PredicateWord, f.Predicate.Word()), c.provisional()
		}
	}
	year := "Predikat kinerja tahun berjalan"
	if rule.Year == YearPrevious {
		year = "Predikat kinerja tahun sebelumnya"
	}
	c.lack("predicate", year, c.table.Missing.Predicate)
	percent, note = unknown(year, c.table.Missing.Predicate)
	return percent, "tidak diketahui", note
}

// provisional marks a slip that takes a predicate which nobody has fixed, and returns what its line says of it.
func (c *computation) provisional() string {
	if !c.facts.PredicateProvisional {
		return ""
	}
	if c.slip.State == StateComplete {
		c.slip.State = StateProvisional
	}
	return "Predikat ini belum ditetapkan oleh pejabat penilai kinerja, sehingga faktornya bersifat sementara."
}

// sanction cuts by a decision in force.
func (c *computation) sanction() error {
	s := c.facts.Sanction
	if s == nil {
		return nil
	}
	if c.table.Sanctions == nil {
		c.lack("sanction", "Ketentuan hukuman disiplin pada tabel TPP", PolicyBlock)
		return nil
	}
	band, known := c.table.Sanctions.Band(s.UnexcusedDays)
	if !known {
		c.lack("sanction", "Ketentuan hukuman disiplin untuk akumulasi yang diputuskan", PolicyBlock)
		return nil
	}
	of, label := c.sum, "Jumlah sebelum pemotongan"
	if c.table.Sanctions.Of == CutAmount {
		of, label = c.base, "Besaran TPP"
	}
	value, note := percentOf(band.CutPercent, of), "Keputusan berlaku bulan ke-"+local.Count(s.Month)+" dari "+local.Count(band.Months)+" bulan."
	if s.Month > band.Months {
		value, note = new(big.Rat), "Keputusan tidak memotong TPP pada bulan ini."
	}
	if value.Cmp(c.sum) > 0 {
		value = new(big.Rat).Set(c.sum)
		note += " Pemotongan tidak melebihi jumlah yang tersisa."
	}
	line := Line{
		ID: "sanction", Kind: KindSanction, Label: band.Label, Note: note,
		Operands: []Operand{
			countOperand("Akumulasi tidak masuk kerja tanpa alasan yang sah", s.UnexcusedDays, UnitDays),
			{Label: label, Value: exact(of), Unit: UnitRupiah},
			percentOperand("Pemotongan", band.CutPercent),
		},
	}
	_, err := c.add(line, value.Neg(value))
	return err
}

// fullAbsence takes the rest of who was absent on every working day.
func (c *computation) fullAbsence() error {
	if !c.table.FullAbsencePaysNothing || c.facts.Attendance == nil {
		return nil
	}
	absent := c.absent()
	if absent != c.facts.Attendance.WorkingDays {
		return nil
	}
	_, err := c.add(Line{
		ID: "full_absence", Kind: KindFullAbsence, Label: "Tidak masuk kerja sebulan penuh",
		Operands: []Operand{countOperand("Tidak masuk kerja", absent, UnitDays), countOperand("Hari kerja bulan ini", c.facts.Attendance.WorkingDays, UnitWorkingDays)},
	}, new(big.Rat).Neg(c.sum))
	return err
}

// notice names a consequence of absence that only an official may decide: that of days in a row, or else that of their sum.
func (c *computation) notice() {
	rule := c.table.Sanctions
	if rule == nil {
		return
	}
	row, sum := c.facts.ConsecutiveUnexcusedDays, c.facts.YearUnexcusedDays
	if row != nil && rule.Consecutive != nil && *row >= rule.Consecutive.From {
		c.slip.Notice = &Notice{Days: *row, Consecutive: true, Label: rule.Consecutive.Label, Source: rule.Source}
		return
	}
	if sum == nil {
		return
	}
	band, ok := rule.Band(*sum)
	if ok {
		c.slip.Notice = &Notice{Days: *sum, Label: band.Label, Source: rule.Source}
	}
}
