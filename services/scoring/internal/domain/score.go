package domain

import "time"

// Period names an assessment period of a tenant by their ids.
type Period struct {
	Tenant, ID string
}

// Score is one revision of the score of one person.
type Score struct {
	Period Period
	// Person is the id of the person.
	Person string
	// Revision counts from 1.
	Revision int64
	// ComputeTime is when the revision was computed, InputTime when the newest of its facts was recorded.
	ComputeTime, InputTime time.Time
	Result
}

// SurveyScore is one revision of the satisfaction index of a unit.
type SurveyScore struct {
	Period Period
	// Unit is the id of the unit.
	Unit string
	// Revision counts from 1.
	Revision    int64
	ComputeTime time.Time
	Index
}
