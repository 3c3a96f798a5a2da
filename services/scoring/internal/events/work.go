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

// subjectOf is a person or a unit of a period.
type subjectOf struct {
	period domain.Period
	id     string
	unit   bool
}

// change is what an event tells: that a fact about somebody or a unit has changed.
type change struct {
	subjectOf

	event, cause string
}

// readBatch returns what the events of a batch tell, without those from which no score can follow. An event that cannot be
// read is an error that is event.ErrUndecodable.
func readBatch(batch []event.Received) ([]change, error) {
	all := make([]change, 0, len(batch))
	for _, received := range batch {
		subject, ok, err := read(received)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, change{subjectOf: subject, event: received.ID, cause: cause(received)})
		}
	}
	return all, nil
}

// works coalesces changes into one work for each period.
func works(consumer string, all []change) map[domain.Period]*app.Work {
	byPeriod := map[domain.Period]*app.Work{}
	for _, c := range all {
		work, ok := byPeriod[c.period]
		if !ok {
			work = &app.Work{Period: c.period, People: app.Causes{}, Units: app.Causes{}, Consumer: consumer}
			byPeriod[c.period] = work
		}
		if c.unit {
			work.Units.Add(c.id, c.cause)
		} else {
			work.People.Add(c.id, c.cause)
		}
		work.Events = append(work.Events, c.event)
	}
	return byPeriod
}

// read returns what an event is about, and false when no score can follow from it.
func read(r event.Received) (subjectOf, bool, error) {
	switch r.DataSchema {
	case "kinerja.planning.v1.PlanChanged":
		return readPlan(r)
	case "kinerja.planning.v1.AssignmentChanged":
		return readAssignment(r)
	case "kinerja.assessment.v1.PersonFactChanged":
		return readPersonFact(r)
	case "kinerja.assessment.v1.UnitFactChanged":
		return readUnitFact(r)
	}
	return subjectOf{}, false, undecodable(r, "the payload is "+r.DataSchema)
}

// readPlan reads a change of a plan. Only an approved plan is scored.
func readPlan(r event.Received) (subjectOf, bool, error) {
	var m planningv1.PlanChanged
	err := r.Unmarshal(&m)
	if err != nil {
		return subjectOf{}, false, err
	}
	if m.GetState() != planningv1.Plan_STATE_APPROVED {
		return subjectOf{}, false, nil
	}
	period, person, err := about(r, subject{wire.PlanPattern, m.GetPlan()}, subject{wire.PersonPattern, m.GetPerson()})
	return subjectOf{period: period, id: person}, true, err
}

// readAssignment reads a change of the months that a plan covers. Whether the plan is approved shows when it is read.
func readAssignment(r event.Received) (subjectOf, bool, error) {
	var m planningv1.AssignmentChanged
	err := r.Unmarshal(&m)
	if err != nil {
		return subjectOf{}, false, err
	}
	period, person, err := about(r, subject{wire.PlanPattern, m.GetPlan()}, subject{wire.PersonPattern, m.GetPerson()})
	return subjectOf{period: period, id: person}, true, err
}

func readPersonFact(r event.Received) (subjectOf, bool, error) {
	var m assessmentv1.PersonFactChanged
	err := r.Unmarshal(&m)
	if err != nil {
		return subjectOf{}, false, err
	}
	period, person, err := about(r, subject{wire.PeriodPattern, m.GetPeriod()}, subject{wire.PersonPattern, m.GetPerson()})
	return subjectOf{period: period, id: person}, true, err
}

func readUnitFact(r event.Received) (subjectOf, bool, error) {
	var m assessmentv1.UnitFactChanged
	err := r.Unmarshal(&m)
	if err != nil {
		return subjectOf{}, false, err
	}
	period, unit, err := about(r, subject{wire.PeriodPattern, m.GetPeriod()}, subject{wire.UnitPattern, m.GetUnit()})
	return subjectOf{period: period, id: unit, unit: true}, true, err
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

// cause returns an event as the causes of changes state it: its subject without the tenant.
func cause(r event.Received) string {
	tokens := strings.Split(r.Subject, ".")
	if len(tokens) <= tenantToken {
		return r.Subject
	}
	return strings.Join(append(tokens[:tenantToken:tenantToken], tokens[tenantToken+1:]...), ".")
}
