package rpc

import (
	"google.golang.org/genproto/googleapis/type/date"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

var expectations = map[assessmentv1.Expectation]domain.Expectation{
	assessmentv1.Expectation_EXPECTATION_ABOVE: domain.ExpectationAbove,
	assessmentv1.Expectation_EXPECTATION_MEETS: domain.ExpectationMeets,
	assessmentv1.Expectation_EXPECTATION_BELOW: domain.ExpectationBelow,
}

var levels = map[assessmentv1.OrganizationLevel]domain.OrganizationLevel{
	assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_EXCELLENT:         domain.LevelExcellent,
	assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_GOOD:              domain.LevelGood,
	assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_NEEDS_IMPROVEMENT: domain.LevelNeedsImprovement,
	assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_POOR:              domain.LevelPoor,
	assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_VERY_POOR:         domain.LevelVeryPoor,
}

// keyOf returns the key of the value, and the zero key for a value that the table has not.
func keyOf[K, V comparable](table map[K]V, value V) K {
	for k, v := range table {
		if v == value {
			return k
		}
	}
	var none K
	return none
}

// dateFromProto takes the date as it is given, valid or not; nil is no date.
func dateFromProto(d *date.Date) domain.Date {
	return domain.Date{Year: int(d.GetYear()), Month: int(d.GetMonth()), Day: int(d.GetDay())}
}

// dateToProto returns nil for no date.
func dateToProto(d domain.Date) *date.Date {
	if d.IsZero() {
		return nil
	}
	return &date.Date{Year: int32(d.Year), Month: int32(d.Month), Day: int32(d.Day)}
}
