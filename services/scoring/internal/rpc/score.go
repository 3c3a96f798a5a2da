package rpc

import (
	"context"
	"errors"
	"strconv"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type scoreServer struct {
	scoringv1.UnimplementedScoreServiceServer
	show   *app.Show
	tokens *page.Codec
}

// GetScore returns a score to those who may see it.
func (s *scoreServer) GetScore(ctx context.Context, request *scoringv1.GetScoreRequest) (*scoringv1.Score, error) {
	period, person, err := parse("name", wire.ScorePattern, request.GetName())
	if err != nil {
		return nil, err
	}
	var score app.Revision
	if request.GetReadTime() == nil {
		score, err = s.show.Score(ctx, period, person)
	} else {
		score, err = s.show.ScoreAt(ctx, period, person, request.GetReadTime().AsTime())
	}
	if request.GetReadTime() != nil && errors.Is(err, app.ErrNotFound) {
		return nil, missing("read_time", request.GetName(), "There was no "+request.GetName()+" at the read_time.",
			"Nilai "+request.GetName()+" belum ada pada waktu read_time. Pilih waktu yang lebih baru, atau kosongkan isian itu.").Because(err)
	}
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	message, err := viewed(ctx, s.show, score, request.GetView())
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return message, nil
}

// viewed returns the message of a revision with as much as the view asks for.
func viewed(ctx context.Context, show *app.Show, score app.Revision, view scoringv1.View) (*scoringv1.Score, error) {
	message := wire.Revision(score)
	if view != scoringv1.View_VIEW_FULL {
		return message, nil
	}
	var err error
	message.Trace = wire.Trace(score.Trace)
	message.Explanation, err = show.Explain(ctx, score)
	return message, err
}

// ListScores lists scores by person.
func (s *scoreServer) ListScores(ctx context.Context, request *scoringv1.ListScoresRequest) (*scoringv1.ListScoresResponse, error) {
	period, _, err := parse("parent", wire.PeriodPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	scores, err := s.show.Scores(ctx, period, l.after, l.limit+1)
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	scores, next := cut(l, scores, func(s app.Revision) string { return s.Person })
	return &scoringv1.ListScoresResponse{Scores: wire.Revisions(scores), NextPageToken: next}, nil
}

// ListScoreRevisions lists the revisions of a score, newest first.
func (s *scoreServer) ListScoreRevisions(ctx context.Context, request *scoringv1.ListScoreRevisionsRequest) (*scoringv1.ListScoreRevisionsResponse, error) {
	period, person, err := parse("parent", wire.ScorePattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	below, err := revisionOf(l.after)
	if err != nil {
		return nil, err
	}
	scores, err := s.show.Revisions(ctx, period, person, app.RevisionPage{Below: below, Limit: l.limit + 1})
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	scores, next := cut(l, scores, func(s app.Revision) string { return strconv.FormatInt(s.Revision, 10) })
	return &scoringv1.ListScoreRevisionsResponse{Scores: wire.Revisions(scores), NextPageToken: next}, nil
}

// revisionOf reads the revision of a cursor, 0 for none. Cursors are signed, so another text is a defect of ours.
func revisionOf(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	revision, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil {
		return 0, fault.New(fault.ReasonInternal).Because(err)
	}
	return revision, nil
}

// GetSurveyIndex returns a satisfaction index to anybody.
func (s *scoreServer) GetSurveyIndex(ctx context.Context, request *scoringv1.GetSurveyIndexRequest) (*scoringv1.SurveyIndex, error) {
	period, unit, err := parse("name", wire.SurveyIndexPattern, request.GetName())
	if err != nil {
		return nil, err
	}
	index, err := s.show.SurveyScore(ctx, period, unit)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.SurveyIndex(index), nil
}
