// Package rpc serves the contract of planning over gRPC: messages in, use case, messages out.
//
// Invariants: every handler reads its request completely before it calls its use case, so that all that is wrong is
// reported together; every error of the domain and of the store has a row in reason.go.
//
// This package has no rules and knows no storage. Who may call what is settled before it, by the interceptors, and in
// the use cases, for relations.
package rpc
