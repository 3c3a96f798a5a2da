package rpc

import (
	"context"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type creditServer struct {
	scoringv1.UnimplementedCreditServiceServer
	credits *app.Credits
}

// GetCreditStatement returns the statement of a person to those who may see their scores.
func (s *creditServer) GetCreditStatement(
	ctx context.Context, request *scoringv1.GetCreditStatementRequest,
) (*scoringv1.CreditStatement, error) {
	ids, err := resource.ParseField("name", wire.CreditStatementPattern, request.GetName())
	if err != nil {
		return nil, err
	}
	statement, err := s.credits.Statement(ctx, ids["tenant"], ids["person"])
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.CreditStatement(ids["tenant"], ids["person"], statement), nil
}
