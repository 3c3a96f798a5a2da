package wire

import (
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/credit"
)

// CreditStatementPattern is the pattern of the name of a statement.
const CreditStatementPattern = PersonPattern + "/creditStatement"

// CreditStatement returns the message of the statement of a person.
func CreditStatement(tenant, person string, s credit.Statement) *scoringv1.CreditStatement {
	message := &scoringv1.CreditStatement{
		Name:            resource.Name(CreditStatementPattern, tenant, person),
		Cumulative:      s.Cumulative,
		FunctionalLevel: functionalLevel(s.Level),
		LevelCumulative: s.LevelCumulative,
		Rank:            creditNeed(s.Rank),
		Level:           creditNeed(s.Next),
		Explanation:     s.Sentences(),
	}
	for _, line := range s.Lines {
		message.Lines = append(message.Lines, &scoringv1.CreditLine{
			Period:          PeriodName(domain.Period{Tenant: tenant, ID: line.Period}),
			State:           valueOf[scoringv1.CreditLine_State](scoringv1.CreditLine_State_value, line.State, prefixState),
			FunctionalLevel: functionalLevel(line.Level),
			Predicate:       Predicate(line.Predicate),
			Months:          int32(line.Months),
			Percent:         line.Percent,
			Coefficient:     line.Coefficient,
			Credit:          line.Credit,
			Cumulative:      line.Cumulative,
			ScoreRevision:   line.Revision,
		})
	}
	return message
}

func functionalLevel(l domain.FunctionalLevel) planningv1.Position_FunctionalLevel {
	return valueOf[planningv1.Position_FunctionalLevel](planningv1.Position_FunctionalLevel_value, l, prefixFunctionalLevel)
}

func creditNeed(n *credit.Need) *scoringv1.CreditNeed {
	if n == nil {
		return nil
	}
	return &scoringv1.CreditNeed{Needed: n.Needed, Lacking: n.Lacking}
}
