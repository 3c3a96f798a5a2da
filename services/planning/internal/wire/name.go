package wire

// Patterns of resource names.
const (
	ProvincePattern   = "provinces/{province}"
	TenantPattern     = "tenants/{tenant}"
	UnitPattern       = "tenants/{tenant}/units/{unit}"
	PositionPattern   = "tenants/{tenant}/positions/{position}"
	PersonPattern     = "tenants/{tenant}/people/{person}"
	AssignmentPattern = "tenants/{tenant}/assignments/{assignment}"
	PeriodPattern     = "tenants/{tenant}/periods/{period}"
	ObjectivePattern  = "tenants/{tenant}/periods/{period}/objectives/{objective}"
	PlanPattern       = "tenants/{tenant}/periods/{period}/plans/{plan}"
	ResultPattern     = "tenants/{tenant}/periods/{period}/plans/{plan}/results/{result}"
)

// TenantName returns the name of the tenant.
func TenantName(tenant string) string { return "tenants/" + tenant }

// UnitName returns the name of the unit.
func UnitName(tenant, id string) string { return below(TenantName(tenant), "units", id) }

// PositionName returns the name of the position.
func PositionName(tenant, id string) string { return below(TenantName(tenant), "positions", id) }

// PersonName returns the name of the person.
func PersonName(tenant, id string) string { return below(TenantName(tenant), "people", id) }

// AssignmentName returns the name of the assignment.
func AssignmentName(tenant, id string) string { return below(TenantName(tenant), "assignments", id) }

// PeriodName returns the name of the period.
func PeriodName(tenant, id string) string { return below(TenantName(tenant), "periods", id) }

// ObjectiveName returns the name of the objective.
func ObjectiveName(tenant, period, id string) string {
	return below(PeriodName(tenant, period), "objectives", id)
}

// PlanName returns the name of the plan.
func PlanName(tenant, period, id string) string {
	return below(PeriodName(tenant, period), "plans", id)
}

// below returns the name of a resource under its parent, and "" for no id.
func below(parent, collection, id string) string {
	if id == "" {
		return ""
	}
	return parent + "/" + collection + "/" + id
}
