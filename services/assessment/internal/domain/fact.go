package domain

import "time"

// FactKind says which fact changed. Its text is the end of the subject under which others are told.
type FactKind string

// The kinds of facts.
const (
	FactProgress           FactKind = "progress.reported"
	FactRating             FactKind = "rating.changed"
	FactPeer               FactKind = "peer.answered"
	FactAttendance         FactKind = "attendance.changed"
	FactSurveyOpened       FactKind = "survey.opened"
	FactSurveyAnswered     FactKind = "survey.answered"
	FactOrganizationRating FactKind = "organization-rating.changed"
)

// FactKinds returns every kind.
func FactKinds() []FactKind {
	return []FactKind{
		FactProgress, FactRating, FactPeer, FactAttendance, FactSurveyOpened, FactSurveyAnswered, FactOrganizationRating,
	}
}

// Fact says that something about a person or a unit changed. It carries no value and no rater.
type Fact struct {
	Kind   FactKind
	Tenant string
	Period string
	// Person is set for facts about a person, Unit for facts about a unit.
	Person string
	Unit   string
	// ID of the progress report or of the survey; empty for facts that are kept by person or by unit.
	ID string
	// Revision of the fact; 1 for facts that are only ever added.
	Revision int64
	// Time at which it happened; only the day for anonymous facts.
	Time time.Time
}

// Fact returns what others are told of the report.
func (p Progress) Fact() Fact {
	return Fact{
		Kind: FactProgress, Tenant: p.Tenant, Period: p.Period, Person: p.Person, ID: p.ID, Revision: 1, Time: p.CreateTime,
	}
}

// Fact returns what others are told of the rating.
func (r Rating) Fact() Fact {
	return Fact{
		Kind: FactRating, Tenant: r.Tenant, Period: r.Period, Person: r.Person, Revision: r.Revision, Time: r.UpdateTime,
	}
}

// Fact returns what others are told of the rating.
func (r OrganizationRating) Fact() Fact {
	return Fact{
		Kind: FactOrganizationRating, Tenant: r.Tenant, Period: r.Period, Unit: r.Unit, Revision: r.Revision, Time: r.UpdateTime,
	}
}

// Fact returns what others are told of the attendance.
func (a Attendance) Fact() Fact {
	return Fact{
		Kind: FactAttendance, Tenant: a.Tenant, Period: a.Period, Person: a.Person, Revision: a.Revision, Time: a.UpdateTime,
	}
}

// Fact returns what others are told when these answers complete a step: that more of them are shown from that day on.
func (r PeerReview) Fact() Fact {
	return Fact{
		Kind: FactPeer, Tenant: r.Tenant, Period: r.Period, Person: r.Person, Revision: 1, Time: r.Day.Start(),
	}
}

// Opened returns what others are told of a new survey.
func (s Survey) Opened() Fact {
	return Fact{
		Kind: FactSurveyOpened, Tenant: s.Tenant, Period: s.Period, Unit: s.Unit, ID: s.ID, Revision: 1, Time: s.CreateTime,
	}
}

// Fact returns what others are told of the response: that somebody answered on that day.
func (s Submission) Fact() Fact {
	f := s.Survey.Opened()
	f.Kind, f.Time = FactSurveyAnswered, s.Day.Start()
	return f
}
