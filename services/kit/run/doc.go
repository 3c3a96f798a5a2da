// Package run starts and stops the parts of a process in order.
//
// Units start in the order in which they were added; each runs as soon as it has started. When the context ends, or a
// unit fails, or one ends before it was told to, all units that started are stopped in reverse order, each within its
// own deadline; a unit that does not stop in time is left behind and reported, and the others are stopped all the same.
// A panic of a unit counts as its failure. Run returns every error, joined. Require is for those who build the parts: it
// tells what they were not given.
//
// This package does not restart units: a unit that can go on after an error does so itself.
package run
