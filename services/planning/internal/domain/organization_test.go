package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

var now = time.Date(2026, 3, 15, 3, 0, 0, 0, time.UTC)

// broken is a broken rule in one line: field, rule, problem.
func broken(v domain.RuleErrors) []string {
	var out []string
	for _, b := range v {
		line := b.Field + " " + string(b.Rule)
		if b.Detail["problem"] != "" {
			line += " " + b.Detail["problem"]
		}
		out = append(out, line)
	}
	return out
}

func TestNew(t *testing.T) {
	t.Parallel()
	person := func(p domain.Person) domain.RuleErrors { _, v := domain.NewPerson(p, now); return v }
	position := func(p domain.Position) domain.RuleErrors { _, v := domain.NewPosition(p, now); return v }
	period := func(start, end string) domain.RuleErrors {
		_, v := domain.NewPeriod(domain.Period{DisplayName: "2026", Interval: days(t, start, end)}, now)
		return v
	}
	assignment := func(i domain.Interval) domain.RuleErrors {
		_, v := domain.NewAssignment(domain.Assignment{Interval: i}, now)
		return v
	}
	_, unit := domain.NewUnit(domain.Unit{DisplayName: " \t"}, now)
	_, objective := domain.NewObjective(domain.Objective{Title: "  "}, now)
	cases := map[string]struct {
		got  domain.RuleErrors
		want []string
	}{
		"a_unit_without_a_name":      {unit, []string{"unit.display_name required"}},
		"an_objective_without_title": {objective, []string{"objective.title required"}},
		"a_person":                   {person(domain.Person{ID: "budi", DisplayName: "Budi", Employment: domain.EmploymentPNS, NIP: "198503152010011002"}), nil},
		"a_mayor":                    {person(domain.Person{ID: "w1", DisplayName: "Wali", Employment: domain.EmploymentNonASN}), nil},
		"a_person_with_all_wrong":    {person(domain.Person{ID: "p-198503152010011002", Employment: domain.EmploymentPPPK, NIP: "1", Grade: "III/a"}), []string{"person_id person_id", "person.display_name required", "person.nip ni_pppk length", "person.grade grade not_of_pppk"}},
		"a_mayor_with_a_nip":         {person(domain.Person{ID: "w1", DisplayName: "Wali", Employment: domain.EmploymentNonASN, NIP: "198503152010011002"}), []string{"person.nip nip not_allowed"}},
		"a_functional_position":      {position(domain.Position{Title: "Perawat", Kind: domain.PositionFunctional, FunctionalLevel: "MAHIR"}), nil},
		"a_functional_without_level": {position(domain.Position{Title: "Perawat", Kind: domain.PositionFunctional}), []string{"position.functional_level functional_level required"}},
		"an_executor_with_level":     {position(domain.Position{Title: "Staf", Kind: "EXECUTOR", FunctionalLevel: "MAHIR"}), []string{"position.functional_level functional_level not_allowed"}},
		"a_year":                     {period("2026-01-01", "2027-01-01"), nil},
		"a_year_and_a_day":           {period("2026-01-01", "2027-01-02"), []string{"period.end_date date longer_than_a_year"}},
		"a_period_that_lasts":        {period("2026-01-01", ""), []string{"period.end_date date missing"}},
		"a_period_of_no_day":         {period("2026-01-01", "2026-01-01"), []string{"period.end_date date not_after_start"}},
		"a_period_without_start":     {period("", "2026-01-01"), []string{"period.start_date date missing"}},
		"an_assignment_that_lasts":   {assignment(days(t, "2026-01-01", "")), nil},
		"an_assignment_backwards":    {assignment(days(t, "2026-02-01", "2026-01-01")), []string{"assignment.end_date date not_after_start"}},
		"an_assignment_from_nowhere": {assignment(domain.Interval{Start: domain.Date{Year: 2026, Month: 2, Day: 30}}), []string{"assignment.start_date date unreal"}},
		"an_assignment_to_nowhere":   {assignment(domain.Interval{Start: day(t, "2026-01-01"), End: domain.Date{Year: 2026, Month: 6, Day: 31}}), []string{"assignment.end_date date unreal"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diff := cmp.Diff(c.want, broken(c.got))
			if diff != "" {
				t.Fatal(diff)
			}
		})
	}
	t.Run("texts_are_trimmed_and_blanks_of_a_number_dropped", func(t *testing.T) {
		t.Parallel()
		p, _ := domain.NewPerson(domain.Person{ID: "b1", DisplayName: " Budi ", Employment: domain.EmploymentPNS, NIP: "19850315 201001 1 002", Grade: " III/a "}, now)
		want := domain.Person{ID: "b1", DisplayName: "Budi", Employment: domain.EmploymentPNS, NIP: "198503152010011002", Grade: "III/a", Revision: 1, CreateTime: now}
		diff := cmp.Diff(want, p)
		if diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestCheckOverlap(t *testing.T) {
	t.Parallel()
	const def, plt, plh = domain.AssignmentDefinitive, domain.AssignmentActing, domain.AssignmentDailyActing
	old := func(kind domain.AssignmentKind, person, position string) domain.Assignment {
		return domain.Assignment{ID: "old", Person: person, Position: position, Kind: kind, Interval: days(t, "2026-01-01", "2026-07-01")}
	}
	cases := map[string]struct {
		old   domain.Assignment
		kind  domain.AssignmentKind
		start string
		of    string
	}{
		"a_second_holder":                   {old(def, "ani", "head"), def, "2026-06-30", domain.OverlapPosition},
		"a_successor":                       {old(def, "ani", "head"), def, "2026-07-01", ""},
		"a_plt_beside_a_holder":             {old(def, "ani", "head"), plt, "2026-03-01", ""},
		"a_plh_beside_a_plt":                {old(plt, "ani", "head"), plh, "2026-03-01", domain.OverlapPosition},
		"a_second_plt":                      {old(plt, "ani", "head"), plt, "2026-03-01", domain.OverlapPosition},
		"a_holder_beside_a_plt":             {old(plt, "ani", "head"), def, "2026-03-01", ""},
		"a_second_post_of_the_person":       {old(def, "budi", "staff"), def, "2026-03-01", domain.OverlapPerson},
		"a_plt_of_somebody_with_a_position": {old(def, "budi", "staff"), plt, "2026-03-01", ""},
		"a_second_plt_of_the_person":        {old(plt, "budi", "other"), plt, "2026-03-01", ""},
		"a_transfer":                        {old(def, "budi", "staff"), def, "2026-07-01", ""},
		"a_plt_of_a_position_already_held":  {old(def, "budi", "head"), plt, "2026-03-01", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := domain.Assignment{ID: "new", Person: "budi", Position: "head", Kind: c.kind, Interval: days(t, c.start, "")}
			err := a.CheckOverlap([]domain.Assignment{c.old})
			if c.of == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			b, ok := errors.AsType[domain.RuleError](err)
			if !ok || b.Rule != domain.RuleOverlap || b.Detail["of"] != c.of || b.Detail["assignment"] != "old" {
				t.Fatalf("got %v, want an overlap of the %s", err, c.of)
			}
		})
	}
}
