// Package allowance computes the monthly allowance of civil servants (TPP) by a table of the tenant's own regulation.
//
// Invariants: a slip has a line for the base amount, for each part, for each attendance code that occurred, and for
// whatever else changed the amount; the amounts of its lines add up to its total. Values are exact fractions and are
// rounded where the table says, half up, by num.QuoHalfUp. A total is never negative. A fact that is missing is named
// together with what the table does about it. A slip with a predicate that nobody has fixed says so and is provisional.
// The same table and the same facts give the same bytes.
//
// The package decides about nobody: a disciplinary cut needs a decision among the facts. It does not read files, and it
// knows neither taxes nor contributions.
package allowance
