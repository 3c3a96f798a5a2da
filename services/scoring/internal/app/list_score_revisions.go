package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// RevisionPage says which revisions of a score are wanted: at most Limit, newest first, below the revision Below; 0
// begins with the newest.
type RevisionPage struct {
	Below int64
	Limit int
	// Records asks for their records too.
	Records bool
}

// Revisions returns revisions of the score of a person without records, or ErrNotFound when the person has no score.
func (s *Show) Revisions(ctx context.Context, period domain.Period, person string, page RevisionPage) ([]Revision, error) {
	err := s.allowed(ctx, period.Tenant, person)
	if err != nil {
		return nil, err
	}
	revisions, err := s.Store.Revisions(ctx, period, person, page)
	if err != nil {
		return nil, err
	}
	if len(revisions) == 0 && page.Below == 0 {
		return nil, ErrNotFound
	}
	return revisions, nil
}
