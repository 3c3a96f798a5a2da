package rpc

import (
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/wire"
)

// Register registers the services of planning over the use cases. Pages are signed by tokens.
func Register(r grpc.ServiceRegistrar, a *app.App, tokens *page.Codec) {
	planningv1.RegisterOrganizationServiceServer(r, &organizationServer{app: a, tokens: tokens})
	planningv1.RegisterPeriodServiceServer(r, &periodServer{app: a, tokens: tokens})
	planningv1.RegisterPlanServiceServer(r, &planServer{app: a, tokens: tokens})
	planningv1.RegisterInputServiceServer(r, &inputServer{app: a, tokens: tokens})
}

// inTenant begins the reading of a request whose parent is a tenant.
func inTenant(parent string) (wire.Reading, error) {
	vars, err := resource.ParseField("parent", wire.TenantPattern, parent)
	return wire.Reading{Tenant: vars["tenant"]}, err
}

// inPeriod begins the reading of a request whose parent is a period.
func inPeriod(parent string) (wire.Reading, error) {
	vars, err := resource.ParseField("parent", wire.PeriodPattern, parent)
	return wire.Reading{Tenant: vars["tenant"], Period: vars["period"]}, err
}

// etagOf returns the decision on the etag that a caller gave for the resource.
func etagOf(given, name string) app.Etag {
	return func(revision int64) bool { return etag.Match(given, name, revision) }
}

// listRequest is what every list request has.
type listRequest interface {
	proto.Message
	GetPageSize() int32
	GetPageToken() string
}

// listing is the reading of one list request.
type listing struct {
	tokens   *page.Codec
	checksum string
	limit    int
	after    string
}

// beginList reads page size and token. The size says how many rows a page has.
func beginList(tokens *page.Codec, req listRequest, size func(int32) (int, error)) (listing, error) {
	l := listing{tokens: tokens, checksum: page.RequestChecksum(req)}
	limit, err := size(req.GetPageSize())
	if err != nil {
		return l, err
	}
	cursor, err := tokens.Decode(req.GetPageToken(), l.checksum)
	if err != nil {
		return l, err
	}
	l.limit = limit
	if len(cursor) > 0 {
		l.after = cursor[0]
	}
	return l, nil
}

// page returns what to ask the store for: one row more than a page has tells whether there is another.
func (l listing) page() app.Page { return app.Page{After: l.after, Limit: l.limit + 1} }

// messages returns the messages of a page's rows and the token of the next page, empty on the last.
func messages[T, M any](l listing, rows []T, id func(T) string, message func(T) M) ([]M, string) {
	token := ""
	if len(rows) > l.limit {
		rows = rows[:l.limit]
		token = l.tokens.Encode([]string{id(rows[l.limit-1])}, l.checksum)
	}
	out := make([]M, len(rows))
	for i, row := range rows {
		out[i] = message(row)
	}
	return out, token
}
