package domain_test

import (
	"reflect"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// TestDigest_depends_on_every_field changes one field of a result at a time, found by reflection so that a new field
// cannot be forgotten. The trace follows from the rest; TestRecord_and_digest_stand_for_the_trace shows it.
func TestDigest_depends_on_every_field(t *testing.T) {
	t.Parallel()
	p := rules(t)
	in := everything()
	in.Organization = nil // so that something is missing
	dependsOnEveryFieldOf(t, p, in)
	in = everything()
	in.Survey = nil
	dependsOnEveryFieldOf(t, p, in)
	index, other := surveyIndex(t, p, *nurse().Survey), surveyIndex(t, p, *nurse().Survey)
	dependsOnEveryField(t, &index, &other)
}

// dependsOnEveryFieldOf is dependsOnEveryField for the result of a segment.
func dependsOnEveryFieldOf(t *testing.T, p *domain.Pack, in domain.Segment) {
	t.Helper()
	original, changed := compute(t, p, one(in)), compute(t, p, one(in))
	original.Trace, changed.Trace = domain.Trace{}, domain.Trace{}
	dependsOnEveryField(t, &original, &changed)
}

// dependsOnEveryField changes one field of changed at a time and demands another digest each time.
func dependsOnEveryField[T interface{ Digest() string }](t *testing.T, original, changed T) {
	t.Helper()
	if original.Digest() != changed.Digest() {
		t.Fatal("the digests of the same differ")
	}
	seen := map[string]bool{original.Digest(): true}
	changes := 0
	mutate(reflect.ValueOf(changed).Elem(), func() {
		changes++
		digest := changed.Digest()
		if seen[digest] {
			t.Fatalf("change %d did not change the digest", changes)
		}
		seen[digest] = true
	})
	if changes < 30 {
		t.Fatalf("only %d changes were tried", changes)
	}
}

// mutate changes each value within v, one at a time, and calls check while it is changed.
func mutate(v reflect.Value, check func()) {
	try := func(changed any) {
		old := reflect.ValueOf(v.Interface())
		v.Set(reflect.ValueOf(changed).Convert(v.Type()))
		check()
		v.Set(old)
	}
	if d, ok := v.Interface().(decimal.Decimal); ok {
		try(decimal.MustNew(int64(d.Coef())+1, d.Scale()))
		try(d.Pad(d.Scale() + 1)) // the same number, written otherwise
		return
	}
	switch v.Kind() {
	case reflect.String:
		try(v.String() + "x")
	case reflect.Int, reflect.Int64:
		try(v.Int() + 1)
	case reflect.Uint8:
		try(v.Uint() ^ 1)
	case reflect.Bool:
		try(!v.Bool())
	case reflect.Pointer:
		if v.IsNil() {
			try(reflect.New(v.Type().Elem()).Interface())
			return
		}
		mutate(v.Elem(), check)
	case reflect.Struct:
		for i := range v.NumField() {
			mutate(v.Field(i), check)
		}
	case reflect.Slice:
		for i := range v.Len() {
			mutate(v.Index(i), check)
		}
	default:
		panic("a result has a field of kind " + v.Kind().String())
	}
}

func TestOutcome_is_what_the_result_says_of_the_person(t *testing.T) {
	t.Parallel()
	result := compute(t, rules(t), one(nurse()))
	outcome := result.Outcome()
	cases := map[string]struct {
		change func(r *domain.Result)
		same   bool
	}{
		"its_state":                   {func(r *domain.Result) { r.State = domain.StateProvisional }, false},
		"its_predicate":               {func(r *domain.Result) { r.Predicate = domain.PredicatePoor }, false},
		"the_rating_of_results":       {func(r *domain.Result) { r.ResultRating = domain.ExpectationBelow }, false},
		"the_rating_of_behaviour":     {func(r *domain.Result) { r.BehaviorRating = domain.ExpectationBelow }, false},
		"its_value":                   {func(r *domain.Result) { r.Value = "88.00" }, false},
		"its_achievement":             {func(r *domain.Result) { r.Achievement = "88.00" }, false},
		"its_credit":                  {func(r *domain.Result) { r.Credit = "1.00" }, false},
		"not_a_survey_beside_it":      {func(r *domain.Result) { r.SurveyIndex = "88.00" }, true},
		"not_the_text_of_its_rules":   {func(r *domain.Result) { r.RulePackHash = "0" }, true},
		"not_where_a_fact_comes_from": {func(r *domain.Result) { r.Record.Facts.Segments[0].Plan.Source = "elsewhere" }, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := compute(t, rules(t), one(nurse()))
			c.change(&changed)
			if (changed.Outcome() == outcome) != c.same || changed.Digest() == result.Digest() {
				t.Fatalf("the outcome is the same: %t, want %t", !c.same, c.same)
			}
		})
	}
}
