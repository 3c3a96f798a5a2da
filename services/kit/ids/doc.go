// Package ids makes identifiers of resources, events and errors.
//
// An id is a lower-case ULID: 26 characters of [0-9a-z], valid as an id in a resource name, and later ids of one
// source sort after earlier ones, also within a millisecond and when the clock is set back.
//
// This package does not make secrets: an id tells when it was made.
package ids
