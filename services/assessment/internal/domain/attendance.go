package domain

import (
	"time"
)

// Paths of the fields of an attendance.
const (
	FieldWorkingDays   = "attendance.working_days"
	FieldPresentDays   = "attendance.present_days"
	FieldUnexcusedDays = "attendance.unexcused_days"
	FieldLateMinutes   = "attendance.late_minutes"
)

const (
	maxDays    = 366
	maxMinutes = 200000
)

// Attendance is one revision of the attendance of one person in one period so far.
type Attendance struct {
	Tenant string
	Period string
	Person string
	// WorkingDays of the person so far, PresentDays of them, UnexcusedDays absent without a valid reason (PP 94/2021).
	WorkingDays   int
	PresentDays   int
	UnexcusedDays int
	// LateMinutes late or gone early, summed.
	LateMinutes int
	// Recorder is the resource name of the person who set it, or the id of the client; empty for one that is older than this
	// record.
	Recorder string
	// Revision counts from 1.
	Revision   int64
	UpdateTime time.Time
}

// CheckAttendance returns what is wrong with the numbers: nobody is present on more days than they worked, nor absent
// on days on which they were present.
func CheckAttendance(a Attendance) []Violation {
	violations := checkRange(nil, FieldWorkingDays, a.WorkingDays, 1, maxDays)
	violations = checkRange(violations, FieldPresentDays, a.PresentDays, 0, min(max(a.WorkingDays, 0), maxDays))
	absent := max(a.WorkingDays-max(a.PresentDays, 0), 0)
	violations = checkRange(violations, FieldUnexcusedDays, a.UnexcusedDays, 0, min(absent, maxDays))
	return checkRange(violations, FieldLateMinutes, a.LateMinutes, 0, maxMinutes)
}
