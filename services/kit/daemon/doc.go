// Package daemon is what the processes of a split deployment share: the command line, the configuration, and the order in
// which the parts start and stop.
//
// A process opens, in this order, telemetry, its database with its migrations, the bus and its peers; then it builds its
// service, and starts the runners, the gRPC listener and the operations listener. It becomes ready last. It stops in
// reverse, each part within its own deadline: first its health says NOT_SERVING and it waits for clients to turn away.
// When a part does not open, those before it are closed again. What a process cannot open is an error of its start,
// except the bus and the peers, which may come later.
//
// This package does not know any service. It ends no process: Main returns the exit code.
package daemon
