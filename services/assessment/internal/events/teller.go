package events

import (
	"context"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	// Service is the producer of the events.
	Service = "assessment"
	// MaxBytes is the size of the largest event.
	MaxBytes = 64 << 10
)

// Teller appends the events of facts to the outbox.
type Teller struct{ outbox *outbox.Outbox }

var _ store.Teller = (*Teller)(nil)

// NewTeller returns a teller to the outbox.
func NewTeller(o *outbox.Outbox) *Teller { return &Teller{outbox: o} }

// Tell implements store.Teller.
func (t *Teller) Tell(ctx context.Context, tx *sqlkit.Tx, fact domain.Fact) error {
	e, err := Event(fact)
	if err != nil {
		return err
	}
	return t.outbox.Append(ctx, tx, e)
}

// Event returns the event of the fact.
func Event(f domain.Fact) (event.Event, error) {
	resource, ok := resourceOf(f)
	if !ok {
		return event.Event{}, fmt.Errorf("event of a fact of unknown kind %q", f.Kind)
	}
	noun, verb, _ := strings.Cut(string(f.Kind), ".")
	return event.Event{
		Subject:  event.Subject(Service, f.Tenant, noun, verb),
		Resource: resource,
		Revision: f.Revision,
		Time:     f.Time,
		Payload:  payloadOf(f),
	}, nil
}

// resourceOf returns the name of what changed. For peers' answers it is the person, whose facts they are.
func resourceOf(f domain.Fact) (string, bool) {
	switch f.Kind {
	case domain.FactProgress:
		return name.ProgressReport(f.Tenant, f.Period, f.ID), true
	case domain.FactRating:
		return name.Rating(f.Tenant, f.Period, f.Person), true
	case domain.FactPeer:
		return name.Person(f.Tenant, f.Person), true
	case domain.FactAttendance:
		return name.Attendance(f.Tenant, f.Period, f.Person), true
	case domain.FactSurveyOpened, domain.FactSurveyAnswered:
		return name.Survey(f.Tenant, f.Period, f.ID), true
	case domain.FactOrganizationRating:
		return name.OrganizationRating(f.Tenant, f.Period, f.Unit), true
	default:
		return "", false
	}
}

func payloadOf(f domain.Fact) proto.Message {
	period, at := name.Period(f.Tenant, f.Period), timestamppb.New(f.Time)
	if f.Person != "" {
		return &assessmentv1.PersonFactChanged{Period: period, Person: name.Person(f.Tenant, f.Person), OccurTime: at}
	}
	return &assessmentv1.UnitFactChanged{Period: period, Unit: name.Unit(f.Tenant, f.Unit), OccurTime: at}
}
