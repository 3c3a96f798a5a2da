package peer

import (
	"context"
	"slices"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

const assessment = "assessment"

// maxUnits is how many units one call may name.
const maxUnits = 500

// Assessment asks the assessment service.
type Assessment struct {
	inputs assessmentv1.InputServiceClient
}

var _ app.Facts = (*Assessment)(nil)

// NewAssessment returns an Assessment over the client.
func NewAssessment(inputs assessmentv1.InputServiceClient) *Assessment {
	return &Assessment{inputs: inputs}
}

// Facts returns facts about people and units; see app.Facts. The first call has the people and as many units as fit.
func (a *Assessment) Facts(ctx context.Context, period domain.Period, people, units []string) (map[string]app.PersonFacts, map[string]app.UnitFacts, error) {
	ofPeople := make(map[string]app.PersonFacts, len(people))
	ofUnits := make(map[string]app.UnitFacts, len(units))
	first := min(len(units), maxUnits)
	requests := []*assessmentv1.BatchGetAssessmentInputsRequest{{
		Parent: wire.PeriodName(period),
		People: wire.PersonNames(period.Tenant, people),
		Units:  wire.UnitNames(period.Tenant, units[:first]),
	}}
	for chunk := range slices.Chunk(units[first:], maxUnits) {
		requests = append(requests, &assessmentv1.BatchGetAssessmentInputsRequest{
			Parent: wire.PeriodName(period), Units: wire.UnitNames(period.Tenant, chunk),
		})
	}
	for _, request := range requests {
		answer, err := a.inputs.BatchGetAssessmentInputs(ctx, request)
		if err != nil {
			return nil, nil, fault.OfPeer(err, assessment)
		}
		for _, in := range answer.GetPeople() {
			ofPeople[resource.ID(in.GetPerson())] = wire.PersonFactsOf(in)
		}
		for _, in := range answer.GetUnits() {
			ofUnits[resource.ID(in.GetUnit())] = wire.UnitFactsOf(in)
		}
	}
	return ofPeople, ofUnits, nil
}
