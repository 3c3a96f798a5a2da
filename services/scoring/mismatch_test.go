package scoring_test

import (
	"context"
	"testing"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func TestListScoreMismatches_shows_what_the_standing_check_found(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.planned(tenant, 2)
		s.run()
		o, err := s.admin().recomputes.Recompute(t.Context(), &scoringv1.RecomputeRequest{Parent: periodName})
		must(t, err)
		s.ended(s.admin(), o.GetName())
		must(t, s.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			for id, person := range map[string]string{"m1": "p0000", "m2": "p0001"} {
				_, err := tx.ExecContext(ctx, `INSERT INTO score_mismatches (tenant, mismatch, period, person, revision, stored_digest,
					computed_digest, find_time) VALUES ('3402', $1, '2026', $2, 1, 'a', 'b', $3)`,
					id, person, sqlkit.Micros(noon))
				if err != nil {
					return err
				}
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO survey_index_mismatches (tenant, mismatch, period, unit, revision, stored_digest,
				computed_digest, find_time) VALUES ('3402', 'm0', '2026', 'u1', 1, 'c', 'd', $1)`, sqlkit.Micros(noon))
			return err
		}))
		reader := s.as(tenant, "ito", commonv1.Role_ROLE_INSPECTOR).recomputes
		first, err := reader.ListScoreMismatches(t.Context(), &scoringv1.ListScoreMismatchesRequest{Parent: "tenants/3402", PageSize: 1})
		must(t, err)
		m := first.GetScoreMismatches()[0]
		if m.GetName() != "tenants/3402/scoreMismatches/m2" || m.GetScore() != scoreName("p0001") || m.GetRevision() != 1 ||
			m.GetCurrentRevision() != 1 || m.GetStoredDigest() != "a" || m.GetComputedDigest() != "b" || !m.GetFindTime().AsTime().Equal(noon) {
			t.Fatalf("mismatch is %v", m)
		}
		rest, err := reader.ListScoreMismatches(t.Context(),
			&scoringv1.ListScoreMismatchesRequest{Parent: "tenants/3402", PageSize: 1, PageToken: first.GetNextPageToken()})
		must(t, err)
		if rest.GetScoreMismatches()[0].GetScore() != scoreName("p0000") {
			t.Fatalf("second page is %v", rest)
		}
		rest, err = reader.ListScoreMismatches(t.Context(),
			&scoringv1.ListScoreMismatchesRequest{Parent: "tenants/3402", PageSize: 1, PageToken: rest.GetNextPageToken()})
		must(t, err)
		m = rest.GetScoreMismatches()[0]
		if m.GetSurveyIndex() != periodName+"/surveyIndexes/u1" || m.GetScore() != "" || m.GetRevision() != 1 || m.GetCurrentRevision() != 0 ||
			m.GetStoredDigest() != "c" || m.GetComputedDigest() != "d" || rest.GetNextPageToken() != "" {
			t.Fatalf("third page is %v", rest)
		}
		for _, other := range []caller{s.employee("ani"), s.as("3401", "", commonv1.Role_ROLE_TENANT_ADMIN), s.provinceAdmin()} {
			_, err = other.recomputes.ListScoreMismatches(t.Context(), &scoringv1.ListScoreMismatchesRequest{Parent: "tenants/3402"})
			refused(t, err, fault.ReasonPermissionDenied)
		}
	})
}
