package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func (s *suite) credits(claims auth.Claims) scoringv1.CreditServiceClient {
	s.t.Helper()
	return scoringv1.NewCreditServiceClient(dial(s.t, s.dial, s.signed(claims)))
}

func statementOf(person string) *scoringv1.GetCreditStatementRequest {
	return &scoringv1.GetCreditStatementRequest{Name: personName(person) + "/creditStatement"}
}

func TestCreditStatement_accounts_for_the_scores_of_a_person(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		scored(t, s)
		admin := s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}})
		got, err := admin.GetCreditStatement(t.Context(), statementOf("ani"))
		must(t, err)
		const level = planningv1.Position_FUNCTIONAL_LEVEL_AHLI_PERTAMA
		want := &scoringv1.CreditStatement{
			Name: personName("ani") + "/creditStatement", Cumulative: "12.50", FunctionalLevel: level, LevelCumulative: "12.50",
			Rank: &scoringv1.CreditNeed{Needed: "50.00", Lacking: "37.50"}, Level: &scoringv1.CreditNeed{Needed: "100.00", Lacking: "87.50"},
			Lines: []*scoringv1.CreditLine{{
				Period: periodName, State: scoringv1.CreditLine_STATE_COUNTED, FunctionalLevel: level, Predicate: scoringv1.Predicate_PREDICATE_GOOD,
				Months: 12, Percent: "100", Coefficient: "12.50", Credit: "12.50", Cumulative: "12.50", ScoreRevision: 1,
			}},
			Explanation: []string{
				"Periode 2026: jenjang Ahli Pertama, predikat Baik: 100% × 12,50 × 12/12 = 12,50; kumulatif 12,50.",
				"Angka kredit kumulatif seluruh periode: 12,50 (Peraturan BKN 3/2023).",
				"Angka kredit kumulatif pada jenjang Ahli Pertama: 12,50.",
				"Kenaikan pangkat memerlukan 50,00 pada jenjang ini: kurang 37,50.",
				"Kenaikan ke jenjang berikutnya memerlukan 100,00 pada jenjang ini: kurang 87,50.",
				"Angka kredit sebelum periode pertama yang tercatat tidak termasuk di sini.",
			},
		}
		if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
			t.Errorf("statement (-want +got):\n%s", diff)
		}
		score, err := s.admin().scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("ani")})
		must(t, err)
		if score.GetCredit() != got.GetLines()[0].GetCredit() {
			t.Errorf("the score says %s, the statement %s", score.GetCredit(), got.GetLines()[0].GetCredit())
		}
		empty, err := admin.GetCreditStatement(t.Context(), statementOf("nobody"))
		must(t, err)
		if len(empty.GetLines()) != 0 || empty.GetCumulative() != "0.00" || len(empty.GetExplanation()) != 1 {
			t.Errorf("statement of nobody: %v", empty)
		}
	})
}

func TestCreditStatement_error_matrix(t *testing.T) {
	s := one(t)
	s.peers.change(func() {
		s.peers.relations[personName("ani")+" "+personName("ani")] = commonv1.Relation_RELATION_SELF
		s.peers.relations[personName("dewi")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIOR
		s.peers.relations[personName("budi")+" "+personName("ani")] = commonv1.Relation_RELATION_PEER
	})
	employee := func(person string) scoringv1.CreditServiceClient {
		return s.credits(auth.Claims{Subject: person, Person: person, Roles: []commonv1.Role{commonv1.Role_ROLE_EMPLOYEE}})
	}
	for _, person := range []string{"ani", "dewi"} {
		_, err := employee(person).GetCreditStatement(t.Context(), statementOf("ani"))
		must(t, err)
	}
	_, err := employee("budi").GetCreditStatement(t.Context(), statementOf("ani"))
	refused(t, err, fault.ReasonPermissionDenied)
	_, err = employee("budi").GetCreditStatement(t.Context(), statementOf("nobody"))
	refused(t, err, fault.ReasonPermissionDenied)
	_, err = s.credits(auth.Claims{Subject: "x", Tenant: "3374", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}}).
		GetCreditStatement(t.Context(), statementOf("ani"))
	refused(t, err, fault.ReasonPermissionDenied)
	_, err = employee("ani").GetCreditStatement(t.Context(), &scoringv1.GetCreditStatementRequest{Name: personName("ani")})
	refused(t, err, fault.ReasonInvalidName)
}
