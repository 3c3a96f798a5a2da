package event_test

import (
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/kinerja-suite/kinerja/services/kit/event"
)

func plan() event.Event {
	return event.Event{
		ID: "01j", Subject: event.Subject("planning", "3374", "plan", "approved"), Resource: "tenants/3374/plans/p",
		Revision: 3, Time: time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC), Payload: wrapperspb.String("isi"),
	}
}

func Test_an_event_is_received_as_it_was_sealed(t *testing.T) {
	t.Parallel()
	sealed, err := event.Seal(t.Context(), event.Source("planning"), plan())
	if err != nil {
		t.Fatal(err)
	}
	got, err := event.Open(sealed.Subject, sealed.Header(), sealed.Data)
	if err != nil {
		t.Fatal(err)
	}
	want := event.Received{
		ID: "01j", Type: "google.protobuf.StringValue", Source: "/kinerja/planning",
		Subject: "kinerja.planning.v1.3374.plan.approved", Tenant: "3374", Resource: "tenants/3374/plans/p",
		Revision: 3, Time: time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC),
		DataSchema: "google.protobuf.StringValue", Data: sealed.Data,
	}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Errorf("event differs (-want +got):\n%s", diff)
	}
	var payload wrapperspb.StringValue
	err = got.Unmarshal(&payload)
	if err != nil || payload.GetValue() != "isi" || got.Verb() != "approved" {
		t.Errorf("payload %v, verb %s, %v", payload.GetValue(), got.Verb(), err)
	}
}

func Test_headers_are_cloudevents_in_binary_mode(t *testing.T) {
	t.Parallel()
	sealed, err := event.Seal(t.Context(), event.Source("planning"), plan())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"ce-specversion": {"1.0"}, "ce-id": {"01j"}, "ce-type": {"google.protobuf.StringValue"},
		"ce-source": {"/kinerja/planning"}, "ce-subject": {"tenants/3374/plans/p"},
		"ce-time": {"2026-01-02T03:04:05.000006Z"}, "ce-dataschema": {"proto:google.protobuf.StringValue"},
		"ce-revision": {"3"}, "content-type": {"application/protobuf"},
	}
	diff := cmp.Diff(want, sealed.Header())
	if diff != "" {
		t.Errorf("headers differ (-want +got):\n%s", diff)
	}
}

func Test_a_message_that_is_no_event_is_undecodable(t *testing.T) {
	t.Parallel()
	sealed, err := event.Seal(t.Context(), event.Source("planning"), plan())
	if err != nil {
		t.Fatal(err)
	}
	for name := range sealed.Header() {
		if name == "content-type" {
			continue
		}
		header := maps.Clone(sealed.Header())
		delete(header, name)
		_, err = event.Open(sealed.Subject, header, sealed.Data)
		if !errors.Is(err, event.ErrUndecodable) {
			t.Errorf("without %s: got %v, want ErrUndecodable", name, err)
		}
	}
	_, err = event.Open("kinerja.planning", sealed.Header(), sealed.Data)
	if !errors.Is(err, event.ErrUndecodable) {
		t.Errorf("short subject: got %v, want ErrUndecodable", err)
	}
}

func Test_a_payload_of_another_type_or_damaged_is_undecodable(t *testing.T) {
	t.Parallel()
	sealed, err := event.Seal(t.Context(), event.Source("planning"), plan())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		into proto.Message
	}{
		"another type": {sealed.Data, &wrapperspb.BytesValue{}},
		"damaged":      {[]byte{0xff}, &wrapperspb.StringValue{}},
	} {
		received, err := event.Open(sealed.Subject, sealed.Header(), test.data)
		if err != nil {
			t.Fatal(err)
		}
		err = received.Unmarshal(test.into)
		if !errors.Is(err, event.ErrUndecodable) {
			t.Errorf("%s: got %v, want ErrUndecodable", name, err)
		}
	}
}

func Test_an_empty_message_is_a_payload_too(t *testing.T) {
	t.Parallel()
	e := plan()
	e.Payload, e.Type = &emptypb.Empty{}, "kinerja.planning.v1.Nothing"
	sealed, err := event.Seal(t.Context(), event.Source("planning"), e)
	if err != nil || sealed.Data == nil || sealed.Type != "kinerja.planning.v1.Nothing" {
		t.Errorf("sealed %+v, %v", sealed, err)
	}
}
