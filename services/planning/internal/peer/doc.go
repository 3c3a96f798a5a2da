// Package peer asks scoring about the rule packs that it has.
//
// Invariants: an error is that of fault.OfPeer, so that an outage can be told from a defect.
//
// The package keeps no answers and repeats no calls; the connection does that.
package peer
