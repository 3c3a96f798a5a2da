// Package refpage renders the reference of the HTTP interface as one HTML page, from the OpenAPI document and the
// catalogue of faults.
//
// The page is rendered once, on the server; it has no script, no font and no request of its own, and its content policy
// allows none. Its own words are Indonesian; what comes from the contract is English and marked as such.
//
// This package does not serve: see Page.
package refpage
