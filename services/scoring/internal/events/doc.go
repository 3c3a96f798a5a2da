// Package events is the place of scoring on the bus: it hears what changed in planning and assessment, has the scores
// recomputed, and makes the events that tell of new ones.
//
// Invariants: an event is taken by its subject and payload, both of which must name the same tenant; the events of a
// batch that are about the same people of one period cost one recompute, and so do those of a burst that were put off to
// the same time; an event whose effect failed for a reason that may pass comes again, and one that can never have its
// effect becomes a dead letter. What the consumers take stands in stream.go and nowhere else.
//
// The package does not compute and does not write; the recompute claims the events that it was given.
package events
