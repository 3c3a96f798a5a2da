package app

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

// Expect reports whether the caller of an update built on this revision, which is 0 when there is none yet.
type Expect func(current int64) bool

// Store keeps the facts. Every method works within one tenant. Methods that change something must do it, and record that
// others are told of it, in one transaction. Implementations are safe for concurrent use.
type Store interface {
	// AddProgress adds a report. The report of an indicator with the latest CreateTime, and among equals with the
	// greatest ID, must be the one that counts, in whatever order reports are added.
	AddProgress(ctx context.Context, p domain.Progress) error
	// ListProgress returns the reports of one person, newest first, at most Limit, only those after the cursor.
	ListProgress(ctx context.Context, q ProgressQuery) ([]domain.Progress, error)
	// SetRating adds the revision after the current one and returns it. It must return domain.ErrStale, and change
	// nothing, when expect refuses the current revision or another writer added the same one.
	SetRating(ctx context.Context, r domain.Rating, expect Expect) (domain.Rating, error)
	// Rating returns the current revision, and domain.ErrNotFound when there is none.
	Rating(ctx context.Context, tenant, period, person string) (domain.Rating, error)
	// SetOrganizationRating is SetRating for a unit.
	SetOrganizationRating(ctx context.Context, r domain.OrganizationRating, expect Expect) (domain.OrganizationRating, error)
	// SetAttendance is SetRating for attendance.
	SetAttendance(ctx context.Context, a domain.Attendance, expect Expect) (domain.Attendance, error)
	// SetMonthFacts is SetRating for the facts of a month, except that nobody is told: whoever pays by them asks for them.
	SetMonthFacts(ctx context.Context, f domain.MonthFacts, expect Expect) (domain.MonthFacts, error)
	// MonthFacts returns the current facts of people in a month, in no order, without those about whom there are none.
	MonthFacts(ctx context.Context, q MonthQuery) ([]domain.MonthFacts, error)
	// ListMonthFacts returns at most Limit current facts of a month in the order of the people's ids, beginning after After.
	ListMonthFacts(ctx context.Context, q MonthPage) ([]domain.MonthFacts, error)
	// AddPeerReview adds answers. It must return domain.ErrPeerReviewExists, and change nothing, when answers with the
	// same mark about the person in the period are there. When answers with the same request mark are there it must
	// change nothing, and return nil when they are these and domain.ErrRequestReused otherwise. The answers are shown, and
	// told, as soon as domain.PeerStep of those about the person wait, all that wait at once.
	AddPeerReview(ctx context.Context, r domain.PeerReview) error
	// AddSurvey adds a survey. It must return domain.ErrExists, and change nothing, when the id is taken in the period or
	// the unit has a survey in it.
	AddSurvey(ctx context.Context, s domain.Survey) error
	// Survey returns a survey without counting its responses, and domain.ErrNotFound when there is none.
	Survey(ctx context.Context, tenant, period, id string) (domain.Survey, error)
	// CountResponses returns the number of responses to the survey so far.
	CountResponses(ctx context.Context, tenant, period, id string) (int, error)
	// AddResponse adds a response to a survey. It must keep nothing but the answers, the day and the request mark, and
	// treat a request mark that is there as AddPeerReview does.
	AddResponse(ctx context.Context, s domain.Submission) error
	// PersonFacts returns the current facts about people, in no order, without those about whom there are none. Of peers'
	// answers it returns the tally that is shown.
	PersonFacts(ctx context.Context, q FactQuery) ([]domain.PersonFacts, error)
	// UnitFacts returns the current facts about units, in no order, without those about which there are none.
	UnitFacts(ctx context.Context, q FactQuery) ([]domain.UnitFacts, error)
}

// ProgressQuery asks for a page of the reports of one person.
type ProgressQuery struct {
	Tenant string
	Period string
	Person string
	// After is the last report of the page before; nil asks for the first page.
	After *ProgressCursor
	Limit int
}

// ProgressCursor is the place of a report in the list.
type ProgressCursor struct {
	CreateTime time.Time
	ID         string
}

// FactQuery names people or units of one period.
type FactQuery struct {
	Tenant string
	Period string
	// IDs are at most 500 and may repeat.
	IDs []string
}

// MonthQuery names people of one tenant and month.
type MonthQuery struct {
	Tenant string
	Month  domain.Month
	// People are at most 500 and may repeat.
	People []string
}

// MonthPage asks for a page of the facts of a month.
type MonthPage struct {
	Tenant string
	Month  domain.Month
	After  string
	Limit  int
}

// Directory answers from planning. It returns errors of planning's absence as they are. Implementations are safe for
// concurrent use.
type Directory interface {
	// Period returns the period, and domain.ErrNotFound when there is none. The answer may be a few seconds old.
	Period(ctx context.Context, tenant, period string) (domain.Period, error)
	// Plan returns the approved plan of the person, the last of several, and domain.ErrPlanNotApproved when there is none.
	Plan(ctx context.Context, tenant, period, person string) (domain.Plan, error)
	// Person returns domain.ErrNotFound when there is no such person.
	Person(ctx context.Context, tenant, person string) error
	// Unit returns domain.ErrNotFound when there is no such unit.
	Unit(ctx context.Context, tenant, unit string) error
}

// KeySource gives the secret that makes marks, of 32 bytes or more. It must always be the same one.
type KeySource func(ctx context.Context) ([]byte, error)
