// Package pack reads rule packs from their files and proves them by the examples that they carry.
//
// Invariants: a file is read strictly (an unknown or repeated key is an error with its position); a pack of the
// catalogue is valid and every worked example of its file came out as stated; its hash is the SHA-256 of the file,
// byte for byte.
//
// The package does not compute scores and does not choose a pack: a period names the one that scores it.
package pack
