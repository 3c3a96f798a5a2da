package calibration

import (
	"errors"
	"slices"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// Errors of this package. Test with errors.Is.
var (
	// ErrEnded reports a session that is closed or abandoned.
	ErrEnded = errors.New("the calibration session has ended")
	// ErrNotReady reports a session that lacks what its closing needs.
	ErrNotReady = errors.New("the calibration session is not ready to be closed")
)

// Bounds of a session.
const (
	// MinParticipants is how many people must take part before a session is closed.
	MinParticipants = 2
	// MaxParticipants is how many people may take part.
	MaxParticipants = 50
	// MaxPeople is how many people a session may be about.
	MaxPeople = 5000
	// MaxAdjustments is how many adjustments a session may have.
	MaxAdjustments = 500
)

// State is where a session stands.
type State string

// The states.
const (
	StateOpen      State = "open"
	StateClosed    State = "closed"
	StateAbandoned State = "abandoned"
)

// Session is one revision of a session.
type Session struct {
	Period domain.Period
	ID     string
	// Units are ids, sorted; Subtree adds all units below each.
	Units   []string
	Subtree bool
	Purpose string
	// Participants are ids of people, sorted.
	Participants []string
	State        State
	// Opener and Closer are who opened and who ended it, as resource names of people or ids of clients.
	Opener, Closer string
	// CreateTime is when it was opened, CloseTime when it ended; zero while it is open.
	CreateTime, CloseTime time.Time
	// AbandonReason is why it was abandoned.
	AbandonReason string
	// Before and After count the predicates at the opening and at the closing.
	Before, After distribution.Counts
	// Revision counts from 1.
	Revision int64
}

// Open returns the session at its first revision.
func Open(s Session, opener string, now time.Time) Session {
	s.State, s.Opener, s.CreateTime, s.Revision = StateOpen, opener, now, 1
	s.Units, s.Participants = sorted(s.Units), sorted(s.Participants)
	return s
}

// Join returns the session with more participants, or ErrEnded.
func (s Session) Join(people []string) (Session, error) {
	if s.State != StateOpen {
		return Session{}, ErrEnded
	}
	s.Participants = sorted(append(slices.Clone(s.Participants), people...))
	s.Revision++
	return s, nil
}

// Adjusted returns the session after an adjustment was added to it, or ErrEnded.
func (s Session) Adjusted() (Session, error) {
	if s.State != StateOpen {
		return Session{}, ErrEnded
	}
	s.Revision++
	return s, nil
}

// Close returns the closed session, or ErrEnded. Whether it is ready is told by Obstacles.
func (s Session) Close(closer string, after distribution.Counts, now time.Time) (Session, error) {
	if s.State != StateOpen {
		return Session{}, ErrEnded
	}
	s.State, s.Closer, s.CloseTime, s.After = StateClosed, closer, now, after
	s.Revision++
	return s, nil
}

// Abandon returns the abandoned session, or ErrEnded.
func (s Session) Abandon(closer, reason string, now time.Time) (Session, error) {
	if s.State != StateOpen {
		return Session{}, ErrEnded
	}
	s.State, s.Closer, s.CloseTime, s.AbandonReason = StateAbandoned, closer, now, reason
	s.Revision++
	return s, nil
}

// Adjustment is what a session wants for one person.
type Adjustment struct {
	// ID sorts in the order of time.
	ID string
	// Person is an id.
	Person string
	// Current is the predicate at the time, and Revision the revision of the score that had it; Proposed is the wanted one.
	Current  domain.Predicate
	Revision int64
	Proposed domain.Predicate
	Reason   string
	// Speakers are ids of participants, sorted.
	Speakers []string
	// Author is the resource name of a person or the id of a client.
	Author string
	Time   time.Time
	// Decision names the decision that was proposed.
	Decision string
	// Pending says that the decision still waits for its second person.
	Pending bool
}

// Snapshot is one person of a session with the predicates before and after. Revisions are 0 where there is no score.
type Snapshot struct {
	Person, Unit                  string
	Before, After                 domain.Predicate
	BeforeRevision, AfterRevision int64
}

// sorted returns the ids sorted, each once.
func sorted(ids []string) []string { return slices.Compact(slices.Sorted(slices.Values(ids))) }
