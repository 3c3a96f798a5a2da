package scoring_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/proto"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// accrued is a time in one position within one period, as the table has it.
type accrued struct {
	Period      string `yaml:"period"`
	Level       string `yaml:"level"`
	Predicate   string `yaml:"predicate"`
	Months      int32  `yaml:"months"`
	Provisional bool   `yaml:"provisional"`
}

// accumulated is the statement that comes of it.
type accumulated struct {
	Credits         []string `yaml:"credits"`
	Cumulative      string   `yaml:"cumulative"`
	Level           string   `yaml:"level"`
	LevelCumulative string   `yaml:"level_cumulative"`
	Rank            []string `yaml:"rank"`
	Next            []string `yaml:"next"`
}

// levelOf returns a jenjang as rule packs write it; unspecified for "".
func levelOf(level string) planningv1.Position_FunctionalLevel {
	return value[planningv1.Position_FunctionalLevel](planningv1.Position_FunctionalLevel_value, "FUNCTIONAL_LEVEL_", level)
}

// rated returns the two ratings of a predicate, nil without one.
func rated(name, predicate string) *assessmentv1.Rating {
	if predicate == "" {
		return nil
	}
	of := ratingsOf[value[scoringv1.Predicate](scoringv1.Predicate_value, "PREDICATE_", predicate)-1]
	return &assessmentv1.Rating{Name: name, ResultRating: of[0], BehaviorRating: of[1]}
}

// serves gives a person the plans of one period, each with the ratings of its own predicate, and waits for the score. Their
// superior fixes what is not provisional.
func (c court) serves(person string, times []accrued) {
	c.t.Helper()
	period := "tenants/3402/periods/" + times[0].Period
	c.peers.plan(person, "u1")
	c.peers.rate(person, "1200", meets, meets)
	year, err := strconv.Atoi(times[0].Period)
	must(c.t, err)
	c.peers.change(func() {
		c.peers.starts[period] = &date.Date{Year: int32(year), Month: 1, Day: 1}
		template, facts := c.peers.plans[personName(person)][0], c.peers.people[personName(person)]
		c.peers.plans[personName(person)] = nil
		for i, of := range times {
			plan, _ := proto.Clone(template).(*planningv1.PlanInput)
			plan.Plan, plan.Months, plan.FunctionalLevel = fmt.Sprintf("%s/plans/%s-%d", period, person, i), of.Months, levelOf(of.Level)
			if of.Level == "" {
				plan.PositionKind = planningv1.Position_KIND_EXECUTOR
			}
			c.peers.plans[personName(person)] = append(c.peers.plans[personName(person)], plan)
			facts.Rating = rated(period+"/ratings/"+person, of.Predicate)
			if i < len(times)-1 {
				facts.EarlierPlans = append(facts.EarlierPlans, &assessmentv1.PlanFacts{Plan: plan.GetPlan(), Realisations: facts.GetRealisations(), Rating: facts.GetRating()})
			}
		}
		c.peers.relations[personName("dewi")+" "+personName(person)] = commonv1.Relation_RELATION_SUPERIOR
	})
	c.publish("e-"+person+"-"+times[0].Period, "kinerja.assessment.v1.3402.rating.changed",
		&assessmentv1.PersonFactChanged{Period: period, Person: personName(person)})
	c.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	last := times[len(times)-1]
	if last.Predicate == "" || last.Provisional {
		return
	}
	request := propose(finalize, 1)
	request.Parent = period + "/scores/" + person
	c.proposed(c.superior, request)
}

func TestCreditStatement_answers_as_the_table_says(t *testing.T) {
	var cases struct {
		Cases []struct {
			Name     string      `yaml:"name"`
			Segments []accrued   `yaml:"segments"`
			Expected accumulated `yaml:"expected"`
		} `yaml:"cases"`
	}
	readTable(t, "internal/domain/credit/testdata/akumulasi.yaml", &cases)
	if len(cases.Cases) == 0 {
		t.Fatal("the table has no cases")
	}
	s := one(t)
	c := sit(t, s)
	admin := s.credits(auth.Claims{Subject: "siti", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}})
	for i, row := range cases.Cases {
		person := fmt.Sprintf("kasus-%d", i+1)
		for rest := row.Segments; len(rest) > 0; {
			n := 1
			for n < len(rest) && rest[n].Period == rest[0].Period {
				n++
			}
			c.serves(person, rest[:n])
			rest = rest[n:]
		}
		statement, err := admin.GetCreditStatement(t.Context(), statementOf(person))
		must(t, err)
		got := accumulated{
			Cumulative: statement.GetCumulative(), Level: row.Expected.Level, LevelCumulative: statement.GetLevelCumulative(),
			Rank: needed(statement.GetRank()), Next: needed(statement.GetLevel()),
		}
		for _, line := range statement.GetLines() {
			got.Credits = append(got.Credits, line.GetCredit())
		}
		if diff := cmp.Diff(row.Expected, got); diff != "" || statement.GetFunctionalLevel() != levelOf(row.Expected.Level) {
			t.Errorf("%s: statement on %s (-want +got):\n%s", row.Name, statement.GetFunctionalLevel(), diff)
		}
	}
}

// needed returns what a promotion takes and what is lacking, nil for none.
func needed(n *scoringv1.CreditNeed) []string {
	if n == nil {
		return nil
	}
	return []string{n.GetNeeded(), n.GetLacking()}
}
