package events

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func received(t *testing.T, id, subject string, payload proto.Message) event.Received {
	t.Helper()
	data, err := proto.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	return event.Received{
		ID: id, Subject: subject, Tenant: "3402", DataSchema: string(payload.ProtoReflect().Descriptor().FullName()), Data: data,
	}
}

func person(period, id string) *assessmentv1.PersonFactChanged {
	return &assessmentv1.PersonFactChanged{Period: "tenants/3402/periods/" + period, Person: "tenants/3402/people/" + id}
}

func plan(id string, state planningv1.Plan_State) *planningv1.PlanChanged {
	return &planningv1.PlanChanged{Plan: "tenants/3402/periods/2026/plans/p1", Person: "tenants/3402/people/" + id, State: state}
}

func assignment(period, id string) *planningv1.AssignmentChanged {
	return &planningv1.AssignmentChanged{Plan: "tenants/3402/periods/" + period + "/plans/p1", Person: "tenants/3402/people/" + id}
}

func TestWorks_coalesces_by_period_and_person(t *testing.T) {
	t.Parallel()
	batch := []event.Received{
		received(t, "e1", "kinerja.assessment.v1.3402.progress.reported", person("2026", "ani")),
		received(t, "e2", "kinerja.assessment.v1.3402.progress.reported", person("2026", "ani")),
		received(t, "e3", "kinerja.assessment.v1.3402.rating.changed", person("2026", "ani")),
		received(t, "e4", "kinerja.assessment.v1.3402.peer.answered", person("2025", "ani")),
		received(t, "e5", "kinerja.assessment.v1.3402.survey.answered", &assessmentv1.UnitFactChanged{
			Period: "tenants/3402/periods/2026", Unit: "tenants/3402/units/u1",
		}),
		received(t, "e6", "kinerja.planning.v1.3402.plan.changed", plan("budi", planningv1.Plan_STATE_APPROVED)),
		received(t, "e7", "kinerja.planning.v1.3402.plan.changed", plan("citra", planningv1.Plan_STATE_DRAFT)),
		received(t, "e8", "kinerja.planning.v1.3402.assignment.changed", assignment("2026", "dewi")),
		received(t, "e9", "kinerja.planning.v1.3402.assignment.changed", assignment("2025", "dewi")),
	}
	all, err := readBatch(batch)
	if err != nil {
		t.Fatal(err)
	}
	got := works("consumer", all)
	period := func(id string) domain.Period { return domain.Period{Tenant: "3402", ID: id} }
	want := map[domain.Period]*app.Work{
		period("2026"): {
			Period: period("2026"), Consumer: "consumer", Events: []string{"e1", "e2", "e3", "e5", "e6", "e8"},
			People: app.Causes{
				"ani":  {"kinerja.assessment.v1.progress.reported", "kinerja.assessment.v1.rating.changed"},
				"budi": {"kinerja.planning.v1.plan.changed"},
				"dewi": {"kinerja.planning.v1.assignment.changed"},
			},
			Units: app.Causes{"u1": {"kinerja.assessment.v1.survey.answered"}},
		},
		period("2025"): {
			Period: period("2025"), Consumer: "consumer", Events: []string{"e4", "e9"},
			People: app.Causes{
				"ani": {"kinerja.assessment.v1.peer.answered"}, "dewi": {"kinerja.planning.v1.assignment.changed"},
			},
			Units: app.Causes{},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("works (-want +got):\n%s", diff)
	}
}

func TestReadBatch_refuses_events_that_cannot_be_read(t *testing.T) {
	t.Parallel()
	const subject = "kinerja.assessment.v1.3402.progress.reported"
	cases := []struct {
		name  string
		given event.Received
	}{
		{"another_payload", received(t, "e1", subject, &planningv1.TenantCreated{})},
		{"damaged_payload", event.Received{ID: "e1", Subject: subject, Tenant: "3402", DataSchema: "kinerja.assessment.v1.PersonFactChanged", Data: []byte{0xff}}},
		{"no_period", received(t, "e1", subject, &assessmentv1.PersonFactChanged{Person: "tenants/3402/people/ani"})},
		{"no_person", received(t, "e1", subject, &assessmentv1.PersonFactChanged{Period: "tenants/3402/periods/2026"})},
		{"no_unit", received(t, "e1", subject, &assessmentv1.UnitFactChanged{Period: "tenants/3402/periods/2026"})},
		{"no_plan", received(t, "e1", subject, &planningv1.AssignmentChanged{Person: "tenants/3402/people/ani"})},
		{"no_holder", received(t, "e1", subject, &planningv1.AssignmentChanged{Plan: "tenants/3402/periods/2026/plans/p1"})},
		{"person_of_another_tenant", received(t, "e1", subject, &assessmentv1.PersonFactChanged{Period: "tenants/3402/periods/2026", Person: "tenants/3374/people/ani"})},
		{"all_of_another_tenant", received(t, "e1", subject, &assessmentv1.PersonFactChanged{Period: "tenants/3374/periods/2026", Person: "tenants/3374/people/ani"})},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := readBatch([]event.Received{c.given})
			if !errors.Is(err, event.ErrUndecodable) {
				t.Fatalf("error is %v, want ErrUndecodable", err)
			}
		})
	}
}
