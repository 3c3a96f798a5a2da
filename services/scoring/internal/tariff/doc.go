// Package tariff reads allowance tables from YAML and proves them by the example months that they contain.
//
// Invariants: a file is read in the form of rule packs (unknown keys, repeated keys and numbers that are not plain decimals
// are refused), every problem of a statement has its line and column and a text in Indonesian, and a file without problems
// computes each of its examples as it says.
//
// The package does not compute: package allowance does.
package tariff
