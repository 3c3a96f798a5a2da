package peer

import (
	"context"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/wire"
)

const scoring = "scoring"

// Scoring asks the scoring service.
type Scoring struct {
	packs scoringv1.RulePackServiceClient
}

var _ app.RulePacks = (*Scoring)(nil)

// NewScoring returns a Scoring over the client.
func NewScoring(packs scoringv1.RulePackServiceClient) *Scoring { return &Scoring{packs: packs} }

// RulePack returns a published rule pack; see app.RulePacks.
func (s *Scoring) RulePack(ctx context.Context, name string) (domain.RulePack, error) {
	answer, err := s.packs.GetRulePack(ctx, &scoringv1.GetRulePackRequest{Name: name})
	if fault.Is(err, fault.ReasonRulePackUnknown) {
		return domain.RulePack{}, app.ErrNotFound
	}
	if err != nil {
		return domain.RulePack{}, fault.OfPeer(err, scoring)
	}
	return domain.RulePack{
		Name: answer.GetName(), From: wire.DateOf(answer.GetEffectiveDate()), Until: wire.DateOf(answer.GetLastEffectiveDate()),
	}, nil
}
