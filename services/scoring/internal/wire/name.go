package wire

import (
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Patterns of names.
const (
	PeriodPattern      = "tenants/{tenant}/periods/{period}"
	PlanPattern        = PeriodPattern + "/plans/{plan}"
	ScorePattern       = PeriodPattern + "/scores/{person}"
	DecisionPattern    = ScorePattern + "/decisions/{number}"
	RevisionPattern    = ScorePattern + "/revisions/{revision}"
	SurveyIndexPattern = PeriodPattern + "/surveyIndexes/{unit}"
	PersonPattern      = "tenants/{tenant}/people/{person}"
	UnitPattern        = "tenants/{tenant}/units/{unit}"
	TenantPattern      = "tenants/{tenant}"
	ProvincePattern    = "provinces/{province}"
	MismatchPattern    = TenantPattern + "/scoreMismatches/{mismatch}"
	// TenantOperationPattern and ProvinceOperationPattern are those of operations.
	TenantOperationPattern   = TenantPattern + "/operations/{operation}"
	ProvinceOperationPattern = ProvincePattern + "/operations/{operation}"
)

// PeriodName returns the name of a period.
func PeriodName(p domain.Period) string { return resource.Name(PeriodPattern, p.Tenant, p.ID) }

// ScoreName returns the name of the score of a person.
func ScoreName(p domain.Period, person string) string {
	return resource.Name(ScorePattern, p.Tenant, p.ID, person)
}

// DecisionName returns the name of a decision about the score of a person.
func DecisionName(p domain.Period, person string, number int64) string {
	return resource.Name(DecisionPattern, p.Tenant, p.ID, person, strconv.FormatInt(number, 10))
}

// RevisionName returns the name of a revision of the score of a person.
func RevisionName(p domain.Period, person string, revision int64) string {
	return resource.Name(RevisionPattern, p.Tenant, p.ID, person, strconv.FormatInt(revision, 10))
}

// ParseNumbered reads a name of a pattern that ends in a collection and a number, such as DecisionPattern, in a field of
// a request. It returns the name before the collection and the number, which is 1 or more and written in digits alone.
func ParseNumbered(field, pattern, name string) (string, int64, error) {
	last := strings.LastIndexByte(pattern, '/')
	collection := pattern[strings.LastIndexByte(pattern[:last], '/') : last+1] // "/decisions/"
	parent, digits, found := strings.Cut(name, collection)
	number, err := strconv.ParseInt(digits, 10, 64)
	if !found || err != nil || number < 1 || strconv.FormatInt(number, 10) != digits {
		return "", 0, fault.Invalid(fault.Field(field, fault.ReasonInvalidName, "pattern", pattern))
	}
	return parent, number, nil
}

// actorName returns the name of a person of the tenant, "" for nobody.
func actorName(tenant, person string) string {
	if person == "" {
		return ""
	}
	return PersonName(tenant, person)
}

// SurveyIndexName returns the name of the satisfaction index of a unit.
func SurveyIndexName(p domain.Period, unit string) string {
	return resource.Name(SurveyIndexPattern, p.Tenant, p.ID, unit)
}

// PersonName returns the name of a person.
func PersonName(tenant, person string) string { return resource.Name(PersonPattern, tenant, person) }

// UnitName returns the name of a unit.
func UnitName(tenant, unit string) string { return resource.Name(UnitPattern, tenant, unit) }

// PersonNames returns the names of people of a tenant, in the same order.
func PersonNames(tenant string, people []string) []string { return names(PersonName, tenant, people) }

// UnitNames returns the names of units of a tenant, in the same order.
func UnitNames(tenant string, units []string) []string { return names(UnitName, tenant, units) }

func names(name func(tenant, id string) string, tenant string, ids []string) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = name(tenant, id)
	}
	return all
}
