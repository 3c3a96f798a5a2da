package scoring_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
)

// peers are planning and assessment as scoring meets them: gRPC servers behind the real chain, with facts that a test
// sets. They hold one period, 2026, of one tenant, 3402, and with the same facts those that a test adds.
type peers struct {
	mu     sync.Mutex
	plans  map[string][]*planningv1.PlanInput
	people map[string]*assessmentv1.PersonInput
	units  map[string]*assessmentv1.UnitInput
	// months are the facts of months by name.
	months map[string]*assessmentv1.MonthFacts
	// relations are those of a subject to a person or a unit, by "subject person".
	relations map[string]commonv1.Relation
	// graph is the units, each with the unit above it.
	graph [][2]string
	// traits adds to the traits of somebody what the peers do not know otherwise; it may be nil.
	traits func(of *planningv1.PersonTraits)
	// planCalls and factCalls count the batch calls.
	planCalls, factCalls int
	down                 bool
	rulePack             string
	start, end           *date.Date
	// starts are the first days of further periods, by name.
	starts map[string]*date.Date
}

func newPeers() *peers {
	return &peers{
		plans: map[string][]*planningv1.PlanInput{}, people: map[string]*assessmentv1.PersonInput{}, units: map[string]*assessmentv1.UnitInput{},
		months: map[string]*assessmentv1.MonthFacts{}, relations: map[string]commonv1.Relation{}, rulePack: rulePack,
		graph: graph, start: &date.Date{Year: 2026, Month: 1, Day: 1}, end: &date.Date{Year: 2026, Month: 1, Day: 2}, starts: map[string]*date.Date{},
	}
}

// change sets facts.
func (p *peers) change(set func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	set()
}

// begin starts an answer; the caller ends it with the function. It fails while the peers are down.
func (p *peers) begin() (func(), error) {
	p.mu.Lock()
	if p.down {
		return p.mu.Unlock, fault.New(fault.ReasonUnavailable)
	}
	return p.mu.Unlock, nil
}

type planInputs struct {
	planningv1.UnimplementedInputServiceServer
	*peers
}

func (s planInputs) BatchGetPlanInputs(_ context.Context, r *planningv1.BatchGetPlanInputsRequest) (*planningv1.BatchGetPlanInputsResponse, error) {
	end, err := s.begin()
	defer end()
	s.planCalls++
	response := &planningv1.BatchGetPlanInputsResponse{RulePack: s.rulePack, StartDate: s.start}
	for _, name := range r.GetPeople() {
		response.Inputs = append(response.Inputs, s.plans[name]...)
	}
	return response, err
}

func (s planInputs) ListPlannedPeople(_ context.Context, r *planningv1.ListPlannedPeopleRequest) (*planningv1.ListPlannedPeopleResponse, error) {
	end, err := s.begin()
	defer end()
	var people []string
	for name, plans := range s.plans {
		of := slices.ContainsFunc(plans, func(p *planningv1.PlanInput) bool { return r.GetUnit() == "" || p.GetUnit() == r.GetUnit() })
		if of && resource.Tenant(name) == resource.Tenant(r.GetParent()) {
			people = append(people, name)
		}
	}
	slices.Sort(people)
	response := &planningv1.ListPlannedPeopleResponse{}
	if r.GetWithTotalSize() {
		response.TotalSize = int64(len(people))
	}
	// One a page of a unit, so that scoring has to ask for the next.
	size := 1
	if r.GetUnit() == "" {
		size = int(r.GetPageSize())
	}
	after := max(r.GetAfter(), r.GetPageToken())
	people = slices.DeleteFunc(people, func(name string) bool { return name <= after })
	response.People = people[:min(size, len(people))]
	if len(people) > size {
		response.NextPageToken = people[size-1]
	}
	return response, err
}

func (s planInputs) ListProvincePeriods(_ context.Context, r *planningv1.ListProvincePeriodsRequest) (*planningv1.ListProvincePeriodsResponse, error) {
	end, err := s.begin()
	defer end()
	response := &planningv1.ListProvincePeriodsResponse{}
	for name := range s.plans {
		period := resource.TenantName(resource.Tenant(name)) + "/periods/" + r.GetPeriod()
		if strings.HasPrefix(resource.Tenant(name), resource.Province(r.GetParent())) && r.GetPeriod() == "2026" &&
			!slices.Contains(response.GetPeriods(), period) {
			response.Periods = append(response.Periods, period)
		}
	}
	slices.Sort(response.GetPeriods())
	return response, err
}

type periods struct {
	planningv1.UnimplementedPeriodServiceServer
	*peers
}

func (s periods) GetPeriod(_ context.Context, r *planningv1.GetPeriodRequest) (*planningv1.Period, error) {
	end, err := s.begin()
	defer end()
	start, added := s.starts[r.GetName()]
	if added {
		return &planningv1.Period{Name: r.GetName(), RulePack: s.rulePack, StartDate: start, EndDate: s.end}, err
	}
	period := &planningv1.Period{Name: r.GetName(), RulePack: s.rulePack, StartDate: s.start, EndDate: s.end}
	return period, errors.Join(err, missingPeriod(r.GetName()))
}

type organization struct {
	planningv1.UnimplementedOrganizationServiceServer
	*peers
}

func (s organization) ResolveRelations(_ context.Context, r *planningv1.ResolveRelationsRequest) (*planningv1.ResolveRelationsResponse, error) {
	end, err := s.begin()
	defer end()
	response := &planningv1.ResolveRelationsResponse{}
	if relation, ok := s.relations[r.GetSubject()+" "+r.GetPerson()+r.GetUnit()]; ok {
		response.Relations = append(response.Relations, relation)
	}
	return response, err
}

