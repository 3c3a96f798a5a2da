package scoring_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func (s *suite) credits(claims auth.Claims) scoringv1.CreditServiceClient {
	s.t.Helper()
	return scoringv1.NewCreditServiceClient(dial(s.t, s.dial, s.signed(claims)))
}

func statementOf(person string) *scoringv1.GetCreditStatementRequest {
	return &scoringv1.GetCreditStatementRequest{Name: personName(person) + "/creditStatement"}
}

func TestCreditStatement_counts_what_people_have_fixed(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := sit(t, s)
		admin := s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}})
		const level = planningv1.Position_FUNCTIONAL_LEVEL_AHLI_PERTAMA
		line := &scoringv1.CreditLine{
			Period: periodName, State: scoringv1.CreditLine_STATE_PROVISIONAL, FunctionalLevel: level, Predicate: scoringv1.Predicate_PREDICATE_GOOD,
			Months: 12, Percent: "100", Coefficient: "12.50", Credit: "12.50", Cumulative: "0.00", ScoreRevision: 1,
		}
		want := &scoringv1.CreditStatement{
			Name: personName("ani") + "/creditStatement", Cumulative: "0.00", FunctionalLevel: level, LevelCumulative: "0.00",
			Rank: &scoringv1.CreditNeed{Needed: "50.00", Lacking: "50.00"}, Level: &scoringv1.CreditNeed{Needed: "100.00", Lacking: "100.00"},
			Lines: []*scoringv1.CreditLine{line},
			Explanation: []string{
				"Periode 2026: jenjang Ahli Pertama, predikat Baik: 100% × 12,50 × 12/12 = 12,50, " +
					"belum diperhitungkan karena predikat ini belum ditetapkan oleh pejabat penilai kinerja.",
				"Angka kredit kumulatif seluruh periode: 0,00 (Peraturan BKN 3/2023).",
				"Angka kredit kumulatif pada jenjang Ahli Pertama: 0,00.",
				"Kenaikan pangkat memerlukan 50,00 pada jenjang ini: kurang 50,00.",
				"Kenaikan ke jenjang berikutnya memerlukan 100,00 pada jenjang ini: kurang 100,00.",
				"Angka kredit sebelum periode pertama yang tercatat tidak termasuk di sini.",
			},
		}
		states := func() {
			t.Helper()
			got, err := admin.GetCreditStatement(t.Context(), statementOf("ani"))
			must(t, err)
			if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
				t.Errorf("statement (-want +got):\n%s", diff)
			}
		}
		score, err := s.admin().scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("ani")})
		must(t, err)
		if score.GetCredit() != line.GetCredit() || score.GetState() != scoringv1.Score_STATE_COMPLETE {
			t.Errorf("the score is %v and says %s", score.GetState(), score.GetCredit())
		}
		states()

		c.proposed(c.superior, propose(finalize, 1))
		line.State, line.Cumulative, line.ScoreRevision = scoringv1.CreditLine_STATE_COUNTED, "12.50", 2
		want.Cumulative, want.LevelCumulative, want.Rank.Lacking, want.Level.Lacking = "12.50", "12.50", "37.50", "87.50"
		want.Explanation = []string{
			"Periode 2026: jenjang Ahli Pertama, predikat Baik: 100% × 12,50 × 12/12 = 12,50; kumulatif 12,50.",
			"Angka kredit kumulatif seluruh periode: 12,50 (Peraturan BKN 3/2023).",
			"Angka kredit kumulatif pada jenjang Ahli Pertama: 12,50.",
			"Kenaikan pangkat memerlukan 50,00 pada jenjang ini: kurang 37,50.",
			"Kenaikan ke jenjang berikutnya memerlukan 100,00 pada jenjang ini: kurang 87,50.",
			"Angka kredit sebelum periode pertama yang tercatat tidak termasuk di sini.",
		}
		states()

		empty, err := admin.GetCreditStatement(t.Context(), statementOf("nobody"))
		must(t, err)
		if len(empty.GetLines()) != 0 || empty.GetCumulative() != "0.00" || len(empty.GetExplanation()) != 1 {
			t.Errorf("statement of nobody: %v", empty)
		}
	})
}

