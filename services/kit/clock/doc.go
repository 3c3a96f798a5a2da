// Package clock is the one place where the suite reads the time.
//
// Every time that leaves it is in UTC and has microsecond resolution and no monotonic reading, so a value
// equals itself after it was stored and read back on either engine.
//
// This package does not schedule: waiting is done with tickers and contexts where it is needed.
package clock
