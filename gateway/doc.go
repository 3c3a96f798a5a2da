// Package gateway is the HTTP edge of the suite: JSON for the gRPC contract, its OpenAPI document, a reference page for
// people, and health endpoints.
//
// Every call has a deadline, every body a limit, and only named headers reach a service. The caller's authorization
// header is passed on and verified by the services. Every error is a problem document with a reason of the contract and
// Indonesian texts. What the contract does not know (path, method, parameter, field) is refused.
//
// This package holds no database and no rule of the suite, and does not decide who may do what.
package gateway
