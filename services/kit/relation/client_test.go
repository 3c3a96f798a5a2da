package relation_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

// organization answers with what a test says, and keeps the last request.
type organization struct {
	planningv1.OrganizationServiceClient
	last     *planningv1.ResolveRelationsRequest
	response *planningv1.ResolveRelationsResponse
	err      error
}

func (o *organization) ResolveRelations(_ context.Context, r *planningv1.ResolveRelationsRequest, _ ...grpc.CallOption) (*planningv1.ResolveRelationsResponse, error) {
	o.last = r
	return o.response, o.err
}

func TestClient(t *testing.T) {
	t.Parallel()
	// Half past midnight in Jakarta is the day before in UTC: the date of the fact is the local one.
	at := time.Date(2026, 3, 1, 0, 30, 0, 0, time.FixedZone("WIB", 7*3600))
	both := &planningv1.ResolveRelationsResponse{Relations: []commonv1.Relation{commonv1.Relation_RELATION_PEER, commonv1.Relation_RELATION_UNIT_HEAD}}
	t.Run("it_asks_with_names_and_the_date", func(t *testing.T) {
		t.Parallel()
		o := &organization{response: both}
		set, err := relation.Client(o).Person(t.Context(), "3374", "p1", "p2", at)
		if err != nil || set.String() != "PEER|UNIT_HEAD" {
			t.Fatalf("got %s, %v", set, err)
		}
		want := &planningv1.ResolveRelationsRequest{
			Parent: "tenants/3374", Subject: "tenants/3374/people/p1", Person: "tenants/3374/people/p2",
			Date: &date.Date{Year: 2026, Month: 3, Day: 1},
		}
		if diff := cmp.Diff(want, o.last, protocmp.Transform()); diff != "" {
			t.Error(diff)
		}
		_, err = relation.Client(o).Unit(t.Context(), "3374", "p1", "u1", at)
		if err != nil {
			t.Fatal(err)
		}
		want.Person, want.Unit = "", "tenants/3374/units/u1"
		if diff := cmp.Diff(proto.Message(want), proto.Message(o.last), protocmp.Transform()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a_peer_that_does_not_answer_is_no_refusal", func(t *testing.T) {
		t.Parallel()
		for given, want := range map[fault.Reason]fault.Reason{
			fault.ReasonUnavailable: fault.ReasonUnavailable, fault.ReasonPermissionDenied: fault.ReasonInternal,
		} {
			_, err := relation.Client(&organization{err: fault.New(given)}).Person(t.Context(), "3374", "p1", "p2", at)
			if !fault.Is(err, want) {
				t.Errorf("%s became %v", given, err)
			}
		}
	})
}
