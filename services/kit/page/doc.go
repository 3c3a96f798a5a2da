// Package page makes page sizes and page tokens (AIP-158).
//
// A token holds the cursor of a keyset (the sort key of the last row that was sent) and a checksum of the request,
// signed. A token that was altered, or that comes with another request, is refused with INVALID_PAGE_TOKEN, so a store
// may trust the cursor that it gets.
//
// This package does not encrypt: a cursor holds keys only, never a NIP or a person's name. Tokens do not expire.
package page
