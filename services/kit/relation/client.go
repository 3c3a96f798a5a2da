package relation

import (
	"context"
	"time"

	"google.golang.org/genproto/googleapis/type/date"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// peer is the service that knows who is whose superior.
const peer = "planning"

// Client returns a resolver that asks planning. Its errors are those of a peer: see fault.OfPeer.
func Client(c planningv1.OrganizationServiceClient) Resolver { return client{c} }

type client struct {
	planning planningv1.OrganizationServiceClient
}

var _ Resolver = client{}

func (c client) Person(ctx context.Context, tenant, subject, person string, at time.Time) (Set, error) {
	return c.resolve(ctx, &planningv1.ResolveRelationsRequest{
		Parent:  tenantName(tenant),
		Subject: personName(tenant, subject),
		Person:  personName(tenant, person),
		Date:    dateOf(at),
	})
}

func (c client) Unit(ctx context.Context, tenant, subject, unit string, at time.Time) (Set, error) {
	return c.resolve(ctx, &planningv1.ResolveRelationsRequest{
		Parent:  tenantName(tenant),
		Subject: personName(tenant, subject),
		Unit:    tenantName(tenant) + "/units/" + unit,
		Date:    dateOf(at),
	})
}

func (c client) resolve(ctx context.Context, request *planningv1.ResolveRelationsRequest) (Set, error) {
	response, err := c.planning.ResolveRelations(ctx, request)
	if err != nil {
		return 0, fault.OfPeer(err, peer)
	}
	return Of(response.GetRelations()...), nil
}

func tenantName(tenant string) string { return "tenants/" + tenant }

func personName(tenant, person string) string { return tenantName(tenant) + "/people/" + person }

// dateOf takes the date as the caller stated it: a fact has a local date, not an instant.
func dateOf(at time.Time) *date.Date {
	y, m, d := at.Date()
	return &date.Date{Year: int32(y), Month: int32(m), Day: int32(d)}
}
