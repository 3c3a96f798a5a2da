package planning_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// post makes the position nurse3 below chief, and fitri, who holds it from the day on by the assignment a1.
func (s *suite) post(from *date.Date) {
	s.t.Helper()
	ctx, a := s.t.Context(), s.admin("3374")
	_, err := a.org.CreatePosition(ctx, positionOf("nurse3", "clinic", "chief"))
	must(s.t, err)
	_, err = a.org.CreatePerson(ctx, personOf("fitri", "198503152010012003"))
	must(s.t, err)
	req := assignmentOf("fitri", "nurse3", planningv1.Assignment_KIND_DEFINITIVE, from, nil)
	req.AssignmentId = "a1"
	_, err = a.org.CreateAssignment(ctx, req)
	must(s.t, err)
}

func end(on *date.Date) *planningv1.EndAssignmentRequest {
	return &planningv1.EndAssignmentRequest{Name: name("assignments", "a1"), EndDate: on}
}

// months returns the months that scoring is told of somebody's plan.
func (s *suite) months(person string) int32 {
	s.t.Helper()
	got, err := s.scoring().input.BatchGetPlanInputs(s.t.Context(), &planningv1.BatchGetPlanInputsRequest{
		Parent: "tenants/3374/periods/2026", People: []string{name("people", person)},
	})
	must(s.t, err)
	return got.GetInputs()[0].GetMonths()
}

func TestAnAssignmentThatEndsFreesThePostAndShortensThePlan(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		s.post(day(2025, 1, 1))
		s.approved("p1", "fitri", "citra")
		ctx, a := t.Context(), s.admin("3374")
		ended, err := a.org.EndAssignment(ctx, end(day(2026, 7, 1)))
		must(t, err)
		want := &planningv1.Assignment{
			Name: name("assignments", "a1"), Person: name("people", "fitri"), Position: name("positions", "nurse3"),
			Kind: planningv1.Assignment_KIND_DEFINITIVE, StartDate: day(2025, 1, 1), EndDate: day(2026, 7, 1), Etag: ended.GetEtag(),
			CreateTime: timestamppb.New(s.clock.Now()),
		}
		diff := cmp.Diff(want, ended, protocmp.Transform())
		if diff != "" || s.months("fitri") != 6 {
			t.Fatal(s.months("fitri"), diff)
		}
		again, err := a.org.EndAssignment(ctx, end(day(2026, 7, 1)))
		must(t, err)
		if !proto.Equal(ended, again) {
			t.Errorf("the same end again is %v", again)
		}
		// The post and the person are free from that day on, and not before.
		_, err = a.org.CreateAssignment(ctx, assignmentOf("eko", "nurse3", planningv1.Assignment_KIND_DEFINITIVE, day(2026, 6, 30), nil))
		refused(t, err, fault.ReasonAssignmentOverlap)
		s.assign("eko", "nurse3", planningv1.Assignment_KIND_DEFINITIVE, day(2026, 7, 1), nil)
		// Acting in it gives no months back.
		s.assign("fitri", "nurse3", planningv1.Assignment_KIND_ACTING, day(2026, 10, 1), nil)
		if got := s.months("fitri"); got != 6 {
			t.Errorf("acting counts as %d months", got)
		}
	})
}

func TestChangedAssignmentsAreToldForEachPlanThatTheyCountFor(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		s.post(day(2026, 1, 1))
		s.approved("p1", "fitri", "citra")
		ctx, a := t.Context(), s.admin("3374")
		for range 2 { // an end is told once
			_, err := a.org.EndAssignment(ctx, end(day(2026, 5, 1)))
			must(t, err)
		}
		// The months of a post that one comes back to, but not those of one in which one acts, or after the period.
		s.assign("fitri", "nurse3", planningv1.Assignment_KIND_ACTING, day(2026, 8, 1), nil)
		back := assignmentOf("fitri", "nurse3", planningv1.Assignment_KIND_DEFINITIVE, day(2026, 11, 1), day(2027, 6, 1))
		back.AssignmentId = "a2"
		_, err := a.org.CreateAssignment(ctx, back)
		must(t, err)
		_, err = a.org.EndAssignment(ctx, &planningv1.EndAssignmentRequest{Name: name("assignments", "a2"), EndDate: day(2027, 1, 1)})
		must(t, err)
		if got := s.months("fitri"); got != 6 {
			t.Errorf("%d months, want 6", got)
		}
		_, err = a.org.CreatePerson(ctx, personOf("last", "198503152010012009"))
		must(t, err)

		s.run()
		var got []*planningv1.AssignmentChanged
		events := s.told(11 + 1 + 3 + 2 + 1)
		for _, e := range events {
			if !strings.Contains(e.Subject, "assignment") {
				continue
			}
			message := &planningv1.AssignmentChanged{}
			must(t, e.Unmarshal(message))
			got = append(got, message)
			if e.Subject != "kinerja.planning.v1.3374.assignment.changed" || e.Resource != message.GetAssignment() || e.Revision != message.GetRevision() {
				t.Errorf("%s of %s at %d", e.Subject, e.Resource, e.Revision)
			}
		}
		of := func(id string, revision int64) *planningv1.AssignmentChanged {
			return &planningv1.AssignmentChanged{
				Assignment: name("assignments", id), Revision: revision, Person: name("people", "fitri"), Plan: planName("p1"),
				OccurTime: timestamppb.New(s.clock.Now()),
			}
		}
		diff := cmp.Diff([]*planningv1.AssignmentChanged{of("a1", 2), of("a2", 1)}, got, protocmp.Transform())
		if diff != "" || events[len(events)-1].Resource != name("people", "last") {
			t.Fatal(diff, events[len(events)-1].Resource)
		}
	})
}

