package oracle_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

var (
	cases = flag.Int("oracle.cases", 2_000, "how many people are drawn for each pack; a million takes -timeout 0")
	seed  = flag.Uint64("oracle.seed", 2022, "which people are drawn")
)

const (
	// batch is how many people one source of random numbers gives.
	batch = 50
	// noted is how many batches are asked which branches they take.
	noted = 40
)

// TestDomain_agrees_with_the_oracle draws the same people at every run, however many processors share them. It also
// demands that they take every branch of the pack.
func TestDomain_agrees_with_the_oracle(t *testing.T) {
	t.Parallel()
	for _, of := range everyPack(t) {
		t.Run(of.rules.at("id").text, func(t *testing.T) {
			t.Parallel()
			t.Logf("seed %d, %d people", *seed, *cases)
			missed := compareMany(t, of).missed(of.rules)
			if len(missed) > 0 && *cases >= batch*noted {
				t.Errorf("nobody takes these branches:\n%s", strings.Join(missed, "\n"))
			}
		})
	}
}

func compareMany(t *testing.T, of ruled) *coverage {
	t.Helper()
	all := newCoverage()
	batches := make(chan uint64)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for n := range batches {
				if t.Failed() {
					continue // one batch shows enough
				}
				var seen *coverage
				if n < noted {
					seen = newCoverage()
				}
				r := newDrawer(rand.New(rand.NewPCG(*seed, n)), of.rules)
				for number := range batch {
					if !compare(t, of, r.input(), seen) {
						t.Logf("person %d of batch %d", number, n)
						break
					}
				}
				if seen != nil {
					all.join(seen)
				}
			}
		})
	}
	for n := range uint64((*cases + batch - 1) / batch) {
		batches <- n
	}
	close(batches)
	workers.Wait()
	return all
}

// compare reports whether both implementations say the same of somebody.
func compare(t *testing.T, of ruled, in domain.Input, seen *coverage) bool {
	t.Helper()
	result, err := domain.Compute(of.pack, in)
	if err != nil {
		t.Errorf("%v\n%s", err, example(in))
		return false
	}
	wanted, got := judge(of.rules, in, seen), found(result)
	diff := ""
	if !reflect.DeepEqual(wanted, got) { // which is quicker than to look for differences
		diff = cmp.Diff(wanted, got)
	}
	if diff == "" {
		diff = byLaw(of.rules, in, wanted)
	}
	if diff != "" {
		t.Errorf("(-oracle +domain):\n%s\n%s", diff, example(in))
	}
	return diff == ""
}

// found returns what the domain has found, as the oracle says it.
func found(result domain.Result) verdict {
	v := verdict{
		State: string(result.State), Predicate: string(result.Predicate), Value: result.Value,
		Achievement: result.Achievement, Suggestion: string(result.Suggestion),
		Result: string(result.ResultRating), Behavior: string(result.BehaviorRating),
		Index: result.SurveyIndex, Credit: result.Credit, Steps: map[string]string{},
	}
	for _, m := range result.Missing {
		v.Missing = append(v.Missing, fmt.Sprintf("%s %s", m.Input, m.Policy))
	}
	for _, step := range result.Trace.Steps {
		v.Steps[step.ID] = step.Result
	}
	return v
}
