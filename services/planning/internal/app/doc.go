// Package app has the use cases of planning, one file each: it settles who may, loads, asks the domain for the new
// state, and saves state and events in one transaction.
//
// Invariants: a use case that a relation may grant settles it before it tells whether anything exists; a use case that
// writes does so in one Store.Write, whose closure may run more than once; ids and times are drawn before it.
//
// This package knows no messages of the contract and no SQL. It declares what it needs of a store in port.go.
package app