func TestASuperiorWhoseAssignmentHasEndedIsNoneFromThatDayOn(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		s.post(day(2025, 1, 1))
		ctx, a := t.Context(), s.admin("3374")
		_, err := a.org.CreatePosition(ctx, positionOf("aide", "clinic", "nurse3"))
		must(t, err)
		s.assign("eko", "aide", planningv1.Assignment_KIND_DEFINITIVE, day(2025, 1, 1), nil)
		_, err = a.org.EndAssignment(ctx, end(day(2026, 3, 15))) // today
		must(t, err)
		for on, want := range map[int32][]commonv1.Relation{14: {commonv1.Relation_RELATION_SUPERIOR}, 15: nil} {
			got, err := s.scoring().org.ResolveRelations(ctx, &planningv1.ResolveRelationsRequest{
				Parent: "tenants/3374", Subject: name("people", "fitri"), Person: name("people", "eko"), Date: day(2026, 3, on),
			})
			must(t, err)
			diff := cmp.Diff(want, got.GetRelations())
			if diff != "" {
				t.Errorf("on the %dth: %s", on, diff)
			}
		}
		p, err := s.employee("eko").plan.CreatePlan(ctx, planOf("p1", "eko"))
		must(t, err)
		_, err = s.employee("eko").plan.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: p.GetName()})
		must(t, err)
		_, err = s.employee("fitri").plan.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: p.GetName()})
		refused(t, err, fault.ReasonNotSuperior)
		_, err = s.employee("fitri").plan.CreatePlan(ctx, planOf("p2", "fitri"))
		refused(t, err, fault.ReasonNoAssignment)
	})
}

func TestEndsAreRefused(t *testing.T) {
	s := one(t)
	s.seed()
	s.post(day(2026, 2, 1))
	ctx := t.Context()
	_, err := s.admin("3374").org.EndAssignment(ctx, end(day(2026, 10, 1)))
	must(t, err)
	cases := map[string]struct {
		on     *date.Date
		reason fault.Reason
		says   string
	}{
		"on_the_first_day":             {day(2026, 2, 1), fault.ReasonInvalidDate, "setelah tanggal mulai"},
		"later_than_it_ends":           {day(2026, 10, 2), fault.ReasonInvalidDate, "penugasan baru"},
		"on_a_day_that_does_not_exist": {day(2026, 2, 30), fault.ReasonInvalidDate, "kalender"},
		"on_no_day":                    {&date.Date{}, fault.ReasonInvalidDate, "wajib diisi"},
		"without_a_day":                {nil, fault.ReasonInvalidArgument, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := s.admin("3374").org.EndAssignment(ctx, end(c.on))
			f := refused(t, err, c.reason)
			violated(t, f, "end_date")
			if !strings.Contains(f.Violations[0].Local(), c.says) {
				t.Errorf("the text is %q", f.Violations[0].Local())
			}
		})
	}
	missing := end(day(2026, 5, 1))
	missing.Name = name("assignments", "missing")
	t.Run("of_what_does_not_exist_to_whoever_may", func(t *testing.T) {
		_, err := s.admin("3374").org.EndAssignment(ctx, missing)
		f := refused(t, err, fault.ReasonNotFound)
		if f.Meta["resource"] != missing.GetName() {
			t.Errorf("metadata %v", f.Meta)
		}
	})
	t.Run("alike_to_whoever_may_not", func(t *testing.T) {
		for _, req := range []*planningv1.EndAssignmentRequest{missing, end(day(2026, 5, 1))} {
			for _, c := range []caller{s.employee("citra"), s.admin("3402"), s.scoring()} {
				_, err := c.org.EndAssignment(ctx, req)
				refused(t, err, fault.ReasonPermissionDenied)
			}
		}
	})
}
