package domain

import (
	"crypto/hmac"
	"crypto/sha256"
	"strings"
)

// RaterMark stands for a peer in the answers about one person in one period. Without the key it does not tell the peer,
// and the same peer has another mark in the answers about anybody else.
type RaterMark [sha256.Size]byte

// MarkRater returns the mark of the rater. The key is a secret of the service of 32 bytes or more.
func MarkRater(key []byte, r PeerReview, rater string) RaterMark {
	return mark(key, "rater", r.Tenant, r.Period, r.Person, rater)
}

// RequestMark stands for a request id of one caller, whom it does not tell without the key. The zero mark stands for no
// request id.
type RequestMark [sha256.Size]byte

// MarkRequest returns the mark of the request id of the caller, and the zero mark for no request id. The caller is empty
// for citizens.
func MarkRequest(key []byte, tenant, caller, requestID string) RequestMark {
	if requestID == "" {
		return RequestMark{}
	}
	return mark(key, "request", tenant, caller, requestID)
}

// IsZero reports whether there was no request id.
func (m RequestMark) IsZero() bool { return m == RequestMark{} }

// mark joins the parts with slashes, which no id has, so that they cannot run into each other.
func mark(key []byte, parts ...string) [sha256.Size]byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join(parts, "/")))
	var sum [sha256.Size]byte
	mac.Sum(sum[:0])
	return sum
}
