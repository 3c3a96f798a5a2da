// Package transcode turns HTTP requests of the contract into gRPC calls, and their answers into JSON.
//
// Only named headers reach a service; every call has a deadline; a path, method, query or body that the contract does
// not know is refused here with a problem of the contract; the texts of decoders and of the gRPC library never reach a
// caller. The authorization header is passed on as it is: the services verify it.
//
// This package does not authorise, does not hold sessions, and has no business rule.
package transcode