// promote makes the plan of ani one of 8 months as Ahli Pertama, rated Baik, and one of 4 as Ahli Muda, rated Sangat Baik.
func (s *suite) promote() {
	s.t.Helper()
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "1200", above, above)
	s.peers.change(func() {
		const first = periodName + "/plans/ani-1"
		last := s.peers.plans[personName("ani")][0]
		before, _ := proto.Clone(last).(*planningv1.PlanInput)
		before.Plan, before.Months = first, 8
		last.Months, last.FunctionalLevel = 4, planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA
		s.peers.plans[personName("ani")] = []*planningv1.PlanInput{before, last}
		facts := s.peers.people[personName("ani")]
		facts.EarlierPlans = []*assessmentv1.PlanFacts{{
			Plan: first, Realisations: facts.GetRealisations(),
			Rating: &assessmentv1.Rating{Name: periodName + "/ratings/ani-1", ResultRating: above, BehaviorRating: meets},
		}}
	})
}

// creditLine is what a line says of one plan.
type creditLine struct {
	Level              planningv1.Position_FunctionalLevel
	Predicate          scoringv1.Predicate
	Months             int32
	Credit, Cumulative string
}

// credited returns the lines and the sum of a statement.
func credited(statement *scoringv1.CreditStatement) ([]creditLine, string) {
	var lines []creditLine
	for _, l := range statement.GetLines() {
		lines = append(lines, creditLine{l.GetFunctionalLevel(), l.GetPredicate(), l.GetMonths(), l.GetCredit(), l.GetCumulative()})
	}
	return lines, statement.GetCumulative()
}

func TestCreditStatement_of_a_promotion_within_the_year(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		const pertama, muda = planningv1.Position_FUNCTIONAL_LEVEL_AHLI_PERTAMA, planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA
		s.promote()
		c := convene(t, s)
		admin := s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}})
		statement, err := admin.GetCreditStatement(t.Context(), statementOf("ani"))
		must(t, err)
		lines, sum := credited(statement)
		want := []creditLine{
			{pertama, scoringv1.Predicate_PREDICATE_GOOD, 8, "8.33", "0.00"},
			{muda, scoringv1.Predicate_PREDICATE_VERY_GOOD, 4, "12.50", "0.00"},
		}
		if diff := cmp.Diff(want, lines); diff != "" || sum != "0.00" {
			t.Fatalf("lines before anything is fixed (-want +got):\n%s, sum %s", diff, sum)
		}
		score, err := s.admin().scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("ani")})
		must(t, err)
		if score.GetCredit() != "20.83" || score.GetSegmentCount() != 2 {
			t.Errorf("the score of %d plans says %s", score.GetSegmentCount(), score.GetCredit())
		}

		// What the superior makes final is what was computed, each plan with its own predicate.
		c.proposed(c.superior, propose(finalize, 1))
		want[0].Cumulative, want[1].Cumulative = "8.33", "20.83"
		c.finalCredit(admin, want, "20.83")

		// Another predicate is that of the last plan: the one before keeps its own.
		change := propose(correction, 2)
		change.Predicate = scoringv1.Predicate_PREDICATE_GOOD
		_, err = c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.registrar, change)))
		must(t, err)
		want[1] = creditLine{muda, scoringv1.Predicate_PREDICATE_GOOD, 4, "8.33", "16.66"}
		c.finalCredit(admin, want, "16.66")

		// Facts that change later leave what is final as it is, whatever they make of the first plan.
		s.peers.change(func() { s.peers.people[personName("ani")].GetEarlierPlans()[0].Rating.BehaviorRating = above })
		s.fact("e2", "rating.changed", "ani")
		s.told(4)
		c.finalCredit(admin, want, "16.66")
	})
}

// finalCredit compares the statement of ani with the lines, and its sum with what is final.
func (c court) finalCredit(admin scoringv1.CreditServiceClient, want []creditLine, sum string) {
	c.t.Helper()
	statement, err := admin.GetCreditStatement(c.t.Context(), statementOf("ani"))
	must(c.t, err)
	lines, got := credited(statement)
	if diff := cmp.Diff(want, lines); diff != "" || got != sum {
		c.t.Errorf("lines (-want +got):\n%s, sum %s", diff, got)
	}
	score, err := c.admin().scores.GetScore(c.t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("ani")})
	must(c.t, err)
	if score.GetFinal().GetCredit() != sum {
		c.t.Errorf("the final score says %s, want %s", score.GetFinal().GetCredit(), sum)
	}
}

