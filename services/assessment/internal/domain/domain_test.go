package domain_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

var (
	start = domain.Date{Year: 2026, Month: 1, Day: 1}
	today = domain.Date{Year: 2026, Month: 7, Day: 15}
)

// broken returns the violations as "field rule", in their order.
func broken(violations []domain.Violation) []string {
	var all []string
	for _, v := range violations {
		all = append(all, v.Field+" "+string(v.Rule))
	}
	return all
}

func TestCheckProgress_takes_only_plain_decimals_within_the_digits(t *testing.T) {
	t.Parallel()
	cases := map[string]bool{
		"0": true, "12480": true, "83.30": true, "0.0001": true, "007": true, "999999999999.9999": true,
		"": false, "1000000000000": false, "1.00000": false, "-1": false, "+1": false, "1,5": false, "1.": false, ".5": false,
		"1e3": false, " 1": false, "1\n": false, "NaN": false, "0x1": false, "١": false, "1.000.000": false,
	}
	for text, ok := range cases {
		got := broken(domain.CheckProgress(domain.Progress{Realisation: text, EvidenceNote: "Laporan bulanan"}))
		var want []string
		if !ok {
			want = []string{"progress_report.realisation decimal"}
		}
		if !slices.Equal(got, want) {
			t.Errorf("realisation %q: %v, want %v", text, got, want)
		}
	}
}

func TestCheckProgress_wants_evidence(t *testing.T) {
	t.Parallel()
	cases := map[string]bool{
		"": false, "  ab  ": false, "abc": true, strings.Repeat("é", 2000): true, strings.Repeat("a", 2001): false,
	}
	for text, ok := range cases {
		got := domain.CheckProgress(domain.Progress{Realisation: "1", EvidenceNote: text})
		if (len(got) == 0) != ok {
			t.Errorf("evidence of %d bytes: %v", len(text), got)
		}
	}
	got := broken(domain.CheckProgress(domain.Progress{Realisation: "x"}))
	want := []string{"progress_report.realisation decimal", "progress_report.evidence_note length"}
	if !slices.Equal(got, want) {
		t.Errorf("both wrong: %v, want %v", got, want)
	}
}

func TestCheckIndicator_wants_a_reported_indicator_of_the_plan(t *testing.T) {
	t.Parallel()
	plan := domain.Plan{Indicators: map[string]domain.Source{
		"results/r1/indicators/a": domain.SourceReported, "results/r1/indicators/ikm": domain.SourceSurvey,
	}}
	cases := map[string][]string{
		"results/r1/indicators/a":   nil,
		"results/r1/indicators/ikm": {"progress_report.indicator survey_source"},
		"results/r2/indicators/a":   {"progress_report.indicator reference"},
		"":                          {"progress_report.indicator reference"},
	}
	for indicator, want := range cases {
		got := broken(domain.CheckIndicator(plan, indicator))
		if !slices.Equal(got, want) {
			t.Errorf("indicator %q: %v, want %v", indicator, got, want)
		}
	}
}

