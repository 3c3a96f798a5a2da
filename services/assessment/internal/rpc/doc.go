// Package rpc serves the gRPC services of assessment: messages in, use cases, messages out.
//
// Every error that a handler returns is a fault; reason.go is the one table from the errors of the domain to faults.
// No message that leaves here names the rater of a peer review, and the facts for scoring hold neither feedback texts
// nor raters. The package holds no rule of an assessment.
package rpc
