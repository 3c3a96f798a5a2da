package rpc

import (
	"context"
	"errors"
	"slices"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// AdjustCalibration records an adjustment and proposes it.
func (s *calibrationServer) AdjustCalibration(ctx context.Context, request *scoringv1.AdjustCalibrationRequest) (*scoringv1.CalibrationAdjustment, error) {
	ref, err := sessionOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	person, wrong := refPerson(ref, request.GetPerson())
	speakers, wrongSpeakers := refs(ref.Period.Tenant, "speakers", wire.PersonPattern, request.GetSpeakers())
	wrong = slices.Concat(wrong, wrongSpeakers)
	if len(wrong) > 0 {
		return nil, fault.Invalid(wrong...)
	}
	adjustment, err := s.adjust.Execute(ctx, app.NewAdjustment{
		Session: ref, Person: person, Predicate: wire.PredicateOf(request.GetPredicate()), Reason: request.GetReason(), Speakers: speakers,
		Etag:         etagOf(request.GetEtag(), request.GetName()),
		DecisionName: func(number int64) string { return wire.DecisionName(ref.Period, person, number) },
	})
	if errors.Is(err, decision.ErrNotComplete) || errors.Is(err, decision.ErrFinal) {
		return nil, refusal(err, wire.ScoreName(ref.Period, person))
	}
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.Adjustment(ref.Period.Tenant, adjustment), nil
}

func refPerson(session app.CalibrationRef, name string) (string, []fault.Violation) {
	return ref(session.Period.Tenant, "person", wire.PersonPattern, name)
}
