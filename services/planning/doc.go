// Package planning is the planning service: tenants, the organisation graph with its dated assignments, periods and
// objectives, and performance plans (SKP) from draft to approval. It also says how people stand to each other on a date,
// which all other services decide by.
//
// Invariants: the tenant is part of every key, so one tenant never sees another; state and the events that tell it are
// committed together; a NIP is in no event, log or metric. New opens and starts nothing; whoever opened a dependency
// closes it.
//
// This package does not compute scores and does not take progress or ratings. It calls scoring alone, to ask whether the rule
// pack of a new period may be used.
package planning
