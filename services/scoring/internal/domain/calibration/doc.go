// Package calibration is the life of a calibration session, in which officials compare ratings between units.
//
// Invariants: a session begins open and ends once, closed or abandoned, and takes no change after that. Participants and
// adjustments are added and never removed. A session holds no rating and changes none: an adjustment is a proposal that
// somebody else decides.
//
// The package does not know who may call what, and it reads no scores.
package calibration
