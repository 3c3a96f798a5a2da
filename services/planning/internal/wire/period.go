package wire

import (
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Period returns the message of the period.
func Period(p domain.Period) *planningv1.Period {
	name := PeriodName(p.Tenant, p.ID)
	return &planningv1.Period{
		Name:        name,
		DisplayName: p.DisplayName,
		StartDate:   dateMessage(p.Interval.Start),
		EndDate:     dateMessage(p.Interval.End),
		RulePack:    p.RulePack,
		State:       valueOf[planningv1.Period_State](planningv1.Period_State_value, p.State, statePrefix),
		Etag:        etag.Of(name, p.Revision),
		CreateTime:  timestamp(p.CreateTime),
	}
}

// NewPeriod reads a period to create.
func (r *Reading) NewPeriod(id string, p *planningv1.Period) domain.Period {
	return domain.Period{
		Tenant:      r.Tenant,
		ID:          r.ID("period_id", id),
		DisplayName: p.GetDisplayName(),
		Interval:    domain.Interval{Start: DateOf(p.GetStartDate()), End: DateOf(p.GetEndDate())},
		RulePack:    p.GetRulePack(),
	}
}

// Objective returns the message of the objective.
func Objective(o domain.Objective) *planningv1.Objective {
	name := ObjectiveName(o.Tenant, o.Period, o.ID)
	return &planningv1.Objective{
		Name:       name,
		Unit:       UnitName(o.Tenant, o.Unit),
		Title:      o.Title,
		Etag:       etag.Of(name, o.Revision),
		CreateTime: timestamp(o.CreateTime),
	}
}

// Objective reads an objective to create.
func (r *Reading) Objective(id string, o *planningv1.Objective) domain.Objective {
	return domain.Objective{
		Tenant: r.Tenant,
		Period: r.Period,
		ID:     r.ID("objective_id", id),
		Unit:   r.Ref("objective.unit", UnitPattern, o.GetUnit()),
		Title:  o.GetTitle(),
	}
}
