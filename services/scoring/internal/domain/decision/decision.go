package decision

import (
	"strings"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Cause is the cause of a revision that a decision has made, in the form of the subjects of events without the tenant.
const Cause = "kinerja.scoring.v1.decision.adopted"

// Kind is what a decision does. The codes are written in the database and never change.
type Kind string

// The three kinds.
const (
	// KindFinalize fixes the predicate that the rules give.
	KindFinalize Kind = "finalize"
	// KindOverride fixes another predicate than the rules give.
	KindOverride Kind = "override"
	// KindCorrection puts another predicate in the place of the final one.
	KindCorrection Kind = "correction"
)

// State is what became of a decision. The codes are written in the database and never change.
type State string

// The four states. All but the first are answers, and there is one answer.
const (
	StateProposed  State = "proposed"
	StateAdopted   State = "adopted"
	StateRejected  State = "rejected"
	StateWithdrawn State = "withdrawn"
)

// Decision is what somebody decided about the score of a person.
type Decision struct {
	// Number counts the decisions about a score from 1.
	Number int64
	Content
	State State
	// Author is the id of the person who proposed it.
	Author      string
	ProposeTime time.Time
	// Approver is the id of the second person, who approved or rejected it; empty when there was none.
	Approver string
	// AnswerReason is why it was rejected.
	AnswerReason string
	// AnswerTime is when it was adopted, rejected or withdrawn; zero while it is proposed.
	AnswerTime time.Time
}

// Content is what an author decides.
type Content struct {
	Kind Kind
	// Predicate is the one to fix. For KindFinalize it may be empty in a proposal, never in a decision.
	Predicate domain.Predicate
	// Reason is at least MinReason characters; for KindFinalize it may be empty once the period is over.
	Reason string
	// Ground is what a correction rests on; empty for the other kinds, and for a correction that follows changed facts or is older
	// than this field.
	Ground Ground
	// Reference is what it refers to, such as the number of an objection. A correction with a ground has one; otherwise it may
	// be empty.
	Reference string
	// Revision is that of the score that the author has seen.
	Revision int64
}

// Silent reports whether it fixes what the rules give and does not say why.
func (c Content) Silent() bool {
	return c.Kind == KindFinalize && strings.TrimSpace(c.Reason) == ""
}

// AdoptedRevision returns the revision of the score that the adoption has made, 0 when it was not adopted. It is always
// the next, because nothing is adopted once the score has moved.
func (d Decision) AdoptedRevision() int64 {
	if d.State != StateAdopted {
		return 0
	}
	return d.Revision + 1
}

// Actor is somebody who decides, as they stand to the owner of the score today.
type Actor struct {
	// Person is the id of the person; empty for a client, which decides nothing.
	Person string
	// Superior and SuperiorsSuperior are their relations to the owner, acting ones included.
	Superior, SuperiorsSuperior bool
	// Admin is whether they keep the data of the tenant.
	Admin bool
}

// second reports whether the actor may be a second person.
func (a Actor) second() bool { return a.SuperiorsSuperior || a.Admin }

// Standing is what a decision must know of the score as it is now.
type Standing struct {
	// Owner is the id of the person whose score it is.
	Owner    string
	Revision int64
	// State and Predicate are what the rules give.
	State     domain.State
	Predicate domain.Predicate
	// Unrated says that the rules know a rating of the organisation, and that the score was computed without one; not read for
	// a correction.
	Unrated bool
	// Running says that the period of the score is not over yet; read for what is silent alone.
	Running bool
	// Final is nil while the score is not final.
	Final *Final
	// Corrections are those of the score that wait or were adopted; read for a correction alone.
	Corrections []Decision
}
