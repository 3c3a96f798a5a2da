package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// ErrNoPerson reports a client that does what a person must answer for. Test with errors.Is.
var ErrNoPerson = errors.New("only a person may do this")

// callerName returns who calls: the resource name of a person, or the id of a client.
func callerName(ctx context.Context) string { return auth.From(ctx).Name() }

// callingPerson returns who calls, or ErrNoPerson. A second person is one: a client has a name of its own, and the first
// person may hold its token.
func callingPerson(ctx context.Context) (auth.Principal, error) {
	p := auth.From(ctx)
	if !p.IsPerson() {
		return auth.Principal{}, ErrNoPerson
	}
	return p, nil
}
