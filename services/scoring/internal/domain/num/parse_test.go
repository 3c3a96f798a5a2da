package num_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

func TestParseAmount(t *testing.T) {
	t.Parallel()
	for _, amount := range []string{"0", "5.1", "9", "0.0", "999999999999", "999999999999.9999", "007", "1.0000", "90.09"} {
		t.Run(amount, func(t *testing.T) {
			t.Parallel()
			d, err := num.ParseAmount(amount)
			if err != nil || rat(d).RatString() != exact(t, amount) {
				t.Errorf("is %s, %v", d, err)
			}
		})
	}
	for name, text := range map[string]string{
		"nothing": "", "only_a_point": ".", "no_digit_before": ".5", "no_digit_after": "5.", "too_many_before": "1000000000000",
		"too_many_after": "1.00000", "a_sign": "-1", "a_plus": "+1", "an_exponent": "1e3", "two_points": "1.2.3", "a_comma": "1,5",
		"a_blank": "1 ", "below_the_digits": "1/", "above_the_digits": "1:", "a_letter_after": "1.5a", "other_digits": "١",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := num.ParseAmount(text)
			if !errors.Is(err, num.ErrSyntax) {
				t.Errorf("%q is %s, %v; want ErrSyntax", text, d, err)
			}
		})
	}
}

// exact returns a plain decimal as a fraction in lowest terms.
func exact(t *testing.T, text string) string {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return r.RatString()
}
