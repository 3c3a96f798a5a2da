package mass_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

func TestWorker_keeps_what_it_holds_when_a_round_is_longer_than_the_lease(t *testing.T) {
	each(t, func(t *testing.T, b *bundle) {
		b.peers.set(func() {
			for i := range 20 {
				b.peers.people[fmt.Sprintf("34%02d", i)] = 2
			}
		})
		o, err := b.operate.RecomputeProvince(t.Context(), "34", "2026")
		must(t, err)
		free := 0
		s := &spy{Computer: b.app}
		s.before = func(*app.Chunk, app.Claim) error {
			now := b.clock.Advance(time.Second)
			for _, p := range b.read(o).Parts {
				if p.State == app.OperationRunning && !now.Before(p.LeaseTime) {
					free++
				}
			}
			return nil
		}
		stop := kittest.Run(t, b.single("w1", s).Run)
		b.complete(o, 40)
		must(t, stop())
		if free > 0 {
			t.Fatalf("another process might have taken parts %d times", free)
		}
	})
}

func TestWorker_forgets_what_was_taken_over_while_it_said_nothing(t *testing.T) {
	b := one(t)
	b.peers.set(func() {
		for i := range 20 {
			b.peers.people[fmt.Sprintf("34%02d", i)] = 3
		}
	})
	o, err := b.operate.RecomputeProvince(t.Context(), "34", "2026")
	must(t, err)
	var commits atomic.Int64
	s := &spy{Computer: b.app}
	s.before = func(*app.Chunk, app.Claim) error {
		if commits.Add(1) != 20 {
			return nil
		}
		now := b.clock.Advance(20 * time.Second)
		for _, p := range o.Parts {
			_, err := b.store.ClaimPart(t.Context(), app.Claim{PartKey: p.PartKey, Holder: "w2", At: now, Until: now.Add(time.Hour)})
			must(t, err)
		}
		return nil
	}
	stop := kittest.Run(t, b.single("w1", s).Run)
	kittest.Await(t, "the parts to be taken over", func() bool { return commits.Load() >= 20 })
	b.ended(b.start("3501", 3)) // its turns come between those of the others
	must(t, stop())
	// After those 20 come the one that was being computed meanwhile, and those of the other tenant.
	if n := commits.Load(); n > 24 {
		t.Fatalf("%d chunks were computed in vain", n-24)
	}
}
