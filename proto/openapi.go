// Package proto carries the HTTP contract of the suite as one document.
//
// The document is made from the .proto files by scripts/generate and is never edited by hand.
//
// This package does not hold the gRPC contract: that is in gen/go.
package proto

import _ "embed"

// OpenAPI is the OpenAPI 3.1 document of every RPC with an HTTP annotation, as indented JSON. It must not be changed.
//
//go:embed gen/openapi/kinerja.openapi.json
var OpenAPI []byte
