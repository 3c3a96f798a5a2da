package rpc

import (
	"context"
	"errors"
	"slices"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// calibrationServer serves the sessions but their adjusting.
type calibrationServer struct {
	scoringv1.UnimplementedCalibrationServiceServer
	calibrations *app.Calibrations
	adjust       *app.AdjustCalibration
	tokens       *page.Codec
}

// sessionOf reads the name of a session.
func sessionOf(field, name string) (app.CalibrationRef, error) {
	vars, err := resource.ParseField(field, wire.CalibrationPattern, name)
	if err != nil {
		return app.CalibrationRef{}, err
	}
	return app.CalibrationRef{Period: domain.Period{Tenant: vars["tenant"], ID: vars["period"]}, ID: vars["calibration"]}, nil
}

// etagOf returns the decision on the etag that a caller gave for a session.
func etagOf(given, name string) app.Etag {
	return func(revision int64) bool { return etag.Match(given, name, revision) }
}

// CreateCalibration opens a session.
func (s *calibrationServer) CreateCalibration(ctx context.Context, request *scoringv1.CreateCalibrationRequest) (*scoringv1.Calibration, error) {
	period, _, err := parse("parent", wire.PeriodPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	given := request.GetCalibration()
	units, wrong := refs(period.Tenant, "calibration.units", wire.UnitPattern, given.GetUnits())
	participants, wrongPeople := refs(period.Tenant, "calibration.participants", wire.PersonPattern, given.GetParticipants())
	wrong = slices.Concat(wrong, wrongPeople)
	id := request.GetCalibrationId()
	if id != "" && !resource.ValidID(id) {
		wrong = append(wrong, badID("calibration_id"))
	}
	detail, err := s.calibrations.Create(ctx, app.NewCalibration{
		Period: period, ID: id, Units: units, Subtree: given.GetSubtree(), Purpose: given.GetPurpose(), Participants: participants,
		Wrong: wrong,
	})
	if errors.Is(err, app.ErrCalibrationExists) {
		return nil, refusal(err, wire.CalibrationName(app.CalibrationRef{Period: period, ID: id}))
	}
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	return wire.Calibration(detail), nil
}

// GetCalibration returns a session with what belongs to it.
func (s *calibrationServer) GetCalibration(ctx context.Context, request *scoringv1.GetCalibrationRequest) (*scoringv1.Calibration, error) {
	ref, err := sessionOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	detail, err := s.calibrations.Get(ctx, ref)
	return detailOr(detail, err, request.GetName())
}

// detailOr returns the message of a session, or the fault of the error.
func detailOr(detail app.Detail, err error, name string) (*scoringv1.Calibration, error) {
	if err != nil {
		return nil, refusal(err, name)
	}
	return wire.Calibration(detail), nil
}

// ListCalibrations lists sessions by id.
func (s *calibrationServer) ListCalibrations(ctx context.Context, request *scoringv1.ListCalibrationsRequest) (*scoringv1.ListCalibrationsResponse, error) {
	period, _, err := parse("parent", wire.PeriodPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	sessions, err := s.calibrations.List(ctx, period, l.after, l.limit+1)
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	sessions, next := cut(l, sessions, func(c calibration.Session) string { return c.ID })
	response := &scoringv1.ListCalibrationsResponse{NextPageToken: next}
	for _, session := range sessions {
		response.Calibrations = append(response.Calibrations, wire.Session(session))
	}
	return response, nil
}

// ListCalibrationPeople lists the people of a session by id.
func (s *calibrationServer) ListCalibrationPeople(ctx context.Context, request *scoringv1.ListCalibrationPeopleRequest) (*scoringv1.ListCalibrationPeopleResponse, error) {
	ref, err := sessionOf("parent", request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	people, err := s.calibrations.People(ctx, ref, app.PersonPage{After: l.after, Limit: l.limit + 1})
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	people, next := cut(l, people, func(p calibration.Snapshot) string { return p.Person })
	response := &scoringv1.ListCalibrationPeopleResponse{NextPageToken: next}
	for _, person := range people {
		response.People = append(response.People, wire.Snapshot(ref.Period.Tenant, person))
	}
	return response, nil
}

// AddCalibrationParticipants adds people to an open session.
func (s *calibrationServer) AddCalibrationParticipants(ctx context.Context, request *scoringv1.AddCalibrationParticipantsRequest) (*scoringv1.Calibration, error) {
	ref, err := sessionOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	people, wrong := refs(ref.Period.Tenant, "participants", wire.PersonPattern, request.GetParticipants())
	if len(wrong) > 0 {
		return nil, fault.Invalid(wrong...)
	}
	detail, err := s.calibrations.AddParticipants(ctx, ref, people, etagOf(request.GetEtag(), request.GetName()))
	return detailOr(detail, err, request.GetName())
}

// GetCalibrationDisparity returns the view of a session.
func (s *calibrationServer) GetCalibrationDisparity(ctx context.Context, request *scoringv1.GetCalibrationDisparityRequest) (*scoringv1.Disparity, error) {
	ref, err := sessionOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	view, err := s.calibrations.Disparity(ctx, ref)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.Disparity(view), nil
}

// CloseCalibration closes a session that lacks nothing.
func (s *calibrationServer) CloseCalibration(ctx context.Context, request *scoringv1.CloseCalibrationRequest) (*scoringv1.Calibration, error) {
	ref, err := sessionOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	detail, err := s.calibrations.Close(ctx, ref, etagOf(request.GetEtag(), request.GetName()))
	return detailOr(detail, err, request.GetName())
}

// AbandonCalibration ends a session without a result.
func (s *calibrationServer) AbandonCalibration(ctx context.Context, request *scoringv1.AbandonCalibrationRequest) (*scoringv1.Calibration, error) {
	ref, err := sessionOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	detail, err := s.calibrations.Abandon(ctx, ref, request.GetReason(), etagOf(request.GetEtag(), request.GetName()))
	return detailOr(detail, err, request.GetName())
}
