// Package store keeps the read models in SQL: the directory of names, the reports of people, the tallies of units and
// tenants, and the views that are owed.
//
// Invariants: it keeps the contract of app.Store, which the tests of this package check on every engine; one
// transaction of the projection works on a tenant at a time, because each begins by locking the tenant's row in the
// directory; no read looks at more rows than it returns.
//
// The package does not fold facts, count people or make documents.
package store
