package scoring_test

import (
	"context"
	"slices"
	"strings"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
)

func (s assessmentInputs) BatchGetMonthFacts(_ context.Context, r *assessmentv1.BatchGetMonthFactsRequest) (*assessmentv1.BatchGetMonthFactsResponse, error) {
	end, err := s.begin()
	defer end()
	response := &assessmentv1.BatchGetMonthFactsResponse{}
	for _, name := range r.GetPeople() {
		if facts, ok := s.months[name+"/monthFacts/"+r.GetMonth()]; ok {
			response.MonthFacts = append(response.MonthFacts, facts)
		}
	}
	return response, err
}

// ListMonthFacts takes the name of the last facts as its page token.
func (s assessmentInputs) ListMonthFacts(_ context.Context, r *assessmentv1.ListMonthFactsRequest) (*assessmentv1.ListMonthFactsResponse, error) {
	end, err := s.begin()
	defer end()
	var names []string
	for name := range s.months {
		if strings.HasPrefix(name, r.GetParent()+"/") && strings.HasSuffix(name, "/"+r.GetMonth()) && name > r.GetPageToken() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	response := &assessmentv1.ListMonthFactsResponse{}
	for i, name := range names {
		if i == int(r.GetPageSize()) {
			response.NextPageToken = names[i-1]
			break
		}
		response.MonthFacts = append(response.MonthFacts, s.months[name])
	}
	return response, err
}

// month sets the facts of a person in July 2026: those of the worked example of the Kepahiang pattern, changed by the
// functions.
func (p *peers) month(person string, change ...func(*assessmentv1.MonthFacts)) {
	p.change(func() {
		name := personName(person) + "/monthFacts/202607"
		facts := &assessmentv1.MonthFacts{
			Name: name, PositionClass: "pelaksana", Productivity: "100", Revision: p.months[name].GetRevision() + 1,
			Attendance: &assessmentv1.MonthAttendance{WorkingDays: 22, Counts: []*assessmentv1.AttendanceCount{
				{Code: "TL1", Count: 2}, {Code: "TL3", Count: 1}, {Code: "ABSENT", Count: 1},
			}},
		}
		for _, c := range change {
			c(facts)
		}
		p.months[name] = facts
	})
}
