package app

// Enter lets tests propose as whom they like.
var Enter = (*Decide).enter

// FailureOf returns the failure of somebody by the error of their computation.
func FailureOf(person string, err error) Failure { return failed{person, err}.failure() }
