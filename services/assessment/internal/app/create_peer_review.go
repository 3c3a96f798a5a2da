package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// CreatePeerReview adds the answers of the caller about a peer. Who the caller is goes no further than the marks. The
// request id may be empty.
func (a *App) CreatePeerReview(ctx context.Context, r domain.PeerReview, requestID string) error {
	var period domain.Period
	var missing []domain.Violation
	var granted, periodErr error
	together(
		func() { granted = a.mayPerson(ctx, r.Tenant, r.Person) },
		func() { period, missing, periodErr = a.period(ctx, r.Tenant, r.Period, fieldParent) },
	)
	err := first(granted, periodErr)
	if err != nil {
		return err
	}
	broken := slices.Concat(missing, domain.CheckPeerReview(r))
	err = first(domain.Refuse(broken), period.Open(name.Period(r.Tenant, r.Period)))
	if err != nil {
		return err
	}
	key, err := a.MarkKey(ctx)
	if err != nil {
		return fmt.Errorf("key of marks: %w", err)
	}
	rater := auth.From(ctx).Person
	r.Rater = domain.MarkRater(key, r, rater)
	r.Request = domain.MarkRequest(key, r.Tenant, rater, requestID)
	r.Day = a.today()
	return a.Store.AddPeerReview(withoutCaller(ctx), r)
}
