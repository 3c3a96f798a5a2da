package app

import (
	"context"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Roster is what planning knows of whole tenants and provinces.
type Roster interface {
	// Terms returns the terms of the period, or ErrNotFound when there is no such period.
	Terms(ctx context.Context, period domain.Period) (Terms, error)
	// ProvincePeriods returns the periods with this id of all tenants of the province, by tenant.
	ProvincePeriods(ctx context.Context, province, id string) ([]domain.Period, error)
	// Planned returns a page of the people with an approved plan, or ErrNotFound when there is no such period.
	Planned(ctx context.Context, q PlannedQuery) (PlannedPage, error)
	// Units returns every unit of the tenant.
	Units(ctx context.Context, tenant string) ([]string, error)
}

// PlannedQuery asks for the first people after one, by id.
type PlannedQuery struct {
	Period domain.Period
	// Unit is the id of the one unit; empty for all.
	Unit  string
	After string
	Limit int
	// Count asks for the total.
	Count bool
}

// PlannedPage is the answer to a PlannedQuery.
type PlannedPage struct {
	People []string
	// More says that there are others after them.
	More bool
	// Total is how many there are of all, when it was asked for.
	Total int64
}

// Operate is the use cases of mass recomputes. Who may do what is settled by role before they are called.
type Operate struct {
	Operations Operations
	Roster     Roster
	IDs        ids.Source
	Clock      clock.Clock
	// Kick tells the worker that there is something to do.
	Kick func()
}

// RecomputeTenant begins a recompute of the period, of one unit or with "" of all. It returns ErrNotFound when there is no
// such period, and an invalid-argument fault when there is no such unit: one that is mistyped would succeed with nobody.
func (o *Operate) RecomputeTenant(ctx context.Context, period domain.Period, unit string) (Operation, error) {
	_, err := o.Roster.Terms(ctx, period)
	if err != nil {
		return Operation{}, err
	}
	if unit != "" {
		units, err := o.Roster.Units(ctx, period.Tenant)
		if err != nil {
			return Operation{}, err
		}
		if !slices.Contains(units, unit) {
			return Operation{}, fault.Invalid(fault.Field("unit", fault.ReasonReferenceNotFound))
		}
	}
	return o.start(ctx, Operation{Owner: resource.TenantName(period.Tenant), Period: period.ID, Unit: unit}, period)
}

// RecomputeProvince begins a recompute of the period with this id in every tenant of the province that has it, or
// returns ErrNotFound when none has.
func (o *Operate) RecomputeProvince(ctx context.Context, province, id string) (Operation, error) {
	periods, err := o.Roster.ProvincePeriods(ctx, province, id)
	if err != nil {
		return Operation{}, err
	}
	if len(periods) == 0 {
		return Operation{}, ErrNotFound
	}
	return o.start(ctx, Operation{Owner: resource.ProvinceName(province), Period: id}, periods...)
}

func (o *Operate) start(ctx context.Context, op Operation, periods ...domain.Period) (Operation, error) {
	op.ID, op.CreateTime = o.IDs.New(), o.Clock.Now()
	for _, period := range periods {
		op.Parts = append(op.Parts, Part{
			PartKey: PartKey{Operation: op.ID, Period: period}, Unit: op.Unit, State: OperationQueued,
		})
	}
	err := o.Operations.CreateOperation(ctx, op)
	if err != nil {
		return Operation{}, err
	}
	o.Kick()
	return op, nil
}

// Operation returns an operation of the owner, or ErrNotFound.
func (o *Operate) Operation(ctx context.Context, owner, id string) (Operation, error) {
	return o.Operations.Operation(ctx, owner, id)
}

// List returns a page of the operations of the owner; see Operations.
func (o *Operate) List(ctx context.Context, owner, before string, limit int) ([]Operation, error) {
	return o.Operations.Operations(ctx, owner, before, limit)
}

// Cancel ends an operation between two chunks and returns it. When it has returned, the operation writes nothing more.
func (o *Operate) Cancel(ctx context.Context, owner, id string) (Operation, error) {
	_, err := o.Operations.Operation(ctx, owner, id)
	if err != nil {
		return Operation{}, err
	}
	err = o.Operations.CancelOperation(ctx, id, o.Clock.Now())
	if err != nil {
		return Operation{}, err
	}
	return o.Operations.Operation(ctx, owner, id)
}

// Resume lets what was canceled or has failed go on where it stopped, and returns the operation.
func (o *Operate) Resume(ctx context.Context, owner, id string) (Operation, error) {
	_, err := o.Operations.Operation(ctx, owner, id)
	if err != nil {
		return Operation{}, err
	}
	err = o.Operations.ResumeOperation(ctx, id)
	if err != nil {
		return Operation{}, err
	}
	o.Kick()
	return o.Operations.Operation(ctx, owner, id)
}
