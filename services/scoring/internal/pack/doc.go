// Package pack reads rule packs from their files, says what is wrong with them, works in the packs on which they build,
// proves them by the examples that they carry, and compares two of them in Indonesian.
//
// Invariants: a file is read strictly, number by number as it is written; every problem has the place of its statement in
// the file that states it; a pack of the catalogue is valid and every worked example of its file came out as stated; its
// hash is the SHA-256 of the file, byte for byte, and of that of its base; no file makes the reader panic or work longer
// than its bounds allow.
//
// The package does not compute scores and does not choose a pack: a period names the one that scores it.
package pack
