package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
)

// unpack returns the metadata of an operation.
func unpack(t *testing.T, o *longrunningpb.Operation) *scoringv1.RecomputeMetadata {
	t.Helper()
	metadata := &scoringv1.RecomputeMetadata{}
	must(t, o.GetMetadata().UnmarshalTo(metadata))
	return metadata
}

// ended waits for the end of an operation, for as long as it goes on, and returns it.
func (s *suite) ended(c caller, name string) *longrunningpb.Operation {
	s.t.Helper()
	var o *longrunningpb.Operation
	kittest.AwaitEnd(s.t, name+" to go on", func() (int64, bool) {
		var err error
		o, err = c.operations.GetOperation(s.t.Context(), &scoringv1.GetOperationRequest{Name: name})
		must(s.t, err)
		var done int64
		for _, part := range unpack(s.t, o).GetParts() {
			done += part.GetDone()
		}
		return done, o.GetDone()
	})
	return o
}

func (s *suite) provinceAdmin() caller {
	s.t.Helper()
	return s.as("34", "gubernur", commonv1.Role_ROLE_PROVINCE_ADMIN)
}

// planned plans so many people of the tenant in u1, without any event.
func (s *suite) planned(tenant string, people int) {
	for i := range people {
		s.peers.planIn(tenant, fmt.Sprintf("p%04d", i), "u1")
	}
}

func TestRecompute_of_a_tenant_computes_everybody_and_tells_its_progress(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.planned(tenant, 617)
		for _, person := range []string{"ani", "budi", "citra"} {
			s.peers.plan(person, "u2")
		}
		s.run()
		admin := s.admin()
		started, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName, RequestId: "r1"})
		must(t, err)
		if !strings.HasPrefix(started.GetName(), "tenants/3402/operations/") {
			t.Fatalf("name is %s", started.GetName())
		}
		o := s.ended(admin, started.GetName())
		response := &scoringv1.RecomputeResponse{}
		must(t, o.GetResponse().UnmarshalTo(response))
		if diff := cmp.Diff(&scoringv1.RecomputeResponse{Written: 620}, response, protocmp.Transform()); diff != "" {
			t.Fatalf("response (-want +got):\n%s", diff)
		}
		metadata := unpack(t, o)
		part := metadata.GetParts()[0]
		if metadata.GetParent() != periodName || metadata.GetState() != scoringv1.RecomputeMetadata_STATE_SUCCEEDED || metadata.GetEndTime() == nil ||
			part.GetPeriod() != periodName || part.GetTotal() != 620 || part.GetDone() != 620 || part.GetStartTime() == nil || part.GetProblem() != "" {
			t.Fatalf("metadata is %v", metadata)
		}
		people := 0
		for _, payload := range s.told(2) {
			told, _ := payload.(*scoringv1.ScoresChanged)
			people += len(told.GetChanges())
			if got := told.GetChanges()[0].GetCauses(); len(got) != 1 || got[0] != "kinerja.scoring.v1.recompute" {
				t.Fatalf("causes are %v", got)
			}
		}
		if people != 620 {
			t.Fatalf("%d people were told", people)
		}
		repeated, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName, RequestId: "r1"})
		must(t, err)
		if repeated.GetName() != started.GetName() {
			t.Fatalf("the repeated request began %s", repeated.GetName())
		}
		again, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName, Unit: unitName("u2")})
		must(t, err)
		metadata = unpack(t, s.ended(admin, again.GetName()))
		if part := metadata.GetParts()[0]; metadata.GetUnit() != unitName("u2") || part.GetUnchanged() != 3 || part.GetTotal() != 3 || part.GetWritten() != 0 {
			t.Fatalf("metadata is %v", metadata)
		}
		page, err := s.as(tenant, "ito", commonv1.Role_ROLE_INSPECTOR).operations.ListOperations(t.Context(),
			&scoringv1.ListOperationsRequest{Parent: "tenants/3402", PageSize: 1})
		must(t, err)
		rest, err := s.as(tenant, "ito", commonv1.Role_ROLE_INSPECTOR).operations.ListOperations(t.Context(),
			&scoringv1.ListOperationsRequest{Parent: "tenants/3402", PageSize: 1, PageToken: page.GetNextPageToken()})
		must(t, err)
		if page.GetOperations()[0].GetName() != again.GetName() || rest.GetOperations()[0].GetName() != started.GetName() || rest.GetNextPageToken() != "" {
			t.Fatalf("listed %v, then %v", page, rest)
		}
		if got := s.count("outbox"); got != len(s.told(2)) {
			t.Fatalf("%d rows in the outbox", got)
		}
	})
}

