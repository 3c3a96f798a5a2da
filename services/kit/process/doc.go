// Package process is the one way to be a process of a split deployment: the command line, the sources of the
// configuration, the exit codes, the signals, the log, the metrics and traces, the operations listener, and the order in
// which the parts start and stop.
//
// A process opens its telemetry, then what its Spec opens, then its operations listener; what cannot be opened is an error
// of the start, and what was open is closed again. Then the units start, the operations endpoints after them, and the
// process becomes ready last. It stops in reverse, each part within its own deadline: first it says that it is not ready
// and goes on serving for the drain, so that clients turn away.
//
// It links no engine: kit/daemon adds the database, the bus and the calls of a service, and the gateway has none of them.
// It ends no process: Main returns the exit code.
package process
