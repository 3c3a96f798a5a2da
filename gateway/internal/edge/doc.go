// Package edge is what every HTTP request passes first: tracing, the request id, one log line and one measurement, the
// security headers, and the recovery from panics.
//
// The log line and the metrics name the pattern of the route, never the path, and hold no query, header or body.
//
// This package does not route: the handler behind it says which route it was, through the Record of the request.
package edge
