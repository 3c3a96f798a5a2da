package app

import (
	"context"
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

// Errors of the use cases of allowances. Test with errors.Is.
var (
	// ErrTablePublished reports a version of an allowance table that is published.
	ErrTablePublished = errors.New("the allowance table is published")
	// ErrTableStart reports an allowance table that would take effect on the day of another one of the tenant.
	ErrTableStart = errors.New("another allowance table takes effect on the same day")
	// ErrTableAuthor reports an author who publishes an own allowance table.
	ErrTableAuthor = errors.New("the author does not publish the allowance table")
	// ErrNoTable reports a month for which no published table of the tenant is in force.
	ErrNoTable = errors.New("no allowance table is in force")
	// ErrNoMonthFacts reports a month whose facts about the person have not been delivered.
	ErrNoMonthFacts = errors.New("the facts of the month are not there")
)

// TableKey names one version of an allowance table.
type TableKey struct {
	Tenant, ID string
	Version    int64
}

// AllowanceTable is one version of an allowance table.
type AllowanceTable struct {
	TableKey

	DisplayName, Regulation string
	// EffectiveFrom is the first day of the first month that it applies to, YYYY-MM-01.
	EffectiveFrom string
	// Examples is how many example months the content has.
	Examples int
	// Content is empty in lists. Hash is its SHA-256.
	Content, Hash string
	// Author is the subject of the token that wrote the draft, AuthorPerson the person of it, if any.
	Author, AuthorPerson string
	CreateTime           time.Time
	// Publisher is empty and PublishTime zero for a draft.
	Publisher   string
	PublishTime time.Time
}

// Published reports whether the version may be used.
func (t *AllowanceTable) Published() bool { return !t.PublishTime.IsZero() }

// State counts the states of the version for its etag: 1 is a draft, 2 is published.
func (t *AllowanceTable) State() int64 {
	if t.Published() {
		return 2
	}
	return 1
}

// SlipKey names the slips of a person for a month.
type SlipKey struct {
	Tenant, Person string
	Month          allowance.Month
}

// StoredSlip is one revision of a slip.
type StoredSlip struct {
	SlipKey

	Revision int64
	// Table and TableHash pin the table.
	Table     TableKey
	TableHash string
	// Facts are those that it was computed from, FactsRevision is theirs.
	Facts         allowance.Facts
	FactsRevision int64
	Slip          allowance.Slip
	// Digest is that of the canonical form of Slip.
	Digest      string
	ComputeTime time.Time
}

// AllowanceStore keeps allowance tables and slips with all their revisions.
type AllowanceStore interface {
	// AddTable must add the table as a draft with the version after the last one of its id, and return it.
	AddTable(ctx context.Context, t AllowanceTable) (AllowanceTable, error)
	// Table must return the version with its content, or ErrNotFound.
	Table(ctx context.Context, key TableKey) (AllowanceTable, error)
	// Tables must return at most limit versions of the tenant after the key, by id and version, without content.
	Tables(ctx context.Context, after TableKey, limit int) ([]AllowanceTable, error)
	// PublishTable must publish a draft with the publisher and the time of t. It must do nothing and return ErrTablePublished
	// for a version that is none, and ErrTableStart when another table of the tenant, or a later version of the same one, is
	// published with the same effective date; of several at once exactly one gets through.
	PublishTable(ctx context.Context, t AllowanceTable) error
	// TableInForce must return, with its content, the published table of the tenant with the latest effective date that is
	// not after the day, at its last version with that date. It must return ErrNotFound when there is none.
	TableInForce(ctx context.Context, tenant, day string) (AllowanceTable, error)
	// Slips must return the current slip of each person who has one in the month, by person.
	Slips(ctx context.Context, tenant string, month allowance.Month, people []string) (map[string]StoredSlip, error)
	// Slip must return a revision of a slip, the current one for 0, or ErrNotFound.
	Slip(ctx context.Context, key SlipKey, revision int64) (StoredSlip, error)
	// AddSlips must add every revision in one transaction or nothing. It must return ErrStale when one does not follow the
	// current one.
	AddSlips(ctx context.Context, slips []StoredSlip) error
	// Predicates must return by person the predicate that people have fixed, also of a score that is not complete any more,
	// and else that of a complete score; those who have neither are left out.
	Predicates(ctx context.Context, period domain.Period, people []string) (map[string]HeldPredicate, error)
}

// HeldPredicate is the predicate that holds for a person.
type HeldPredicate struct {
	domain.Predicate
	// Fixed says that people have fixed it; otherwise the rules give it.
	Fixed bool
	// RulePack names the rules of the score.
	RulePack string
}

// PersonMonth is the facts of a month about one person, without a predicate.
type PersonMonth struct {
	Person string
	// Revision is that of the facts.
	Revision int64
	Facts    allowance.Facts
}

// Months is what assessment knows of months.
type Months interface {
	// Month returns the facts of a person, and ErrNoMonthFacts when there are none.
	Month(ctx context.Context, key SlipKey) (PersonMonth, error)
	// Months returns at most limit facts of a month by person, after the token of the page before, and the token of the next
	// page; "" on the last.
	Months(ctx context.Context, tenant string, month allowance.Month, page MonthPage) ([]PersonMonth, string, error)
}

// MonthPage is a page of assessment's.
type MonthPage struct {
	Token string
	Limit int
}
