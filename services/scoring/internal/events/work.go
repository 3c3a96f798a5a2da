package events

import (
	"fmt"
	"strings"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// tenantToken is the place of the tenant in a subject.
const tenantToken = 3

// works coalesces the events of a batch into one work for each period. Events that can change no score are left out. An
// event that cannot be read is an error that is event.ErrUndecodable.
func works(consumer string, batch []event.Received) (map[domain.Period]*app.Work, error) {
	all := map[domain.Period]*app.Work{}
	for _, received := range batch {
		period, add, err := read(received)
		if err != nil {
			return nil, err
		}
		if add == nil {
			continue
		}
		work, ok := all[period]
		if !ok {
			work = &app.Work{Period: period, People: app.Causes{}, Units: app.Causes{}, Consumer: consumer}
			all[period] = work
		}
		add(work)
		work.Events = append(work.Events, received.ID)
	}
	return all, nil
}

// read returns the period that an event is about, and what it adds to the work of the period; nothing when no score can
// follow from it.
func read(r event.Received) (domain.Period, func(*app.Work), error) {
	switch r.DataSchema {
	case "kinerja.planning.v1.PlanChanged":
		return readPlan(r)
	case "kinerja.assessment.v1.PersonFactChanged":
		return readPersonFact(r)
	case "kinerja.assessment.v1.UnitFactChanged":
		return readUnitFact(r)
	}
	return domain.Period{}, nil, undecodable(r, "the payload is "+r.DataSchema)
}

// readPlan reads a change of a plan. Only an approved plan is scored.
func readPlan(r event.Received) (domain.Period, func(*app.Work), error) {
	var m planningv1.PlanChanged
	err := r.Unmarshal(&m)
	if err != nil {
		return domain.Period{}, nil, err
	}
	if m.GetState() != planningv1.Plan_STATE_APPROVED {
		return domain.Period{}, nil, nil
	}
	period, person, err := about(r, subject{wire.PlanPattern, m.GetPlan()}, subject{wire.PersonPattern, m.GetPerson()})
	return period, func(w *app.Work) { w.People.Add(person, cause(r)) }, err
}

func readPersonFact(r event.Received) (domain.Period, func(*app.Work), error) {
	var m assessmentv1.PersonFactChanged
	err := r.Unmarshal(&m)
	if err != nil {
		return domain.Period{}, nil, err
	}
	period, person, err := about(r, subject{wire.PeriodPattern, m.GetPeriod()}, subject{wire.PersonPattern, m.GetPerson()})
	return period, func(w *app.Work) { w.People.Add(person, cause(r)) }, err
}

func readUnitFact(r event.Received) (domain.Period, func(*app.Work), error) {
	var m assessmentv1.UnitFactChanged
	err := r.Unmarshal(&m)
	if err != nil {
		return domain.Period{}, nil, err
	}
	period, unit, err := about(r, subject{wire.PeriodPattern, m.GetPeriod()}, subject{wire.UnitPattern, m.GetUnit()})
	return period, func(w *app.Work) { w.Units.Add(unit, cause(r)) }, err
}

// subject is a name of a payload with the pattern that it must have.
type subject struct {
	pattern, name string
}

// about returns the period and the id that the names of a payload are about. Both must be of the tenant of the event's
// own subject: who may publish for one tenant must not change the scores of another.
func about(r event.Received, within, of subject) (domain.Period, string, error) {
	vars, err := resource.Parse(within.pattern, within.name)
	if err != nil {
		return domain.Period{}, "", undecodable(r, "the period has no valid name")
	}
	owner, err := resource.Parse(of.pattern, of.name)
	if err != nil {
		return domain.Period{}, "", undecodable(r, "the person or unit has no valid name")
	}
	if vars["tenant"] != r.Tenant || owner["tenant"] != r.Tenant {
		return domain.Period{}, "", undecodable(r, "the payload is about another tenant")
	}
	return domain.Period{Tenant: vars["tenant"], ID: vars["period"]}, resource.ID(of.name), nil
}

func undecodable(r event.Received, why string) error {
	return fmt.Errorf("%w: %s: %s", event.ErrUndecodable, r.ID, why)
}

// cause returns the type of an event as changes state it: its subject without the tenant.
func cause(r event.Received) string {
	tokens := strings.Split(r.Subject, ".")
	if len(tokens) <= tenantToken {
		return r.Subject
	}
	return strings.Join(append(tokens[:tenantToken:tenantToken], tokens[tenantToken+1:]...), ".")
}
