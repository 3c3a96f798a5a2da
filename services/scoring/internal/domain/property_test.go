package domain_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// rounds is how many random inputs each property is tried on, fewRounds those whose check is slow.
const (
	rounds    = 1000
	fewRounds = 300
)

func TestCompute_does_not_depend_on_the_order_of_facts(t *testing.T) {
	t.Parallel()
	eachPack(t, 3, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range rounds {
			in := domaintest.Input(r, p)
			first, second := compute(t, p, in), compute(t, p, domaintest.Shuffled(r, in))
			same(t, "the order changed the result", first, second)
			if first.Digest() != second.Digest() {
				t.Fatal("the order changed the digest")
			}
		}
	})
}

func TestReplay_gives_the_result_that_the_trace_came_from(t *testing.T) {
	t.Parallel()
	eachPack(t, 5, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range rounds {
			want := compute(t, p, domaintest.Input(r, p))
			got, err := domain.Replay(p, want.Trace.Inputs())
			if err != nil {
				t.Fatal(err)
			}
			same(t, "the replay differs", want, got)
			if want.Digest() != got.Digest() {
				t.Fatal("the digest of the replay differs")
			}
		}
	})
}

// TestRecord_and_digest_stand_for_the_trace: what is kept of a computation gives back the trace, byte for byte, and two
// results have the same digest only when they have the same trace.
func TestRecord_and_digest_stand_for_the_trace(t *testing.T) {
	t.Parallel()
	eachPack(t, 17, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		traces := map[string]shown{}
		for range fewRounds {
			in := domaintest.Input(r, p)
			want := compute(t, p, in)
			recorded(t, p, want)
			other := compute(t, p, slightlyChanged(r, in))
			traces[want.Digest()] = show(want.Trace)
			same, known := traces[other.Digest()]
			if !known && cmp.Equal(show(want.Trace), show(other.Trace)) {
				t.Fatal("the same trace has two digests")
			}
			if known && !cmp.Equal(same, show(other.Trace)) {
				t.Fatal("two traces have the same digest")
			}
		}
	})
}

// recorded demands that the record of a result gives back its trace, and its facts the result.
func recorded(t *testing.T, p *domain.Pack, want domain.Result) {
	t.Helper()
	got, err := want.Record.Trace(p)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the trace of the record differs", want.Trace, got)
	again, err := domain.Compute(p, want.Record.Facts)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the recorded facts give another result", want, again)
}

func TestComputeWithoutTrace_is_the_same_but_for_the_trace(t *testing.T) {
	t.Parallel()
	eachPack(t, 19, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range fewRounds {
			in := domaintest.Input(r, p)
			want := compute(t, p, in)
			got, err := domain.ComputeWithoutTrace(p, in)
			if err != nil {
				t.Fatal(err)
			}
			if got.Digest() != want.Digest() {
				t.Fatal("the digest differs")
			}
			want.Trace = domain.Trace{}
			same(t, "the result differs", want, got)
		}
	})
}

func TestRecord_Trace_shows_what_was_recorded(t *testing.T) {
	t.Parallel()
	p := rules(t)
	record := compute(t, p, one(nurse())).Record
	computed := record.Results
	record.Results = domaintest.WithFirst("3.299", computed) // as if the rules had been otherwise
	trace, err := record.Trace(p)
	if err != nil || trace.Steps[0].Result != "3.299" {
		t.Fatalf("step %+v, %v", trace.Steps[0], err)
	}
	for name, results := range map[string][]byte{
		"one_less":              domaintest.WithoutFirst(computed),
		"one_more":              append(slices.Clone(computed), domaintest.Result("1")...),
		"something_after":       append(slices.Clone(computed), 0),
		"the_last_cut":          computed[:len(computed)-1],
		"nothing":               nil,
		"a_code_without_length": {num.CompactEnd},
		"a_code_cut":            {num.CompactEnd, 2, 'a'},
		"a_length_without_end":  {num.CompactEnd, math.MaxUint8},
	} {
		record.Results = results
		_, err = record.Trace(p)
		if !errors.Is(err, domain.ErrInvalidTrace) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	record.Facts.Segments[0].Plan.Months = 0
	_, err = record.Trace(p)
	if !errors.Is(err, domain.ErrInvalidTrace) {
		t.Fatalf("with facts that cannot be the error is %v", err)
	}
}

func TestCompute_stays_within_bounds(t *testing.T) {
	t.Parallel()
	eachPack(t, 7, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range rounds {
			bounded(t, compute(t, p, domaintest.Input(r, p)))
		}
	})
}

// bounded holds the numbers of a result to what they can be, and its state to whether there is a predicate.
func bounded(t *testing.T, result domain.Result) {
	t.Helper()
	within := func(field, value, low, high string) {
		if value == "" {
			return
		}
		v := decimal.MustParse(value)
		if v.Cmp(decimal.MustParse(low)) < 0 || v.Cmp(decimal.MustParse(high)) > 0 {
			t.Fatalf("%s is %s, not %s to %s", field, value, low, high)
		}
	}
	within("achievement", result.Achievement, "0", "99999999999999")
	within("survey index", result.SurveyIndex, "25", "100")
	within("credit", result.Credit, "0", "75.01")
	if (result.Predicate == "") != (result.State == domain.StateIncomplete) {
		t.Fatalf("state %s with predicate %q", result.State, result.Predicate)
	}
	if result.Credit != "" && result.Predicate == "" {
		t.Fatal("credit without predicate")
	}
}

