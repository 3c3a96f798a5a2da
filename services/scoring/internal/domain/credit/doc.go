// Package credit converts predicates of functional positions to angka kredit and accounts for them (Peraturan BKN 3/2023).
//
// Invariants: a conversion is computed exactly and rounded once, half up, at 2 digits; a sum adds what was rounded, as the
// official forms do. A line that does not count says why.
//
// The package knows what a jenjang needs, not which rank a person has, and it grants nothing.
package credit
