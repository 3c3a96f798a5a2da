package rpc

import (
	"context"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type explanationServer struct {
	scoringv1.UnimplementedExplanationServiceServer
	show *app.Show
}

// ExplainScore explains a score to those who may see it.
func (s *explanationServer) ExplainScore(ctx context.Context, request *scoringv1.ExplainScoreRequest) (*scoringv1.ScoreExplanation, error) {
	period, person, err := parse("name", wire.ScorePattern, request.GetName())
	if err != nil {
		return nil, err
	}
	depth, asked := explain.Standard, request.GetDepth()
	switch asked {
	case scoringv1.Depth_DEPTH_SUMMARY:
		depth = explain.Summary
	case scoringv1.Depth_DEPTH_FULL:
		depth = explain.Full
	case scoringv1.Depth_DEPTH_UNSPECIFIED, scoringv1.Depth_DEPTH_STANDARD:
		asked = scoringv1.Depth_DEPTH_STANDARD
	}
	explanation, err := s.show.ExplainAt(ctx, period, person, depth)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	response := &scoringv1.ScoreExplanation{
		Name: request.GetName(), Revision: explanation.Revision, Depth: asked,
		Strengths: explanation.Strengths, Weaknesses: explanation.Weaknesses,
	}
	for _, section := range explanation.Sections {
		response.Sections = append(response.Sections, &scoringv1.ExplanationSection{Title: section.Title, Sentences: section.Sentences})
	}
	return response, nil
}

// ReachScore tells those who may see a score what would make it better.
func (s *explanationServer) ReachScore(ctx context.Context, request *scoringv1.ReachScoreRequest) (*scoringv1.ReachScoreResponse, error) {
	period, person, err := parse("name", wire.ScorePattern, request.GetName())
	if err != nil {
		return nil, err
	}
	reached, err := s.show.Reach(ctx, period, person, wire.PredicateOf(request.GetPredicate()))
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	response := &scoringv1.ReachScoreResponse{Revision: reached.Revision, Reached: reached.Reached, Notes: reached.Notes}
	for i, way := range reached.Ways {
		message := &scoringv1.ReachWay{Sentence: reached.Sentences[i], Suggested: way.Suggested}
		for _, change := range way.Changes {
			message.Changes = append(message.Changes, &scoringv1.ReachChange{Id: change.ID, From: change.From, To: change.To})
		}
		response.Ways = append(response.Ways, message)
	}
	return response, nil
}
