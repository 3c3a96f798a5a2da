// Package view is the port to the read models' store: values by key, each with the revision of
// the fact that it shows.
//
// Invariants, which the suite in viewtest proves for every adapter: an entry takes effect only
// if its revision is greater than the stored one, whatever the order and number of deliveries;
// one Put applies each entry whole. A view is disposable: it is rebuilt from the databases, and
// losing it loses nothing.
//
// The package does not order entries of different keys, offer transactions over keys, or decide
// what a view shows.
package view
