package events

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

var period = domain.Period{Tenant: "3402", ID: "2026"}

func changes(n int, description string) []app.ScoreChange {
	all := make([]app.ScoreChange, n)
	for i := range all {
		all[i].Score.Score = domain.Score{Period: period, Person: fmt.Sprintf("p%d", i), Revision: int64(i + 1), Result: domain.Result{Unit: "u1"}}
		all[i].Word = "Cukup"
		all[i].Score.Missing = []domain.Missing{{Input: "peers", Description: description, Policy: domain.PolicyExclude}}
	}
	return all
}

func TestAnnounce_tells_every_change_once_in_events_that_fit(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name        string
		n           int
		description string
		want        int
	}{
		{"none", 0, "", 0},
		{"one", 1, "", 1},
		{"as_many_as_fit", 500, "", 1},
		{"one_more", 501, "", 2},
		{"few_large_ones", 20, strings.Repeat("x", 100_000), 4},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			events := Announcer{}.Announce(period, changes(c.n, c.description), nil)
			if len(events) != c.want {
				t.Fatalf("%d events, want %d", len(events), c.want)
			}
			next := 0
			for _, e := range events {
				payload, ok := e.Payload.(*scoringv1.ScoresChanged)
				if !ok || payload.GetPeriod() != "tenants/3402/periods/2026" || e.Subject != "kinerja.scoring.v1.3402.score.changed" {
					t.Fatalf("event %+v", e)
				}
				if proto.Size(payload) > MaxBytes {
					t.Fatalf("the payload has %d bytes", proto.Size(payload))
				}
				for _, change := range payload.GetChanges() {
					if want := fmt.Sprintf("tenants/3402/periods/2026/scores/p%d", next); change.GetScore().GetName() != want || change.GetPredicateLabel() != "Cukup" {
						t.Fatalf("got %s, want %s", change.GetScore().GetName(), want)
					}
					next++
				}
				if e.Revision != int64(next) {
					t.Fatalf("revision %d, want the highest, %d", e.Revision, next)
				}
			}
			if next != c.n {
				t.Fatalf("%d changes were told", next)
			}
		})
	}
}

func TestAnnounce_events_can_be_sealed(t *testing.T) {
	t.Parallel()
	indexes := []domain.SurveyScore{{Period: period, Unit: "u1", Revision: 2, Index: domain.Index{Value: "81.94"}}}
	events := Announcer{}.Announce(period, changes(1, "x"), indexes)
	if len(events) != 2 || events[1].Subject != "kinerja.scoring.v1.3402.survey-index.changed" {
		t.Fatalf("events %+v", events)
	}
	for _, e := range events {
		e.ID, e.Time = "id", time.Unix(1, 0)
		_, err := event.Seal(t.Context(), event.Source(Service), e)
		if err != nil {
			t.Fatal(err)
		}
	}
}
