// Package num is the exact arithmetic of the rules: decimals that are added and multiplied without loss, and one
// rounding, half up.
//
// Invariants: no function loses a digit silently. What does not fit is an error, never a rounded value, and no
// function panics. Rounding happens only in QuoHalfUp, on the exact quotient, away from zero at one half.
//
// The package does not know what the numbers mean, and it does not use the library's own Quo and Round, which round
// half to even.
package num
