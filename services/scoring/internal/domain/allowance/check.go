package allowance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// Bounds of a table.
const (
	// MaxRupiah bounds the amount of a month.
	MaxRupiah = 999_999_999
	// MaxRows bounds each list of a table.
	MaxRows = 500

	// percentPlaces is how many digits after the point a percentage has, ratePlaces those of a deduction.
	percentPlaces = 2
	ratePlaces    = 3
	maxLabel      = 200
	maxFactor     = 200
	maxMonths     = 60
)

// Problem is one thing that is wrong with a table.
type Problem struct {
	// Path is where: deductions[0].percent.
	Path string
	// Text is for operators, Local for people, in Indonesian.
	Text  string
	Local string
}

// Check returns everything that is wrong with the table, in its order, and nothing when it can be computed with.
func (t *Table) Check() []Problem {
	c := &checker{}
	c.text("name", t.Name)
	c.text("regulation", t.Regulation)
	day, err := time.Parse(time.DateOnly, t.EffectiveFrom)
	if err != nil || day.Day() != 1 || day.Year() < firstYear || day.Year() > lastYear {
		c.add("effective_from", "is not the first day of a month, YYYY-MM-01", "bukan tanggal satu suatu bulan; tulis seperti 2026-01-01")
	}
	c.amounts(t.Amounts)
	c.parts(t.Parts)
	c.deductions(t)
	if t.LimitPercent != nil {
		c.percent("limit_percent", *t.LimitPercent, percentPlaces, 100)
	}
	c.predicate(t.Predicate)
	c.sanctions(t.Sanctions)
	c.policies(t)
	if t.Rounding.Places != 0 && t.Rounding.Places != 2 {
		c.add("rounding.places", "is neither 0 nor 2", "harus 0 (rupiah penuh) atau 2 (dua angka di belakang koma)")
	}
	oneOf(c, "rounding.at", t.Rounding.At, PointLine, PointTotal)
	return c.problems
}

type checker struct{ problems []Problem }

func (c *checker) add(path, text, local string) {
	c.problems = append(c.problems, Problem{Path: path, Text: path + " " + text, Local: "Isian " + path + " " + local + "."})
}

func (c *checker) text(path, text string) {
	if strings.TrimSpace(text) == "" || len([]rune(text)) > maxLabel {
		c.add(path, "is empty or too long", fmt.Sprintf("wajib diisi, paling banyak %d karakter", maxLabel))
	}
}

// percent demands 0 to most with at most so many digits after the point.
func (c *checker) percent(path string, d decimal.Decimal, places int, most int64) {
	if d.IsNeg() || d.Cmp(decimal.MustNew(most, 0)) > 0 || d.Trim(0).Scale() > places {
		c.add(path, fmt.Sprintf("is not a percentage of 0 to %d with at most %d digits after the point", most, places),
			fmt.Sprintf("harus berupa persentase 0 sampai %d dengan paling banyak %d angka di belakang titik", most, places))
	}
}

func (c *checker) rows(path string, n, fewest int) {
	if n < fewest || n > MaxRows {
		c.add(path, fmt.Sprintf("has %d rows, not %d to %d", n, fewest, MaxRows), fmt.Sprintf("harus memuat %d sampai %d baris", fewest, MaxRows))
	}
}

// unique demands that a key is there and was not there before.
func (c *checker) unique(path, key string, seen map[string]bool) {
	if key == "" || seen[key] {
		c.add(path, "is empty or repeated", "kosong atau sudah dipakai pada baris lain")
	}
	seen[key] = true
}

// oneOf demands one of the choices.
func oneOf[T ~string](c *checker, path string, got T, choices ...T) {
	if slices.Contains(choices, got) {
		return
	}
	words := make([]string, len(choices))
	for i, choice := range choices {
		words[i] = string(choice)
	}
	c.add(path, "is none of "+strings.Join(words, ", "), "harus salah satu dari: "+strings.Join(words, ", "))
}

func at(list string, i int, field string) string { return list + "[" + strconv.Itoa(i) + "]." + field }

func (c *checker) amounts(amounts []Amount) {
	c.rows("amounts", len(amounts), 1)
	seen := map[string]bool{}
	for i, a := range amounts {
		c.unique(at("amounts", i, "class"), a.Class, seen)
		c.text(at("amounts", i, "label"), a.Label)
		if a.Rupiah < 1 || a.Rupiah > MaxRupiah {
			c.add(at("amounts", i, "rupiah"), fmt.Sprintf("is not 1 to %d", MaxRupiah), "harus berupa rupiah penuh 1 sampai 999999999")
		}
	}
}

func (c *checker) parts(parts []Part) {
	c.rows("parts", len(parts), 1)
	seen := map[string]bool{}
	sum := decimal.Zero
	for i, p := range parts {
		c.unique(at("parts", i, "id"), p.ID, seen)
		c.text(at("parts", i, "label"), p.Label)
		c.percent(at("parts", i, "percent"), p.Percent, percentPlaces, 100)
		if p.Percent.IsZero() {
			c.add(at("parts", i, "percent"), "is 0", "harus lebih dari 0")
		}
		oneOf(c, at("parts", i, "measure"), p.Measure, domain.MeasureProductivity, domain.MeasureAttendance, domain.MeasureFixed)
		if (p.Productivity != nil) != (p.Measure == domain.MeasureProductivity) {
			c.add(at("parts", i, "productivity"), "is there for another measure, or is not there", "wajib diisi untuk measure productivity, dan hanya untuk itu")
		}
		c.productivity(at("parts", i, "productivity"), p.Productivity)
		added, err := sum.Add(p.Percent)
		if err == nil {
			sum = added
		}
	}
	if len(parts) > 0 && !sum.Equal(decimal.Hundred) {
		c.add("parts", "add up to "+sum.String()+" percent, not 100", "berjumlah "+local.Number(sum.Trim(0).String())+"%, seharusnya tepat 100%")
	}
}

