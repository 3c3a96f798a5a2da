package app

import (
	"context"
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// MaxPeople is how many people are computed, written and announced together.
const MaxPeople = 500

// Errors of ports and use cases. Test with errors.Is.
var (
	// ErrNotFound reports a score, a revision, a decision or an index that does not exist.
	ErrNotFound = errors.New("not found")
	// ErrNoScores reports a period in which there is nobody to try a draft on.
	ErrNoScores = errors.New("the period has no scores to try a draft on")
	// ErrStale reports that another revision was written since the current one was read.
	ErrStale = errors.New("the revision is not the current one any more")
	// ErrDamaged reports a stored revision that is not in the form in which it was written, or not what its own facts give.
	ErrDamaged = errors.New("the stored revision is damaged")
	// ErrUncomputable reports facts or a rule pack that no repetition can compute with.
	ErrUncomputable = errors.New("the score cannot be computed")
)

// Terms are what a period says about its scores.
type Terms struct {
	// RulePack is the name of the rule pack.
	RulePack string
	// Start is midnight UTC of the first day, End of the first day after the period.
	Start, End time.Time
}

// running reports whether the period is not over yet, by the date in the location of now.
func (t Terms) running(now time.Time) bool {
	year, month, day := now.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Before(t.End)
}

// PlanFacts is an approved plan.
type PlanFacts struct {
	Plan domain.Plan
	// ApproveTime is when it was approved.
	ApproveTime time.Time
}

// PlanResults are the facts that belong to one plan. What is nil or empty is not known.
type PlanResults struct {
	Realisations  []domain.Realisation
	Rating        *domain.Rating
	Behavior      *domain.Behavior
	Attendance    *domain.Attendance
	Panels        []domain.Panel
	Contributions []domain.Contribution
	Innovations   *domain.Innovations
	Tasks         *domain.Tasks
	Prior         *domain.Prior
	Authors
}

// Authors are who set facts of one plan. They are no part of a result.
type Authors struct {
	// Rater is the id of the person who set the ratings by the superior; empty without.
	Rater string
	// AttendanceRecorder is the resource name of the person who set the attendance, or the id of the client; empty where that is
	// not known.
	AttendanceRecorder string
}

// PersonFacts are the facts about one person. What is nil or empty is not known.
type PersonFacts struct {
	// PlanResults are those of the plan with the name Plan, and of the last plan where it is empty. Earlier are those of others,
	// by the name of the plan.
	PlanResults
	Plan    string
	Earlier map[string]PlanResults
	// LatestTime is when the newest of them was recorded.
	LatestTime time.Time
}

// of returns what belongs to a plan of the person; last says whether it is the last one of the period.
func (f *PersonFacts) of(plan *domain.Plan, last bool) PlanResults {
	if f.Plan == plan.Source || f.Plan == "" && last {
		return f.PlanResults
	}
	return f.Earlier[plan.Source]
}

// earlier returns who set the facts of the plans but the last.
func (f *PersonFacts) earlier(plans []PlanFacts) []Authors {
	var authors []Authors
	for i := range plans[:len(plans)-1] {
		authors = append(authors, f.of(&plans[i].Plan, false).Authors)
	}
	return authors
}

// UnitFacts are the facts about one unit.
type UnitFacts struct {
	Survey       *domain.Survey
	Organization *domain.Organization
	// OrganizationRater is the resource name of the person who set the rating of the organisation, or the id of the client.
	OrganizationRater string
	// LatestTime is when the newest of them was recorded.
	LatestTime time.Time
}

// Plans is what planning knows. Ids are those of people and units within the tenant of the period.
type Plans interface {
	// Terms returns the terms of the period, or ErrNotFound when there is no such period.
	Terms(ctx context.Context, period domain.Period) (Terms, error)
	// Plans returns the approved plans of people, 1 to MaxPeople, by person and in the order of time, and the terms of the
	// period. People without one are left out.
	Plans(ctx context.Context, period domain.Period, people []string) (map[string][]PlanFacts, Terms, error)
	// PlannedPeople returns everybody of the unit whose plan is approved.
	PlannedPeople(ctx context.Context, period domain.Period, unit string) ([]string, error)
	// Units returns every unit of the tenant.
	Units(ctx context.Context, tenant string) ([]string, error)
}

// Facts is what assessment knows.
type Facts interface {
	// Facts returns the current facts about people, at most MaxPeople, and units, by id. Those without any are left out.
	Facts(ctx context.Context, period domain.Period, people, units []string) (map[string]PersonFacts, map[string]UnitFacts, error)
}

// Packs are the rule packs of this deployment.
type Packs interface {
	RulePacks
	// For returns the rules with this name for a period that begins on the day, or an error when there are none.
	For(ctx context.Context, name string, start time.Time) (*domain.Pack, error)
}

// Head is what a recompute must know of the current revision.
type Head struct {
	// Revision is 0 when there is none yet; the rest is then empty.
	Revision int64
	// Digest is that of the result or index; empty for one of which a mismatch is kept, whose Final cannot be read, or of which
	// something was lost, so that it is written anew.
	Digest string
	// Unit, Predicate, Value, Achievement and Credit are those of the result of a score.
	Unit                       string
	Predicate                  domain.Predicate
	Value, Achievement, Credit string
	// Final is what people have fixed; nil while the score is not final. Of a score of which a mismatch is kept it is no
	// more than what is stored, nil when that cannot be read.
	Final *decision.Final
}

// Revision is one revision of a score with what people have fixed.
type Revision struct {
	domain.Score
	// Final is nil while the score is not final.
	Final *decision.Final
	// Causes are the subjects, without the tenant, of the events that led to it, sorted, each once.
	Causes []string
	// Authors are those of the last plan that it was computed with, Earlier those of the plans before it, in their order; the latter
	// are empty for revisions older than the record of them.
	Authors
	Earlier []Authors
	// OrganizationRatings are those of the units of its plans that it was computed with, each unit once. They are no part of the
	// result.
	OrganizationRatings []OrganizationRating
}

// OrganizationRating is the rating of the organisation of a unit.
type OrganizationRating struct {
	// Unit is the id of the unit.
	Unit  string
	Level domain.OrganizationLevel
	// Rater is the resource name of the person who set it, or the id of the client; empty where that is not known.
	Rater string
}

// holds returns the predicate that holds: what people have fixed, or else what the rules give.
func (r *Revision) holds() domain.Predicate {
	if r.Final != nil {
		return r.Final.Predicate
	}
	return r.Predicate
}

// Write is what one transaction writes.
type Write struct {
	// Consumer claims Events; the write happens only when one of them was not claimed before. Without events it happens.
	Consumer string
	Events   []string
	// Scores and Indexes are new revisions, each above the current one and all others that are written.
	Scores  []Revision
	Indexes []domain.SurveyScore
	// Publish are the events of the write.
	Publish []event.Event
	// At is the time of the write.
	At time.Time
	// Advance moves a part of a mass recompute, nil for none.
	Advance *Advance
}

// Store keeps scores, indexes and all their revisions. It keeps the record of a score, not its trace.
type Store interface {
	// Heads must return the current revision of each person's score that exists, by person.
	Heads(ctx context.Context, period domain.Period, people []string) (map[string]Head, error)
	// HeadsBetween must do the same for everybody whose id is not before first and not after last.
	HeadsBetween(ctx context.Context, period domain.Period, first, last string) (map[string]Head, error)
	// IndexHeads must return the current revision of each unit's index that exists, by unit.
	IndexHeads(ctx context.Context, period domain.Period, units []string) (map[string]Head, error)
	// LastRevisions must return the number of the last revision of each person's score that is written, by person: the current
	// one, unless something of it was lost. People without any are left out.
	LastRevisions(ctx context.Context, period domain.Period, people []string) (map[string]int64, error)
	// LastIndexRevisions must do the same for the indexes of units, by unit.
	LastIndexRevisions(ctx context.Context, period domain.Period, units []string) (map[string]int64, error)
	// Apply must do all of the write in one transaction or nothing. It must do nothing and return nil when every event
	// was claimed before, and do nothing and return ErrStale when a revision is not above the current one or is there, or ErrPartLost
	// when the part to advance is not held or does not stand where it must.
	Apply(ctx context.Context, w Write) error
	// Score must return the current revision with its record, or ErrNotFound.
	Score(ctx context.Context, period domain.Period, person string) (Revision, error)
	// ScoreAt must return the last revision of which the compute time is not after the time, with its record, or
	// ErrNotFound. Times are compared in microseconds.
	ScoreAt(ctx context.Context, period domain.Period, person string, at time.Time) (Revision, error)
	// Revision must return the revision with this number with its record, ErrNotFound, or ErrDamaged when it cannot be read.
	Revision(ctx context.Context, period domain.Period, person string, revision int64) (Revision, error)
	// Scores must return at most limit current revisions, without records, in the order of the people's ids, beginning
	// after the given id.
	Scores(ctx context.Context, period domain.Period, after string, limit int) ([]Revision, error)
	// Revisions must return the page of revisions of one score, newest first, without records unless the page asks for them; a
	// record that cannot be read is empty then.
	Revisions(ctx context.Context, period domain.Period, person string, page RevisionPage) ([]Revision, error)
	// AdoptedDecisions must return the adopted decisions about each person's score, by person, in the order of the revisions
	// that they have made. People without any are left out.
	AdoptedDecisions(ctx context.Context, period domain.Period, people []string) (map[string][]decision.Decision, error)
	// SurveyScore must return the current revision of the index of a unit, or ErrNotFound.
	SurveyScore(ctx context.Context, period domain.Period, unit string) (domain.SurveyScore, error)
}

// ScoreChange is a new revision with what it replaces.
type ScoreChange struct {
	Score Revision
	// OldPredicate, OldValue, OldAchievement and OldCredit are those of the revision before; empty when there was none.
	OldPredicate                        domain.Predicate
	OldValue, OldAchievement, OldCredit string
	// OldFinal is what people had fixed by the revision before; nil while nothing was final.
	OldFinal *decision.Final
	// Word is the predicate that holds now in the words of the score's rules; empty without one, and where they are not known.
	Word string
}

// Announcer makes the events that tell of changes.
type Announcer interface {
	// Announce returns the events of changes of one period, small enough for the bus.
	Announce(period domain.Period, scores []ScoreChange, indexes []domain.SurveyScore) []event.Event
}
