// Package etag makes the etags of resources (AIP-154).
//
// An etag is a quoted string that depends on the name and the revision only, so it is the same on every server and
// after every restart, and it tells nothing of how many changes there were.
//
// This package does not guard writes: stores compare revisions in the statement that changes the row.
package etag
