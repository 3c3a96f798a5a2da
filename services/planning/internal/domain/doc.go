// Package domain has the rules of planning: whose number is valid, who may hold which position when, what a performance
// plan (SKP) must have, how it moves from draft to approved, and how one person stands to another on a date.
//
// Invariants: everything here is a function of its arguments; the present is always passed in. Values that a New
// function or a method of Plan returned keep the rules; Hydrate is for what was stored before. RuleError rules are reported
// together, each with the path of its field in the request.
//
// This package does not read or write anything, knows no names of resources beyond ids, and computes no score.
package domain