func TestCreditStatement_follows_time_whatever_the_periods_are_called(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		const (
			earlier, later = "tenants/3402/periods/semester-2-2025", "tenants/3402/periods/semester-1-2026"
			pertama, muda  = planningv1.Position_FUNCTIONAL_LEVEL_AHLI_PERTAMA, planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA
		)
		s.peers.plan("ani", "u1")
		s.peers.rate("ani", "1200", above, meets)
		s.peers.judge("u1", 10, 3, good)
		s.peers.change(func() {
			s.peers.starts[earlier], s.peers.starts[later] = &date.Date{Year: 2025, Month: 7, Day: 1}, &date.Date{Year: 2026, Month: 1, Day: 1}
			s.peers.relations[personName("dewi")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIOR
		})
		s.run()
		for i, of := range []struct {
			period string
			level  planningv1.Position_FunctionalLevel
		}{{earlier, pertama}, {later, muda}} { // promoted in 2026
			s.peers.change(func() {
				plan := s.peers.plans[personName("ani")][0]
				plan.Months, plan.FunctionalLevel = 6, of.level
			})
			s.publish(of.period, "kinerja.assessment.v1.3402.rating.changed", &assessmentv1.PersonFactChanged{Period: of.period, Person: personName("ani")})
			s.told(uint64(2*i + 1))
			_, err := s.employee("dewi").decisions.ProposeDecision(t.Context(), &scoringv1.ProposeDecisionRequest{
				Parent: of.period + "/scores/ani", Kind: finalize, Revision: 1,
			})
			must(t, err)
			s.told(uint64(2*i + 2))
		}
		statement, err := s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}}).
			GetCreditStatement(t.Context(), statementOf("ani"))
		must(t, err)
		lines, sum := credited(statement)
		want := []creditLine{{pertama, predicateGood, 6, "6.25", "6.25"}, {muda, predicateGood, 6, "12.50", "18.75"}}
		if diff := cmp.Diff(want, lines); diff != "" || sum != "18.75" || statement.GetLines()[0].GetPeriod() != earlier {
			t.Errorf("lines (-want +got):\n%s, sum %s, the first of %s", diff, sum, statement.GetLines()[0].GetPeriod())
		}
		if statement.GetFunctionalLevel() != muda || statement.GetLevelCumulative() != "12.50" {
			t.Errorf("the present jenjang is %s with %s", statement.GetFunctionalLevel(), statement.GetLevelCumulative())
		}
		s.peers.change(func() { delete(s.peers.starts, earlier) })
		_, err = s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}}).
			GetCreditStatement(t.Context(), statementOf("ani"))
		refused(t, err, fault.ReasonInternal)
	})
}

func TestCreditStatement_of_a_year_whose_rules_are_not_carried(t *testing.T) {
	s := one(t)
	scored(t, s)
	must(t, s.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE score_revisions SET rule_pack_hash = 'another'")
		return err
	}))
	statement, err := s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}}).
		GetCreditStatement(t.Context(), statementOf("ani"))
	must(t, err)
	if line := statement.GetLines()[0]; line.GetState() != scoringv1.CreditLine_STATE_RULES_UNKNOWN || line.GetCredit() != "" {
		t.Fatalf("line %v", line)
	}
}

func TestCreditStatement_of_a_year_without_conversion(t *testing.T) {
	s := one(t)
	s.peers.change(func() {
		s.peers.rulePack, s.peers.start = "rulePacks/pp-46-2011/versions/1", &date.Date{Year: 2020, Month: 1, Day: 1}
	})
	scored(t, s)
	statement, err := s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}}).
		GetCreditStatement(t.Context(), statementOf("ani"))
	must(t, err)
	if line := statement.GetLines()[0]; line.GetState() != scoringv1.CreditLine_STATE_NOT_CONVERTED || line.GetCredit() != "" {
		t.Errorf("line %v", line)
	}
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
