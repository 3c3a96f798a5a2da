package fault

import "net/http"

// Kind is the family of a fault. It decides the code on the wire and whether a repeat can help.
type Kind int

const (
	// KindInternal is a defect of the suite. It is the zero value, so a fault that was put together wrongly fails closed.
	KindInternal Kind = iota
	// KindInvalid means that the request is wrong whatever the state of the suite.
	KindInvalid
	// KindNotFound means that the resource does not exist, for a caller who may know it.
	KindNotFound
	// KindExists means that a resource with this id or unique attribute exists.
	KindExists
	// KindStale means that the caller's revision has been passed: read again, then repeat.
	KindStale
	// KindPrecondition means that the state of the resource does not allow this now.
	KindPrecondition
	// KindDenied means that the caller may not do this.
	KindDenied
	// KindUnauthenticated means that the caller is not known.
	KindUnauthenticated
	// KindExhausted means that a limit was met.
	KindExhausted
	// KindUnavailable means that something behind the service does not answer; a repeat may help.
	KindUnavailable
	// KindCanceled means that the caller ended the call.
	KindCanceled
	// KindDeadline means that the time allowed for the call has passed.
	KindDeadline
	// KindUnimplemented means that there is no such RPC or path.
	KindUnimplemented
)

type kindRow struct {
	name string
	http int
}

var kinds = map[Kind]kindRow{
	KindInternal:        {"internal", http.StatusInternalServerError},
	KindInvalid:         {"invalid", http.StatusBadRequest},
	KindNotFound:        {"not_found", http.StatusNotFound},
	KindExists:          {"exists", http.StatusConflict},
	KindStale:           {"stale", http.StatusConflict},
	KindPrecondition:    {"precondition", http.StatusBadRequest},
	KindDenied:          {"denied", http.StatusForbidden},
	KindUnauthenticated: {"unauthenticated", http.StatusUnauthorized},
	KindExhausted:       {"exhausted", http.StatusTooManyRequests},
	KindUnavailable:     {"unavailable", http.StatusServiceUnavailable},
	KindCanceled:        {"canceled", 499},
	KindDeadline:        {"deadline", http.StatusGatewayTimeout},
	KindUnimplemented:   {"unimplemented", http.StatusNotFound},
}

// Kinds returns every kind, in ascending order.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kinds))
	for k := KindInternal; k <= KindUnimplemented; k++ {
		all = append(all, k)
	}
	return all
}

// String returns the lower-case name of the kind, for logs and metrics.
func (k Kind) String() string {
	row, ok := kinds[k]
	if !ok {
		return kinds[KindInternal].name
	}
	return row.name
}

// HTTP returns the status code that an HTTP edge answers for this kind.
func (k Kind) HTTP() int {
	row, ok := kinds[k]
	if !ok {
		return http.StatusInternalServerError
	}
	return row.http
}

// Retryable reports whether the same request may succeed when it is repeated unchanged.
func (k Kind) Retryable() bool {
	return k == KindUnavailable || k == KindExhausted || k == KindDeadline
}
