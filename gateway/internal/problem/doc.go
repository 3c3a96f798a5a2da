// Package problem answers HTTP requests with the error documents of the suite: application/problem+json (RFC 9457)
// with the reason of the contract and texts in Indonesian.
//
// A document shows only what a fault may show: its reason, its metadata and its texts, never its cause.
//
// This package does not decide which fault an error is.
package problem
