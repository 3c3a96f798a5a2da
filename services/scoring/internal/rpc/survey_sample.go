package rpc

import (
	"context"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

type surveySampleServer struct {
	scoringv1.UnimplementedSurveySampleServiceServer
}

// CalculateSurveySample returns the size of a sample to anybody.
func (s *surveySampleServer) CalculateSurveySample(
	_ context.Context, request *scoringv1.CalculateSurveySampleRequest,
) (*scoringv1.CalculateSurveySampleResponse, error) {
	population := int64(request.GetPopulation())
	size, err := domain.SurveySample(population)
	if err != nil {
		return nil, refusal(err, "surveySamples")
	}
	return &scoringv1.CalculateSurveySampleResponse{
		Population: request.GetPopulation(), SampleSize: int32(size), Explanation: explain.SurveySample(population, size),
	}, nil
}
