package store_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store/migrations"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func TestPeerTallies_begin_with_what_was_shown_before_they_were_kept(t *testing.T) {
	t.Parallel()
	kittest.Each(t, kittest.UpTo(t, migrations.FS, "00006"), func(t *testing.T, db *sqlkit.DB) {
		ok(t, db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			for person, answers := range map[string]int{"ani": 2, "budi": 4} {
				for rater := range answers {
					_, err := tx.ExecContext(ctx, `INSERT INTO peer_reviews (tenant, period, person, rater_mark, service_oriented,
accountable, competent, harmonious, loyal, adaptive, collaborative, day) VALUES ($1, $2, $3, $4, 1, 2, 3, 4, 3, 2, 1, $5)`,
						tenant, period, person, []byte{byte(rater)}, today.String())
					if err != nil {
						return err
					}
				}
			}
			return nil
		}))
		ok(t, sqlkit.Migrate(t.Context(), db, migrations.FS))
		b := &bench{db: db}
		b.store = store.New(db, b)
		shown := domain.PersonFacts{Person: "budi", Peers: &domain.PeerTally{
			Count: 4, Sums: [domain.Values]int{4, 8, 12, 16, 12, 8, 4}, Day: today,
		}}
		for rater := 10; rater < 12; rater++ {
			facts := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("ani", "budi")))
			if diff := cmp.Diff([]domain.PersonFacts{shown}, facts); diff != "" {
				t.Errorf("facts before the answer of %d (-want +got):\n%s", rater, diff)
			}
			ok(t, b.store.AddPeerReview(t.Context(), answersOf(rater)))
		}
		ok(t, b.store.AddPeerReview(t.Context(), answersOf(12)))
		facts := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("budi")))
		if len(facts) != 1 || facts[0].Peers.Count != 7 {
			t.Errorf("facts after three answers more: %+v", facts)
		}
	})
}
