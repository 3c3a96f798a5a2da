package peer

import (
	"context"
	"slices"
	"time"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// maxTraits is how many people one call may name.
const maxTraits = 500

// Calibration asks planning and assessment what distributions and calibrations need.
type Calibration struct {
	Inputs       planningv1.InputServiceClient
	Periods      planningv1.PeriodServiceClient
	Organization planningv1.OrganizationServiceClient
	Facts        assessmentv1.InputServiceClient
}

var _ app.CalibrationPeers = (*Calibration)(nil)

// PeriodTerms returns the terms of the period; see app.CalibrationPeers.
func (c *Calibration) PeriodTerms(ctx context.Context, period domain.Period) (app.Terms, error) {
	answer, err := c.Periods.GetPeriod(ctx, &planningv1.GetPeriodRequest{Name: wire.PeriodName(period)})
	if fault.IsKind(err, fault.KindNotFound) {
		return app.Terms{}, app.ErrNotFound
	}
	if err != nil {
		return app.Terms{}, fault.OfPeer(err, planning)
	}
	return termsOf(answer), nil
}

// Parents returns the graph of the units; see app.CalibrationPeers.
func (c *Calibration) Parents(ctx context.Context, tenant string) (map[string]string, error) {
	parents := map[string]string{}
	err := eachUnit(ctx, c.Organization, tenant, func(unit *planningv1.Unit) {
		parents[resource.ID(unit.GetName())] = resource.ID(unit.GetParentUnit())
	})
	return parents, err
}

// UnitNames returns what people call the units; see app.CalibrationPeers.
func (c *Calibration) UnitNames(ctx context.Context, tenant string) (map[string]string, error) {
	names := map[string]string{}
	err := eachUnit(ctx, c.Organization, tenant, func(unit *planningv1.Unit) {
		names[resource.ID(unit.GetName())] = unit.GetDisplayName()
	})
	return names, err
}

// Levels returns ratings of organisations; see app.CalibrationPeers.
func (c *Calibration) Levels(ctx context.Context, period domain.Period, units []string) (map[string]distribution.Level, error) {
	levels := map[string]distribution.Level{}
	for chunk := range slices.Chunk(units, maxUnits) {
		answer, err := c.Facts.BatchGetAssessmentInputs(ctx, &assessmentv1.BatchGetAssessmentInputsRequest{
			Parent: wire.PeriodName(period), Units: wire.UnitNames(period.Tenant, chunk),
		})
		if err != nil {
			return nil, fault.OfPeer(err, assessment)
		}
		for _, in := range answer.GetUnits() {
			level := wire.LevelOf(in.GetOrganizationRating().GetLevel())
			if level != "" {
				levels[resource.ID(in.GetUnit())] = level
			}
		}
	}
	return levels, nil
}

// Traits returns the groups of people; see app.CalibrationPeers.
func (c *Calibration) Traits(ctx context.Context, tenant string, people []string, on time.Time) (map[string]map[disparity.Trait]string, error) {
	traits := make(map[string]map[disparity.Trait]string, len(people))
	for chunk := range slices.Chunk(people, maxTraits) {
		answer, err := c.Inputs.BatchGetTraits(ctx, &planningv1.BatchGetTraitsRequest{
			Parent: resource.TenantName(tenant), People: wire.PersonNames(tenant, chunk), Date: wire.Date(on),
		})
		if err != nil {
			return nil, fault.OfPeer(err, planning)
		}
		for _, t := range answer.GetTraits() {
			traits[resource.ID(t.GetPerson())] = wire.TraitsOf(t, on.Year())
		}
	}
	return traits, nil
}