func TestRecompute_makes_indexes_anew_whose_events_were_lost(t *testing.T) {
	t.Parallel()
	for sentence, c := range map[string]struct {
		unit string
		// units are those with an index after it.
		units []string
	}{
		"of_a_tenant":   {"", []string{"dinas", "puskesmas"}},
		"of_a_unit":     {unitName("dinas"), []string{"dinas"}},
		"of_nobody_too": {unitName("puskesmas"), []string{"puskesmas"}},
	} {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, s *suite) {
				s.peers.plan("ani", "dinas")
				for _, unit := range []string{"dinas", "puskesmas"} {
					s.peers.judge(unit, 20, 4, good)
				}
				s.run()
				admin := s.admin()
				o, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName, Unit: c.unit})
				must(t, err)
				s.ended(admin, o.GetName())
				var units []string
				for _, unit := range []string{"dinas", "puskesmas"} {
					index, err := s.anonymous().scores.GetSurveyIndex(t.Context(),
						&scoringv1.GetSurveyIndexRequest{Name: periodName + "/surveyIndexes/" + unit})
					if err == nil && index.GetValue() == "100.00" {
						units = append(units, unit)
					}
				}
				if diff := cmp.Diff(c.units, units); diff != "" {
					t.Fatalf("units with an index (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func (s *suite) count(table string) int {
	s.t.Helper()
	var n int
	must(s.t, s.db.Read().QueryRowContext(s.t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n))
	return n
}

func TestRecompute_of_a_province_reaches_its_tenants(t *testing.T) {
	s := one(t)
	s.planned("3401", 3)
	s.planned("3402", 2)
	s.planned("3501", 1)
	s.run()
	admin := s.provinceAdmin()
	o, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: "provinces/34", Period: "2026"})
	must(t, err)
	metadata := unpack(t, s.ended(admin, o.GetName()))
	var got []string
	for _, p := range metadata.GetParts() {
		got = append(got, fmt.Sprintf("%s %d of %d", p.GetPeriod(), p.GetWritten(), p.GetTotal()))
	}
	want := []string{"tenants/3401/periods/2026 3 of 3", "tenants/3402/periods/2026 2 of 2"}
	if diff := cmp.Diff(want, got); diff != "" || metadata.GetParent() != "provinces/34" {
		t.Fatalf("parts (-want +got):\n%s", diff)
	}
	listed, err := admin.operations.ListOperations(t.Context(), &scoringv1.ListOperationsRequest{Parent: "provinces/34"})
	must(t, err)
	if len(listed.GetOperations()) != 1 {
		t.Fatalf("listed %v", listed)
	}
	_, err = admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: "provinces/34", Period: "2025"})
	f := refused(t, err, fault.ReasonNotFound)
	violated(t, f, "period")
	if !strings.HasPrefix(f.Local(), "Belum ada instansi pada provinsi tersebut yang memiliki periode 2025.") {
		t.Errorf("the refusal says %q", f.Local())
	}
	_, err = admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName})
	must(t, err)
}

