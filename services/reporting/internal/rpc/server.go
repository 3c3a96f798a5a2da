package rpc

import (
	"context"
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/wire"
)

// Server serves ReportService. It is safe for concurrent use.
type Server struct {
	reportingv1.UnimplementedReportServiceServer

	reader *app.Reader
	tokens *page.Codec
}

var _ reportingv1.ReportServiceServer = (*Server)(nil)

// New returns the server of the reader's reports. Pages are signed by tokens.
func New(reader *app.Reader, tokens *page.Codec) *Server {
	return &Server{reader: reader, tokens: tokens}
}

// Register registers the service.
func (s *Server) Register(r grpc.ServiceRegistrar) { reportingv1.RegisterReportServiceServer(r, s) }

// GetPersonReport implements ReportService.
func (s *Server) GetPersonReport(
	ctx context.Context, req *reportingv1.GetPersonReportRequest,
) (*reportingv1.PersonReport, error) {
	ids, err := resource.ParseField("name", wire.PersonReportPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	key := domain.PersonKey{Tenant: ids["tenant"], Period: ids["period"], Person: ids["person"]}
	document, err := s.reader.Person(ctx, key)
	if err != nil {
		return nil, toFault(err, req.GetName())
	}
	resp := &reportingv1.PersonReport{}
	return resp, open(document, resp)
}

// ListPersonReports implements ReportService.
func (s *Server) ListPersonReports(
	ctx context.Context, req *reportingv1.ListPersonReportsRequest,
) (*reportingv1.ListPersonReportsResponse, error) {
	q, err := listQuery(req)
	if err != nil {
		return nil, err
	}
	sum := page.RequestChecksum(req)
	cursor, err := s.tokens.Decode(req.GetPageToken(), sum)
	if err != nil {
		return nil, err
	}
	if len(cursor) > 0 {
		q.After = cursor[0]
	}
	reports, more, err := s.reader.List(ctx, q)
	if err != nil {
		return nil, toFault(err, req.GetParent())
	}
	resp := &reportingv1.ListPersonReportsResponse{PersonReports: make([]*reportingv1.PersonReport, 0, len(reports))}
	for i := range reports {
		resp.PersonReports = append(resp.PersonReports, wire.PersonReport(&reports[i]))
	}
	if more {
		resp.NextPageToken = s.tokens.Encode([]string{reports[len(reports)-1].Key.Person}, sum)
	}
	return resp, nil
}

// listQuery reads the parent, the unit, which must be of the same tenant, and the size of the page. What is wrong with
// them is told together.
func listQuery(req *reportingv1.ListPersonReportsRequest) (app.ListQuery, error) {
	var q app.ListQuery
	parent, err := resource.ParseField("parent", wire.PeriodPattern, req.GetParent())
	wrong := violations(nil, err)
	q.Key = domain.PeriodKey{Tenant: parent["tenant"], Period: parent["period"]}
	if req.GetUnit() != "" {
		unit, err := resource.ParseField("unit", wire.UnitPattern, req.GetUnit())
		wrong = violations(wrong, err)
		q.Unit = unit["unit"]
		if err == nil && unit["tenant"] != q.Key.Tenant {
			wrong = append(wrong, fault.Field("unit", fault.ReasonInvalidName,
				"pattern", resource.TenantName(q.Key.Tenant)+"/units/{unit}"))
		}
	}
	q.Limit, err = page.Size(req.GetPageSize())
	wrong = violations(wrong, err)
	if len(wrong) > 0 {
		return app.ListQuery{}, fault.Invalid(wrong...)
	}
	return q, nil
}

// violations adds those of err.
func violations(all []fault.Violation, err error) []fault.Violation {
	f, ok := fault.As(err)
	if !ok {
		return all
	}
	return append(all, f.Violations...)
}

// GetUnitReport implements ReportService.
func (s *Server) GetUnitReport(
	ctx context.Context, req *reportingv1.GetUnitReportRequest,
) (*reportingv1.UnitReport, error) {
	ids, err := resource.ParseField("name", wire.UnitReportPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	key := domain.UnitKey{Tenant: ids["tenant"], Period: ids["period"], Unit: ids["unit"]}
	document, err := s.reader.Unit(ctx, key)
	if err != nil {
		return nil, toFault(err, req.GetName())
	}
	resp := &reportingv1.UnitReport{}
	return resp, open(document, resp)
}

// GetTenantSummary implements ReportService.
func (s *Server) GetTenantSummary(
	ctx context.Context, req *reportingv1.GetTenantSummaryRequest,
) (*reportingv1.TenantSummary, error) {
	ids, err := resource.ParseField("name", wire.SummaryPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	document, err := s.reader.Summary(ctx, domain.PeriodKey{Tenant: ids["tenant"], Period: ids["period"]})
	if err != nil {
		return nil, toFault(err, req.GetName())
	}
	resp := &reportingv1.TenantSummary{}
	return resp, open(document, resp)
}

// open reads a document into the response.
func open(document []byte, resp proto.Message) error {
	err := proto.Unmarshal(document, resp)
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	return nil
}
