package num_test

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

func TestHalfUp(t *testing.T) {
	t.Parallel()
	cases := []struct {
		given  string
		places int
		want   string
	}{
		{"5.625", 2, "5.63"},
		{"64.995", 2, "65.00"},
		{"64.994", 2, "64.99"},
		{"76.605", 2, "76.61"},
		{"88.305", 2, "88.31"},
		{"28.125", 2, "28.13"},
		{"-5.625", 2, "-5.63"},
		{"-0.004", 2, "0.00"},
		{"0.5", 0, "1"},
		{"-0.5", 0, "-1"},
		{"9.999", 2, "10.00"},
		{"12", 4, "12.0000"},
		{"0.0000000000000000005", 18, "0.000000000000000001"},
		{"0.0000000000000000004", 18, "0.000000000000000000"},
	}
	for _, c := range cases {
		t.Run(c.given, func(t *testing.T) {
			t.Parallel()
			got, err := num.HalfUp(decimal.MustParse(c.given), c.places)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Fatalf("HalfUp(%s, %d) = %s, want %s", c.given, c.places, got, c.want)
			}
		})
	}
}

func TestQuoHalfUp(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		a, b   string
		places int
		want   string
		err    error
	}{
		{"a_third_is_cut", "340", "3", 4, "113.3333", nil},
		{"two_thirds_are_raised", "200", "3", 4, "66.6667", nil},
		{"signs_cancel", "-340", "-3", 4, "113.3333", nil},
		{"one_negative_side_rounds_away_from_zero", "-1", "8", 2, "-0.13", nil},
		{"scales_on_both_sides", "0.1", "0.0003", 2, "333.33", nil},
		{"dividend_just_above_64_bits", "20", "7", 18, "2.857142857142857143", nil},
		{"half_after_more_digits_than_one_division_takes", "1", "4.000000000000000000", 1, "0.3", nil},
		{"divisor_of_nineteen_places", "1", "1.000000000000000001", 18, "0.999999999999999999", nil},
		{"zero_over_something", "0", "7", 3, "0.000", nil},
		{"division_by_zero", "1", "0", 2, "", num.ErrDivisionByZero},
		{"zero_over_zero", "0", "0.00", 2, "", num.ErrDivisionByZero},
		{"too_many_digits", "9223372036854775807", "1", 1, "", num.ErrOverflow},
		{"too_many_digits_by_the_carry", "9223372036854775807.5", "1", 0, "", num.ErrOverflow},
		{"too_many_digits_by_the_carry_beyond_64_bits", "7692179324171848450", "416993876720759868", 18, "", num.ErrOverflow},
		{"too_many_digits_just_above_64_bits", "2", "1", 19, "", num.ErrOverflow},
		{"the_most_digits_that_fit_after_two_divisions", "826485931645873388", "896077842619162046.7", 19, "0.9223372036854775807", nil},
		{"negative_places", "1", "1", -1, "", num.ErrPlaces},
		{"too_many_places", "1", "1", 20, "", num.ErrPlaces},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := num.QuoHalfUp(decimal.MustParse(c.a), decimal.MustParse(c.b), c.places)
			if !errors.Is(err, c.err) {
				t.Fatalf("error is %v, want %v", err, c.err)
			}
			if c.err == nil && got.String() != c.want {
				t.Fatalf("%s / %s = %s, want %s", c.a, c.b, got, c.want)
			}
		})
	}
}

// TestQuoHalfUp_agrees_with_exact_fractions compares with math/big on random operands of every size and scale.
func TestQuoHalfUp_agrees_with_exact_fractions(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		a, b := randomDecimal(r), randomDecimal(r)
		checkQuotient(t, a, b, r.IntN(num.MaxPlaces+1))
	}
}

func FuzzQuoHalfUp(f *testing.F) {
	f.Add(int64(5625), 3, int64(1), 0, 2)
	f.Add(int64(math.MinInt64), 19, int64(-1), 0, 19)
	f.Add(int64(340), 0, int64(3), 0, 4)
	f.Fuzz(func(t *testing.T, a int64, scaleA int, b int64, scaleB int, places int) {
		x, errX := decimal.New(a, scaleA)
		y, errY := decimal.New(b, scaleB)
		if errX != nil || errY != nil {
			t.Skip()
		}
		checkQuotient(t, x, y, places)
	})
}

// checkQuotient demands the exact quotient, rounded, or the error that fits the operands.
func checkQuotient(t *testing.T, a, b decimal.Decimal, places int) {
	t.Helper()
	got, err := num.QuoHalfUp(a, b, places)
	switch {
	case places < 0 || places > num.MaxPlaces:
		if !errors.Is(err, num.ErrPlaces) {
			t.Fatalf("%s / %s at %d: error is %v, want ErrPlaces", a, b, places, err)
		}
		return
	case b.IsZero():
		if !errors.Is(err, num.ErrDivisionByZero) {
			t.Fatalf("%s / %s: error is %v, want ErrDivisionByZero", a, b, err)
		}
		return
	}
	want := exactHalfUp(a, b, places)
	if want.CmpAbs(big.NewInt(math.MaxInt64)) > 0 {
		if !errors.Is(err, num.ErrOverflow) {
			t.Fatalf("%s / %s at %d: error is %v, want ErrOverflow", a, b, places, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%s / %s at %d: %v", a, b, places, err)
	}
	wanted, err := decimal.New(want.Int64(), places)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != wanted.String() {
		t.Fatalf("%s / %s at %d = %s, want %s", a, b, places, got, wanted)
	}
}

// exactHalfUp returns a / b × 10^places rounded half up, by fractions of whole numbers without bounds.
func exactHalfUp(a, b decimal.Decimal, places int) *big.Int {
	ten := big.NewInt(10)
	x := rat(a)
	x.Quo(x, rat(b))
	x.Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(ten, big.NewInt(int64(places)), nil)))
	negative := x.Sign() < 0
	x.Abs(x)
	x.Add(x, big.NewRat(1, 2))
	floor := new(big.Int).Quo(x.Num(), x.Denom())
	if negative {
		floor.Neg(floor)
	}
	return floor
}

