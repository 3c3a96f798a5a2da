package wire

import (
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// Patterns of the names that this service reads and writes.
const (
	PersonReportPattern = "tenants/{tenant}/periods/{period}/personReports/{person}"
	UnitReportPattern   = "tenants/{tenant}/periods/{period}/unitReports/{unit}"
	SummaryPattern      = "tenants/{tenant}/periods/{period}/summary"
	PeriodPattern       = "tenants/{tenant}/periods/{period}"
	UnitPattern         = "tenants/{tenant}/units/{unit}"

	tenantPattern = "tenants/{tenant}"
	personPattern = "tenants/{tenant}/people/{person}"
	planPattern   = "tenants/{tenant}/periods/{period}/plans/{plan}"
	scorePattern  = "tenants/{tenant}/periods/{period}/scores/{person}"
	indexPattern  = "tenants/{tenant}/periods/{period}/surveyIndexes/{unit}"
)

func personReportName(k domain.PersonKey) string {
	return resource.Name(PersonReportPattern, k.Tenant, k.Period, k.Person)
}

func scoreName(k domain.PersonKey) string {
	return resource.Name(scorePattern, k.Tenant, k.Period, k.Person)
}

func unitReportName(k domain.UnitKey) string {
	return resource.Name(UnitReportPattern, k.Tenant, k.Period, k.Unit)
}

func summaryName(k domain.PeriodKey) string {
	return resource.Name(SummaryPattern, k.Tenant, k.Period)
}

// unitName is empty for no unit.
func unitName(tenant, unit string) string {
	if unit == "" {
		return ""
	}
	return resource.Name(UnitPattern, tenant, unit)
}
