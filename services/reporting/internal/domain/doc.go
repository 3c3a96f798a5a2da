// Package domain holds the rules of the read models: how facts that arrive in any order become the report of a person,
// and how reports become the counts of a unit and of a tenant.
//
// Invariants: a report is decided by the newest revision of each of its sources, so the order and the number of
// deliveries do not matter; counts change only by the difference between the old and the new form of one report, so
// they always equal a recount; a row's revision grows with every change of the row.
//
// The package does not compute scores, and does not know storage, views, events or requests.
package domain