func rat(d decimal.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic("not a number: " + d.String())
	}
	return r
}

// randomDecimal favours few digits, where halves are frequent, but reaches every coefficient and scale.
func randomDecimal(r *rand.Rand) decimal.Decimal {
	coef := r.Int64() >> r.IntN(63)
	if r.IntN(2) == 0 {
		coef = -coef
	}
	return decimal.MustNew(coef, r.IntN(decimal.MaxScale+1))
}

// TestExactArithmetic_agrees_with_fractions compares sums, differences, products and percentages with math/big on random
// operands of every size and scale: what is returned is exact, and what fits is returned.
func TestExactArithmetic_agrees_with_fractions(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	exact := func(operation string, want *big.Rat, got decimal.Decimal, err error, scale int) {
		t.Helper()
		if err != nil {
			units := new(big.Rat).Mul(want, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
			if !errors.Is(err, num.ErrOverflow) || (scale <= decimal.MaxScale && new(big.Rat).Abs(units).Cmp(big.NewRat(math.MaxInt64, 1)) <= 0) {
				t.Fatalf("%s: error is %v for %s", operation, err, want)
			}
			return
		}
		if rat(got).Cmp(want) != 0 || got.Scale() != scale {
			t.Fatalf("%s is %s, want %s with %d digits", operation, got, want, scale)
		}
	}
	for range 50_000 {
		a, b := randomDecimal(r), randomDecimal(r)
		sum, err := num.Add(a, b)
		exact("sum", new(big.Rat).Add(rat(a), rat(b)), sum, err, max(a.Scale(), b.Scale()))
		difference, err := num.Sub(a, b)
		exact("difference", new(big.Rat).Sub(rat(a), rat(b)), difference, err, max(a.Scale(), b.Scale()))
		product, err := num.Mul(a, b)
		exact("product", new(big.Rat).Mul(rat(a), rat(b)), product, err, a.Scale()+b.Scale())
		percent, err := num.Percent(a, b, 4)
		if err == nil {
			if want := exactHalfUp(a, b, 6); rat(percent).Cmp(new(big.Rat).SetFrac(want, big.NewInt(10000))) != 0 {
				t.Fatalf("%s of %s is %s%%", a, b, percent)
			}
		}
	}
}

func TestAppend_writes_what_String_does(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 50_000 {
		d := randomDecimal(r)
		if got := string(num.Append([]byte("1;"), d)); got != "1;"+d.String() {
			t.Fatalf("%s is written as %s", d, got)
		}
	}
	for _, number := range []string{"0", "0.00", "-0.05", "9999999999999999999", "-0.9999999999999999999", "-1"} {
		if got := string(num.Append(nil, decimal.MustParse(number))); got != number {
			t.Errorf("%s is written as %s", number, got)
		}
	}
}

func TestIsAmount(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"0": true, "0.0000": true, "999999999999": true, "999999999999.9999": true, "1000000000000": false, "0.00000": false,
		"-0.0001": false, "-1": false, "1000000000000.0": false, "999999999999.0": true,
	} {
		if got := num.IsAmount(decimal.MustParse(text)); got != want {
			t.Errorf("%s is an amount: %t", text, got)
		}
	}
}

func TestExactArithmetic_refuses_to_lose_digits(t *testing.T) {
	t.Parallel()
	big19 := decimal.MustParse("9999999999999999999")
	small := decimal.MustParse("0.0000000000000000001")
	_, err := num.Add(big19, small)
	if !errors.Is(err, num.ErrOverflow) {
		t.Fatalf("Add: error is %v, want ErrOverflow", err)
	}
	_, err = num.Sub(big19, small)
	if !errors.Is(err, num.ErrOverflow) {
		t.Fatalf("Sub: error is %v, want ErrOverflow", err)
	}
	_, err = num.Mul(small, small)
	if !errors.Is(err, num.ErrOverflow) {
		t.Fatalf("Mul: error is %v, want ErrOverflow", err)
	}
	product, err := num.Mul(decimal.MustParse("123456789012.1234"), num.Int(100))
	if err != nil || product.String() != "12345678901212.3400" {
		t.Fatalf("Mul = %s, %v", product, err)
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"0", "12.5", "123456789012.1234", "1234567890123", "1e3", "+1", "-1", ".5", "1.", "1.12345", "١"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := num.ParseAmount(s)
		if err != nil {
			if !errors.Is(err, num.ErrSyntax) {
				t.Fatalf("%q: error is %v, want ErrSyntax", s, err)
			}
			return
		}
		if !num.IsAmount(d) {
			t.Fatalf("%q was taken as %s, which is no amount", s, d)
		}
		if rat(d).Cmp(rat(decimal.MustParse(s))) != 0 {
			t.Fatalf("%q was taken as %s", s, d)
		}
	})
}

func BenchmarkQuoHalfUp(b *testing.B) {
	x, y := decimal.MustParse("132000"), decimal.MustParse("1200")
	b.ReportAllocs()
	for b.Loop() {
		_, err := num.QuoHalfUp(x, y, 4)
		if err != nil {
			b.Fatal(err)
		}
	}
}
