package rpc

import (
	"context"
	"strconv"

	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
)

// BatchGetAssessmentInputs implements InputService.
func (s *Server) BatchGetAssessmentInputs(
	ctx context.Context, req *assessmentv1.BatchGetAssessmentInputsRequest,
) (*assessmentv1.BatchGetAssessmentInputsResponse, error) {
	parent, err := name.ParseInPeriod("parent", name.PeriodPattern, req.GetParent())
	if err != nil {
		return nil, err
	}
	q := app.InputQuery{Tenant: parent.Tenant, Period: parent.Period}
	for i, text := range req.GetPeople() {
		id, err := personOf("people["+strconv.Itoa(i)+"]", parent.Tenant, text)
		if err != nil {
			return nil, err
		}
		q.People = append(q.People, id)
	}
	for i, text := range req.GetUnits() {
		id, err := unitOf("units["+strconv.Itoa(i)+"]", parent.Tenant, text)
		if err != nil {
			return nil, err
		}
		q.Units = append(q.Units, id)
	}
	in, err := s.app.GetInputs(ctx, q)
	if err != nil {
		return nil, toFault(err)
	}
	resp := &assessmentv1.BatchGetAssessmentInputsResponse{}
	for _, f := range in.People {
		resp.People = append(resp.People, personInput(parent, f))
	}
	for _, f := range in.Units {
		resp.Units = append(resp.Units, unitInput(parent, f))
	}
	return resp, nil
}

// peerPanel tells how many answers are shown, and their sum.
func peerPanel(t domain.PeerTally) *assessmentv1.Panel {
	panel := &assessmentv1.Panel{
		Group: assessmentv1.RaterGroup_RATER_GROUP_PEERS, Count: int32(t.Count), Questions: int32(len(t.Sums)),
	}
	for _, sum := range t.Sums {
		panel.Sum += int64(sum)
	}
	return panel
}

func personInput(in name.InPeriod, f domain.PersonFacts) *assessmentv1.PersonInput {
	byPlan := f.ByPlan()
	last := byPlan[len(byPlan)-1]
	out := &assessmentv1.PersonInput{
		Person: name.Person(in.Tenant, f.Person), Plan: name.Plan(in.Tenant, in.Period, last.Plan), LatestTime: timestamppb.New(f.Latest()),
		Realisations: realisations(in, last.Realisations), Rating: ratingInput(last.Rating),
	}
	for _, earlier := range byPlan[:len(byPlan)-1] {
		out.EarlierPlans = append(out.EarlierPlans, &assessmentv1.PlanFacts{
			Plan:         name.Plan(in.Tenant, in.Period, earlier.Plan),
			Realisations: realisations(in, earlier.Realisations), Rating: ratingInput(earlier.Rating),
		})
	}
	if last.Attendance != nil {
		out.Attendance = attendanceToProto(*last.Attendance)
	}
	if last.Peers != nil {
		out.Panels = []*assessmentv1.Panel{peerPanel(*last.Peers)}
	}
	return out
}

func realisations(in name.InPeriod, all []domain.Realisation) []*assessmentv1.Realisation {
	var out []*assessmentv1.Realisation
	for _, r := range all {
		out = append(out, &assessmentv1.Realisation{
			Indicator: r.Indicator, Value: r.Value, ReportTime: timestamppb.New(r.ReportTime),
			ProgressReport: name.ProgressReport(in.Tenant, in.Period, r.Report),
		})
	}
	return out
}

// ratingInput returns the rating without its feedback: scoring needs who rated, for its history, and not what they told the person.
func ratingInput(r *domain.Rating) *assessmentv1.Rating {
	if r == nil {
		return nil
	}
	out := ratingToProto(*r)
	out.Feedback = ""
	return out
}

func unitInput(in name.InPeriod, f domain.UnitFacts) *assessmentv1.UnitInput {
	out := &assessmentv1.UnitInput{Unit: name.Unit(in.Tenant, f.Unit), LatestTime: timestamppb.New(f.Latest())}
	if f.Rating != nil {
		out.OrganizationRating = organizationRatingToProto(*f.Rating)
	}
	if f.Survey == nil {
		return out
	}
	out.Survey = name.Survey(in.Tenant, in.Period, f.Survey.Survey.ID)
	out.ResponseCount = int32(f.Survey.Survey.Responses)
	if f.Survey.Survey.Responses == 0 {
		return out
	}
	for i, sum := range f.Survey.Sums {
		out.Elements = append(out.Elements, &assessmentv1.SurveyElementTally{
			// The domain counts the elements as the enum does, from 1.
			Element: assessmentv1.SurveyElement(i + 1), Sum: sum,
		})
	}
	return out
}
