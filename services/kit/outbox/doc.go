// Package outbox carries events from a service's database to the bus: they are appended in the
// transaction of the change that they tell, and a relay publishes them after the commit.
//
// Invariants: an event is told if and only if its change is committed; each is published at
// least once, with its id as the message id, so that the stream drops a repetition within its
// window; a row counts as published only after the stream has acknowledged it; rows are
// published in the order of their sequence, and a row that the server refuses holds back only
// the later rows of the same resource until it is parked. An unreachable bus parks nothing.
// Two relays never lose an event, whatever the clocks say; the lease only keeps one of them idle.
//
// After a lost connection an event may follow a later one of the same resource, so consumers
// compare revisions. The package makes the stream of its service and no other; it does not consume.
package outbox
