package num

import "github.com/govalues/decimal"

// Exact does the operations of this package one after another and keeps the first error, so that a formula reads as one.
// What its methods return after an error means nothing. The zero value is ready to use.
type Exact struct{ err error }

// Err returns the first error, and nil while every result is exact or rounded as it should be.
func (e *Exact) Err() error { return e.err }

// Add is the function Add.
func (e *Exact) Add(a, b decimal.Decimal) decimal.Decimal { return e.keep(Add(a, b)) }

// Sub is the function Sub.
func (e *Exact) Sub(a, b decimal.Decimal) decimal.Decimal { return e.keep(Sub(a, b)) }

// Mul is the function Mul.
func (e *Exact) Mul(a, b decimal.Decimal) decimal.Decimal { return e.keep(Mul(a, b)) }

// Percent is the function Percent.
func (e *Exact) Percent(a, b decimal.Decimal, places int) decimal.Decimal {
	return e.keep(Percent(a, b, places))
}

// HalfUp is the function HalfUp.
func (e *Exact) HalfUp(a decimal.Decimal, places int) decimal.Decimal {
	return e.keep(HalfUp(a, places))
}

// QuoHalfUp is the function QuoHalfUp.
func (e *Exact) QuoHalfUp(a, b decimal.Decimal, places int) decimal.Decimal {
	return e.keep(QuoHalfUp(a, b, places))
}

func (e *Exact) keep(d decimal.Decimal, err error) decimal.Decimal {
	if e.err == nil {
		e.err = err
	}
	return d
}