func (c *checker) productivity(path string, p *Productivity) {
	if p == nil {
		return
	}
	if p.Below != nil {
		c.percent(path+".nothing_below", *p.Below, percentPlaces, maxProductivity)
	}
	if p.Cap != nil {
		c.percent(path+".cap", *p.Cap, percentPlaces, maxFactor)
	}
	if p.Cap != nil && len(p.Bands) > 0 {
		c.add(path+".cap", "is there beside bands", "tidak dipakai bersama bands")
	}
	for i, band := range p.Bands {
		from, paid := at(path+".bands", i, "from"), at(path+".bands", i, "paid")
		c.percent(from, band.From, percentPlaces, maxProductivity)
		c.percent(paid, band.Paid, percentPlaces, maxFactor)
		if i > 0 && (band.From.Cmp(p.Bands[i-1].From) <= 0 || band.Paid.Cmp(p.Bands[i-1].Paid) < 0) {
			c.add(from, "does not rise", "harus naik dari baris sebelumnya, dan paid tidak boleh turun")
		}
	}
}

func (c *checker) deductions(t *Table) {
	c.rows("deductions", len(t.Deductions), 0)
	parts := map[string]bool{}
	for _, p := range t.Parts {
		parts[p.ID] = true
	}
	seen := map[string]bool{}
	for i, d := range t.Deductions {
		c.unique(at("deductions", i, "code"), d.Code, seen)
		c.text(at("deductions", i, "label"), d.Label)
		if d.Percent == nil {
			c.add(at("deductions", i, "percent"), "is not there", "wajib diisi; tulis 0 apabila tidak ada potongan")
		} else {
			c.percent(at("deductions", i, "percent"), *d.Percent, ratePlaces, 100)
		}
		oneOf(c, at("deductions", i, "of"), d.Of, BasePart, BaseMonth, BaseDay)
		switch {
		case parts[d.Part]:
		case d.Part != "":
			c.add(at("deductions", i, "part"), "is no id of a part", "harus menyebut id salah satu parts")
		case d.Of == BasePart:
			c.add(at("deductions", i, "part"), "is not there", "wajib diisi untuk of: part; untuk persen dari TPP sebulan tulis of: month")
		}
	}
}

func (c *checker) predicate(p *PredicateFactor) {
	if p == nil {
		return
	}
	oneOf(c, "predicate.year", p.Year, YearSame, YearPrevious)
	predicates := domain.Predicates()
	seen := map[string]bool{}
	for i, f := range p.Factors {
		c.unique(at("predicate.factors", i, "predicate"), string(f.Predicate), seen)
		oneOf(c, at("predicate.factors", i, "predicate"), f.Predicate, predicates...)
		c.percent(at("predicate.factors", i, "percent"), f.Percent, percentPlaces, maxFactor)
	}
	if len(p.Factors) != len(predicates) {
		c.add("predicate.factors", "does not have each of the five predicates", "harus memuat kelima predikat kinerja, masing-masing satu kali")
	}
}

func (c *checker) sanctions(s *Sanctions) {
	if s == nil {
		return
	}
	c.text("sanctions.source", s.Source)
	oneOf(c, "sanctions.of", s.Of, CutAmount, CutRemaining)
	if row := s.Consecutive; row != nil {
		c.text("sanctions.consecutive.label", row.Label)
		if row.From < 1 || row.From > maxYearDays {
			c.add("sanctions.consecutive.from", "is not 1 to 366", "harus 1 sampai 366 hari")
		}
	}
	c.rows("sanctions.bands", len(s.Bands), 1)
	for i, band := range s.Bands {
		c.text(at("sanctions.bands", i, "label"), band.Label)
		c.percent(at("sanctions.bands", i, "cut_percent"), band.CutPercent, percentPlaces, 100)
		if band.From < 1 || band.From > maxYearDays || (i > 0 && band.From <= s.Bands[i-1].From) {
			c.add(at("sanctions.bands", i, "from"), "is not 1 to 366 or does not rise", "harus 1 sampai 366 hari dan naik dari baris sebelumnya")
		}
		if band.Months < 0 || band.Months > maxMonths || (band.Months > 0) == band.CutPercent.IsZero() {
			c.add(at("sanctions.bands", i, "months"), "does not fit cut_percent", "harus 1 sampai 60 bulan apabila ada cut_percent, dan 0 apabila tidak ada")
		}
	}
}

func (c *checker) policies(t *Table) {
	oneOf(c, "missing.attendance", t.Missing.Attendance, PolicyBlock, PolicyZero, PolicyFull)
	oneOf(c, "missing.productivity", t.Missing.Productivity, PolicyBlock, PolicyZero, PolicyFull)
	oneOf(c, "missing.unknown_code", t.Missing.UnknownCode, PolicyBlock, PolicyFull)
	if t.Predicate != nil {
		oneOf(c, "missing.predicate", t.Missing.Predicate, PolicyBlock, PolicyZero, PolicyFull)
	} else if t.Missing.Predicate != "" {
		c.add("missing.predicate", "is there without predicate", "hanya diisi apabila tabel memakai predicate")
	}
}
