// Package fault is the one error model of the suite: why something was refused, in words for people and for programs.
//
// A Fault has a Reason that clients switch on, a Kind that decides codes and retries, the values that its texts use,
// and a cause. Error and Local are safe to show to anybody; the cause is for logs only and never leaves the process.
// Faults are values: With, Because, After and Worded return a changed copy, so a fault may be shared. The catalogue has
// one row for each reason of the contract, with an English and an Indonesian text; tests hold the two together.
//
// This package does not know gRPC or HTTP; faultgrpc encodes. It depends on the standard library only.
package fault
