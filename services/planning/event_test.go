package planning_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
)

const stream = "KINERJA_PLANNING"

// told returns the events of the stream once there are n of them.
func (s *suite) told(n int) []event.Received {
	s.t.Helper()
	ctx := s.t.Context()
	kittest.Await(s.t, "the events are in the stream", func() bool {
		st, err := s.bus.JetStream.Stream(ctx, stream)
		if err != nil {
			return false
		}
		info, err := st.Info(ctx)
		return err == nil && info.State.Msgs >= uint64(n)
	})
	consumer, err := s.bus.JetStream.OrderedConsumer(ctx, stream, jetstream.OrderedConsumerConfig{})
	must(s.t, err)
	batch, err := consumer.Fetch(n)
	must(s.t, err)
	var out []event.Received
	for m := range batch.Messages() {
		e, err := event.Open(m.Subject(), m.Headers(), m.Data())
		must(s.t, err)
		out = append(out, e)
	}
	must(s.t, batch.Error())
	return out
}

func TestChangesAreTold(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		s.approved("p1", "budi", "citra")
		// The service starts to publish after all has happened.
		s.run()
		events := s.told(14)
		var got []string
		for _, e := range events {
			got = append(got, e.Subject+" "+e.Resource)
			if e.Source != "/kinerja/planning" || !e.Time.Equal(s.clock.Now()) {
				t.Errorf("%s is of %s at %s", e.ID, e.Source, e.Time)
			}
			for _, nip := range []string{"197503152000032001", "198503152010011002", "199001012025212001"} {
				if strings.Contains(string(e.Data)+e.Subject+e.Resource, nip) {
					t.Errorf("%s has a NIP", e.Subject)
				}
			}
		}
		const base = "kinerja.planning.v1.3374."
		want := []string{base + "tenant.created tenants/3374"}
		for _, u := range []string{"city", "health", "clinic"} {
			want = append(want, base+"unit.changed "+name("units", u))
		}
		for _, p := range []string{"wali", "ani", "citra", "budi", "dewi", "eko"} {
			want = append(want, base+"person.changed "+name("people", p))
		}
		want = append(want, base+"period.changed tenants/3374/periods/2026")
		for range 3 {
			want = append(want, base+"plan.changed "+planName("p1"))
		}
		diff := cmp.Diff(want, got)
		if diff != "" {
			t.Fatal(diff)
		}
		states := []planningv1.Plan_State{planningv1.Plan_STATE_DRAFT, planningv1.Plan_STATE_SUBMITTED, planningv1.Plan_STATE_APPROVED}
		for i, e := range events[11:] {
			actor := "budi"
			if i == 2 {
				actor = "citra"
			}
			message := &planningv1.PlanChanged{}
			must(t, e.Unmarshal(message))
			wantPlan := &planningv1.PlanChanged{
				Plan: planName("p1"), Person: name("people", "budi"), Unit: name("units", "clinic"), PositionTitle: "Jabatan nurse",
				State: states[i], Revision: int64(i + 1), Actor: name("people", actor), OccurTime: timestamppb.New(s.clock.Now()),
			}
			diff := cmp.Diff(wantPlan, message, protocmp.Transform())
			if diff != "" || e.Revision != int64(i+1) {
				t.Errorf("revision %d: %s", e.Revision, diff)
			}
		}
		s.decoded(events)
	})
}

// decoded fails the test unless the events of the organisation hold what was created.
func (s *suite) decoded(events []event.Received) {
	s.t.Helper()
	ctx, a := s.t.Context(), s.admin("3374")
	tenant := &planningv1.TenantCreated{}
	must(s.t, events[0].Unmarshal(tenant))
	wantTenant, err := a.org.GetTenant(ctx, &planningv1.GetTenantRequest{Name: "tenants/3374"})
	must(s.t, err)
	unit := &planningv1.UnitChanged{}
	must(s.t, events[3].Unmarshal(unit))
	wantUnit, err := a.org.GetUnit(ctx, &planningv1.GetUnitRequest{Name: name("units", "clinic")})
	must(s.t, err)
	person := &planningv1.PersonChanged{}
	must(s.t, events[7].Unmarshal(person))
	period := &planningv1.PeriodChanged{}
	must(s.t, events[10].Unmarshal(period))
	wantPeriod, err := a.period.GetPeriod(ctx, &planningv1.GetPeriodRequest{Name: "tenants/3374/periods/2026"})
	must(s.t, err)
	at := timestamppb.New(s.clock.Now())
	diff := cmp.Diff(&planningv1.TenantCreated{Tenant: wantTenant, OccurTime: at}, tenant, protocmp.Transform()) +
		cmp.Diff(&planningv1.UnitChanged{Unit: wantUnit, Revision: 1, OccurTime: at}, unit, protocmp.Transform()) +
		cmp.Diff(&planningv1.PersonChanged{Person: name("people", "budi"), DisplayName: "Nama budi", Revision: 1, OccurTime: at}, person, protocmp.Transform()) +
		cmp.Diff(&planningv1.PeriodChanged{Period: wantPeriod, Revision: 1, OccurTime: at}, period, protocmp.Transform())
	if diff != "" {
		s.t.Fatal(diff)
	}
}

// A refused change tells nothing.
func TestRefusedChangesAreNotTold(t *testing.T) {
	s := one(t)
	s.seed()
	s.run()
	before := len(s.told(11))
	_, err := s.employee("citra").plan.ApprovePlan(t.Context(), &planningv1.ApprovePlanRequest{Name: planName("missing")})
	if err == nil {
		t.Fatal("a plan that is missing was approved")
	}
	_, err = s.admin("3374").org.CreatePerson(t.Context(), personOf("budi", "198503152010011009"))
	if err == nil {
		t.Fatal("a second person of one id was created")
	}
	s.approved("p1", "budi", "citra")
	if after := len(s.told(14)); after != before+3 {
		t.Fatalf("%d events, then %d", before, after)
	}
}
