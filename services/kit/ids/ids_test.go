package ids_test

import (
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
)

func TestNew(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	t.Run("ids_increase_within_a_millisecond_and_when_the_clock_is_set_back", func(t *testing.T) {
		t.Parallel()
		c := clock.NewFake(start)
		s := ids.New(c)
		shape := regexp.MustCompile(`^[0-9a-z]{26}$`)
		last := ""
		for i := range 2000 {
			if i == 1000 {
				c.Set(start.Add(-time.Hour))
			}
			id := s.New()
			if !shape.MatchString(id) {
				t.Fatalf("id %q has not the shape of a lower-case ULID", id)
			}
			if id <= last {
				t.Fatalf("id %q does not sort after %q", id, last)
			}
			last = id
		}
	})
	t.Run("concurrent_callers_get_different_ids", func(t *testing.T) {
		t.Parallel()
		s := ids.New(clock.NewFake(start))
		var mu sync.Mutex
		seen := map[string]bool{}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 200 {
					id := s.New()
					mu.Lock()
					seen[id] = true
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if len(seen) != 1600 {
			t.Fatalf("%d different ids, want 1600", len(seen))
		}
	})
}

func TestSequence(t *testing.T) {
	t.Parallel()
	s := ids.Sequence("plan")
	if a, b := s.New(), s.New(); a != "plan-000001" || b != "plan-000002" {
		t.Fatalf("got %s, %s", a, b)
	}
}
