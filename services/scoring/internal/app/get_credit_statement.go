package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/credit"
)

// PersonScores reads scores across periods.
type PersonScores interface {
	// PersonScores must return the current revision of every score of the person with its record, by period id.
	PersonScores(ctx context.Context, tenant, person string) ([]Revision, error)
}

// PeriodTerms knows periods.
type PeriodTerms interface {
	// Terms returns the terms of the period, or ErrNotFound when there is no such period.
	Terms(ctx context.Context, period domain.Period) (Terms, error)
}

// Credits is the use case of angka kredit.
type Credits struct {
	Scores  PersonScores
	Periods PeriodTerms
	// Show settles who may see what.
	Show *Show
}

// Statement returns the angka kredit of a person over all periods in the order of time, to those who may see their scores.
// Only what people have fixed counts.
func (c *Credits) Statement(ctx context.Context, tenant, person string) (credit.Statement, error) {
	err := c.Show.allowed(ctx, tenant, person)
	if err != nil {
		return credit.Statement{}, err
	}
	scores, err := c.Scores.PersonScores(ctx, tenant, person)
	if err != nil {
		return credit.Statement{}, err
	}
	err = c.order(ctx, scores)
	if err != nil {
		return credit.Statement{}, err
	}
	var segments []credit.Segment
	for i := range scores {
		of, err := c.segments(ctx, &scores[i], person)
		if err != nil {
			return credit.Statement{}, err
		}
		segments = append(segments, of...)
	}
	return credit.Account(segments)
}

// order sorts scores by the first day of their periods, whose ids tell nothing of time, and then by id.
func (c *Credits) order(ctx context.Context, scores []Revision) error {
	if len(scores) < 2 {
		return nil
	}
	starts := make(map[string]time.Time, len(scores))
	for i := range scores {
		period := scores[i].Period
		terms, err := c.Periods.Terms(ctx, period)
		if errors.Is(err, ErrNotFound) { // of the score, not of what was asked for
			return fmt.Errorf("%w: planning does not know the period %s of a score", ErrUncomputable, period.ID)
		}
		if err != nil {
			return fmt.Errorf("first day of period %s: %w", period.ID, err)
		}
		starts[period.ID] = terms.Start
	}
	slices.SortFunc(scores, func(a, b Revision) int {
		return cmp.Or(starts[a.Period.ID].Compare(starts[b.Period.ID]), cmp.Compare(a.Period.ID, b.Period.ID))
	})
	return nil
}

// segments returns the plans of a score, each with the predicate that holds for it. What people have fixed rests on the
// facts of the revision that they decided on, whatever was learned since.
func (c *Credits) segments(ctx context.Context, score *Revision, person string) ([]credit.Segment, error) {
	if final := score.Final; final != nil && final.Outdated {
		decidedOn, err := c.Show.Store.Revision(ctx, score.Period, person, final.Revision)
		if err != nil {
			return nil, err
		}
		decidedOn.Final = final
		score = &decidedOn
	}
	predicates := make([]domain.Predicate, len(score.Record.Facts.Segments)) // without its rules nobody can say which they are
	pack, err := c.Show.rules(ctx, score.Score)
	switch {
	case err == nil:
		predicates, err = score.PredicatesWith(pack, score.holds())
		if err != nil {
			return nil, err
		}
	case !errors.Is(err, ErrUncomputable):
		return nil, fmt.Errorf("segments: %w", err)
	}
	segments := make([]credit.Segment, len(predicates))
	for i := range segments {
		plan := &score.Record.Facts.Segments[i].Plan
		segments[i] = credit.Segment{
			Period: score.Period.ID, Level: plan.FunctionalLevel, Predicate: predicates[i],
			Provisional: score.Final == nil, Months: plan.Months,
			Revision: score.Revision, Rules: pack,
		}
	}
	return segments, nil
}
