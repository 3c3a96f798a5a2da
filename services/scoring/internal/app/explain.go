package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
)

// Explanation is why a score is what it is.
type Explanation struct {
	Revision int64
	Sections []explain.Section
	explain.Profile
}

// ExplainAt explains the current score of a person as deep as asked, for those who may see the score.
func (s *Show) ExplainAt(ctx context.Context, period domain.Period, person string, depth explain.Depth) (Explanation, error) {
	score, pack, err := s.ruled(ctx, period, person)
	if err != nil {
		return Explanation{}, err
	}
	subject, err := s.subject(ctx, &score)
	if err != nil {
		return Explanation{}, err
	}
	return Explanation{
		Revision: score.Revision, Sections: explain.At(pack, subject, depth), Profile: explain.ProfileOf(pack, score.Result),
	}, nil
}

// Reached is what would give a score a predicate.
type Reached struct {
	Revision int64
	reach.Answer
	// Sentences are about the ways, one each; Notes are what else to know. Both are in Indonesian.
	Sentences, Notes []string
}

// Reach finds the smallest changes with which the current score of a person would have a predicate or a better one, for
// those who may see the score. A predicate that people have fixed is not moved by any.
func (s *Show) Reach(ctx context.Context, period domain.Period, person string, goal domain.Predicate) (Reached, error) {
	score, pack, err := s.ruled(ctx, period, person)
	if err != nil {
		return Reached{}, err
	}
	if score.Final != nil {
		answer := reach.ToFinal(score.Final.Predicate, goal)
		return Reached{Revision: score.Revision, Answer: answer, Notes: explain.Notes(pack, score.Result, answer)}, nil
	}
	answer, err := reach.To(pack, score.Record.Facts, goal, func() bool { return ctx.Err() != nil })
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return Reached{}, err
	}
	reached := Reached{Revision: score.Revision, Answer: answer, Notes: explain.Notes(pack, score.Result, answer)}
	for _, way := range answer.Ways {
		reached.Sentences = append(reached.Sentences, explain.Way(pack, goal, way))
	}
	return reached, nil
}

// ruled returns the current score with its trace and its rules.
func (s *Show) ruled(ctx context.Context, period domain.Period, person string) (Revision, *domain.Pack, error) {
	score, err := s.Score(ctx, period, person)
	if err != nil {
		return Revision{}, nil, err
	}
	pack, err := s.rules(ctx, score.Score)
	if err != nil {
		return Revision{}, nil, err
	}
	return score, pack, nil
}
