// Package wire turns protocol buffers into the values of this service and back: the facts of events, and the documents
// that views hold and callers get.
//
// Invariants: a value of an enum that this build does not know passes through unchanged; a document that was made of a
// row shows all of it; a payload whose names are not of its event's tenant is refused.
//
// The package decides nothing but what a name or a value looks like on the wire.
package wire
