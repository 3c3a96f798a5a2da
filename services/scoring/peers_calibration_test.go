package scoring_test

import (
	"context"
	"slices"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// graph is the units that the peers know at first, each with the unit above it. The people whom they know are those with a
// plan, and the officials.
var (
	graph     = [][2]string{{"dinas", ""}, {"bidang", "dinas"}, {"seksi", "bidang"}, {"puskesmas", "dinas"}, {"lain", ""}, {"u2", ""}}
	officials = []string{"dewi", "eko", "fitri"}
)

func (s organization) ListUnits(_ context.Context, r *planningv1.ListUnitsRequest) (*planningv1.ListUnitsResponse, error) {
	end, err := s.begin()
	defer end()
	// Two a page, so that scoring has to ask for the next.
	at := 0
	if r.GetPageToken() != "" {
		at = slices.IndexFunc(s.graph, func(u [2]string) bool { return u[0] == r.GetPageToken() })
	}
	response := &planningv1.ListUnitsResponse{}
	for _, u := range s.graph[at:min(at+2, len(s.graph))] {
		unit := &planningv1.Unit{Name: unitName(u[0]), DisplayName: "Unit " + u[0]}
		if u[1] != "" {
			unit.ParentUnit = unitName(u[1])
		}
		response.Units = append(response.Units, unit)
	}
	if at+2 < len(s.graph) {
		response.NextPageToken = s.graph[at+2][0]
	}
	return response, err
}

// GetUnit knows every unit but u0.
func (s organization) GetUnit(_ context.Context, r *planningv1.GetUnitRequest) (*planningv1.Unit, error) {
	end, err := s.begin()
	defer end()
	if r.GetName() == unitName("u0") {
		return nil, fault.New(fault.ReasonNotFound, "resource", r.GetName())
	}
	return &planningv1.Unit{Name: r.GetName(), DisplayName: "Unit " + r.GetName()[len(unitName("")):]}, err
}

// missingPeriod is what GetPeriod answers about a period that is not there.
func missingPeriod(name string) error {
	if name != periodName {
		return fault.New(fault.ReasonNotFound, "resource", name)
	}
	return nil
}

// BatchGetTraits gives women an id that ends with a, and everybody a birth year of 1980. Golongan and posting are known
// when the test tells them.
func (s planInputs) BatchGetTraits(_ context.Context, r *planningv1.BatchGetTraitsRequest) (*planningv1.BatchGetTraitsResponse, error) {
	end, err := s.begin()
	defer end()
	response := &planningv1.BatchGetTraitsResponse{}
	for _, name := range r.GetPeople() {
		_, planned := s.plans[name]
		if !planned && !slices.ContainsFunc(officials, func(id string) bool { return personName(id) == name }) {
			continue
		}
		traits := &planningv1.PersonTraits{
			Person: name, Sex: planningv1.PersonTraits_SEX_MALE, BirthYear: 1980, PositionKind: planningv1.Position_KIND_EXECUTOR,
		}
		if name[len(name)-1] == 'a' {
			traits.Sex = planningv1.PersonTraits_SEX_FEMALE
		}
		if s.traits != nil {
			s.traits(traits)
		}
		response.Traits = append(response.Traits, traits)
	}
	return response, err
}

// top adds a unit with no other above it.
func (p *peers) top(unit string) {
	p.change(func() { p.graph = append(slices.Clip(p.graph), [2]string{unit, ""}) })
}

// heads makes somebody the head of a unit.
func (p *peers) heads(person, unit string) {
	p.change(func() { p.relations[personName(person)+" "+unitName(unit)] = commonv1.Relation_RELATION_UNIT_HEAD })
}
