package wire

import (
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

const sexPrefix = "SEX_"

// Traits returns the messages of the traits of people of the tenant, in the same order.
func Traits(tenant string, of []domain.Traits) []*planningv1.PersonTraits {
	out := make([]*planningv1.PersonTraits, len(of))
	for i, t := range of {
		out[i] = &planningv1.PersonTraits{
			Person:          PersonName(tenant, t.Person),
			Sex:             valueOf[planningv1.PersonTraits_Sex](planningv1.PersonTraits_Sex_value, t.Sex, sexPrefix),
			BirthYear:       int32(t.BirthYear),
			PositionKind:    positionKind(t.PositionKind),
			FunctionalLevel: functionalLevel(t.FunctionalLevel),
			Grade:           string(t.Grade),
			Posting:         posting(t.Remote),
		}
	}
	return out
}

func posting(remote *bool) planningv1.PersonTraits_Posting {
	switch {
	case remote == nil:
		return planningv1.PersonTraits_POSTING_UNSPECIFIED
	case *remote:
		return planningv1.PersonTraits_POSTING_REMOTE
	default:
		return planningv1.PersonTraits_POSTING_ORDINARY
	}
}
