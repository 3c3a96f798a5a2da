// Package daemon is what the processes of the services share beyond kit/process: the database, the bus, the peers and the
// calls.
//
// A process opens, in this order, its database, the bus and its peers; then it builds its service, applies its migrations,
// and starts the runners and the gRPC listener. What it cannot open is an error of its start, except the bus and the
// peers, which may come later. Its gRPC health says NOT_SERVING as soon as it stops, and while its check fails.
//
// This package does not know any service, and nothing of how a process starts and stops: that is kit/process.
package daemon
