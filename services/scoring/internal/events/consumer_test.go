package events

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

func TestHandle_tries_every_period_and_says_what_may_pass(t *testing.T) {
	t.Parallel()
	outage := errors.New("planning does not answer")
	lasting := fmt.Errorf("%w: overflow", app.ErrUncomputable)
	cases := []struct {
		name string
		// failures are by period.
		failures map[string]error
		want     error
		// spared is an error that must not show, because the events would become dead letters by it.
		spared error
	}{
		{"all_is_well", nil, nil, nil},
		{"an_outage", map[string]error{"2025": outage}, outage, nil},
		{"a_lasting_failure", map[string]error{"2025": lasting}, lasting, nil},
		{"an_outage_beside_a_lasting_failure", map[string]error{"2025": lasting, "2026": outage}, outage, app.ErrUncomputable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m, err := NewMetrics(prometheus.NewRegistry())
			if err != nil {
				t.Fatal(err)
			}
			var mu sync.Mutex
			tried := map[string]bool{}
			handle := Handler("consumer", func(_ context.Context, w app.Work) (app.Outcome, error) {
				mu.Lock()
				defer mu.Unlock()
				tried[w.Period.ID] = true
				return app.Outcome{Written: 2, Failed: 1}, c.failures[w.Period.ID]
			}, m)
			var batch []event.Received
			for _, id := range []string{"2024", "2025", "2026"} {
				batch = append(batch, received(t, "e"+id, "kinerja.assessment.v1.3402.rating.changed", person(id, "ani")))
			}
			err = handle(t.Context(), batch)
			if !errors.Is(err, c.want) || (c.spared != nil && errors.Is(err, c.spared)) {
				t.Fatalf("error is %v, want %v", err, c.want)
			}
			if diff := cmp.Diff(map[string]bool{"2024": true, "2025": true, "2026": true}, tried); diff != "" {
				t.Fatalf("periods (-want +got):\n%s", diff)
			}
			if got := testutil.ToFloat64(m.scores.WithLabelValues("written")); got != 6 {
				t.Fatalf("%v scores were counted as written", got)
			}
		})
	}
}
