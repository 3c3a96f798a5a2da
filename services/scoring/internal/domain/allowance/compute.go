package allowance

import (
	"math/big"
	"strconv"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// Compute returns the slip of a month. The table must have passed Check. It returns ErrInvalidFacts for facts that
// assessment would not have recorded, and otherwise a slip, which may be blocked.
func Compute(t *Table, f Facts) (Slip, error) {
	err := f.check()
	if err != nil {
		return Slip{}, err
	}
	c := &computation{table: t, facts: &f, slip: Slip{Month: f.Month, State: StateComplete, Regulation: t.Regulation}, sum: new(big.Rat)}
	err = c.run()
	if err != nil {
		return Slip{}, err
	}
	return c.slip, nil
}

// computation is one slip as it grows.
type computation struct {
	table *Table
	facts *Facts
	slip  Slip
	// base is the amount of the position, sum what the lines add up to so far.
	base *big.Rat
	sum  *big.Rat
}

func (c *computation) run() error {
	c.notice()
	if !c.amount() {
		return nil
	}
	steps := []func() error{c.baseLine, c.parts, c.wholeDeductions, c.factor, c.sanction, c.fullAbsence}
	for _, step := range steps {
		err := step()
		if err != nil {
			return err
		}
	}
	if c.slip.State == StateBlocked {
		return nil
	}
	total, err := round(c.sum, c.table.Rounding.Places)
	if err != nil {
		return err
	}
	c.slip.Total = total.String()
	return nil
}

// lack names a fact that is missing.
func (c *computation) lack(fact, description string, policy Policy) {
	c.slip.Missing = append(c.slip.Missing, Missing{Fact: fact, Description: description, Policy: policy})
	if policy == PolicyBlock {
		c.slip.State = StateBlocked
	}
}

// amount finds the amount of the position.
func (c *computation) amount() bool {
	class := c.facts.PositionClass
	if class == "" {
		c.lack("position_class", "Jabatan atau kelas jabatan", PolicyBlock)
		return false
	}
	a, ok := c.table.amount(class)
	if !ok {
		c.lack("position_class", "Besaran TPP untuk jabatan “"+class+"”", PolicyBlock)
		return false
	}
	c.base = whole(a.Rupiah)
	return true
}

func (c *computation) baseLine() error {
	a, _ := c.table.amount(c.facts.PositionClass)
	rounded, err := round(c.base, c.table.Rounding.Places)
	if err != nil {
		return err
	}
	c.slip.Lines = append(c.slip.Lines, Line{
		ID: "base", Kind: KindBase, Label: "Besaran TPP " + a.Label, Exact: exact(c.base), Amount: rounded.String(),
		Operands: []Operand{{Label: "Jabatan", Value: a.Class}},
	})
	return nil
}

// add appends a line with its value and returns what counts of the value: the rounded one where lines are rounded.
func (c *computation) add(line Line, value *big.Rat) (*big.Rat, error) {
	rounded, err := round(value, c.table.Rounding.Places)
	if err != nil {
		return nil, err
	}
	line.Exact, line.Amount = exact(value), rounded.String()
	c.slip.Lines = append(c.slip.Lines, line)
	counted := value
	if c.table.Rounding.At == PointLine {
		counted = ratio(rounded)
	}
	c.sum.Add(c.sum, counted)
	return counted, nil
}

// parts adds what each part earns, with the deductions that are taken from it.
func (c *computation) parts() error {
	if c.facts.Attendance == nil {
		c.lack("attendance", "Kehadiran bulan ini", c.table.Missing.Attendance)
	}
	for _, part := range c.table.Parts {
		earned, err := c.part(part)
		if err != nil {
			return err
		}
		err = c.deduct(part.ID, percentOf(part.Percent, c.base), earned)
		if err != nil {
			return err
		}
	}
	c.badCounts()
	return nil
}

// part adds what a part earns before deductions.
func (c *computation) part(p Part) (*big.Rat, error) {
	line := Line{
		ID: "parts/" + p.ID, Kind: KindPart, Label: p.Label,
		Operands: []Operand{percentOperand("Bobot", p.Percent), {Label: "Besaran TPP", Value: exact(c.base), Unit: UnitRupiah}},
	}
	value := percentOf(p.Percent, c.base)
	if p.Measure == domain.MeasureProductivity {
		paid, note := c.productivity(p.Productivity)
		line.Note = note
		line.Operands = append(line.Operands, percentOperand("Produktivitas yang dibayarkan", paid))
		value = percentOf(paid, value)
	}
	if c.withoutAttendance(p) {
		line.Note = "Kehadiran tidak diketahui, sehingga bagian ini tidak dibayarkan."
		value = new(big.Rat)
	}
	return c.add(line, value)
}

// withoutAttendance reports whether the part is not paid because the attendance is not known.
func (c *computation) withoutAttendance(p Part) bool {
	if c.facts.Attendance != nil || c.table.Missing.Attendance != PolicyZero {
		return false
	}
	depends := p.Measure == domain.MeasureAttendance
	for _, d := range c.table.Deductions {
		depends = depends || d.Part == p.ID || d.Part == ""
	}
	return depends
}

// productivity returns which percentage is paid, and why where it is not the productivity itself.
func (c *computation) productivity(rule *Productivity) (decimal.Decimal, string) {
	top := decimal.Hundred
	if rule.Cap != nil {
		top = *rule.Cap
	}
	if c.facts.Productivity == nil {
		c.lackOnce("productivity", "Produktivitas bulan ini", c.table.Missing.Productivity)
		return unknown("Produktivitas", c.table.Missing.Productivity)
	}
	p := *c.facts.Productivity
	reached := "Produktivitas " + local.Number(p.String()) + "%"
	if rule.Below != nil && p.Cmp(*rule.Below) < 0 {
		return decimal.Zero, reached + " di bawah batas " + local.Number(rule.Below.String()) + "%, sehingga bagian ini tidak dibayarkan."
	}
	if len(rule.Bands) > 0 {
		return bandOf(rule.Bands, p, reached)
	}
	if p.Cmp(top) > 0 {
		return top, reached + " melebihi batas tertinggi " + local.Number(top.String()) + "%."
	}
	return p, ""
}

// unknown returns which percentage is paid without a fact, and why.
func unknown(what string, policy Policy) (decimal.Decimal, string) {
	switch policy {
	case PolicyFull:
		return decimal.Hundred, what + " tidak diketahui; menurut tabel dibayarkan penuh."
	case PolicyZero:
		return decimal.Zero, what + " tidak diketahui; menurut tabel tidak dibayarkan."
	case PolicyBlock:
	}
	return decimal.Zero, what + " tidak diketahui, sehingga TPP belum dapat dihitung."
}

// bandOf returns what the bands pay for a productivity.
func bandOf(bands []Band, p decimal.Decimal, reached string) (decimal.Decimal, string) {
	paid, note := decimal.Zero, reached+" di bawah kelompok terendah."
	for _, band := range bands {
		if p.Cmp(band.From) >= 0 {
			paid, note = band.Paid, reached+" termasuk kelompok mulai "+local.Number(band.From.String())+"%."
		}
	}
	return paid, note
}

// lackOnce is lack for a fact that more than one part may need.
func (c *computation) lackOnce(fact, description string, policy Policy) {
	for _, m := range c.slip.Missing {
		if m.Fact == fact {
			return
		}
	}
	c.lack(fact, description, policy)
}

func percentOperand(label string, percent decimal.Decimal) Operand {
	return Operand{Label: label, Value: percent.Trim(0).String(), Unit: UnitPercent}
}

func countOperand(label string, n int64, unit string) Operand {
	return Operand{Label: label, Value: strconv.FormatInt(n, 10), Unit: unit}
}
