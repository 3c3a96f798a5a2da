package app

// Enter lets tests propose as whom they like.
var Enter = (*Decide).enter

// RatesOrganizations says whether rules know a rating of the organisation.
var RatesOrganizations = ratesOrganizations

// FailureOf returns the failure of somebody by the error of their computation.
func FailureOf(person string, err error) Failure { return failed{person, err}.failure() }
