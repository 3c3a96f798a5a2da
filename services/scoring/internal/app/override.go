package app

import (
	"context"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/kit/resource"
	decisions "github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

const decisionPattern = "tenants/{tenant}/periods/{period}/scores/{person}/decisions/{decision}"

var _ Decider = (*Decide)(nil)

// ProposeOverride enters the override of a session as a decision by its author, who keeps the data of the tenant as
// everybody does who may adjust; see Decider.
func (d *Decide) ProposeOverride(ctx context.Context, o Override) (string, error) {
	made, err := d.Enter(ctx, Proposal{
		Period: o.Period, Person: o.Person,
		Content: decisions.Content{
			Kind: decisions.KindOverride, Predicate: o.Predicate, Reason: o.Reason, Reference: o.Reference, Revision: o.Revision,
		},
	}, decisions.Actor{Person: o.Author, Admin: true})
	if err != nil {
		return "", err
	}
	return resource.Name(decisionPattern, o.Period.Tenant, o.Period.ID, o.Person, strconv.FormatInt(made.Number, 10)), nil
}
