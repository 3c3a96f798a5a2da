// Package wire turns messages of the contract into values of the domain and back.
//
// Invariants: conversions lose nothing that the other side has a place for. A number, enum value or name of a peer that
// cannot be read becomes a value that the domain refuses for the person or unit concerned, so that one of them never
// holds up the others of a batch.
//
// The package does not decide anything and calls nobody.
package wire
