// Package access decides who may call which RPC, from the one policy table of the suite: the option
// kinerja.common.v1.access of every method.
//
// It fails closed. A method without the option is an error when the table is built. A call is granted by a role of the
// caller within the tenant of the request, or stays pending until the handler has settled a relation with Check; a
// handler that returns success while the grant is pending is a defect, and the caller gets INTERNAL instead of the
// data. A refusal has one text, whether or not the resource exists.
//
// This package does not know how relations are found; the handler gives a function for that.
package access
