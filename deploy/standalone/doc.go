// Package standalone is the whole suite in one process on embedded engines: SQLite files, NATS JetStream on disk, and
// views in memory.
//
// It runs the services that a split deployment runs, and differs in the adapters that it gives them. All of them are
// registered on one gRPC server, with the whole interceptor chain; they call each other, and the HTTP edge calls them,
// through an in-memory listener, and clients through TCP. What is committed survives a kill of the process, and a loss
// of power: databases and streams are synced on every commit.
//
// One process uses a data directory at a time. The package holds no rule and no storage of its own.
package standalone
