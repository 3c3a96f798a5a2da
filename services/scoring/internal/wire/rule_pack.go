package wire

import (
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// RulePack returns the message of a rule pack, without its content.
func RulePack(e pack.Entry, s pack.State) *scoringv1.RulePack {
	definition := e.Pack.Definition()
	message := &scoringv1.RulePack{
		Name:          e.Pack.Name(),
		DisplayName:   definition.DisplayName,
		EffectiveDate: Date(e.Pack.EffectiveFrom()),
		ContentHash:   e.Pack.Hash(),
		ExampleCount:  int32(len(e.Examples)),
		State:         valueOf[scoringv1.RulePack_State](scoringv1.RulePack_State_value, s, prefixState),
		Base:          definition.Base,
		PublishTime:   timestamp(e.PublishTime),
	}
	if e.Tenant != "" {
		message.Tenant = TenantName(e.Tenant)
	}
	until := e.Pack.EffectiveUntil()
	if !until.IsZero() {
		message.LastEffectiveDate = Date(until)
	}
	for _, source := range definition.LegalSources {
		message.LegalSources = append(message.LegalSources, source.Title)
	}
	return message
}
