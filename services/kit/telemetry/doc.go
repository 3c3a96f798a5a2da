// Package telemetry is the logs, metrics and traces of a process, and the HTTP endpoints that show its state.
//
// Everything is handed in: there is no global logger, registry or tracer provider. A log line written with a context
// carries the ids of its request and trace. Keys are constants, messages are fixed texts in lower case, and neither logs
// nor labels hold a payload, a NIP or a person's name.
//
// This package does not choose what to log or measure; each package has its own metrics.
package telemetry
