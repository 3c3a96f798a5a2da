package rpc

import (
	"context"
	"errors"
	"strconv"

	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// CreateProgressReport implements ProgressService.
func (s *Server) CreateProgressReport(
	ctx context.Context, req *assessmentv1.CreateProgressReportRequest,
) (*assessmentv1.ProgressReport, error) {
	parent, err := name.ParseInPeriod("parent", name.PeriodPattern, req.GetParent())
	if err != nil {
		return nil, err
	}
	report := req.GetProgressReport()
	person, err := personOf("progress_report.person", parent.Tenant, report.GetPerson())
	if err != nil {
		return nil, err
	}
	made, err := s.app.CreateProgressReport(ctx, domain.Progress{
		Tenant: parent.Tenant, Period: parent.Period, Person: person, Indicator: report.GetIndicator(),
		Realisation: report.GetRealisation(), EvidenceNote: report.GetEvidenceNote(),
	})
	if err != nil {
		return nil, toFault(err)
	}
	return progressToProto(made), nil
}

// ListProgressReports implements ProgressService.
func (s *Server) ListProgressReports(
	ctx context.Context, req *assessmentv1.ListProgressReportsRequest,
) (*assessmentv1.ListProgressReportsResponse, error) {
	parent, err := name.ParseInPeriod("parent", name.PeriodPattern, req.GetParent())
	if err != nil {
		return nil, err
	}
	person, err := personOf("person", parent.Tenant, req.GetPerson())
	if err != nil {
		return nil, err
	}
	size, err := page.Size(req.GetPageSize())
	if err != nil {
		return nil, err
	}
	checksum := page.RequestChecksum(req)
	cursor, err := s.tokens.Decode(req.GetPageToken(), checksum)
	if err != nil {
		return nil, err
	}
	after, err := cursorFrom(cursor)
	if err != nil {
		return nil, err
	}
	reports, next, err := s.app.ListProgressReports(ctx, app.ProgressQuery{
		Tenant: parent.Tenant, Period: parent.Period, Person: person, After: after, Limit: size,
	})
	if err != nil {
		return nil, toFault(err)
	}
	resp := &assessmentv1.ListProgressReportsResponse{NextPageToken: s.tokens.Encode(cursorTo(next), checksum)}
	for _, p := range reports {
		resp.ProgressReports = append(resp.ProgressReports, progressToProto(p))
	}
	return resp, nil
}

func cursorTo(c *app.ProgressCursor) []string {
	if c == nil {
		return nil
	}
	return []string{strconv.FormatInt(sqlkit.Micros(c.CreateTime), 10), c.ID}
}

// cursorFrom reads what cursorTo made. The token is signed, so anything else is a defect.
func cursorFrom(parts []string) (*app.ProgressCursor, error) {
	if len(parts) == 0 {
		return nil, nil
	}
	if len(parts) != 2 {
		return nil, errors.New("page token of reports: it has not two parts")
	}
	at, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil {
		return nil, err
	}
	return &app.ProgressCursor{CreateTime: sqlkit.Time(at), ID: parts[1]}, nil
}

func progressToProto(p domain.Progress) *assessmentv1.ProgressReport {
	return &assessmentv1.ProgressReport{
		Name:         name.ProgressReport(p.Tenant, p.Period, p.ID),
		Person:       name.Person(p.Tenant, p.Person),
		Indicator:    p.Indicator,
		Realisation:  p.Realisation,
		EvidenceNote: p.EvidenceNote,
		CreateTime:   timestamppb.New(p.CreateTime),
	}
}