func TestCheckAttendance(t *testing.T) {
	t.Parallel()
	const present, unexcused = "attendance.present_days range", "attendance.unexcused_days range"
	cases := []struct {
		name string
		give domain.Attendance
		want []string
	}{
		{"all_present", domain.Attendance{WorkingDays: 20, PresentDays: 20}, nil},
		{"absent_with_and_without_reason", domain.Attendance{WorkingDays: 20, PresentDays: 15, UnexcusedDays: 3, LateMinutes: 90}, nil},
		{"all_absent_without_reason", domain.Attendance{WorkingDays: 20, UnexcusedDays: 20}, nil},
		{"present_on_more_days_than_worked", domain.Attendance{WorkingDays: 20, PresentDays: 21}, []string{present}},
		{"absent_on_days_present", domain.Attendance{WorkingDays: 20, PresentDays: 18, UnexcusedDays: 3}, []string{unexcused}},
		{"both", domain.Attendance{WorkingDays: 20, PresentDays: 21, UnexcusedDays: 1}, []string{present, unexcused}},
		{"no_working_day", domain.Attendance{}, []string{"attendance.working_days range"}},
		{
			"negative",
			domain.Attendance{WorkingDays: 5, PresentDays: -1, UnexcusedDays: -1, LateMinutes: -1},
			[]string{present, unexcused, "attendance.late_minutes range"},
		},
		{"more_than_a_year", domain.Attendance{WorkingDays: 367, PresentDays: 367}, []string{"attendance.working_days range", present}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := broken(domain.CheckAttendance(c.give))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPeriod_refuses_facts_when_closed(t *testing.T) {
	t.Parallel()
	err := domain.Period{}.Open("tenants/3374/periods/2026")
	if err != nil {
		t.Errorf("open period: %v", err)
	}
	err = domain.Period{Closed: true}.Open("tenants/3374/periods/2026")
	about, ok := errors.AsType[*domain.RefusalError](err)
	if !ok || !errors.Is(err, domain.ErrPeriodClosed) || about.Detail != "tenants/3374/periods/2026" {
		t.Errorf("closed period: %v", err)
	}
}

func TestRefuse_is_nil_without_violations(t *testing.T) {
	t.Parallel()
	err := domain.Refuse(nil)
	if err != nil {
		t.Errorf("no violations: %v", err)
	}
}

func TestLatest_is_the_time_of_the_newest_fact(t *testing.T) {
	t.Parallel()
	noon := today.Start().Add(12 * time.Hour)
	person := domain.PersonFacts{
		Realisations: []domain.Realisation{{ReportTime: noon.Add(-time.Hour)}, {ReportTime: noon}},
		Rating:       &domain.Rating{UpdateTime: noon.Add(-time.Minute)},
		Peers:        &domain.PeerTally{Count: 1, Day: today},
		Attendance:   &domain.Attendance{UpdateTime: noon.Add(-2 * time.Hour)},
	}
	if got := person.Latest(); !got.Equal(noon) {
		t.Errorf("latest of the person = %v, want %v", got, noon)
	}
	unit := domain.UnitFacts{
		Survey: &domain.SurveyTally{Survey: domain.Survey{CreateTime: noon.Add(-48 * time.Hour)}, Day: today},
		Rating: &domain.OrganizationRating{UpdateTime: noon.Add(-72 * time.Hour)},
	}
	if got := unit.Latest(); !got.Equal(today.Start()) {
		t.Errorf("latest of the unit = %v, want %v", got, today.Start())
	}
}

func TestByPlan(t *testing.T) {
	t.Parallel()
	noon := today.Start().Add(12 * time.Hour)
	report := func(indicator, plan string, at time.Time) domain.Realisation {
		return domain.Realisation{Indicator: indicator, Plan: plan, ReportTime: at}
	}
	rated := func(plan string, at time.Time) *domain.Rating { return &domain.Rating{Plan: plan, UpdateTime: at} }
	peers, attended := &domain.PeerTally{Count: 3}, &domain.Attendance{WorkingDays: 20}
	all := func(rating *domain.Rating, reports ...domain.Realisation) domain.PersonFacts {
		return domain.PersonFacts{Person: "budi", Realisations: reports, Rating: rating, Peers: peers, Attendance: attended}
	}
	of := func(plan string, rating *domain.Rating, reports ...domain.Realisation) domain.PersonFacts {
		return domain.PersonFacts{Person: "budi", Plan: plan, Realisations: reports, Rating: rating}
	}
	lastOf := func(plan string, rating *domain.Rating, reports ...domain.Realisation) domain.PersonFacts {
		f := all(rating, reports...)
		f.Plan = plan
		return f
	}
	a, b, older := report("a", "p2", noon), report("b", "p1", noon.Add(-time.Hour)), report("c", "", noon.Add(time.Hour))
	cases := map[string]struct {
		given domain.PersonFacts
		want  []domain.PersonFacts
	}{
		"of_one_plan":                       {all(rated("p2", noon), a), []domain.PersonFacts{lastOf("p2", rated("p2", noon), a)}},
		"without_reports_and_rating":        {all(nil), []domain.PersonFacts{lastOf("", nil)}},
		"older_than_the_record_of_plans":    {all(rated("", noon), older), []domain.PersonFacts{lastOf("", rated("", noon), older)}},
		"older_ones_are_of_the_last_plan":   {all(rated("", noon), older, a), []domain.PersonFacts{lastOf("p2", rated("", noon), older, a)}},
		"the_newest_report_names_the_last":  {all(rated("p1", noon.Add(-time.Minute)), a, b), []domain.PersonFacts{of("p1", rated("p1", noon.Add(-time.Minute)), b), lastOf("p2", nil, a)}},
		"a_rating_of_the_same_time_does":    {all(rated("p1", noon), a, b), []domain.PersonFacts{of("p2", nil, a), lastOf("p1", rated("p1", noon), b)}},
		"those_before_are_in_order_of_plan": {all(rated("p3", noon.Add(time.Hour)), a, b), []domain.PersonFacts{of("p1", nil, b), of("p2", nil, a), lastOf("p3", rated("p3", noon.Add(time.Hour)))}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diff := cmp.Diff(c.want, c.given.ByPlan())
			if diff != "" {
				t.Fatal(diff)
			}
		})
	}
}
