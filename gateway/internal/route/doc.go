// Package route knows the HTTP interface of the suite: which method and path belong to which RPC, read from the
// google.api.http options of the linked contract.
//
// A table never changes after NewTable. It decides on the escaped path, so an encoded slash never makes a segment into
// two, and it tells an unknown path from a known path with another method.
//
// This package does not call anything: transcoding is the work of grpc-gateway.
package route
