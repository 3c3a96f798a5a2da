// Package grpckit builds the gRPC servers and connections of the suite, so that every call passes the same checks.
//
// The chain of a server is named and ordered, outermost first: request_id, log_metrics, fault_encode, recover, authn,
// authz, deadline, unknown_fields, validate, replay, handler; a stats handler traces around it. Each part serves calls
// and streams alike. A server is not built when a registered method lacks its access option. What leaves a server is a
// status of package faultgrpc; what a connection returns is a fault. Every call has a deadline.
//
// This package has no rules of a service. It never logs a payload.
package grpckit
