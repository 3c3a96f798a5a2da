package tariff

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

// Example is a month with what must come out.
type Example struct {
	// Name says what the example shows.
	Name string `yaml:"name"`
	// Source is where the expected values come from.
	Source   string   `yaml:"source"`
	Given    Given    `yaml:"given"`
	Expected Expected `yaml:"expected"`
}

// Given is the facts of the month. What is left out is not known.
type Given struct {
	// Month is YYYYMM; the first month of the table without it.
	Month         string `yaml:"month"`
	PositionClass string `yaml:"position_class"`
	// WorkingDays and Counts are the attendance; without WorkingDays it is not known.
	WorkingDays              int64               `yaml:"working_days"`
	Counts                   map[string]int64    `yaml:"counts"`
	Productivity             *decimal.Decimal    `yaml:"productivity"`
	Predicate                domain.Predicate    `yaml:"predicate"`
	YearUnexcusedDays        *int64              `yaml:"year_unexcused_days"`
	ConsecutiveUnexcusedDays *int64              `yaml:"consecutive_unexcused_days"`
	Sanction                 *allowance.Sanction `yaml:"sanction"`
}

// Expected is what must come out.
type Expected struct {
	// Total is empty for a slip without one.
	Total string `yaml:"total"`
	// Lines are amounts by the id of their line; lines that are not named are not compared.
	Lines map[string]string `yaml:"lines"`
	// Missing are the ids of the facts that are missing, in the order of the computation.
	Missing []string `yaml:"missing"`
	// Notice is the consequence of absence that is noted.
	Notice string `yaml:"notice"`
}

// facts returns the facts, and false for a month that is none.
func (g Given) facts(table *allowance.Table) (allowance.Facts, bool) {
	text := g.Month
	if text == "" {
		text = strings.ReplaceAll(table.EffectiveFrom, "-", "")[:6]
	}
	month, ok := allowance.ParseMonth(text)
	f := allowance.Facts{
		Month: month, PositionClass: g.PositionClass, Productivity: g.Productivity, Predicate: g.Predicate,
		YearUnexcusedDays: g.YearUnexcusedDays, ConsecutiveUnexcusedDays: g.ConsecutiveUnexcusedDays, Sanction: g.Sanction,
	}
	if g.WorkingDays != 0 || len(g.Counts) > 0 {
		f.Attendance = &allowance.Attendance{WorkingDays: g.WorkingDays}
		for _, code := range slices.Sorted(maps.Keys(g.Counts)) {
			f.Attendance.Counts = append(f.Attendance.Counts, allowance.Count{Code: code, Count: g.Counts[code]})
		}
	}
	return f, ok
}

// run computes the example and returns what came out otherwise, in English and Indonesian; both are empty when all is as
// the example says.
func (e Example) run(table *allowance.Table) (text, local string) {
	facts, ok := e.Given.facts(table)
	slip, err := allowance.Compute(table, facts)
	if !ok || err != nil {
		return fmt.Sprintf("example %q has facts that are not valid", e.Name), "Contoh “" + e.Name + "” memuat data yang tidak sah."
	}
	differences := e.Expected.compare(&slip)
	if len(differences) == 0 {
		return "", ""
	}
	all := make([]string, len(differences))
	for i, d := range differences {
		all[i] = d.what + " tertulis “" + d.want + "”, hasil hitungan “" + d.got + "”"
	}
	return fmt.Sprintf("example %q comes out otherwise: %v", e.Name, differences), "Contoh “" + e.Name + "” tidak cocok: " + strings.Join(all, "; ") + "."
}

// difference is a value that came out otherwise.
type difference struct{ what, want, got string }

func (want Expected) compare(slip *allowance.Slip) []difference {
	var all []difference
	compare := func(what, want, got string) {
		if want != got {
			all = append(all, difference{what, want, got})
		}
	}
	compare("total", want.Total, slip.Total)
	amounts := map[string]string{}
	for _, line := range slip.Lines {
		amounts[line.ID] = line.Amount
	}
	for _, id := range slices.Sorted(maps.Keys(want.Lines)) {
		compare(id, want.Lines[id], amounts[id])
	}
	var missing []string
	for _, m := range slip.Missing {
		missing = append(missing, m.Fact)
	}
	compare("missing", strings.Join(want.Missing, ", "), strings.Join(missing, ", "))
	notice := ""
	if slip.Notice != nil {
		notice = slip.Notice.Label
	}
	compare("notice", want.Notice, notice)
	return all
}
