// Package oracle holds a second implementation of the rules, written apart from the first, and compares the two. It has
// no code but its tests.
//
// Invariants: the oracle reads the files of the packs for itself, as plain trees, and works them out with fractions; of
// scoring it takes the facts only. Every shipped pack is held against the formulas of its law too, without a look at the
// pack, plan by plan and as a whole; of a region's pack, what the law leaves to no region. So a mistake has to be made two
// or three times to stay unseen. Both sides must agree to the last digit of every step, and the people drawn must take
// every branch of every pack.
//
// The package does not check packs and does not read their texts.
package oracle
