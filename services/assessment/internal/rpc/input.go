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
	out := &assessmentv1.PersonInput{
		Person: name.Person(in.Tenant, f.Person), LatestTime: timestamppb.New(f.Latest()),
	}
	for _, r := range f.Realisations {
		out.Realisations = append(out.Realisations, &assessmentv1.Realisation{
			Indicator: r.Indicator, Value: r.Value, ReportTime: timestamppb.New(r.ReportTime),
			ProgressReport: name.ProgressReport(in.Tenant, in.Period, r.Report),
		})
	}
	if f.Rating != nil {
		out.Rating = ratingToProto(*f.Rating)
		out.Rating.Feedback = "" // scoring needs who rated, for its history, and not what they told the person
	}
	if f.Attendance != nil {
		out.Attendance = attendanceToProto(*f.Attendance)
	}
	if f.Peers != nil {
		out.Panels = []*assessmentv1.Panel{peerPanel(*f.Peers)}
	}
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
