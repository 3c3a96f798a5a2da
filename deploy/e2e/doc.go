// Package e2e tests whole deployments: the same bodies against the suite in one process and against the services apart
// on PostgreSQL, Redis and NATS, through the API that everybody uses.
package e2e
