package app

import (
	"context"
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// ErrNotFound reports that a read model has no such row.
var ErrNotFound = errors.New("there is no such report")

// Store keeps the projection: the record of this service.
type Store interface {
	// Project must run fn in one transaction and commit what it did, or nothing when fn fails. It may run fn again, so
	// fn must be pure apart from tx. All that fn reads must be as the transaction sees it.
	Project(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Reports must return the reports of those keys that exist, in any order.
	Reports(ctx context.Context, keys []domain.PersonKey) ([]domain.Report, error)
	// ListReports must return at most limit reports of a period, by person.
	ListReports(ctx context.Context, q ListQuery) ([]domain.Report, error)
	// Tallies must return the tallies of those keys that exist, in any order.
	Tallies(ctx context.Context, keys []domain.UnitKey) ([]domain.Tally, error)
	// Summary must return the tally of the whole tenant and those of its units with people or a survey, by unit and at
	// most maxUnits, all of one moment. It must return ErrNotFound when the tenant has no tally in the period.
	Summary(ctx context.Context, key domain.PeriodKey, maxUnits int) (domain.Summary, error)
	// Owe must record durably that these views are to be put.
	Owe(ctx context.Context, debts []Debt) error
	// Debts must return at most limit recorded debts, the same ones until they are settled.
	Debts(ctx context.Context, limit int) ([]Debt, error)
	// Settle must forget these debts, but none that was recorded for a newer revision since.
	Settle(ctx context.Context, paid []Debt) error
}

// Tx is a transaction of the projection. Transactions that work on the same tenant must run one after the other from
// Enter on, so that what one read is still so when it writes.
type Tx interface {
	// Enter must wait for other transactions of these tenants, take over names whose revision is newer than the known
	// one, and return the known names by tenant. A name of revision 0 only enters. It is called once, first.
	Enter(ctx context.Context, tenants []Named) (map[string]string, error)
	// Claim must return those of the events that consumer had not claimed before, and claim them.
	Claim(ctx context.Context, consumer string, ids []string, at time.Time) (map[string]bool, error)
	// SaveNames must take over names whose revision is newer than the known one.
	SaveNames(ctx context.Context, kind Kind, names []Named) error
	// Names must return the known names of those that have one.
	Names(ctx context.Context, kind Kind, refs []Ref) (map[Ref]string, error)
	// Reports and Tallies are those of Store.
	Reports(ctx context.Context, keys []domain.PersonKey) ([]domain.Report, error)
	Tallies(ctx context.Context, keys []domain.UnitKey) ([]domain.Tally, error)
	// ReportsOf must return all reports of these people, or of people in these units, of every period.
	ReportsOf(ctx context.Context, kind Kind, refs []Ref) ([]domain.Report, error)
	// TalliesOf must return the tallies of these units of every period.
	TalliesOf(ctx context.Context, units []Ref) ([]domain.Tally, error)
	// SaveReports and SaveTallies must insert or replace the rows.
	SaveReports(ctx context.Context, reports []domain.Report) error
	SaveTallies(ctx context.Context, tallies []domain.Tally) error
	// Owe is that of Store.
	Owe(ctx context.Context, debts []Debt) error
}

// Kind is a part of the directory.
type Kind string

// The parts of the directory.
const (
	People Kind = "people"
	Units  Kind = "units"
)

// Ref names an entry of the directory: a person or a unit by its id. The id WholeTenant is the tenant itself.
type Ref struct{ Tenant, ID string }

// Named is the name of an entry of the directory, as of a revision of it.
type Named struct {
	Ref
	DisplayName string
	Revision    int64
}

// ListQuery asks for reports of a period, after the person After.
type ListQuery struct {
	Key domain.PeriodKey
	// Unit limits the list to the people of a unit; empty does not.
	Unit  string
	After string
	Limit int
}

// DebtKind tells what a view shows.
type DebtKind string

// The kinds of views.
const (
	PersonView  DebtKind = "person"
	UnitView    DebtKind = "unit"
	SummaryView DebtKind = "summary"
)

// Debt is a view that is to be put: as of Revision, or newer.
type Debt struct {
	Kind DebtKind
	Key  domain.PeriodKey
	// ID is that of the person or unit, empty for a summary.
	ID       string
	Revision int64
}

// Documents makes the documents that views hold and readers get.
type Documents interface {
	Person(r *domain.Report) ([]byte, error)
	Unit(t *domain.Tally) ([]byte, error)
	Summary(s *domain.Summary) ([]byte, error)
}
