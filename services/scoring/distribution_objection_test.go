package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// TestObjection_is_decided_whatever_the_pattern_says follows an objection in a unit of twenty people whose organisation is Baik:
// one who was fixed at Kurang is found to be Baik. In the second unit the decision breaks the pattern, and stands all the same.
func TestObjection_is_decided_whatever_the_pattern_says(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name          string
		before, after [5]int32
		broken        []string
	}{
		{"the_unit_keeps_to_the_pattern", [5]int32{5, 13, 1, 1, 0}, [5]int32{5, 14, 1, 0, 0}, nil},
		{"the_unit_departs_from_the_pattern", [5]int32{5, 14, 0, 1, 0}, [5]int32{5, 15, 0, 0, 0}, []string{"good.good.most", "good.lower.exists"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := objecting(t, tc.before)
			c.distributed(tc.before, nil)
			others := c.others()
			decided := &scoringv1.ProposeDecisionRequest{Parent: scoreName(objector), Kind: finalize, Revision: 1}
			c.proposed(c.superior, decided)
			c.distributed(tc.before, nil)

			// The superior hears both and rates the behaviour otherwise. That alone moves nothing that is final.
			c.peers.rate(objector, "1200", meets, meets)
			c.fact("e-heard", "rating.changed", objector)
			c.handled("KINERJA_ASSESSMENT", "scoring-assessment")
			c.stands(predicatePoor, "6.25")
			c.distributed(tc.before, nil)

			objection := &scoringv1.ProposeDecisionRequest{
				Parent: scoreName(objector), Kind: correction, Revision: 3, Predicate: predicateGood, Reason: because,
				Ground: scoringv1.Decision_GROUND_OBJECTION, Reference: "KEB-7",
			}
			_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, objection)))
			must(t, err)
			c.stands(predicateGood, "12.50")
			c.distributed(tc.after, tc.broken)
			if diff := cmp.Diff(others, c.others(), protocmp.Transform()); diff != "" {
				t.Errorf("others have moved (-before +after):\n%s", diff)
			}

			objection.Revision, objection.Predicate, objection.Reference = 4, scoringv1.Predicate_PREDICATE_VERY_GOOD, "KEB-8"
			_, err = c.superior.decisions.ProposeDecision(t.Context(), objection)
			refused(t, err, fault.ReasonObjectionDecided)
			c.stands(predicateGood, "12.50")
		})
	}
}

// objector is the one whose predicate is Kurang, by the ids of populate.
const objector = "bidang-3-0a"

// objecting returns a suite with a unit of so many people by predicate, and those who decide about the objector.
func objecting(t *testing.T, counts [5]int32) court {
	t.Helper()
	s := one(t)
	s.run()
	s.peers.judge("bidang", 10, 3, good)
	people := make([]int, len(counts))
	for i, n := range counts {
		people[i] = int(n)
	}
	s.populate("bidang", people...)
	s.peers.change(func() {
		s.peers.relations[personName("dewi")+" "+personName(objector)] = commonv1.Relation_RELATION_SUPERIOR
		s.peers.relations[personName("wali")+" "+personName(objector)] = commonv1.Relation_RELATION_SUPERIORS_SUPERIOR
	})
	return court{s, s.employee("dewi"), s.employee("wali"), s.registrarNamed("tono")}
}

// distributed demands the counts of the unit and the rules of the pattern that they break.
func (c court) distributed(want [5]int32, broken []string) {
	c.t.Helper()
	got, err := c.admin().distributions.CheckDistribution(c.t.Context(), checkRequest(false, "bidang"))
	must(c.t, err)
	check := got.GetChecks()[0]
	if diff := cmp.Diff(broken, warnings(check.GetViolations())); diff != "" || counts(check.GetCounts()) != want {
		c.t.Errorf("counts %v, want %v, violations (-want +got):\n%s", counts(check.GetCounts()), want, diff)
	}
}

// others returns the scores of everybody but the objector.
func (c court) others() []*scoringv1.Score {
	c.t.Helper()
	list, err := c.admin().scores.ListScores(c.t.Context(), &scoringv1.ListScoresRequest{Parent: periodName})
	must(c.t, err)
	var others []*scoringv1.Score
	for _, score := range list.GetScores() {
		if score.GetName() != scoreName(objector) {
			others = append(others, score)
		}
	}
	if len(others) != 19 || list.GetNextPageToken() != "" {
		c.t.Fatalf("%d others", len(others))
	}
	return others
}

// stands demands what is final for the objector.
func (c court) stands(predicate scoringv1.Predicate, credit string) {
	c.t.Helper()
	score, err := c.admin().scores.GetScore(c.t.Context(), &scoringv1.GetScoreRequest{Name: scoreName(objector)})
	must(c.t, err)
	if final := score.GetFinal(); final.GetPredicate() != predicate || final.GetCredit() != credit {
		c.t.Errorf("final is %v, want %v with %s", final, predicate, credit)
	}
}
