package demo

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	tenantName = "tenants/" + TenantID
	periodName = tenantName + "/periods/" + PeriodID
	rulePack   = "rulePacks/permenpanrb-6-2022/versions/1"
	// writers is how many calls are under way at once.
	writers = 8
)

// Loader loads the demonstration. Use New.
type Loader struct {
	clients
	tokens  *Tokens
	members []member
	// resumed says that an earlier load was cut: what exists already is then passed over.
	resumed bool

	mu sync.Mutex
	// newest is the time of the newest fact about each person and unit, as the services told it.
	newest map[string]time.Time
}

// New returns a loader that calls through the connections with tokens that the signer signs.
func New(c Conns, s *auth.Signer) *Loader {
	return &Loader{clients: newClients(c), tokens: NewTokens(s), members: cast(), newest: map[string]time.Time{}}
}

// Tokens returns the tokens of the demonstration's actors.
func (l *Loader) Tokens() *Tokens { return l.tokens }

// Load writes all plans and facts and returns when every report shows it. A load that was cut may be repeated: it goes on
// where it was. The error names the step that failed.
func (l *Loader) Load(ctx context.Context) error {
	steps := []struct {
		name string
		do   func(context.Context) error
	}{
		{"tenant", l.tenant},
		{"units", l.units},
		{"positions", l.positions},
		{"people", l.people},
		{"period", l.openPeriod},
		{"objectives", l.objectives},
		{"plans", l.plans},
		{"progress", l.progressReports},
		{"attendance", l.attendances},
		{"peers", l.peers},
		{"survey", l.surveys},
		{"ratings", l.ratings},
		{"organisation ratings", l.organizationRatings},
		{"reports", l.wait},
	}
	for _, s := range steps {
		err := s.do(ctx)
		if err != nil {
			return fmt.Errorf("demonstration: %s: %w", s.name, err)
		}
	}
	return nil
}

func (l *Loader) admin() grpc.CallOption { return as(l.tokens.Admin) }

func (l *Loader) person(id string) grpc.CallOption {
	return as(func() (string, error) { return l.tokens.Person(id) })
}

// done passes over what an earlier, cut load has left; on a first load nothing is passed over.
func (l *Loader) done(err error) error {
	exists := []fault.Reason{
		fault.ReasonAlreadyExists, fault.ReasonNIPInUse, fault.ReasonAssignmentOverlap, fault.ReasonPlanExists,
		fault.ReasonPlanState, fault.ReasonPeerReviewExists,
	}
	if l.resumed && slices.ContainsFunc(exists, func(r fault.Reason) bool { return fault.Is(err, r) }) {
		return nil
	}
	return err
}

// saw remembers the time of a fact about a person or a unit.
func (l *Loader) saw(key string, at *timestamppb.Timestamp) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := at.AsTime()
	if t.After(l.newest[key]) {
		l.newest[key] = t
	}
}

// each runs do for every person who has a plan, several at once.
func (l *Loader) each(ctx context.Context, do func(context.Context, int, member) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(writers)
	for i, m := range l.members {
		if m.planned() {
			group.Go(func() error { return do(ctx, i, m) })
		}
	}
	return group.Wait()
}

func (l *Loader) tenant(ctx context.Context) error {
	_, err := l.organization.CreateTenant(ctx, &planningv1.CreateTenantRequest{TenantId: TenantID}, as(l.tokens.Province))
	if fault.Is(err, fault.ReasonAlreadyExists) {
		l.resumed = true
		return nil
	}
	return err
}

func (l *Loader) units(ctx context.Context) error {
	for _, u := range units {
		request := &planningv1.CreateUnitRequest{
			Parent: tenantName, UnitId: u.id, RequestId: requestID("unit", u.id),
			Unit: &planningv1.Unit{DisplayName: u.name, Kind: u.kind, Remote: u.remote},
		}
		if u.parent != "" {
			request.Unit.ParentUnit = unitRef(u.parent)
		}
		_, err := l.organization.CreateUnit(ctx, request, l.admin())
		err = l.done(err)
		if err != nil {
			return err
		}
	}
	return nil
}

// positions goes in the order of the cast, in which superiors come first.
func (l *Loader) positions(ctx context.Context) error {
	for _, m := range l.members {
		request := &planningv1.CreatePositionRequest{
			Parent: tenantName, PositionId: m.id, RequestId: requestID("position", m.id),
			Position: &planningv1.Position{
				Title: m.title, Unit: unitRef(m.unit), Kind: m.kind, FunctionalLevel: m.level, UnitHead: m.head,
			},
		}
		if m.superior != "" {
			request.Position.SuperiorPosition = positionRef(m.superior)
		}
		_, err := l.organization.CreatePosition(ctx, request, l.admin())
		err = l.done(err)
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *Loader) people(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(writers)
	for _, m := range l.members {
		group.Go(func() error { return l.hire(ctx, m) })
	}
	return group.Wait()
}

func (l *Loader) hire(ctx context.Context, m member) error {
	_, err := l.organization.CreatePerson(ctx, &planningv1.CreatePersonRequest{
		Parent: tenantName, PersonId: m.id, RequestId: requestID("person", m.id),
		Person: &planningv1.Person{DisplayName: m.name, Employment: m.employment, Nip: m.nip, Grade: m.grade},
	}, l.admin())
	err = l.done(err)
	if err != nil {
		return err
	}
	_, err = l.organization.CreateAssignment(ctx, &planningv1.CreateAssignmentRequest{
		Parent: tenantName, AssignmentId: m.id, RequestId: requestID("assignment", m.id),
		Assignment: &planningv1.Assignment{
			Person: personRef(m.id), Position: positionRef(m.id), Kind: planningv1.Assignment_KIND_DEFINITIVE,
			StartDate: &date.Date{Year: 2025, Month: 1, Day: 1},
		},
	}, l.admin())
	return l.done(err)
}

func (l *Loader) openPeriod(ctx context.Context) error {
	_, err := l.period.CreatePeriod(ctx, &planningv1.CreatePeriodRequest{
		Parent: tenantName, PeriodId: PeriodID, RequestId: requestID("period"),
		Period: &planningv1.Period{
			DisplayName: "Penilaian Kinerja 2026", RulePack: rulePack,
			StartDate: &date.Date{Year: 2026, Month: 1, Day: 1}, EndDate: &date.Date{Year: 2027, Month: 1, Day: 1},
		},
	}, l.admin())
	return l.done(err)
}

// objectives are set by the heads of the units.
func (l *Loader) objectives(ctx context.Context) error {
	return l.each(ctx, func(ctx context.Context, _ int, m member) error {
		if !m.head {
			return nil
		}
		_, err := l.period.CreateObjective(ctx, &planningv1.CreateObjectiveRequest{
			Parent: periodName, ObjectiveId: m.unit, RequestId: requestID("objective", m.unit),
			Objective: &planningv1.Objective{Unit: unitRef(m.unit), Title: dutyOf(m)[0].title},
		}, l.person(m.id))
		return l.done(err)
	})
}

func unitRef(id string) string      { return tenantName + "/units/" + id }
func positionRef(id string) string  { return tenantName + "/positions/" + id }
func personRef(id string) string    { return tenantName + "/people/" + id }
func planRef(id string) string      { return periodName + "/plans/" + id }
func objectiveRef(id string) string { return periodName + "/objectives/" + id }
