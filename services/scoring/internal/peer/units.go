package peer

import (
	"context"
	"time"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// namesWithin is how long names are waited for. Without them units are called by their ids.
const namesWithin = 500 * time.Millisecond

// Units asks planning for units.
type Units struct {
	Organization planningv1.OrganizationServiceClient
}

var _ app.Units = Units{}

// UnitNames returns names of units; see app.Units. It asks for one at a time, because few are asked for.
func (u Units) UnitNames(ctx context.Context, tenant string, units []string) map[string]string {
	ctx, cancel := context.WithTimeout(ctx, namesWithin)
	defer cancel()
	names := make(map[string]string, len(units))
	for _, unit := range units {
		answer, err := u.Organization.GetUnit(ctx, &planningv1.GetUnitRequest{Name: wire.UnitName(tenant, unit)})
		if err == nil {
			names[unit] = answer.GetDisplayName()
		}
	}
	return names
}
