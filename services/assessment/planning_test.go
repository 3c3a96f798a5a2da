package assessment_test

import (
	"context"
	"strings"
	"sync"

	"google.golang.org/grpc"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
)

// planning is a small planning service: tenants 3374 and 3402 have the same people, units and period 2026. In both, ani
// is the superior of budi, siti, sari and dewi, who are peers; wali is ani's superior; ani heads the unit puskesmas.
// Of the four only dewi has no approved plan.
type planning struct {
	planningv1.UnimplementedInputServiceServer
	planningv1.UnimplementedOrganizationServiceServer
	planningv1.UnimplementedPeriodServiceServer

	mu     sync.Mutex
	closed bool
	// second says that everybody who has a plan has another one after it.
	second  bool
	down    bool
	calls   []string
	related map[string]commonv1.Relation
	dates   map[string]bool
}

func newPlanning() *planning {
	p := &planning{dates: map[string]bool{}, related: map[string]commonv1.Relation{
		"wali ani": commonv1.Relation_RELATION_SUPERIOR, "ani puskesmas": commonv1.Relation_RELATION_UNIT_HEAD,
	}}
	team := []string{"budi", "siti", "sari", "dewi"}
	for _, member := range team {
		p.related["ani "+member] = commonv1.Relation_RELATION_SUPERIOR
		p.related["wali "+member] = commonv1.Relation_RELATION_SUPERIORS_SUPERIOR
		p.related[member+" ani"] = commonv1.Relation_RELATION_SUBORDINATE
		for _, other := range team {
			// Naive on purpose: whoever has a superior is said to be a peer of themselves too.
			p.related[member+" "+other] = commonv1.Relation_RELATION_PEER
		}
	}
	return p
}

func (p *planning) register(r grpc.ServiceRegistrar) {
	planningv1.RegisterInputServiceServer(r, p)
	planningv1.RegisterOrganizationServiceServer(r, p)
	planningv1.RegisterPeriodServiceServer(r, p)
}

// set changes what planning says from now on.
func (p *planning) set(change func(p *planning)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

// called returns the methods that were called since the last time.
func (p *planning) called() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	calls := p.calls
	p.calls = nil
	return calls
}

// begin notes a call, and refuses it while planning is down.
func (p *planning) begin(method string) error {
	p.calls = append(p.calls, method)
	if p.down {
		return fault.New(fault.ReasonUnavailable)
	}
	return nil
}

func known(name string) bool {
	tenant := resource.Tenant(name)
	return tenant == "3374" || tenant == "3402"
}

func (p *planning) GetPeriod(_ context.Context, req *planningv1.GetPeriodRequest) (*planningv1.Period, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.begin("GetPeriod")
	if err != nil {
		return nil, err
	}
	if !known(req.GetName()) || resource.ID(req.GetName()) != "2026" {
		return nil, fault.New(fault.ReasonNotFound, "resource", req.GetName())
	}
	state := planningv1.Period_STATE_OPEN
	if p.closed {
		state = planningv1.Period_STATE_CLOSED
	}
	return &planningv1.Period{Name: req.GetName(), StartDate: day(2026, 1, 1), EndDate: day(2027, 1, 1), State: state}, nil
}

func (p *planning) BatchGetPlanInputs(
	_ context.Context, req *planningv1.BatchGetPlanInputsRequest,
) (*planningv1.BatchGetPlanInputsResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.begin("BatchGetPlanInputs")
	if err != nil {
		return nil, err
	}
	if resource.ID(req.GetParent()) != "2026" {
		return nil, fault.New(fault.ReasonNotFound, "resource", req.GetParent())
	}
	resp := &planningv1.BatchGetPlanInputsResponse{}
	for _, person := range req.GetPeople() {
		switch resource.ID(person) {
		case "budi", "siti", "sari":
			plans := []string{"first-", "second-"}
			if !p.second {
				plans = plans[:1]
			}
			for _, plan := range plans {
				resp.Inputs = append(resp.Inputs, planOf(person, req.GetParent()+"/plans/"+plan+resource.ID(person)))
			}
		}
	}
	return resp, nil
}

func planOf(person, name string) *planningv1.PlanInput {
	return &planningv1.PlanInput{Person: person, Plan: name, Results: []*planningv1.Result{{
		Id: "r1", Indicators: []*planningv1.Indicator{
			{Id: "a", Source: planningv1.Indicator_SOURCE_REPORTED},
			{Id: "b"},
			{Id: "ikm", Source: planningv1.Indicator_SOURCE_SURVEY_INDEX},
		},
	}}}
}

func (p *planning) GetPerson(_ context.Context, req *planningv1.GetPersonRequest) (*planningv1.Person, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.begin("GetPerson")
	if err != nil {
		return nil, err
	}
	if !known(req.GetName()) || resource.ID(req.GetName()) == "nobody" {
		return nil, fault.New(fault.ReasonNotFound, "resource", req.GetName())
	}
	return &planningv1.Person{Name: req.GetName()}, nil
}

func (p *planning) GetUnit(_ context.Context, req *planningv1.GetUnitRequest) (*planningv1.Unit, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.begin("GetUnit")
	if err != nil {
		return nil, err
	}
	if !known(req.GetName()) || resource.ID(req.GetName()) == "nowhere" {
		return nil, fault.New(fault.ReasonNotFound, "resource", req.GetName())
	}
	return &planningv1.Unit{Name: req.GetName()}, nil
}

func (p *planning) ResolveRelations(
	_ context.Context, req *planningv1.ResolveRelationsRequest,
) (*planningv1.ResolveRelationsResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.begin("ResolveRelations")
	if err != nil {
		return nil, err
	}
	d := req.GetDate()
	p.dates[strings.Join([]string{itoa(d.GetYear()), itoa(d.GetMonth()), itoa(d.GetDay())}, "-")] = true
	relation, ok := p.related[resource.ID(req.GetSubject())+" "+resource.ID(req.GetPerson()+req.GetUnit())]
	if !ok {
		return &planningv1.ResolveRelationsResponse{}, nil
	}
	return &planningv1.ResolveRelationsResponse{Relations: []commonv1.Relation{relation}}, nil
}
