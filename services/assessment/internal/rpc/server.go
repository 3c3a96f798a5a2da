package rpc

import (
	"google.golang.org/grpc"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
)

// Server serves the services of assessment. It is safe for concurrent use.
type Server struct {
	assessmentv1.UnimplementedProgressServiceServer
	assessmentv1.UnimplementedRatingServiceServer
	assessmentv1.UnimplementedPeerServiceServer
	assessmentv1.UnimplementedSurveyServiceServer
	assessmentv1.UnimplementedAttendanceServiceServer
	assessmentv1.UnimplementedInputServiceServer
	assessmentv1.UnimplementedMonthFactsServiceServer

	app    *app.App
	tokens *page.Codec
}

// New returns the server of the use cases. Pages are signed by tokens.
func New(a *app.App, tokens *page.Codec) *Server { return &Server{app: a, tokens: tokens} }

// Register registers every service.
func (s *Server) Register(r grpc.ServiceRegistrar) {
	assessmentv1.RegisterProgressServiceServer(r, s)
	assessmentv1.RegisterRatingServiceServer(r, s)
	assessmentv1.RegisterPeerServiceServer(r, s)
	assessmentv1.RegisterSurveyServiceServer(r, s)
	assessmentv1.RegisterAttendanceServiceServer(r, s)
	assessmentv1.RegisterInputServiceServer(r, s)
	assessmentv1.RegisterMonthFactsServiceServer(r, s)
}

// expect returns the check of an etag that a caller gave with a resource.
func expect(given, resource string) app.Expect {
	return func(current int64) bool { return etag.Match(given, resource, current) }
}

// personOf returns the id of the person of the tenant that the field at path names.
func personOf(path, tenant, text string) (string, error) {
	id, ok := name.PersonIn(tenant, text)
	if !ok {
		return "", badName(path, name.Tenant(tenant)+"/people/{person}")
	}
	return id, nil
}

// unitOf returns the id of the unit of the tenant that the field at path names.
func unitOf(path, tenant, text string) (string, error) {
	id, ok := name.UnitIn(tenant, text)
	if !ok {
		return "", badName(path, name.Tenant(tenant)+"/units/{unit}")
	}
	return id, nil
}

func badName(path, pattern string) error {
	return fault.Invalid(fault.Field(path, fault.ReasonInvalidName, "pattern", pattern))
}
