// Package faultgrpc carries faults over gRPC as google.rpc.Status, and back.
//
// Every status has exactly one ErrorInfo, whose reason clients switch on, and one LocalizedMessage in Indonesian for
// people; each other detail occurs at most once. The cause of a fault never leaves the process; an internal fault tells
// its error id and nothing else.
//
// This package does not log, and it does not decide which of a peer's errors a service passes on: see fault.OfPeer.
// It is the only package that makes gRPC statuses.
package faultgrpc