type assessmentInputs struct {
	assessmentv1.UnimplementedInputServiceServer
	*peers
}

func (s assessmentInputs) BatchGetAssessmentInputs(_ context.Context, r *assessmentv1.BatchGetAssessmentInputsRequest) (*assessmentv1.BatchGetAssessmentInputsResponse, error) {
	end, err := s.begin()
	defer end()
	s.factCalls++
	response := &assessmentv1.BatchGetAssessmentInputsResponse{}
	for _, name := range r.GetPeople() {
		if person, ok := s.people[name]; ok {
			response.People = append(response.People, person)
		}
	}
	for _, name := range r.GetUnits() {
		if unit, ok := s.units[name]; ok {
			response.Units = append(response.Units, unit)
		}
	}
	return response, err
}

// serve serves the peers and returns a connection with the credentials of a service.
func (p *peers) serve(t *testing.T, s *suite) *grpc.ClientConn {
	t.Helper()
	server, err := grpckit.NewServer(grpckit.ServerOptions{
		Name: "peers", Logger: s.logger, Registerer: prometheus.NewRegistry(), Verifier: s.signer.Verifier(), IDs: ids.New(s.clock),
	}).Add(func(r grpc.ServiceRegistrar) {
		planningv1.RegisterInputServiceServer(r, planInputs{peers: p})
		planningv1.RegisterPeriodServiceServer(r, periods{peers: p})
		planningv1.RegisterOrganizationServiceServer(r, organization{peers: p})
		assessmentv1.RegisterInputServiceServer(r, assessmentInputs{peers: p})
	}).Build()
	must(t, err)
	token, err := s.signer.Sign(auth.Claims{
		Subject: "scoring", Tenant: auth.AnyTenant, Roles: []commonv1.Role{commonv1.Role_ROLE_SERVICE}, TTL: time.Hour,
	})
	must(t, err)
	return dial(t, listen(t, server), auth.StaticToken(token))
}

// listen serves a server in memory and returns its dialer.
func listen(t *testing.T, server *grpckit.Server) func(context.Context) (net.Conn, error) {
	t.Helper()
	listener := bufconn.Listen(1 << 20)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Close()
		must(t, <-served)
	})
	return listener.DialContext
}

// dial returns a connection that ends with the test.
func dial(t *testing.T, dialer func(context.Context) (net.Conn, error), token auth.TokenSource) *grpc.ClientConn {
	t.Helper()
	conn, err := grpckit.Dial(grpckit.ClientOptions{Dialer: dialer, Token: token, Timeout: 20 * time.Second})
	must(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// plan approves a plan of one indicator, target 100, of a person in a unit.
func (p *peers) plan(person, unit string) { p.planIn(tenant, person, unit) }

// planIn is plan for a tenant.
func (p *peers) planIn(tenant, person, unit string) {
	name := resource.TenantName(tenant)
	p.change(func() {
		p.plans[name+"/people/"+person] = []*planningv1.PlanInput{{
			Person: name + "/people/" + person, Unit: name + "/units/" + unit, Plan: name + "/periods/2026/plans/" + person, PlanRevision: 1,
			PositionKind: planningv1.Position_KIND_FUNCTIONAL, FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_PERTAMA,
			Months: 12, ApproveTime: timestamppb.New(noon),
			Results: []*planningv1.Result{{
				Id: "r1", Kind: planningv1.Result_KIND_MAIN, Title: "Pelayanan rawat jalan",
				Indicators: []*planningv1.Indicator{{
					Id: "i1", Aspect: planningv1.Indicator_ASPECT_QUANTITY, Description: "Jumlah pasien dilayani", UnitOfMeasure: "pasien",
					Formula: planningv1.Indicator_FORMULA_NORMAL, Target: "1200",
				}},
			}},
		}}
	})
}

// rate sets realisation and ratings of a person.
func (p *peers) rate(person, realisation string, result, behavior assessmentv1.Expectation) {
	p.change(func() {
		p.people[personName(person)] = &assessmentv1.PersonInput{
			Person: personName(person),
			Realisations: []*assessmentv1.Realisation{{
				Indicator: "results/r1/indicators/i1", Value: realisation, ProgressReport: periodName + "/progressReports/" + realisation,
			}},
			Rating:     &assessmentv1.Rating{Name: periodName + "/ratings/" + person, ResultRating: result, BehaviorRating: behavior, Rater: personName("dewi")},
			LatestTime: timestamppb.New(noon),
		}
	})
}

// judge sets the survey and the organisation rating of a unit: every answer the same.
func (p *peers) judge(unit string, responses int32, answer int64, level assessmentv1.OrganizationLevel) {
	p.change(func() {
		in := &assessmentv1.UnitInput{
			Unit: unitName(unit), Survey: periodName + "/surveys/" + unit, ResponseCount: responses, LatestTime: timestamppb.New(noon),
			OrganizationRating: &assessmentv1.OrganizationRating{Name: periodName + "/organizationRatings/" + unit, Level: level},
		}
		for element := range assessmentv1.SurveyElement_name {
			if element != 0 {
				in.Elements = append(in.Elements, &assessmentv1.SurveyElementTally{
					Element: assessmentv1.SurveyElement(element), Sum: int64(responses) * answer,
				})
			}
		}
		p.units[unitName(unit)] = in
	})
}
