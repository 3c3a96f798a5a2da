// Package demo loads a demonstration tenant through the public API and drives its assessment from plans to ratings:
// Kabupaten Bantul with a health office and two Puskesmas, an education office and two schools, and a licensing office.
// Nobody decides in it, so that no predicate is final.
//
// Everything follows from a seed, and every person and number of it is invented; only the name and code of the region,
// and the worked examples that some plans repeat, are real. Every write is a call that a client could make, with the
// token of the person who would make it: people draft and report, superiors approve and rate, citizens answer.
//
// The package does not start anything and writes nothing behind the services.
package demo
