package events

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/wire"
)

// Service is the name of the service in subjects, sources and metrics.
const Service = "planning"

const (
	created = "created"
	changed = "changed"
)

// Publisher stores events in an outbox.
type Publisher struct{ out *outbox.Outbox }

// NewPublisher returns a publisher to the outbox.
func NewPublisher(out *outbox.Outbox) *Publisher { return &Publisher{out} }

// Publish stores the event in the transaction; it is told once that has committed.
func (p *Publisher) Publish(ctx context.Context, tx *sqlkit.Tx, e domain.Event) error {
	message, err := Message(e)
	if err != nil {
		return err
	}
	return p.out.Append(ctx, tx, message)
}

// Message returns the event in the form of the contract. It has no id yet.
func Message(e domain.Event) (event.Event, error) {
	switch e := e.(type) {
	case domain.TenantCreated:
		return tenantCreated(e.Tenant), nil
	case domain.UnitChanged:
		return unitChanged(e.Unit), nil
	case domain.PersonChanged:
		return personChanged(e.Person), nil
	case domain.PeriodChanged:
		return periodChanged(e.Period), nil
	case domain.PlanChanged:
		return planChanged(e), nil
	case domain.AssignmentChanged:
		return assignmentChanged(e), nil
	default:
		return event.Event{}, fmt.Errorf("events: %T has no message", e)
	}
}

// fact is what every event tells, beside its payload.
type fact struct {
	tenant, resource, verb, name string
	revision                     int64
	at                           time.Time
}

func (f fact) event() event.Event {
	return event.Event{
		Subject:  event.Subject(Service, f.tenant, f.resource, f.verb),
		Resource: f.name,
		Revision: f.revision,
		Time:     f.at,
	}
}

func tenantCreated(t domain.Tenant) event.Event {
	message := wire.Tenant(t)
	e := fact{t.ID, "tenant", created, message.GetName(), t.Revision, t.CreateTime}.event()
	e.Payload = &planningv1.TenantCreated{Tenant: message, OccurTime: timestamppb.New(t.CreateTime)}
	return e
}

func unitChanged(u domain.Unit) event.Event {
	message := wire.Unit(u)
	e := fact{u.Tenant, "unit", changed, message.GetName(), u.Revision, u.CreateTime}.event()
	e.Payload = &planningv1.UnitChanged{Unit: message, Revision: u.Revision, OccurTime: timestamppb.New(u.CreateTime)}
	return e
}

func personChanged(p domain.Person) event.Event {
	name := wire.PersonName(p.Tenant, p.ID)
	e := fact{p.Tenant, "person", changed, name, p.Revision, p.CreateTime}.event()
	e.Payload = &planningv1.PersonChanged{
		Person: name, DisplayName: p.DisplayName, Revision: p.Revision, OccurTime: timestamppb.New(p.CreateTime),
	}
	return e
}

func periodChanged(p domain.Period) event.Event {
	message := wire.Period(p)
	e := fact{p.Tenant, "period", changed, message.GetName(), p.Revision, p.CreateTime}.event()
	e.Payload = &planningv1.PeriodChanged{Period: message, Revision: p.Revision, OccurTime: timestamppb.New(p.CreateTime)}
	return e
}

func planChanged(c domain.PlanChanged) event.Event {
	p := c.Plan
	name := wire.PlanName(p.Tenant, p.Period, p.ID)
	e := fact{p.Tenant, "plan", changed, name, p.Revision, p.UpdateTime}.event()
	e.Payload = &planningv1.PlanChanged{
		Plan:          name,
		Person:        wire.PersonName(p.Tenant, p.Person),
		Unit:          wire.UnitName(p.Tenant, p.Post.Unit),
		PositionTitle: p.Post.Title,
		State:         wire.PlanState(p.State),
		Revision:      p.Revision,
		Actor:         c.Actor,
		OccurTime:     timestamppb.New(p.UpdateTime),
	}
	return e
}

func assignmentChanged(c domain.AssignmentChanged) event.Event {
	a := c.Assignment
	name := wire.AssignmentName(a.Tenant, a.ID)
	e := fact{a.Tenant, "assignment", changed, name, a.Revision, c.At}.event()
	e.Payload = &planningv1.AssignmentChanged{
		Assignment: name,
		Revision:   a.Revision,
		Person:     wire.PersonName(a.Tenant, a.Person),
		Plan:       wire.PlanName(c.Plan.Tenant, c.Plan.Period, c.Plan.ID),
		OccurTime:  timestamppb.New(c.At),
	}
	return e
}
