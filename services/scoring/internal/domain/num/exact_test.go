package num_test

import (
	"errors"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

func TestExact_does_what_the_functions_do(t *testing.T) {
	t.Parallel()
	seven, two := num.Int(7), num.Int(2)
	var exact num.Exact
	for want, got := range map[string]decimal.Decimal{
		"9":      exact.Add(seven, two),
		"5":      exact.Sub(seven, two),
		"14":     exact.Mul(seven, two),
		"28.6":   exact.Percent(two, seven, 1),
		"7.00":   exact.HalfUp(seven, 2),
		"3.5000": exact.QuoHalfUp(seven, two, 4),
	} {
		if got.String() != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if exact.Err() != nil {
		t.Errorf("error is %v", exact.Err())
	}
}

func TestExact_keeps_the_first_error(t *testing.T) {
	t.Parallel()
	most := decimal.MustParse("9999999999999999999")
	for name, c := range map[string]struct {
		do   func(*num.Exact)
		want error
	}{
		"of_a_sum":        {func(e *num.Exact) { e.Add(most, most) }, num.ErrOverflow},
		"of_a_difference": {func(e *num.Exact) { e.Sub(most.Neg(), most) }, num.ErrOverflow},
		"of_a_product":    {func(e *num.Exact) { e.Mul(most, most) }, num.ErrOverflow},
		"of_a_percentage": {func(e *num.Exact) { e.Percent(most, num.Int(0), 2) }, num.ErrDivisionByZero},
		"of_a_rounding":   {func(e *num.Exact) { e.HalfUp(most, -1) }, num.ErrPlaces},
		"of_a_quotient":   {func(e *num.Exact) { e.QuoHalfUp(most, num.Int(0), 2) }, num.ErrDivisionByZero},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var exact num.Exact
			exact.Add(num.Int(1), num.Int(2))
			c.do(&exact)
			first := exact.Err()
			if !errors.Is(first, c.want) {
				t.Fatalf("error is %v, want %v", first, c.want)
			}
			exact.HalfUp(num.Int(1), num.MaxPlaces+1)
			exact.Add(num.Int(1), num.Int(2))
			if exact.Err() != first {
				t.Errorf("the error became %v", exact.Err())
			}
		})
	}
}
