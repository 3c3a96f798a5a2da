package rpc

import (
	"context"

	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
)

// UpdateAttendance implements AttendanceService.
func (s *Server) UpdateAttendance(
	ctx context.Context, req *assessmentv1.UpdateAttendanceRequest,
) (*assessmentv1.Attendance, error) {
	given := req.GetAttendance()
	id, err := name.ParseInPeriod("attendance.name", name.AttendancePattern, given.GetName())
	if err != nil {
		return nil, err
	}
	a := domain.Attendance{
		Tenant: id.Tenant, Period: id.Period, Person: id.ID,
		WorkingDays: int(given.GetWorkingDays()), PresentDays: int(given.GetPresentDays()),
		UnexcusedDays: int(given.GetUnexcusedDays()), LateMinutes: int(given.GetLateMinutes()),
	}
	set, err := s.app.UpdateAttendance(ctx, a, expect(given.GetEtag(), given.GetName()))
	if err != nil {
		return nil, toFault(err)
	}
	return attendanceToProto(set), nil
}

func attendanceToProto(a domain.Attendance) *assessmentv1.Attendance {
	full := name.Attendance(a.Tenant, a.Period, a.Person)
	return &assessmentv1.Attendance{
		Name:          full,
		WorkingDays:   int32(a.WorkingDays),
		PresentDays:   int32(a.PresentDays),
		UnexcusedDays: int32(a.UnexcusedDays),
		LateMinutes:   int32(a.LateMinutes),
		Recorder:      a.Recorder,
		Revision:      a.Revision,
		Etag:          etag.Of(full, a.Revision),
		UpdateTime:    timestamppb.New(a.UpdateTime),
	}
}
