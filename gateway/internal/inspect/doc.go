// Package inspect says what is wrong with a request that could not be decoded: which fields the contract does not know,
// and which values have the wrong type.
//
// It judges by the same rules as the decoders of protojson and grpc-gateway, because it asks them, value by value; their
// texts never reach the caller. At most MaxViolations are reported.
//
// This package does not check rules of the contract, such as lengths or patterns: that is the work of the services.
package inspect
