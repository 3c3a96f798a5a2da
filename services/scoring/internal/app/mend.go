package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

func (r *Recompute) finals() finals { return finals{r.Store, r.Packs} }

// mend finds what was decided, to be written in the place of what is stored as final, for the scores of which a mismatch is
// kept and those that are not there: a new revision must neither carry on what somebody has changed in the database nor drop what
// was decided about one that was lost, and it follows the one that the decision has made.
func (r *Recompute) mend(ctx context.Context, p part, c *current) error {
	suspects := map[string]int64{}
	for _, person := range p.people {
		if c.scores[person].Digest == "" {
			suspects[person] = 0 // however far it came: the last revision may be lost
		}
	}
	if len(suspects) == 0 {
		return nil
	}
	decided, err := r.finals().of(ctx, p.Period, suspects)
	if err != nil {
		return err
	}
	c.finals = make(map[string]*decision.Final, len(suspects))
	for person := range suspects {
		s := suspect{person, c.scores[person], decided[person]}
		c.finals[person], err = r.mended(ctx, p.Period, &s)
		if err != nil {
			return err
		}
		if s.head.Revision > 0 {
			c.scores[person] = s.head
		}
	}
	return nil
}

// suspect is a score of which nobody relies on what is stored as final, with what was decided about it.
type suspect struct {
	person string
	head   Head
	derived
}

// mended returns what is to be written as final, and moves the head to what the decision has made. Where it is disputed whether
// the decision or what is stored was changed, all stays as it is stored; where what was decided on is itself damaged, credit and
// digest do, since nobody can tell them. Either way the next check finds the score again.
func (r *Recompute) mended(ctx context.Context, period domain.Period, s *suspect) (*decision.Final, error) {
	made, disputed, err := r.finals().made(ctx, period, s)
	if err != nil {
		return nil, err
	}
	stored := cmp.Or(s.head.Final, made)
	if disputed {
		return stored, nil
	}
	if s.final == nil {
		return nil, nil
	}
	if s.damage != nil && stored != nil {
		s.final.Basis = stored.Basis
	}
	s.head.Revision = max(s.head.Revision, s.decision.AdoptedRevision())
	return s.final, nil
}

// made returns what is stored as final in the revision that the decision has made, nil where that is lost. It is disputed when it
// is not what was decided, or when the score is stored as final by another decision, which has made a revision and is not there.
func (f finals) made(ctx context.Context, period domain.Period, s *suspect) (made *decision.Final, disputed bool, err error) {
	if s.decision != nil {
		by, err := f.revision(ctx, period, s.person, s.decision.AdoptedRevision())
		switch {
		case err == nil && !s.decision.Made(by.Final):
			return by.Final, true, nil
		case err != nil && !errors.Is(err, ErrDamaged):
			return nil, false, err
		}
		made = by.Final
	}
	stored := s.head.Final
	if stored == nil || s.decision != nil && s.decision.Number == stored.Decision {
		return made, false, nil
	}
	by, err := f.revision(ctx, period, s.person, stored.Revision+1)
	if errors.Is(err, ErrDamaged) {
		return made, false, nil
	}
	return made, err == nil && slices.Contains(by.Causes, decision.Cause) && by.Final != nil && by.Final.Decision == stored.Decision, err
}
