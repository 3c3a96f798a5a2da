// Package explain puts a result into sentences, in formal Indonesian, for the person whom it is about.
//
// Invariants: it renders the trace and computes nothing, so a sentence never shows a number that the trace does not
// hold. The conclusion comes first, then the evidence, then everything that is missing and what was done without it.
// Numbers are written as in Indonesia: a comma before decimals, dots between thousands.
//
// The package does not decide what a person may see.
package explain
