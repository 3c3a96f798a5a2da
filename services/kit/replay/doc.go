// Package replay answers repeated requests (AIP-155): a caller who sends the same request_id again gets the first answer,
// and the work is done once.
//
// The key of a request is inserted in the transaction that has its effect, so they commit together or not at all, also
// when two copies of the request run at the same time. A request that changed nothing is done again. The answer is
// stored after the commit; when that was lost, the caller is told that the effect is there. Keys live 24 hours and
// belong to one caller.
//
// This package does not make an operation idempotent that writes in several transactions: the key is that of the first.
package replay
