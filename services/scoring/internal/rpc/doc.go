// Package rpc serves the contract of scoring over the use cases.
//
// Invariants: a handler reads names and page tokens, calls one use case and converts its answer; every error of the
// service that a caller can meet has a row in reason.go.
//
// The package has no rules: who may see what is settled by the use cases, and numbers are never touched.
package rpc
