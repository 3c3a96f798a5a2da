package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
)

// change changes the database behind the back of the store.
func change(t *testing.T, db *sqlkit.DB, statement string) {
	t.Helper()
	err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestApply_follows_what_is_written_where_the_head_tells_less(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, statement string
		// there is a revision that is written, next the one after it.
		there, next app.Write
	}{
		{
			"because_that_of_a_score_is_lost", "DELETE FROM scores",
			app.Write{Scores: []app.Revision{score("budi", 1), score("ani", 2)}},
			app.Write{Scores: []app.Revision{score("budi", 1), score("ani", 3)}},
		},
		{
			"because_that_of_a_score_is_behind", "UPDATE scores SET revision = 1",
			app.Write{Scores: []app.Revision{score("budi", 1), score("ani", 2)}},
			app.Write{Scores: []app.Revision{score("budi", 1), score("ani", 3)}},
		},
		{
			"because_that_of_an_index_is_lost", "DELETE FROM survey_indexes",
			app.Write{Indexes: []domain.SurveyScore{index("u1", 2)}},
			app.Write{Indexes: []domain.SurveyScore{index("u1", 3)}},
		},
		{
			"because_that_of_an_index_is_behind", "UPDATE survey_indexes SET revision = 1",
			app.Write{Indexes: []domain.SurveyScore{index("u1", 2)}},
			app.Write{Indexes: []domain.SurveyScore{index("u1", 3)}},
		},
	}
	for _, c := range cases {
		each(t, c.name, func(t *testing.T, s *store.Store, db *sqlkit.DB) {
			for revision := range int64(2) {
				apply(t, s, app.Write{
					Scores: []app.Revision{score("ani", revision+1)}, Indexes: []domain.SurveyScore{index("u1", revision+1)},
				})
			}
			change(t, db, c.statement)
			err := s.Apply(t.Context(), c.there)
			if !errors.Is(err, app.ErrStale) {
				t.Fatalf("error is %v, want ErrStale", err)
			}
			if n := count(t, db, "score_revisions") + count(t, db, "survey_index_revisions"); n != 4 {
				t.Fatalf("%d revisions are there", n)
			}
			people, err := s.LastRevisions(t.Context(), period, []string{"ani", "budi"})
			if diff := cmp.Diff(map[string]int64{"ani": 2}, people); err != nil || diff != "" {
				t.Fatalf("last revisions: %v (-want +got):\n%s", err, diff)
			}
			units, err := s.LastIndexRevisions(t.Context(), period, []string{"u1", "u2"})
			if diff := cmp.Diff(map[string]int64{"u1": 2}, units); err != nil || diff != "" {
				t.Fatalf("last revisions of indexes: %v (-want +got):\n%s", err, diff)
			}
			apply(t, s, c.next)
		})
	}
	each(t, "and_what_the_head_tells_where_the_revision_is_lost", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}})
		change(t, db, "DELETE FROM score_revisions")
		last, err := s.LastRevisions(t.Context(), period, []string{"ani"})
		if diff := cmp.Diff(map[string]int64{"ani": 1}, last); err != nil || diff != "" {
			t.Fatalf("last revisions: %v (-want +got):\n%s", err, diff)
		}
	})
}