func TestOperations_are_canceled_and_resumed(t *testing.T) {
	s := one(t)
	s.planned(tenant, 2)
	// The worker does not run, so the operation waits.
	admin := s.admin()
	o, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName})
	must(t, err)
	if o.GetDone() || unpack(t, o).GetState() != scoringv1.RecomputeMetadata_STATE_QUEUED {
		t.Fatalf("operation is %v", o)
	}
	_, err = admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName})
	refused(t, err, fault.ReasonRecomputeRunning)
	_, err = admin.operations.ResumeOperation(t.Context(), &scoringv1.ResumeOperationRequest{Name: o.GetName()})
	refused(t, err, fault.ReasonOperationState)
	canceled, err := admin.operations.CancelOperation(t.Context(), &scoringv1.CancelOperationRequest{Name: o.GetName(), RequestId: "c1"})
	must(t, err)
	if !canceled.GetDone() || codes.Code(canceled.GetError().GetCode()) != codes.Canceled || unpack(t, canceled).GetEndTime() == nil {
		t.Fatalf("operation is %v", canceled)
	}
	if text := localized(t, canceled); !strings.HasPrefix(text, "Penghitungan ulang nilai dibatalkan.") {
		t.Errorf("the cancellation says %q", text)
	}
	repeated, err := admin.operations.CancelOperation(t.Context(), &scoringv1.CancelOperationRequest{Name: o.GetName(), RequestId: "c1"})
	must(t, err)
	if diff := cmp.Diff(canceled, repeated, protocmp.Transform()); diff != "" {
		t.Fatalf("repeated cancel (-first +second):\n%s", diff)
	}
	_, err = admin.operations.CancelOperation(t.Context(), &scoringv1.CancelOperationRequest{Name: o.GetName()})
	refused(t, err, fault.ReasonOperationState)
	resumed, err := admin.operations.ResumeOperation(t.Context(), &scoringv1.ResumeOperationRequest{Name: o.GetName()})
	must(t, err)
	if resumed.GetDone() || resumed.GetError() != nil {
		t.Fatalf("operation is %v", resumed)
	}
	s.run()
	if part := unpack(t, s.ended(admin, o.GetName())).GetParts()[0]; part.GetWritten() != 2 {
		t.Fatalf("part is %v", part)
	}
	unknown := "tenants/3402/operations/none"
	_, err = admin.operations.GetOperation(t.Context(), &scoringv1.GetOperationRequest{Name: unknown})
	refused(t, err, fault.ReasonNotFound)
	_, err = admin.operations.CancelOperation(t.Context(), &scoringv1.CancelOperationRequest{Name: unknown})
	refused(t, err, fault.ReasonNotFound)
	_, err = admin.operations.ResumeOperation(t.Context(), &scoringv1.ResumeOperationRequest{Name: unknown})
	refused(t, err, fault.ReasonNotFound)
}

// localized returns the Indonesian text of the error of an operation.
func localized(t *testing.T, o *longrunningpb.Operation) string {
	t.Helper()
	details := status.FromProto(o.GetError()).Details()
	if len(details) != 1 {
		t.Fatalf("the error has %d details", len(details))
	}
	text, ok := details[0].(*errdetails.LocalizedMessage)
	if !ok || text.GetLocale() != "id-ID" {
		t.Fatalf("the detail is %v", details[0])
	}
	return text.GetMessage()
}

func TestOperations_that_failed_say_why(t *testing.T) {
	s := one(t)
	s.planned(tenant, 1)
	s.peers.change(func() { s.peers.rulePack = "rulePacks/none/versions/1" })
	s.run()
	admin := s.admin()
	o, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName})
	must(t, err)
	o = s.ended(admin, o.GetName())
	part := unpack(t, o).GetParts()[0]
	if codes.Code(o.GetError().GetCode()) != codes.FailedPrecondition || part.GetState() != scoringv1.RecomputeMetadata_STATE_FAILED ||
		!strings.Contains(part.GetProblem(), "Paket aturan penilaian") {
		t.Fatalf("operation is %v, part %v", o, part)
	}
	if text := localized(t, o); !strings.HasPrefix(text, "Sebagian penghitungan ulang nilai tidak dapat diteruskan.") {
		t.Errorf("the failure says %q", text)
	}
}

