// Package rpc serves ReportService.
//
// Invariants: a handler reads names, asks the use case and answers; every error of a use case that a caller may cause
// has a row in the one table of reason.go.
//
// The package has no rules and does not decide who may see what; app does.
package rpc
