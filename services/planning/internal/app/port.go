package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/region"
)

// Errors of a Store and of use cases, beside the broken rules of the domain.
var (
	// ErrNotFound means that what was asked for does not exist.
	ErrNotFound = errors.New("not found")
	// ErrExists means that something with this id or unique attribute exists.
	ErrExists = errors.New("exists")
	// ErrStale means that the resource has another revision than the one that was read.
	ErrStale = errors.New("stale revision")
)

// Page asks for the rows after an id, at most Limit of them.
type Page struct {
	After string
	Limit int
}

// Reader reads what is stored. Every method that returns one thing must return ErrNotFound when there is none; every
// method that returns a page must sort by id in the order of bytes.
type Reader interface {
	Tenant(ctx context.Context, tenant string) (domain.Tenant, error)
	Unit(ctx context.Context, tenant, id string) (domain.Unit, error)
	Units(ctx context.Context, tenant string, page Page) ([]domain.Unit, error)
	// UnitAndAbove must return the unit and every unit above it, and nothing when it does not exist.
	UnitAndAbove(ctx context.Context, tenant, unit string) ([]string, error)
	Position(ctx context.Context, tenant, id string) (domain.Position, error)
	Person(ctx context.Context, tenant, id string) (domain.Person, error)
	People(ctx context.Context, tenant string, page Page) ([]domain.Person, error)
	Assignment(ctx context.Context, tenant, id string) (domain.Assignment, error)
	// Standings must return each of the people who exists with all positions held on the day, of any kind.
	Standings(ctx context.Context, tenant string, people []string, on domain.Date) (map[string]domain.Standing, error)
	// HeadedUnits must return the units whose unit-head positions the person holds on the day, in any kind.
	HeadedUnits(ctx context.Context, tenant, person string, on domain.Date) ([]string, error)
	// DefinitivePosition must return the position that the person holds definitively on the day.
	DefinitivePosition(ctx context.Context, tenant, person string, on domain.Date) (domain.Position, error)
	// Traits must return the traits of those of the people who exist, each once, with positions of the day, in no order.
	Traits(ctx context.Context, tenant string, people []string, on domain.Date) ([]domain.Traits, error)
	Period(ctx context.Context, tenant, id string) (domain.Period, error)
	Objectives(ctx context.Context, tenant, period string, page Page) ([]domain.Objective, error)
	// ObjectivesExist must return those of the ids that are objectives of the period.
	ObjectivesExist(ctx context.Context, tenant, period string, ids []string) (map[string]bool, error)
	Plan(ctx context.Context, key domain.PlanKey) (domain.PlanData, error)
	PlanOfPerson(ctx context.Context, tenant, period, person string) (domain.PlanData, error)
	Plans(ctx context.Context, tenant, period string, page Page) ([]domain.PlanData, error)
	// ResultsOfHolders must return the results in the plans of the period of everybody who holds the position on the day,
	// in any kind, but for the person left out.
	ResultsOfHolders(ctx context.Context, q HolderQuery) (map[domain.ResultRef]bool, error)
	// PlanInputs must return the approved plans of the people in the period, at most one each, in no order.
	PlanInputs(ctx context.Context, tenant, period string, people []string) ([]PlanInput, error)
	// PlannedPeople must return the people of the unit, or of the tenant, whose plan of the period is approved.
	PlannedPeople(ctx context.Context, q PlannedQuery, page Page) ([]string, error)
	// CountPlannedPeople must return the number of the people of all pages of PlannedPeople.
	CountPlannedPeople(ctx context.Context, q PlannedQuery) (int64, error)
	// PeriodTenants must return the tenants that have the period and whose id begins with the code of the province, by id.
	PeriodTenants(ctx context.Context, province, period string) ([]string, error)
}

// HolderQuery names the holders of a position on a day, and the period of their plans.
type HolderQuery struct {
	Tenant   string
	Period   string
	Position string
	On       domain.Date
	// Except is the person who is left out.
	Except string
}

// PlannedQuery names a unit and a period. Without a unit it is about the whole tenant.
type PlannedQuery struct {
	Tenant string
	Period string
	Unit   string
}

// PlanInput is an approved plan with the intervals over which its owner holds its position definitively.
type PlanInput struct {
	Plan domain.PlanData
	// UnitKind and Family are those of the unit and of the position.
	UnitKind domain.UnitKind
	Family   domain.JobFamily
	Held     []domain.Interval
}

// Tx is a Reader that also writes, within one transaction. Every Insert must return ErrExists, and leave the
// transaction usable, when something with the id or a unique attribute exists.
type Tx interface {
	Reader
	InsertTenant(ctx context.Context, t domain.Tenant) error
	InsertUnit(ctx context.Context, u domain.Unit) error
	InsertPosition(ctx context.Context, p domain.Position) error
	// InsertPerson must hold the number unique within the tenant.
	InsertPerson(ctx context.Context, p domain.Person) error
	// LockPost must keep other transactions from adding and ending assignments of the position or the person until this one ends. It
	// must tell which of the two exists.
	LockPost(ctx context.Context, tenant, position, person string) (PostLock, error)
	// OverlappingAssignments must return the assignments of the position or of the person with a day in the interval.
	OverlappingAssignments(ctx context.Context, a domain.Assignment) ([]domain.Assignment, error)
	InsertAssignment(ctx context.Context, a domain.Assignment) error
	// UpdateAssignment must store the end of the assignment when the stored revision is the one before the assignment's, and
	// return ErrStale otherwise.
	UpdateAssignment(ctx context.Context, a domain.Assignment) error
	// CountedPlans must return the plans of the assignment's person for its position, in any state, in the open periods with
	// a day of the interval, by period.
	CountedPlans(ctx context.Context, a domain.Assignment, days domain.Interval) ([]domain.PlanKey, error)
	// LockPeriods must keep other transactions from adding periods of the tenant until this one ends, and return ErrNotFound
	// when the tenant does not exist.
	LockPeriods(ctx context.Context, tenant string) error
	// OverlappingPeriods must return the periods of the tenant with a day in the interval, by start.
	OverlappingPeriods(ctx context.Context, p domain.Period) ([]domain.Period, error)
	InsertPeriod(ctx context.Context, p domain.Period) error
	InsertObjective(ctx context.Context, o domain.Objective) error
	// InsertPlan must hold the plan of a person unique within the period.
	InsertPlan(ctx context.Context, p domain.PlanData) error
	// UpdatePlan must store the plan when the stored revision is the one before the plan's, and return ErrStale otherwise.
	UpdatePlan(ctx context.Context, p domain.PlanData) error
	// Emit must tell the event to others if and only if the transaction commits.
	Emit(ctx context.Context, e domain.Event) error
}

// PostLock says which side of an assignment exists.
type PostLock struct {
	Position bool
	Person   bool
}

// Store keeps the state of planning.
type Store interface {
	Reader
	// Write must run fn in one transaction, and may run it again when the engine could not serialise it, so fn sets what it
	// returns and never adds to it. An error of fn must undo everything and be returned.
	Write(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
}

// RulePacks knows the rule packs of scoring. It is asked outside of transactions.
type RulePacks interface {
	// RulePack must return the published rule pack with the name, ErrNotFound when there is none, and a fault of
	// KindUnavailable when nobody can say now.
	RulePack(ctx context.Context, name string) (domain.RulePack, error)
}

// Regions knows the regions of the country.
type Regions interface {
	// Find returns the region of a tenant id, and whether there is one.
	Find(tenantID string) (region.Region, bool)
}
