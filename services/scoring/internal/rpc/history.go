package rpc

import (
	"context"
	"errors"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type historyServer struct {
	scoringv1.UnimplementedScoreHistoryServiceServer
	show *app.Show
}

// GetScoreRevision returns one revision of a score to those who may see it.
func (s *historyServer) GetScoreRevision(ctx context.Context, request *scoringv1.GetScoreRevisionRequest) (*scoringv1.Score, error) {
	period, person, number, err := parseNumbered("name", wire.RevisionPattern, request.GetName())
	if err != nil {
		return nil, err
	}
	score, err := s.show.Revision(ctx, period, person, number)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	message, err := viewed(ctx, s.show, score, request.GetView())
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return message, nil
}

// CompareScores tells what changed between two revisions of a score to those who may see it.
func (s *historyServer) CompareScores(ctx context.Context, request *scoringv1.CompareScoresRequest) (*scoringv1.CompareScoresResponse, error) {
	period, person, err := parse("name", wire.ScorePattern, request.GetName())
	if err != nil {
		return nil, err
	}
	if request.GetAfterRevision() <= request.GetBeforeRevision() {
		return nil, fault.Invalid(fault.Field("after_revision", fault.ReasonInvalidArgument).Worded(
			"after_revision must be greater than before_revision.",
			"Isian after_revision harus lebih besar daripada before_revision. Sebut revisi yang lama pada before_revision dan yang baru pada after_revision."))
	}
	compared, err := s.show.Compare(ctx, period, person, request.GetBeforeRevision(), request.GetAfterRevision())
	missing, ok := errors.AsType[*app.NoRevisionError](err)
	if ok {
		return nil, refusal(err, wire.RevisionName(period, person, missing.Revision))
	}
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.Comparison(compared), nil
}
