package app

import (
	"context"
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Errors of operations. Test with errors.Is.
var (
	// ErrRunning reports that a recompute of the same tenant, period and unit has not ended yet.
	ErrRunning = errors.New("a recompute of the same tenant, period and unit has not ended")
	// ErrTooManyOpen reports a tenant with as many open recomputes of units as there may be.
	ErrTooManyOpen = errors.New("too many recomputes of units of the tenant have not ended")
	// ErrOperationState reports an operation that is not in a state that allows what was asked for.
	ErrOperationState = errors.New("the operation is not in a state that allows this")
	// ErrPartLost reports a part that was canceled, or that another process works on.
	ErrPartLost = errors.New("the part is not held any more")
)

// MaxOpenUnits is how many recomputes of single units of one tenant are open at a time. Calls that come at the very same
// time may go beyond it by their number.
const MaxOpenUnits = 100

// MaxFailures is how many of the people of a part whose score cannot be computed are named.
const MaxFailures = 100

// OperationState is that of an operation or of one of its parts.
type OperationState string

// The states. A part goes from queued to running to one of the others; from canceled and failed it may be queued again.
const (
	OperationQueued    OperationState = "queued"
	OperationRunning   OperationState = "running"
	OperationSucceeded OperationState = "succeeded"
	OperationFailed    OperationState = "failed"
	OperationCancelled OperationState = "cancelled"
)

// Ended reports whether nothing happens any more in the state.
func (s OperationState) Ended() bool { return s != OperationQueued && s != OperationRunning }

// Operation is a mass recompute: of one tenant, or of all tenants of a province.
type Operation struct {
	// Owner is the name of the tenant or province, and ID is unique within it; ids rise with time.
	Owner, ID string
	// Period is the id of the period within each tenant, Unit that of the one unit; empty for all.
	Period, Unit string
	CreateTime   time.Time
	// Parts are by tenant.
	Parts []Part
}

// State is that of the whole: queued until one part runs, and then running until all have ended.
func (o Operation) State() OperationState {
	count := map[OperationState]int{}
	for _, p := range o.Parts {
		count[p.State]++
	}
	switch {
	case count[OperationQueued] == len(o.Parts):
		return OperationQueued
	case count[OperationQueued]+count[OperationRunning] > 0:
		return OperationRunning
	case count[OperationCancelled] > 0:
		return OperationCancelled
	case count[OperationFailed] > 0:
		return OperationFailed
	}
	return OperationSucceeded
}

// EndTime is when the last part ended; zero while one has not.
func (o Operation) EndTime() time.Time {
	var last time.Time
	for _, p := range o.Parts {
		if !p.State.Ended() {
			return time.Time{}
		}
		if p.EndTime.After(last) {
			last = p.EndTime
		}
	}
	return last
}

// PartKey names a part.
type PartKey struct {
	Operation string
	Period    domain.Period
}

// Part is what an operation does in one tenant.
type Part struct {
	PartKey
	// Unit is the id of the one unit; empty for all.
	Unit  string
	State OperationState
	// Problem is the reason of a failure, one of the catalogue of faults; empty otherwise.
	Problem string
	// Last is the last person of the chunks that are done; empty before the first.
	Last string
	// Total is how many people there were at the start; 0 before.
	Total int64
	// Written, Unchanged, Skipped (without an approved plan) and Failed count people.
	Written, Unchanged, Skipped, Failed int64
	// Failures are the first MaxFailures of those who Failed, by person; only Operations.Operation reads them.
	Failures []Failure
	// StartTime and EndTime are zero before.
	StartTime, EndTime time.Time
	// Holder is the process that works on it until LeaseTime, unless it goes on; empty for none.
	Holder    string
	LeaseTime time.Time
}

// Failure is somebody whose score cannot be computed.
type Failure struct {
	Person string
	Reason fault.Reason
	// Sentences say in Indonesian what is wrong, at most five.
	Sentences []string
}

// Done is how many people were looked at.
func (p Part) Done() int64 { return p.Written + p.Unchanged + p.Skipped + p.Failed }

// Claim is what a process needs to work on a part.
type Claim struct {
	PartKey
	Holder string
	// At is the present, Until when the claim ends if it is not renewed.
	At, Until time.Time
	// Exclusive takes the part over whoever holds it; see sqlkit.Lease.
	Exclusive bool
}

// Advance moves a part over one chunk of people.
type Advance struct {
	Claim
	// From is where the part must stand, Last where it comes to stand.
	From, Last string
	// Total is stored when it is not 0.
	Total int64
	// Outcome is added to the counters.
	Outcome Outcome
	// Failures are those who failed, by person, or the first MaxFailures of them.
	Failures []Failure
	// End says that this was the last chunk.
	End bool
}

// Operations keeps operations. Every method is one transaction or one query.
type Operations interface {
	// CreateOperation must add the operation with its parts, or nothing and return ErrRunning when a part of the same
	// period and unit has not ended, or ErrTooManyOpen when it is about a unit and MaxOpenUnits such parts of the tenant
	// have not.
	CreateOperation(ctx context.Context, o Operation) error
	// Operation must return the operation with the failures of its parts, or ErrNotFound.
	Operation(ctx context.Context, owner, id string) (Operation, error)
	// Operations must return at most limit operations of the owner, newest first, older than the given id; "" begins with
	// the newest.
	Operations(ctx context.Context, owner, before string, limit int) ([]Operation, error)
	// CancelOperation must end every part that has not ended, or return ErrOperationState when there is none.
	CancelOperation(ctx context.Context, id string, at time.Time) error
	// ResumeOperation must queue every part that was canceled or has failed, or return ErrOperationState when there is
	// none, and ErrRunning and ErrTooManyOpen as CreateOperation does.
	ResumeOperation(ctx context.Context, id string) error

	// OpenParts must return at most limit parts that have not ended, in any order.
	OpenParts(ctx context.Context, limit int) ([]Part, error)
	// ClaimPart must give the part to the holder and return it, or ErrPartLost when it has ended or another holds it.
	ClaimPart(ctx context.Context, c Claim) (Part, error)
	// RenewParts must let the holder keep everything that it still has until the time.
	RenewParts(ctx context.Context, holder string, until time.Time) error
	// FailPart must end the part for the reason, or return ErrPartLost when the holder of the claim has it no more.
	FailPart(ctx context.Context, c Claim, problem string) error
	// ReleaseParts must give up everything that the holder has.
	ReleaseParts(ctx context.Context, holder string) error
}
