package num

import (
	"errors"
	"fmt"
	"math"
	"math/bits"

	"github.com/govalues/decimal"
)

// Errors of this package. Test with errors.Is.
var (
	// ErrDivisionByZero reports a divisor of zero.
	ErrDivisionByZero = errors.New("division by zero")
	// ErrOverflow reports a result with more digits than a decimal holds.
	ErrOverflow = errors.New("the number has too many digits")
	// ErrPlaces reports digits after the point outside 0 to MaxPlaces.
	ErrPlaces = errors.New("digits after the point out of range")
	// ErrSyntax reports a text that is not a plain decimal within its bounds.
	ErrSyntax = errors.New("not a plain decimal")
)

// MaxPlaces is the most digits after the point that a rounding may keep.
const MaxPlaces = decimal.MaxScale

// Int returns n as a decimal.
func Int(n int64) decimal.Decimal {
	d, _ := decimal.New(n, 0) // every int64 fits, and 0 is a valid scale
	return d
}

// Add returns a + b, exactly, or ErrOverflow.
func Add(a, b decimal.Decimal) (decimal.Decimal, error) {
	scale := max(a.Scale(), b.Scale())
	x, fits := signed(a, scale)
	y, also := signed(b, scale)
	if fits && also { // each is below half of an int64
		return decimal.New(x+y, scale)
	}
	sum, err := a.AddExact(b, scale)
	if err != nil {
		return decimal.Decimal{}, fmt.Errorf("%s + %s: %w", a, b, ErrOverflow)
	}
	return sum, nil
}

// Sub returns a − b, exactly, or ErrOverflow.
func Sub(a, b decimal.Decimal) (decimal.Decimal, error) { return Add(a, b.Neg()) }

// Mul returns a × b, exactly, or ErrOverflow.
func Mul(a, b decimal.Decimal) (decimal.Decimal, error) {
	scale := a.Scale() + b.Scale()
	high, low := bits.Mul64(a.Coef(), b.Coef())
	if high == 0 && low <= math.MaxInt64 && scale <= decimal.MaxScale {
		return decimal.New(negative(int64(low), a.IsNeg() != b.IsNeg()), scale)
	}
	product, err := a.MulExact(b, scale)
	if err != nil {
		return decimal.Decimal{}, fmt.Errorf("%s × %s: %w", a, b, ErrOverflow)
	}
	return product, nil
}

// Percent returns a / b × 100, rounded once as by QuoHalfUp, with its errors.
func Percent(a, b decimal.Decimal, places int) (decimal.Decimal, error) {
	const hundred = 2 // digits further
	return quoHalfUp(a, b, hundred, places)
}

// signed returns d as a whole number of units of the last of so many places, which are no fewer than its own, and false
// unless it is below half of an int64.
func signed(d decimal.Decimal, places int) (int64, bool) {
	high, low := bits.Mul64(d.Coef(), powers[places-d.Scale()])
	return negative(int64(low), d.IsNeg()), high == 0 && low <= math.MaxInt64/2
}

// negative returns −n when it should be negative.
func negative(n int64, is bool) int64 {
	if is {
		return -n
	}
	return n
}

// HalfUp returns a with exactly places digits after the point; see QuoHalfUp.
func HalfUp(a decimal.Decimal, places int) (decimal.Decimal, error) {
	return QuoHalfUp(a, decimal.One, places)
}

// QuoHalfUp returns a / b with exactly places digits after the point. It is the one rounding of the suite: the exact
// quotient is rounded once, half up, away from zero, so 2.345 gives 2.35 and −2.345 gives −2.35 at two places.
// It returns ErrDivisionByZero, ErrPlaces, or ErrOverflow when the result has more than 18 digits and does not fit.
func QuoHalfUp(a, b decimal.Decimal, places int) (decimal.Decimal, error) {
	return quoHalfUp(a, b, 0, places)
}

// quoHalfUp is QuoHalfUp for a × 10^shift.
func quoHalfUp(a, b decimal.Decimal, shift, places int) (decimal.Decimal, error) {
	if places < 0 || places > MaxPlaces {
		return decimal.Decimal{}, fmt.Errorf("%d: %w", places, ErrPlaces)
	}
	if b.IsZero() {
		return decimal.Decimal{}, fmt.Errorf("%s / %s: %w", a, b, ErrDivisionByZero)
	}
	// a / b = (coef a / coef b) × 10^(scale b − scale a); places more digits are wanted as a whole number.
	q := quotient(a.Coef(), b.Coef(), b.Scale()-a.Scale()+shift+places)
	if q > math.MaxInt64 {
		return decimal.Decimal{}, fmt.Errorf("%s / %s: %w", a, b, ErrOverflow)
	}
	return decimal.New(negative(int64(q), a.IsNeg() != b.IsNeg()), places)
}

// maxShift is how many digits a division takes at once: so many fit into 64 bits.
const maxShift = decimal.MaxScale

// powers of ten, by exponent.
var powers = [maxShift + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// tooMuch stands for every quotient that does not fit.
const tooMuch = math.MaxUint64

// quotient returns n × 10^shift / d rounded half up to a whole number. d is not 0, and shift not below −maxShift. It
// divides as one does on paper, some digits at a time, so that no intermediate value exceeds 128 bits. Usually once does it.
func quotient(n, d uint64, shift int) uint64 {
	if shift < 0 {
		// What the first division cuts is below 1, and half of p is whole, so that it cannot decide the rounding.
		p := powers[-shift]
		return halfUp(n/d/p, n/d%p, p)
	}
	p := powers[min(shift, maxShift)]
	high, low := bits.Mul64(n, p)
	if high >= d {
		return tooMuch
	}
	q, r := bits.Div64(high, low, d)
	for shift > maxShift {
		shift -= maxShift
		p = powers[min(shift, maxShift)]
		if q > math.MaxInt64/p { // no more than that leaves room for the next digits
			return tooMuch
		}
		high, low = bits.Mul64(r, p) // high is below d, because r is
		digits, rest := bits.Div64(high, low, d)
		q, r = q*p+digits, rest
	}
	return halfUp(q, r, d)
}

// halfUp returns q, or one more when the rest r of a division by d is half of d or more; tooMuch stays what it is.
func halfUp(q, r, d uint64) uint64 {
	if r >= d-r && q < tooMuch { // 2r >= d, written so that it cannot overflow
		q++
	}
	return q
}
