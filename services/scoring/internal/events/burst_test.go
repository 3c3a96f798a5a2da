package events

import (
	"context"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestBurst_is_many_events_about_few(t *testing.T) {
	t.Parallel()
	about := func(people ...string) map[domain.Period]*app.Work {
		w := &app.Work{People: app.Causes{}, Units: app.Causes{}}
		for _, person := range people {
			w.People.Add(person, "cause")
		}
		return map[domain.Period]*app.Work{{Tenant: "3402", ID: "2026"}: w}
	}
	steps := []struct {
		name   string
		events int
		works  map[domain.Period]*app.Work
		want   int // batches of the burst so far
	}{
		{"one_change", 1, about("ani"), 0},
		{"many_changes_of_many", 16, about("ani", "budi", "citra"), 0},
		{"the_beginning", 16, about("ani", "budi"), 1},
		{"more_of_it", 200, about("ani"), 2},
		{"its_tail", 1, about("ani"), 3},
		{"somebody_else_in_between", 2, about("ani", "budi"), 0},
		{"one_change_after_it", 1, about("ani"), 0},
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // nobody waits here
	b := &burst{}
	for _, s := range steps {
		b.wait(ctx, make([]event.Received, s.events), s.works)
		if b.batches != s.want {
			t.Errorf("%s: %d batches, want %d", s.name, b.batches, s.want)
		}
	}
}
