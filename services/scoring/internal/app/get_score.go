package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// Score returns the current score of a person, or ErrNotFound. It has its trace when this deployment carries the rules
// of the score; whether it does, Explain tells.
func (s *Show) Score(ctx context.Context, period domain.Period, person string) (Revision, error) {
	return s.shown(ctx, period.Tenant, person, func() (Revision, error) { return s.Store.Score(ctx, period, person) })
}

// ScoreAt is Score as it was known at the time: the last revision until then, or ErrNotFound when there was none yet.
func (s *Show) ScoreAt(ctx context.Context, period domain.Period, person string, at time.Time) (Revision, error) {
	return s.shown(ctx, period.Tenant, person, func() (Revision, error) { return s.Store.ScoreAt(ctx, period, person, at) })
}

// Revision is Score at the revision with this number.
func (s *Show) Revision(ctx context.Context, period domain.Period, person string, revision int64) (Revision, error) {
	return s.shown(ctx, period.Tenant, person, func() (Revision, error) { return s.Store.Revision(ctx, period, person, revision) })
}

// shown reads a revision for those who may see the score, and gives it its trace.
func (s *Show) shown(ctx context.Context, tenant, person string, read func() (Revision, error)) (Revision, error) {
	err := s.allowed(ctx, tenant, person)
	if err != nil {
		return Revision{}, err
	}
	score, err := read()
	if err != nil {
		return Revision{}, err
	}
	return s.traced(ctx, score)
}

// traced gives a revision its trace, when this deployment carries its rules.
func (s *Show) traced(ctx context.Context, score Revision) (Revision, error) {
	rules, err := s.rules(ctx, score.Score)
	if errors.Is(err, ErrUncomputable) {
		return score, nil // the score itself needs no rules
	}
	if err != nil {
		return Revision{}, err
	}
	score.Trace, err = score.Record.Trace(rules)
	if err != nil {
		return Revision{}, fmt.Errorf("trace of revision %d: %w", score.Revision, err)
	}
	return score, nil
}

// Explain returns a score that has its trace in sentences. It returns ErrUncomputable when this deployment does not
// carry the rules of the score.
func (s *Show) Explain(ctx context.Context, score Revision) ([]string, error) {
	rules, err := s.rules(ctx, score.Score)
	if err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	subject, err := s.subject(ctx, &score)
	if err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	return explain.Sentences(rules, subject), nil
}

// subject returns a score with the decision that has fixed its predicate. Whoever may have the score explained may know why
// it was decided, so it asks for no further permission.
func (s *Show) subject(ctx context.Context, score *Revision) (explain.Subject, error) {
	subject := explain.Subject{Result: score.Result}
	if score.Final == nil {
		return subject, nil
	}
	made, err := s.Decisions.Decision(ctx, DecisionRef{Period: score.Period, Person: score.Person, Number: score.Final.Decision})
	if err != nil {
		return explain.Subject{}, fmt.Errorf("decision of revision %d: %w", score.Revision, err)
	}
	subject.Ruling = &explain.Ruling{Final: *score.Final, Decision: made}
	subject.Ruling.AdoptTime = score.Final.AdoptTime.In(wib)
	return subject, nil
}

// rules returns the rules that the score was made with, word for word.
func (s *Show) rules(ctx context.Context, score domain.Score) (*domain.Pack, error) {
	return rulesOf(ctx, s.Packs, score)
}

// word returns the predicate in the words of the rule pack, and nothing when this deployment does not carry it.
func word(ctx context.Context, packs RulePacks, name string, predicate domain.Predicate) (string, error) {
	rules, err := packs.Pack(ctx, name)
	if errors.Is(err, pack.ErrUnknown) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("word of the predicate: %w", err)
	}
	return rules.Word(predicate), nil
}

// rulesOf returns the rules that the score was made with, word for word, or ErrUncomputable when this deployment does not
// carry them. Any other error may pass.
func rulesOf(ctx context.Context, packs RulePacks, score domain.Score) (*domain.Pack, error) {
	rules, err := packs.Pack(ctx, score.RulePack)
	if errors.Is(err, pack.ErrUnknown) {
		return nil, fmt.Errorf("%w: rules of revision %d: %w", ErrUncomputable, score.Revision, err)
	}
	if err != nil {
		return nil, fmt.Errorf("rules of revision %d: %w", score.Revision, err)
	}
	if rules.Hash() != score.RulePackHash {
		return nil, fmt.Errorf("%w: %s reads otherwise than the one of revision %d", ErrUncomputable, score.RulePack, score.Revision)
	}
	return rules, nil
}
