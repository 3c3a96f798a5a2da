// Package peer asks planning and assessment for what the use cases need of them.
//
// Invariants: an answer covers everything that was asked for, in as many calls as the bounds of the contract make
// necessary; an error is that of fault.OfPeer, so that an outage can be told from a defect.
//
// The package keeps no answers and repeats no calls; the connection does that.
package peer
