package domain

import "time"

// Realisation is the latest report on one indicator.
type Realisation struct {
	Indicator string
	Value     string
	// Report is the id of the report, ReportTime when it was made.
	Report     string
	ReportTime time.Time
}

// PersonFacts are the current facts about one person in one period. What is nil or empty does not exist.
type PersonFacts struct {
	Person       string
	Realisations []Realisation
	Rating       *Rating
	Peers        *PeerTally
	Attendance   *Attendance
}

// Latest returns when the newest of the facts was recorded.
func (f PersonFacts) Latest() time.Time {
	var latest time.Time
	for _, r := range f.Realisations {
		latest = later(latest, r.ReportTime)
	}
	if f.Rating != nil {
		latest = later(latest, f.Rating.UpdateTime)
	}
	if f.Peers != nil {
		latest = later(latest, f.Peers.Day.Start())
	}
	if f.Attendance != nil {
		latest = later(latest, f.Attendance.UpdateTime)
	}
	return latest
}

// UnitFacts are the current facts about one unit in one period. What is nil does not exist.
type UnitFacts struct {
	Unit   string
	Survey *SurveyTally
	Rating *OrganizationRating
}

// Latest returns when the newest of the facts was recorded.
func (f UnitFacts) Latest() time.Time {
	var latest time.Time
	if f.Survey != nil {
		latest = later(f.Survey.Survey.CreateTime, f.Survey.Day.Start())
	}
	if f.Rating != nil {
		latest = later(latest, f.Rating.UpdateTime)
	}
	return latest
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
