package oracle_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

var cases = flag.Int("oracle.cases", 20_000, "how many people are drawn")

func rules(t *testing.T) *domain.Pack {
	t.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p, err := catalog.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestDomain_agrees_with_the_oracle draws the same people at every run, however many processors share them.
func TestDomain_agrees_with_the_oracle(t *testing.T) {
	t.Parallel()
	const batch = 500
	p := rules(t)
	batches := make(chan uint64)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for seed := range batches {
				if t.Failed() {
					continue // one batch shows enough
				}
				r := rand.New(rand.NewPCG(2022, seed))
				for n := range batch {
					compare(t, p, draw(r), fmt.Sprintf("person %d of batch %d", n, seed))
				}
			}
		})
	}
	for seed := range uint64((*cases + batch - 1) / batch) {
		batches <- seed
	}
	close(batches)
	workers.Wait()
}

func compare(t *testing.T, p *domain.Pack, who person, name string) {
	t.Helper()
	in := input(who)
	result, err := domain.Compute(p, in)
	if err != nil {
		t.Errorf("%s: %v\n%+v", name, err, who)
		return
	}
	if diff := cmp.Diff(judge(who), found(result, in)); diff != "" {
		t.Errorf("%s (-oracle +domain):\n%s\n%+v", name, diff, who)
	}
}

// input gives the facts to the domain.
func input(who person) domain.Input {
	in := domain.Input{Plan: domain.Plan{
		UnitHead: who.head, FunctionalLevel: domain.FunctionalLevel(who.level), Months: who.months,
	}}
	for n, i := range who.indicators {
		id := fmt.Sprintf("results/r%d/indicators/i%d", n%4+1, n+1)
		source := domain.SourceReported
		if i.fromSurvey {
			source = domain.SourceSurveyIndex
		}
		in.Plan.Indicators = append(in.Plan.Indicators, domain.Indicator{
			ID: id, Formula: domain.Formula(i.formula), Source: source,
			Target: amount(i.target), Low: amount(i.low), High: amount(i.high),
		})
		if i.realisation != "" {
			in.Realisations = append(in.Realisations, domain.Realisation{Indicator: id, Value: amount(i.realisation)})
		}
	}
	slices.Reverse(in.Realisations)
	if len(who.ratings) > 0 {
		in.Rating = &domain.Rating{
			Result: domain.Expectation(who.ratings["result"]), Behavior: domain.Expectation(who.ratings["behavior"]),
		}
	}
	if who.organization != "" {
		in.Organization = &domain.Organization{Level: domain.OrganizationLevel(who.organization)}
	}
	if who.peers != nil {
		in.Peers = &domain.Peers{Count: who.peers.count, Sum: who.peers.sum}
	}
	if who.attendance != nil {
		in.Attendance = &domain.Attendance{WorkingDays: who.attendance.working, PresentDays: who.attendance.present}
	}
	if who.survey != nil {
		in.Survey = &domain.Survey{Responses: who.survey.responses}
		for _, element := range keys(who.survey.sums) {
			in.Survey.Sums = append(in.Survey.Sums, domain.ElementSum{Element: domain.SurveyElement(element), Sum: who.survey.sums[element]})
		}
	}
	return in
}

func amount(text string) decimal.Decimal {
	if text == "" {
		return decimal.Decimal{}
	}
	return decimal.MustParse(text)
}

// found returns what the domain has found, as the oracle says it.
func found(result domain.Result, in domain.Input) verdict {
	steps := map[string]string{}
	for _, step := range result.Trace.Steps {
		steps[step.ID] = step.Result
	}
	v := verdict{
		State: string(result.State), Predicate: string(result.Predicate),
		Result: string(result.ResultRating), Behavior: string(result.BehaviorRating),
		Achievement: result.Achievement, Index: result.SurveyIndex, Grade: steps["survey.grade"],
		PrintedIndex: steps["survey.printed_index"], PrintedGrade: steps["survey.printed_grade"],
		Peers: steps["peers.mean"], Attendance: steps["attendance.present_percent"], Credit: result.Credit,
	}
	for _, i := range in.Plan.Indicators {
		v.Achievements = append(v.Achievements, steps[i.ID+"/achievement"])
	}
	for id, mean := range steps {
		element, ok := strings.CutPrefix(id, "survey.means/")
		if !ok {
			continue
		}
		if v.Means == nil {
			v.Means = map[string]string{}
		}
		v.Means[element] = mean
	}
	for _, m := range result.Missing {
		if domain.IsIndicator(m.Input) {
			v.WithoutRealisation++
		}
	}
	return v
}

// keys returns the keys of a map in a fixed order.
func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
