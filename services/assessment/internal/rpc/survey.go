package rpc

import (
	"context"

	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
)

// CreateSurvey implements SurveyService.
func (s *Server) CreateSurvey(ctx context.Context, req *assessmentv1.CreateSurveyRequest) (*assessmentv1.Survey, error) {
	parent, err := name.ParseInPeriod("parent", name.PeriodPattern, req.GetParent())
	if err != nil {
		return nil, err
	}
	given := req.GetSurvey()
	unit, err := unitOf("survey.unit", parent.Tenant, given.GetUnit())
	if err != nil {
		return nil, err
	}
	if req.GetSurveyId() != "" && !resource.ValidID(req.GetSurveyId()) {
		return nil, fault.Invalid(fault.Field("survey_id", fault.ReasonInvalidArgument).Worded(
			"An id has 2 to 63 of a-z, 0-9 and '-', and does not begin with '-'.",
			"Pengenal survei terdiri atas 2 sampai 63 huruf kecil, angka, atau tanda hubung, dan tidak diawali tanda hubung."))
	}
	made, err := s.app.CreateSurvey(ctx, domain.Survey{
		Tenant: parent.Tenant, Period: parent.Period, ID: req.GetSurveyId(), Unit: unit, Title: given.GetDisplayName(),
		Start: dateFromProto(given.GetStartDate()), End: dateFromProto(given.GetEndDate()),
	})
	if err != nil {
		return nil, toFault(err)
	}
	return surveyToProto(made), nil
}

// GetSurvey implements SurveyService.
func (s *Server) GetSurvey(ctx context.Context, req *assessmentv1.GetSurveyRequest) (*assessmentv1.Survey, error) {
	id, err := name.ParseInPeriod("name", name.SurveyPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	survey, err := s.app.GetSurvey(ctx, id.Tenant, id.Period, id.ID)
	if err != nil {
		return nil, toFault(err)
	}
	return surveyToProto(survey), nil
}

// CreateSurveyResponse implements SurveyService.
func (s *Server) CreateSurveyResponse(
	ctx context.Context, req *assessmentv1.CreateSurveyResponseRequest,
) (*assessmentv1.CreateSurveyResponseResponse, error) {
	id, err := name.ParseInPeriod("parent", name.SurveyPattern, req.GetParent())
	if err != nil {
		return nil, err
	}
	response := app.SurveyResponse{Tenant: id.Tenant, Period: id.Period, Survey: id.ID, RequestID: req.GetRequestId()}
	for _, a := range req.GetSurveyResponse().GetAnswers() {
		// The enum counts the elements as the domain does.
		answer := domain.Answer{Element: int(a.GetElement()), Value: int(a.GetValue())}
		response.Answers = append(response.Answers, answer)
	}
	err = s.app.CreateSurveyResponse(ctx, response)
	if err != nil {
		return nil, toFault(err)
	}
	return &assessmentv1.CreateSurveyResponseResponse{}, nil
}

func surveyToProto(s domain.Survey) *assessmentv1.Survey {
	return &assessmentv1.Survey{
		Name:          name.Survey(s.Tenant, s.Period, s.ID),
		Unit:          name.Unit(s.Tenant, s.Unit),
		DisplayName:   s.Title,
		StartDate:     dateToProto(s.Start),
		EndDate:       dateToProto(s.End),
		ResponseCount: int32(s.Responses),
		CreateTime:    timestamppb.New(s.CreateTime),
	}
}
