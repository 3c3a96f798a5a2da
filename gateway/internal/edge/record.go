package edge

import (
	"context"
	"net/http"
	"regexp"

	"github.com/kinerja-suite/kinerja/services/kit/ids"
)

// UnknownRoute is the route of a request that no route fits.
const UnknownRoute = "unknown"

// RequestIDHeader is the header that carries the request id, in both directions.
const RequestIDHeader = "X-Request-Id"

// Record is what the edge knows of one request. It belongs to the goroutine that serves the request.
type Record struct {
	// ID is the request id.
	ID string
	// Route is the pattern of the route; the handler sets it.
	Route string
}

type recordKey struct{}

// RecordOf returns the record of the request of ctx. Outside of one it returns an empty record, which nobody reads.
func RecordOf(ctx context.Context) *Record {
	rec, ok := ctx.Value(recordKey{}).(*Record)
	if !ok {
		return &Record{}
	}
	return rec
}

// givenID is what a caller may choose as a request id.
var givenID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// requestID returns the id that the caller gave, if it is of a safe form, or a new one.
func requestID(r *http.Request, source ids.Source) string {
	given := r.Header.Get(RequestIDHeader)
	if givenID.MatchString(given) {
		return given
	}
	return source.New()
}
