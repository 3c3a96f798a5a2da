package rpc

import (
	"context"
	"strconv"

	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
)

// UpdateMonthFacts implements MonthFactsService.
func (s *Server) UpdateMonthFacts(
	ctx context.Context, req *assessmentv1.UpdateMonthFactsRequest,
) (*assessmentv1.MonthFacts, error) {
	given := req.GetMonthFacts()
	ids, err := resource.ParseField(domain.FieldMonthFacts, name.MonthFactsPattern, given.GetName())
	if err != nil {
		return nil, err
	}
	month, err := monthOf(domain.FieldMonthFacts, ids["month"])
	if err != nil {
		return nil, err
	}
	f := domain.MonthFacts{
		Tenant: ids["tenant"], Person: ids["person"], Month: month,
		PositionClass: given.GetPositionClass(), Productivity: given.GetProductivity(),
	}
	if a := given.GetAttendance(); a != nil {
		f.Attendance = &domain.MonthAttendance{WorkingDays: int(a.GetWorkingDays())}
		for _, c := range a.GetCounts() {
			f.Attendance.Counts = append(f.Attendance.Counts, domain.AttendanceCount{Code: c.GetCode(), Count: int(c.GetCount())})
		}
	}
	if given.YearUnexcusedDays != nil {
		days := int(given.GetYearUnexcusedDays())
		f.YearUnexcusedDays = &days
	}
	if given.ConsecutiveUnexcusedDays != nil {
		days := int(given.GetConsecutiveUnexcusedDays())
		f.ConsecutiveUnexcusedDays = &days
	}
	if given.GetSanction() != nil {
		f.Sanction = &domain.AllowanceSanction{
			UnexcusedDays: int(given.GetSanction().GetUnexcusedDays()), Month: int(given.GetSanction().GetMonth()),
		}
	}
	set, err := s.app.UpdateMonthFacts(ctx, f, expect(given.GetEtag(), given.GetName()))
	if err != nil {
		return nil, toFault(err)
	}
	return monthFactsToProto(set), nil
}

// BatchGetMonthFacts implements InputService.
func (s *Server) BatchGetMonthFacts(
	ctx context.Context, req *assessmentv1.BatchGetMonthFactsRequest,
) (*assessmentv1.BatchGetMonthFactsResponse, error) {
	tenant, month, err := tenantMonth(req.GetParent(), req.GetMonth())
	if err != nil {
		return nil, err
	}
	q := app.MonthQuery{Tenant: tenant, Month: month}
	for i, text := range req.GetPeople() {
		id, err := personOf("people["+strconv.Itoa(i)+"]", tenant, text)
		if err != nil {
			return nil, err
		}
		q.People = append(q.People, id)
	}
	facts, err := s.app.GetMonthFacts(ctx, q)
	if err != nil {
		return nil, toFault(err)
	}
	return &assessmentv1.BatchGetMonthFactsResponse{MonthFacts: allMonthFacts(facts)}, nil
}

// ListMonthFacts implements InputService.
func (s *Server) ListMonthFacts(
	ctx context.Context, req *assessmentv1.ListMonthFactsRequest,
) (*assessmentv1.ListMonthFactsResponse, error) {
	tenant, month, err := tenantMonth(req.GetParent(), req.GetMonth())
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
	q := app.MonthPage{Tenant: tenant, Month: month, Limit: size}
	if len(cursor) > 0 {
		q.After = cursor[0]
	}
	facts, next, err := s.app.ListMonthFacts(ctx, q)
	if err != nil {
		return nil, toFault(err)
	}
	resp := &assessmentv1.ListMonthFactsResponse{MonthFacts: allMonthFacts(facts)}
	if next != "" {
		resp.NextPageToken = s.tokens.Encode([]string{next}, checksum)
	}
	return resp, nil
}

// tenantMonth reads the tenant and the month of a request.
func tenantMonth(parent, text string) (string, domain.Month, error) {
	ids, err := resource.ParseField("parent", name.TenantPattern, parent)
	if err != nil {
		return "", domain.Month{}, err
	}
	month, err := monthOf("month", text)
	return ids["tenant"], month, err
}

// monthOf reads the month in the field at path.
func monthOf(path, text string) (domain.Month, error) {
	month, ok := domain.ParseMonth(text)
	if !ok {
		return domain.Month{}, fault.Invalid(fault.Field(path, fault.ReasonInvalidDate).Worded(
			strconv.Quote(text)+" in "+path+" is no month; write YYYYMM, such as 202607.",
			"“"+text+"” pada isian "+path+" bukan bulan. Tulis bulan sebagai YYYYMM, misalnya 202607."))
	}
	return month, nil
}

func allMonthFacts(facts []domain.MonthFacts) []*assessmentv1.MonthFacts {
	all := make([]*assessmentv1.MonthFacts, len(facts))
	for i, f := range facts {
		all[i] = monthFactsToProto(f)
	}
	return all
}

func monthFactsToProto(f domain.MonthFacts) *assessmentv1.MonthFacts {
	full := name.MonthFacts(f.Tenant, f.Person, f.Month.String())
	out := &assessmentv1.MonthFacts{
		Name:          full,
		PositionClass: f.PositionClass,
		Productivity:  f.Productivity,
		Revision:      f.Revision,
		Etag:          etag.Of(full, f.Revision),
		UpdateTime:    timestamppb.New(f.UpdateTime),
	}
	if f.Attendance != nil {
		out.Attendance = &assessmentv1.MonthAttendance{WorkingDays: int32(f.Attendance.WorkingDays)}
		for _, c := range f.Attendance.Counts {
			out.Attendance.Counts = append(out.Attendance.Counts, &assessmentv1.AttendanceCount{Code: c.Code, Count: int32(c.Count)})
		}
	}
	if f.YearUnexcusedDays != nil {
		days := int32(*f.YearUnexcusedDays)
		out.YearUnexcusedDays = &days
	}
	if f.ConsecutiveUnexcusedDays != nil {
		days := int32(*f.ConsecutiveUnexcusedDays)
		out.ConsecutiveUnexcusedDays = &days
	}
	if f.Sanction != nil {
		out.Sanction = &assessmentv1.AllowanceSanction{
			UnexcusedDays: int32(f.Sanction.UnexcusedDays), Month: int32(f.Sanction.Month),
		}
	}
	return out
}
