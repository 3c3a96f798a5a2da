package rpc

import (
	"context"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
)

// CreatePeerReview implements PeerService.
func (s *Server) CreatePeerReview(
	ctx context.Context, req *assessmentv1.CreatePeerReviewRequest,
) (*assessmentv1.CreatePeerReviewResponse, error) {
	parent, err := name.ParseInPeriod("parent", name.PeriodPattern, req.GetParent())
	if err != nil {
		return nil, err
	}
	given := req.GetPeerReview()
	person, err := personOf("peer_review.person", parent.Tenant, given.GetPerson())
	if err != nil {
		return nil, err
	}
	err = s.app.CreatePeerReview(ctx, domain.PeerReview{
		Tenant: parent.Tenant, Period: parent.Period, Person: person, Answers: answersOf(given),
	}, req.GetRequestId())
	if err != nil {
		return nil, toFault(err)
	}
	return &assessmentv1.CreatePeerReviewResponse{}, nil
}

func answersOf(r *assessmentv1.PeerReview) [domain.Values]int {
	return [domain.Values]int{
		int(r.GetServiceOriented()), int(r.GetAccountable()), int(r.GetCompetent()), int(r.GetHarmonious()),
		int(r.GetLoyal()), int(r.GetAdaptive()), int(r.GetCollaborative()),
	}
}
