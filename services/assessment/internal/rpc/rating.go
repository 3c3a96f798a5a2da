package rpc

import (
	"context"

	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
)

// UpdateRating implements RatingService.
func (s *Server) UpdateRating(ctx context.Context, req *assessmentv1.UpdateRatingRequest) (*assessmentv1.Rating, error) {
	given := req.GetRating()
	id, err := name.ParseInPeriod("rating.name", name.RatingPattern, given.GetName())
	if err != nil {
		return nil, err
	}
	r := domain.Rating{
		Tenant: id.Tenant, Period: id.Period, Person: id.ID,
		Result: expectations[given.GetResultRating()], Behavior: expectations[given.GetBehaviorRating()],
		Feedback: given.GetFeedback(), FeedbackDate: dateFromProto(given.GetFeedbackDate()),
	}
	set, err := s.app.UpdateRating(ctx, r, expect(given.GetEtag(), given.GetName()))
	if err != nil {
		return nil, toFault(err)
	}
	return ratingToProto(set), nil
}

// GetRating implements RatingService.
func (s *Server) GetRating(ctx context.Context, req *assessmentv1.GetRatingRequest) (*assessmentv1.Rating, error) {
	id, err := name.ParseInPeriod("name", name.RatingPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	r, err := s.app.GetRating(ctx, id.Tenant, id.Period, id.ID)
	if err != nil {
		return nil, toFault(err)
	}
	return ratingToProto(r), nil
}

// UpdateOrganizationRating implements RatingService.
func (s *Server) UpdateOrganizationRating(
	ctx context.Context, req *assessmentv1.UpdateOrganizationRatingRequest,
) (*assessmentv1.OrganizationRating, error) {
	given := req.GetOrganizationRating()
	id, err := name.ParseInPeriod("organization_rating.name", name.OrganizationRatingPattern, given.GetName())
	if err != nil {
		return nil, err
	}
	r := domain.OrganizationRating{
		Tenant: id.Tenant, Period: id.Period, Unit: id.ID, Level: levels[given.GetLevel()], Basis: given.GetBasis(),
	}
	set, err := s.app.UpdateOrganizationRating(ctx, r, expect(given.GetEtag(), given.GetName()))
	if err != nil {
		return nil, toFault(err)
	}
	return organizationRatingToProto(set), nil
}

func ratingToProto(r domain.Rating) *assessmentv1.Rating {
	full := name.Rating(r.Tenant, r.Period, r.Person)
	return &assessmentv1.Rating{
		Name:           full,
		ResultRating:   keyOf(expectations, r.Result),
		BehaviorRating: keyOf(expectations, r.Behavior),
		Feedback:       r.Feedback,
		FeedbackDate:   dateToProto(r.FeedbackDate),
		Rater:          name.Person(r.Tenant, r.Rater),
		Revision:       r.Revision,
		Etag:           etag.Of(full, r.Revision),
		UpdateTime:     timestamppb.New(r.UpdateTime),
	}
}

func organizationRatingToProto(r domain.OrganizationRating) *assessmentv1.OrganizationRating {
	full := name.OrganizationRating(r.Tenant, r.Period, r.Unit)
	return &assessmentv1.OrganizationRating{
		Name:       full,
		Level:      keyOf(levels, r.Level),
		Basis:      r.Basis,
		Rater:      r.Rater,
		Revision:   r.Revision,
		Etag:       etag.Of(full, r.Revision),
		UpdateTime: timestamppb.New(r.UpdateTime),
	}
}
