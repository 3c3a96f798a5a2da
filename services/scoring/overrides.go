package scoring

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	decisions "github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// overrides enters what calibration sessions propose as decisions.
type overrides struct{ decide *app.Decide }

var _ app.Decider = overrides{}

// ProposeOverride enters the override as a decision by its author, who keeps the data of the tenant as everybody does
// who may adjust; see app.Decider.
func (o overrides) ProposeOverride(ctx context.Context, x app.Override) (string, error) {
	made, err := o.decide.Enter(ctx, app.Proposal{
		Period: x.Period, Person: x.Person,
		Content: decisions.Content{
			Kind: decisions.KindOverride, Predicate: x.Predicate, Reason: x.Reason, Reference: x.Reference, Revision: x.Revision,
		},
	}, decisions.Actor{Person: x.Author, Admin: true})
	if err != nil {
		return "", err
	}
	return wire.DecisionName(x.Period, x.Person, made.Number), nil
}