// TestCompute_components_stay_within_their_bounds holds every number of a component to its floor, its cap and its digits,
// unless it was counted as zero.
func TestCompute_components_stay_within_their_bounds(t *testing.T) {
	t.Parallel()
	eachPack(t, 21, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range rounds {
			result := compute(t, p, domaintest.Input(r, p))
			zero := map[string]bool{}
			for _, m := range result.Missing {
				zero[m.Input] = m.Policy == domain.PolicyZero
			}
			for _, step := range result.Trace.Steps {
				k := p.Component(step.ID[len(domain.SegmentOf(step.ID)):])
				if k == nil {
					continue
				}
				value := decimal.MustParse(step.Result)
				if value.Scale() != k.Places {
					t.Fatalf("%s has %d digits, not %d", step.Result, value.Scale(), k.Places)
				}
				below, above := k.Floor != nil && value.Cmp(*k.Floor) < 0, k.Cap != nil && value.Cmp(*k.Cap) > 0
				if (below || above) && !zero[step.ID] {
					t.Fatalf("%s is %s, outside of its bounds", step.ID, step.Result)
				}
			}
		}
	})
}

func TestCompute_operands_are_known_before_they_are_used(t *testing.T) {
	t.Parallel()
	eachPack(t, 9, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range rounds {
			trace := compute(t, p, domaintest.Input(r, p)).Trace
			known := map[string]bool{}
			learn := func(id string) {
				if known[id] {
					t.Fatalf("%s is recorded twice", id)
				}
				known[id] = true
			}
			for _, input := range trace.Inputs() {
				learn(input.ID)
				if input.Label == "" {
					t.Fatalf("%s has no label", input.ID)
				}
			}
			for _, step := range trace.Steps {
				for _, operand := range step.Operands {
					if !known[operand] {
						t.Fatalf("step %s uses %s before it is known", step.ID, operand)
					}
				}
				learn(step.ID)
				if p.Rule(step.Rule).ID != step.Rule || step.Label == "" {
					t.Fatalf("step %s has no rule or no label", step.ID)
				}
			}
		}
	})
}

func TestCompute_achievement_is_monotone_in_the_realisation(t *testing.T) {
	t.Parallel()
	p, r := rules(t), rand.New(rand.NewPCG(11, 12))
	for range rounds {
		indicator := domaintest.Indicator(r, "results/r1/indicators/i1")
		indicator.Source = domain.SourceReported
		less, more := domaintest.Amount(r, 0), domaintest.Amount(r, 0)
		if less.Cmp(more) > 0 {
			less, more = more, less
		}
		lower, higher := achievement(t, p, indicator, less), achievement(t, p, indicator, more)
		if indicator.Formula.Falls() {
			lower, higher = higher, lower
		}
		if lower.Cmp(higher) > 0 {
			t.Fatalf("%s: %s gives more than %s (%s, %s)", indicator.Formula, less, more, lower, higher)
		}
	}
}

func TestSurveyIndex_is_the_one_of_the_score(t *testing.T) {
	t.Parallel()
	p, r := rules(t), rand.New(rand.NewPCG(13, 14))
	for range rounds {
		survey := domaintest.Survey(r)
		if survey.Responses == 0 {
			continue
		}
		index := surveyIndex(t, p, *survey)
		result := compute(t, p, one(domain.Segment{Plan: domain.Plan{Months: 12}, Survey: survey}))
		if index.Value != result.SurveyIndex {
			t.Fatalf("the index of the unit is %s, that of its people %s", index.Value, result.SurveyIndex)
		}
		kept := domain.Survey{Source: index.Source, Responses: index.Responses}
		for _, e := range index.Elements {
			kept.Sums = append(kept.Sums, domain.ElementSum{Element: e.Element, Sum: e.Sum})
		}
		same(t, "what an index keeps gives another", index, surveyIndex(t, p, kept))
	}
}

// same demands that two values are the same to the last digit.
func same[T any](t *testing.T, otherwise string, want, got T) {
	t.Helper()
	if !reflect.DeepEqual(want, got) { // many times faster than to look for what differs
		t.Fatalf("%s (-want +got):\n%s", otherwise, cmp.Diff(want, got))
	}
}

func compute(t *testing.T, p *domain.Pack, in domain.Input) domain.Result {
	t.Helper()
	result, err := domain.Compute(p, in)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func surveyIndex(t *testing.T, p *domain.Pack, s domain.Survey) domain.Index {
	t.Helper()
	index, err := domain.SurveyIndex(p, s)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

// achievement computes the achievement of one indicator.
func achievement(t *testing.T, p *domain.Pack, i domain.Indicator, realisation decimal.Decimal) decimal.Decimal {
	t.Helper()
	in := domain.Segment{
		Plan:         domain.Plan{Months: 12, Indicators: []domain.Indicator{i}},
		Realisations: []domain.Realisation{{Indicator: i.ID, Value: realisation}},
	}
	for _, step := range compute(t, p, one(in)).Trace.Steps {
		if step.ID == i.ID+"/achievement" {
			return decimal.MustParse(step.Result)
		}
	}
	t.Fatal("no achievement")
	return decimal.Decimal{}
}
