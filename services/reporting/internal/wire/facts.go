package wire

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// Event returns the facts of an event of planning or scoring. An event that is of a kind that is not read here has none.
// An event that cannot be read, or that names something of another tenant, is an error that is event.ErrUndecodable.
func Event(e event.Received) (app.Event, error) {
	out := app.Event{ID: e.ID, Tenant: e.Tenant, Time: e.Time}
	d := &decoder{event: e}
	switch e.Subject {
	case event.Subject("planning", e.Tenant, "tenant", "created"):
		d.tenant(&out.Facts)
	case event.Subject("planning", e.Tenant, "unit", "changed"):
		d.unit(&out.Facts)
	case event.Subject("planning", e.Tenant, "person", "changed"):
		d.person(&out.Facts)
	case event.Subject("planning", e.Tenant, "plan", "changed"):
		d.plan(&out.Facts)
	case event.Subject("scoring", e.Tenant, "score", "changed"):
		d.scores(&out.Facts)
	case event.Subject("scoring", e.Tenant, "survey-index", "changed"):
		d.surveys(&out.Facts)
	}
	return out, d.err
}

// decoder reads the payload of an event and keeps the first error.
type decoder struct {
	event event.Received
	err   error
}

func (d *decoder) refuse(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf("%w: %s: %s", event.ErrUndecodable, d.event.ID, fmt.Sprintf(format, args...))
	}
}

// ids returns the ids in a name, which must be of the event's tenant.
func (d *decoder) ids(pattern, name string) map[string]string {
	ids, err := resource.Parse(pattern, name)
	if err != nil || ids["tenant"] != d.event.Tenant {
		// The name itself is not told, because nobody knows what it holds.
		d.refuse("a name is not %s of tenant %s", pattern, d.event.Tenant)
	}
	return ids
}

func (d *decoder) revision(n int64) int64 {
	if n < 1 {
		d.refuse("revision %d", n)
	}
	return n
}

func (d *decoder) ref(pattern, name, variable string) app.Ref {
	return app.Ref{Tenant: d.event.Tenant, ID: d.ids(pattern, name)[variable]}
}

func (d *decoder) tenant(out *app.Facts) {
	var m planningv1.TenantCreated
	d.err = d.event.Unmarshal(&m)
	d.ids(tenantPattern, m.GetTenant().GetName())
	out.Tenants = append(out.Tenants, app.Named{
		Ref:         app.Ref{Tenant: d.event.Tenant, ID: domain.WholeTenant},
		DisplayName: m.GetTenant().GetDisplayName(), Revision: d.revision(d.event.Revision),
	})
}

func (d *decoder) unit(out *app.Facts) {
	var m planningv1.UnitChanged
	d.err = d.event.Unmarshal(&m)
	out.Units = append(out.Units, app.Named{
		Ref:         d.ref(UnitPattern, m.GetUnit().GetName(), "unit"),
		DisplayName: m.GetUnit().GetDisplayName(), Revision: d.revision(m.GetRevision()),
	})
}

func (d *decoder) person(out *app.Facts) {
	var m planningv1.PersonChanged
	d.err = d.event.Unmarshal(&m)
	out.People = append(out.People, app.Named{
		Ref:         d.ref(personPattern, m.GetPerson(), "person"),
		DisplayName: m.GetDisplayName(), Revision: d.revision(m.GetRevision()),
	})
}

func (d *decoder) plan(out *app.Facts) {
	var m planningv1.PlanChanged
	d.err = d.event.Unmarshal(&m)
	out.Plans = append(out.Plans, domain.PlanChange{
		Key: domain.PersonKey{
			Tenant: d.event.Tenant,
			Period: d.ids(planPattern, m.GetPlan())["period"],
			Person: d.ids(personPattern, m.GetPerson())["person"],
		},
		Unit: d.ids(UnitPattern, m.GetUnit())["unit"],
		Plan: domain.Plan{
			Revision: d.revision(m.GetRevision()), State: text(prefixState, m.GetState()), PositionTitle: m.GetPositionTitle(),
		},
	})
}

func (d *decoder) scores(out *app.Facts) {
	var m scoringv1.ScoresChanged
	d.err = d.event.Unmarshal(&m)
	for _, c := range m.GetChanges() {
		out.Scores = append(out.Scores, d.score(c))
	}
}

func (d *decoder) score(change *scoringv1.ScoreChange) domain.ScoreChange {
	s := change.GetScore()
	ids := d.ids(scorePattern, s.GetName())
	c := domain.ScoreChange{
		Key: domain.PersonKey{Tenant: d.event.Tenant, Period: ids["period"], Person: ids["person"]},
		Score: domain.Score{
			Revision:       d.revision(s.GetRevision()),
			State:          text(prefixState, s.GetState()),
			Predicate:      domain.Predicate(text(prefixPredicate, s.GetPredicate())),
			PredicateWord:  change.GetPredicateLabel(),
			ResultRating:   text(prefixExpectation, s.GetResultRating()),
			BehaviorRating: text(prefixExpectation, s.GetBehaviorRating()),
			Achievement:    s.GetAchievement(),
			SurveyIndex:    s.GetSurveyIndex(),
			Credit:         s.GetCredit(),
			Value:          s.GetValue(),
			Suggestion:     text(prefixExpectation, s.GetSuggestedRating()),
			Final:          s.GetFinal() != nil,
			InputTime:      moment(s.GetInputTime()),
			ComputeTime:    moment(s.GetComputeTime()),
		},
	}
	// What people have fixed holds, whatever is computed beside it.
	final := s.GetFinal()
	if final != nil {
		c.Score.Predicate, c.Score.Credit = domain.Predicate(text(prefixPredicate, final.GetPredicate())), final.GetCredit()
	}
	// A score whose plan is gone may have no unit.
	if s.GetUnit() != "" {
		c.Unit = d.ids(UnitPattern, s.GetUnit())["unit"]
	}
	for _, missing := range s.GetMissing() {
		c.Score.Missing = append(c.Score.Missing, domain.Missing{
			Input: missing.GetInput(), Description: missing.GetDescription(), Policy: text(prefixPolicy, missing.GetPolicy()),
		})
	}
	return c
}

func (d *decoder) surveys(out *app.Facts) {
	var m scoringv1.SurveyIndexesChanged
	d.err = d.event.Unmarshal(&m)
	for _, s := range m.GetSurveyIndexes() {
		ids := d.ids(indexPattern, s.GetName())
		out.Surveys = append(out.Surveys, domain.SurveyChange{
			Key:    domain.UnitKey{Tenant: d.event.Tenant, Period: ids["period"], Unit: ids["unit"]},
			Survey: domain.Survey{Revision: d.revision(s.GetRevision()), Index: s.GetValue(), Grade: s.GetGrade()},
		})
	}
}

// moment has the resolution of the tables, so that what was read back compares equal.
func moment(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime().Truncate(time.Microsecond)
}
