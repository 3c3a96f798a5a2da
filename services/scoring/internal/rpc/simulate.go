package rpc

import (
	"context"
	"errors"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// SimulateScore computes a score with changes for those who may see the score.
func (s *scoreServer) SimulateScore(ctx context.Context, request *scoringv1.SimulateScoreRequest) (*scoringv1.SimulateScoreResponse, error) {
	period, person, err := parse("name", wire.ScorePattern, request.GetName())
	if err != nil {
		return nil, err
	}
	simulation, err := s.show.Simulate(ctx, period, person, wire.ChangesOf(request))
	if errors.Is(err, pack.ErrUnknown) {
		return nil, fault.New(fault.ReasonRulePackUnknown).With(fault.Field("rule_pack", fault.ReasonRulePackUnknown)).Because(err)
	}
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	message, err := viewed(ctx, s.show, simulation.Score, scoringv1.View_VIEW_FULL)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return &scoringv1.SimulateScoreResponse{Score: message, Differences: wire.Simulated(simulation.Differences)}, nil
}

// VerifyScore repeats the computation of a score for those who may see it.
func (s *scoreServer) VerifyScore(ctx context.Context, request *scoringv1.VerifyScoreRequest) (*scoringv1.VerifyScoreResponse, error) {
	period, person, err := parse("name", wire.ScorePattern, request.GetName())
	if err != nil {
		return nil, err
	}
	v, err := s.show.Verify(ctx, period, person, request.GetRevision())
	if request.GetRevision() != 0 && errors.Is(err, app.ErrNotFound) {
		return nil, refusal(err, wire.RevisionName(period, person, request.GetRevision()))
	}
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return &scoringv1.VerifyScoreResponse{
		Verified: v.Verified, Revision: v.Revision, Differences: wire.Differences(v.Differences),
	}, nil
}
