// Package name builds and reads the resource names that the service uses.
//
// A name that a function here returns is always well formed, because the ids it is built from were read by the same
// patterns. The package does not check whether a resource exists.
package name

import "github.com/kinerja-suite/kinerja/services/kit/resource"

// Patterns of the names.
const (
	TenantPattern             = "tenants/{tenant}"
	PeriodPattern             = "tenants/{tenant}/periods/{period}"
	PersonPattern             = "tenants/{tenant}/people/{person}"
	UnitPattern               = "tenants/{tenant}/units/{unit}"
	RatingPattern             = PeriodPattern + "/ratings/{id}"
	OrganizationRatingPattern = PeriodPattern + "/organizationRatings/{id}"
	AttendancePattern         = PeriodPattern + "/attendances/{id}"
	SurveyPattern             = PeriodPattern + "/surveys/{id}"
	MonthFactsPattern         = PersonPattern + "/monthFacts/{month}"
)

// InPeriod holds the ids of a name within a period; ID is empty in the name of the period itself.
type InPeriod struct {
	Tenant string
	Period string
	ID     string
}

// ParseInPeriod reads the name in the request field at path by one of the patterns that begin with PeriodPattern. A name
// of another pattern is an INVALID_NAME fault of the field.
func ParseInPeriod(path, pattern, text string) (InPeriod, error) {
	ids, err := resource.ParseField(path, pattern, text)
	if err != nil {
		return InPeriod{}, err
	}
	return InPeriod{Tenant: ids["tenant"], Period: ids["period"], ID: ids["id"]}, nil
}

// PersonIn returns the id in the name of a person of the tenant, and false for every other text.
func PersonIn(tenant, text string) (string, bool) {
	return idIn(PersonPattern, "person", tenant, text)
}

// UnitIn returns the id in the name of a unit of the tenant, and false for every other text.
func UnitIn(tenant, text string) (string, bool) {
	return idIn(UnitPattern, "unit", tenant, text)
}

func idIn(pattern, variable, tenant, text string) (string, bool) {
	ids, err := resource.Parse(pattern, text)
	if err != nil || ids["tenant"] != tenant {
		return "", false
	}
	return ids[variable], true
}

// Tenant returns the name of the tenant.
func Tenant(tenant string) string { return "tenants/" + tenant }

// Period returns the name of the period.
func Period(tenant, period string) string { return "tenants/" + tenant + "/periods/" + period }

// Person returns the name of the person.
func Person(tenant, person string) string { return "tenants/" + tenant + "/people/" + person }

// Unit returns the name of the unit.
func Unit(tenant, unit string) string { return "tenants/" + tenant + "/units/" + unit }

// Plan returns the name of the plan, and "" for no id.
func Plan(tenant, period, id string) string {
	if id == "" {
		return ""
	}
	return Period(tenant, period) + "/plans/" + id
}

// ProgressReport returns the name of the report.
func ProgressReport(tenant, period, id string) string {
	return Period(tenant, period) + "/progressReports/" + id
}

// Rating returns the name of the rating of the person.
func Rating(tenant, period, person string) string {
	return Period(tenant, period) + "/ratings/" + person
}

// OrganizationRating returns the name of the rating of the unit.
func OrganizationRating(tenant, period, unit string) string {
	return Period(tenant, period) + "/organizationRatings/" + unit
}

// Attendance returns the name of the attendance of the person.
func Attendance(tenant, period, person string) string {
	return Period(tenant, period) + "/attendances/" + person
}

// MonthFacts returns the name of the facts of the person in the month.
func MonthFacts(tenant, person, month string) string {
	return Person(tenant, person) + "/monthFacts/" + month
}

// Survey returns the name of the survey.
func Survey(tenant, period, id string) string {
	return Period(tenant, period) + "/surveys/" + id
}
