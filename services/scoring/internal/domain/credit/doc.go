// Package credit accounts for the angka kredit of functional positions over all periods (Peraturan BKN 3/2023).
//
// Invariants: a line is converted by the rule pack of its score, and not at all where that knows no angka kredit; a sum adds
// what was rounded, as the official forms do. A line that does not count says why.
//
// The package knows what a jenjang needs, not which rank a person has, and it grants nothing.
package credit
