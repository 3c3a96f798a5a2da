package assessment_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
)

const stream = "KINERJA_ASSESSMENT"

// told returns the events of the stream once there are n of them.
func (s *suite) told(n int) []event.Received {
	s.t.Helper()
	for _, r := range s.service.Runners() {
		kittest.Run(s.t, r.Run)
	}
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
		for key, values := range m.Headers() {
			if strings.Contains(strings.Join(values, " "), "siti") {
				s.t.Errorf("header %s of %s names the rater", key, m.Subject())
			}
		}
		out = append(out, e)
	}
	must(s.t, batch.Error())
	return out
}

func TestEvents_tell_every_change_and_no_rater(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		ctx := t.Context()
		made, err := s.person("budi").progress.CreateProgressReport(ctx, report("budi"))
		must(t, err)
		for range 2 {
			_, err = s.person("ani").rating.UpdateRating(ctx, rate("budi"))
			must(t, err)
		}
		peer := review("budi")
		peer.RequestId = uuid.NewString()
		for range 2 {
			_, err = s.person("siti").peer.CreatePeerReview(ctx, peer)
			must(t, err)
		}
		for _, rater := range []string{"sari", "dewi"} {
			_, err = s.person(rater).peer.CreatePeerReview(ctx, review("budi"))
			must(t, err)
		}
		_, err = s.scoring().attendance.UpdateAttendance(ctx, attend("budi"))
		must(t, err)
		_, err = s.person("ani").survey.CreateSurvey(ctx, opened("skm", "puskesmas"))
		must(t, err)
		_, err = s.person("siti").survey.CreateSurveyResponse(ctx, answer(4))
		must(t, err)
		_, err = s.admin("3374").rating.UpdateOrganizationRating(ctx, level("puskesmas"))
		must(t, err)

		now, today := s.clock.Now(), time.Date(2026, 7, 14, 17, 0, 0, 0, time.UTC)
		want := []struct {
			subject  string
			resource string
			revision int64
			at       time.Time
		}{
			{"progress.reported", made.GetName(), 1, now},
			{"rating.changed", period + "/ratings/budi", 1, now},
			{"rating.changed", period + "/ratings/budi", 2, now},
			{"peer.answered", name("people", "budi"), 1, today},
			{"attendance.changed", period + "/attendances/budi", 1, now},
			{"survey.opened", period + "/surveys/skm", 1, now},
			{"survey.answered", period + "/surveys/skm", 1, today},
			{"organization-rating.changed", period + "/organizationRatings/puskesmas", 1, now},
		}
		got := s.told(len(want))
		if len(got) != len(want) {
			t.Fatalf("%d events, want %d", len(got), len(want))
		}
		for i, e := range got {
			w := want[i]
			if e.Subject != "kinerja.assessment.v1.3374."+w.subject || e.Resource != w.resource || e.Revision != w.revision || !e.Time.Equal(w.at) {
				t.Errorf("event %d: %s %s %d %s, want %v", i, e.Subject, e.Resource, e.Revision, e.Time, w)
			}
			person := i < 5
			var payload, expected proto.Message = &assessmentv1.UnitFactChanged{}, &assessmentv1.UnitFactChanged{
				Period: period, Unit: name("units", "puskesmas"), OccurTime: timestamppb.New(w.at),
			}
			if person {
				payload, expected = &assessmentv1.PersonFactChanged{}, &assessmentv1.PersonFactChanged{
					Period: period, Person: name("people", "budi"), OccurTime: timestamppb.New(w.at),
				}
			}
			must(t, e.Unmarshal(payload))
			if diff := cmp.Diff(expected, payload, protocmp.Transform()); diff != "" {
				t.Errorf("payload of %s (-want +got):\n%s", e.Subject, diff)
			}
		}
	})
}
