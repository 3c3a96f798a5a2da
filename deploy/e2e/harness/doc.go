// Package harness starts whole deployments of the suite for tests, from the binaries that users run: standalone, the
// one process on embedded engines, and split, a process for each service on PostgreSQL, Redis and NATS.
//
// A deployment listens on free loopback ports, keeps its data in a directory of the test, and is stopped when the test
// ends; a process that does not end with code 0 when it is stopped fails the test. The package holds no test.
package harness
