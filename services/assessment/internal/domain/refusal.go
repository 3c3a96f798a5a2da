package domain

import "errors"

// Refusals that are about the state of things, not about a field.
var (
	// ErrPeriodClosed: the period takes no more facts.
	ErrPeriodClosed = errors.New("assessment: the period is closed")
	// ErrPlanNotApproved: the person has no approved plan in the period.
	ErrPlanNotApproved = errors.New("assessment: the plan is not approved")
	// ErrNotSuperior: the caller is not the superior of the person on the date.
	ErrNotSuperior = errors.New("assessment: the caller is not the superior")
	// ErrSurveyClosed: the survey takes no responses on the date.
	ErrSurveyClosed = errors.New("assessment: the survey is closed")
	// ErrNotFound: the resource does not exist.
	ErrNotFound = errors.New("assessment: the resource does not exist")
	// ErrExists: a resource with this id exists, or the unit has a survey in the period.
	ErrExists = errors.New("assessment: the resource exists")
	// ErrPeerReviewExists: the peer has answered for the person in the period.
	ErrPeerReviewExists = errors.New("assessment: the peer has answered")
	// ErrRequestReused: the request id came with other answers before.
	ErrRequestReused = errors.New("assessment: the request id was used with another body")
	// ErrStale: the revision that the caller or a concurrent writer built on is no longer the current one.
	ErrStale = errors.New("assessment: the revision is stale")
)

// Refusals returns every refusal that is about the state of things.
func Refusals() []error {
	return []error{
		ErrPeriodClosed, ErrPlanNotApproved, ErrNotSuperior, ErrSurveyClosed, ErrNotFound, ErrExists, ErrPeerReviewExists,
		ErrRequestReused, ErrStale,
	}
}

// RefusalError is one of the refusals with the value that its text uses.
type RefusalError struct {
	// Kind is one of Refusals.
	Kind error
	// Detail is a resource name or a date.
	Detail string
}

// About returns the refusal with its detail.
func About(kind error, detail string) error { return &RefusalError{Kind: kind, Detail: detail} }

// Error returns the text of the kind with the detail.
func (r *RefusalError) Error() string { return r.Kind.Error() + ": " + r.Detail }

// Unwrap returns the kind.
func (r *RefusalError) Unwrap() error { return r.Kind }