func TestRecompute_names_those_who_cannot_be_computed(t *testing.T) {
	s := one(t)
	s.planned(tenant, 1)
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "banyak", above, meets)
	s.run()
	admin := s.admin()
	o, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName})
	must(t, err)
	part := unpack(t, s.ended(admin, o.GetName())).GetParts()[0]
	want := []*scoringv1.RecomputeFailure{{
		Score: scoreName("ani"), Reason: "RULE_PACK_MISFIT",
		Sentences: []string{
			"Data penilaian tidak sesuai dengan ketentuan paket aturan ini: realisasi harus 0 atau lebih; " +
				"paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal.",
		},
	}}
	if diff := cmp.Diff(want, part.GetFailures(), protocmp.Transform()); diff != "" || part.GetFailed() != 1 || part.GetWritten() != 1 {
		t.Fatalf("%d failed (-want +got):\n%s", part.GetFailed(), diff)
	}
	listed, err := admin.operations.ListOperations(t.Context(), &scoringv1.ListOperationsRequest{Parent: "tenants/3402"})
	must(t, err)
	if part := unpack(t, listed.GetOperations()[0]).GetParts()[0]; part.GetFailed() != 1 || part.GetFailures() != nil {
		t.Fatalf("listed %v", part)
	}
}

func TestRecompute_refuses_what_makes_no_sense(t *testing.T) {
	s := one(t)
	admin, province := s.admin(), s.provinceAdmin()
	cases := map[string]struct {
		by      caller
		request *scoringv1.RecomputeRequest
		fields  []string
	}{
		"no_period":             {admin, &scoringv1.RecomputeRequest{Parent: "tenants/3402"}, []string{"parent"}},
		"all_at_once":           {admin, &scoringv1.RecomputeRequest{Parent: "tenants/3402/periods/x/y", Unit: "u1", Period: "2026"}, []string{"parent", "unit", "period"}},
		"unit_elsewhere":        {admin, &scoringv1.RecomputeRequest{Parent: periodName, Unit: "tenants/3401/units/u1"}, []string{"unit"}},
		"province_of_no_period": {province, &scoringv1.RecomputeRequest{Parent: "provinces/34/x", Unit: unitName("u1")}, []string{"parent", "unit", "period"}},
	}
	for name, c := range cases {
		_, err := c.by.recomputes.Recompute(t.Context(), c.request)
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.KindInvalid {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for _, v := range f.Violations {
			got = append(got, v.Field)
		}
		if diff := cmp.Diff(c.fields, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	_, err := admin.recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: "tenants/3402/periods/2019"})
	refused(t, err, fault.ReasonNotFound)
	unknown := &scoringv1.RecomputeRequest{Parent: periodName, Unit: unitName("dinaz")}
	_, err = admin.recomputes.Recompute(t.Context(), unknown)
	f, _ := fault.As(err)
	if f == nil || len(f.Violations) != 1 || f.Violations[0].Field != "unit" || f.Violations[0].Reason != fault.ReasonReferenceNotFound {
		t.Fatalf("an unknown unit: %v", err)
	}
	_, err = s.employee("ani").recomputes.Recompute(t.Context(), unknown)
	refused(t, err, fault.ReasonPermissionDenied)
	for _, name := range []string{"tenants/3402", "tenants/3402/operations/a/b", "tenants/3402/operations/-"} {
		_, err = admin.operations.GetOperation(t.Context(), &scoringv1.GetOperationRequest{Name: name})
		refused(t, err, fault.ReasonInvalidName)
		_, err = admin.operations.CancelOperation(t.Context(), &scoringv1.CancelOperationRequest{Name: name})
		refused(t, err, fault.ReasonInvalidName)
		_, err = admin.operations.ResumeOperation(t.Context(), &scoringv1.ResumeOperationRequest{Name: name})
		refused(t, err, fault.ReasonInvalidName)
	}
	_, err = admin.operations.ListOperations(t.Context(), &scoringv1.ListOperationsRequest{Parent: "tenants/3402/x"})
	refused(t, err, fault.ReasonInvalidName)
	_, err = s.as(auth.AnyTenant, "svc", commonv1.Role_ROLE_SERVICE).recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: "provinces/xx", Period: "2026"})
	f = refused(t, err, fault.ReasonInvalidName)
	if !strings.Contains(f.Local(), "provinces/{province}") {
		t.Errorf("the refusal says %q", f.Local())
	}
	_, err = admin.recomputes.ListScoreMismatches(t.Context(), &scoringv1.ListScoreMismatchesRequest{Parent: "tenants/3402/x"})
	refused(t, err, fault.ReasonInvalidName)
}
