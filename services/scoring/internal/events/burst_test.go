package events

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// stand is a burst at a time that the test sets, with a bus that brings again what is put off.
type stand struct {
	*burst

	at    time.Duration
	again map[time.Duration][]change
	// computations are the events of each.
	computations [][]string
}

func newStand() *stand {
	s := &stand{again: map[time.Duration][]change{}}
	s.burst = newBurst(func() time.Duration { return s.at })
	return s
}

// take hands over a batch, with what comes again by now.
func (s *stand) take(batch ...change) {
	batch = append(s.again[s.at], batch...)
	delete(s.again, s.at)
	due, later := s.admit(batch)
	for _, c := range batch {
		delay, ok := later[c.event]
		if ok {
			s.again[s.at+delay] = append(s.again[s.at+delay], c)
		}
	}
	s.computed(due, batch)
	var events []string
	for _, c := range due {
		events = append(events, c.event)
	}
	if len(events) > 0 {
		slices.Sort(events)
		s.computations = append(s.computations, events)
	}
}

// changed is a change of somebody, as an event tells it.
func changed(event, id string) change {
	return change{subjectOf: subjectOf{period: domain.Period{Tenant: "3402", ID: "2026"}, id: id}, event: event}
}

func TestBurst_costs_a_number_of_computations_that_follows_from_its_time(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		// count changes come together, every so often, until there were a thousand.
		count int
		every time.Duration
		// want is 2 + burstDoublings + t / 800 ms at most.
		want int
	}{
		{"all_at_once", 1000, time.Millisecond, 1},
		{"within_20_ms", 50, time.Millisecond, 2},
		{"within_100_ms", 10, time.Millisecond, 3},
		{"within_1_s", 2, 2 * time.Millisecond, 6},
		{"within_10_s", 2, 20 * time.Millisecond, 17},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStand()
			sent := map[string]bool{}
			for ; len(sent) < 1000 || len(s.again) > 0; s.at += time.Millisecond {
				var batch []change
				for len(batch) < c.count && len(sent) < 1000 && s.at%c.every == 0 {
					event := fmt.Sprint(len(sent))
					sent[event] = true
					batch = append(batch, changed(event, "ani"))
				}
				s.take(batch...)
			}
			for _, events := range s.computations {
				for _, event := range events {
					delete(sent, event)
				}
			}
			if len(s.computations) != c.want || len(sent) > 0 {
				t.Errorf("%d computations, want %d; without %d events", len(s.computations), c.want, len(sent))
			}
		})
	}
}

func TestBurst_holds_up_only_whom_it_is_about(t *testing.T) {
	t.Parallel()
	s := newStand()
	s.take(changed("e1", "ani"), changed("e2", "ani"), changed("e3", "budi"))
	s.at = burstBase / 2
	s.take(changed("e4", "ani"), changed("e5", "budi"))
	s.take(changed("e6", "ani"), changed("e7", "citra"))
	s.at = burstBase
	s.take(changed("e8", "ani"), changed("e9", "budi"))
	want := [][]string{{"e1", "e2", "e3"}, {"e5"}, {"e7"}, {"e4", "e6", "e8", "e9"}}
	if diff := cmp.Diff(want, s.computations); diff != "" {
		t.Fatalf("computations (-want +got):\n%s", diff)
	}
}

func TestBurst_computes_changes_one_after_another_at_once(t *testing.T) {
	t.Parallel()
	s := newStand()
	for i := range 20 {
		s.take(changed(fmt.Sprint(i), "ani"))
		s.at++
	}
	if len(s.computations) != 20 || len(s.hot) != 0 {
		t.Fatalf("%d computations, %d bursts", len(s.computations), len(s.hot))
	}
}

func TestBurst_covers_what_was_put_off_before_the_computation_and_nothing_else(t *testing.T) {
	t.Parallel()
	s := newStand()
	s.take(changed("e1", "ani"), changed("e2", "ani"))
	s.take(changed("e3", "ani"), changed("e4", "ani"))
	late := s.again[burstBase][1:] // e4 comes back after e3
	s.again[burstBase] = s.again[burstBase][:1]
	s.at = burstBase
	s.take()
	s.take(append(late, changed("e5", "ani"))...)
	s.at = 3 * burstBase
	s.take()
	want := [][]string{{"e1", "e2"}, {"e3", "e4"}, {"e5"}}
	if diff := cmp.Diff(want, s.computations); diff != "" {
		t.Fatalf("computations (-want +got):\n%s", diff)
	}
}

func TestBurst_ends_with_a_change_that_comes_alone_or_with_time(t *testing.T) {
	t.Parallel()
	s := newStand()
	s.take(changed("e1", "ani"), changed("e2", "ani"))
	s.take(changed("e3", "ani"))
	s.at = burstBase - 1
	s.take()
	if len(s.computations) != 1 {
		t.Fatalf("computations %v before the time", s.computations)
	}
	s.at++
	s.take()
	s.take(changed("e4", "ani"))
	if len(s.computations) != 3 || len(s.hot) != 0 {
		t.Fatalf("%d bursts after %v", len(s.hot), s.computations)
	}
	s.take(changed("e5", "budi"), changed("e6", "budi"))
	s.at += burstBase + burstOver + 1
	s.take(changed("e7", "citra"))
	if len(s.hot) != 0 {
		t.Fatal("it is remembered for ever")
	}
}

func TestBurst_keeps_what_could_not_be_computed(t *testing.T) {
	t.Parallel()
	s := newStand()
	s.take(changed("e1", "ani"), changed("e2", "ani"))
	s.take(changed("e3", "ani"), changed("e4", "ani"))
	s.at = burstBase
	due, later := s.admit([]change{changed("e3", "ani")}) // and the computation fails
	if len(due) != 2 || len(later) != 0 {
		t.Fatalf("due %v, later %v", due, later)
	}
	s.take(changed("e4", "ani"))
	want := [][]string{{"e1", "e2"}, {"e3", "e4"}}
	if diff := cmp.Diff(want, s.computations); diff != "" {
		t.Fatalf("computations (-want +got):\n%s", diff)
	}
}
