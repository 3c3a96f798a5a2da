package app

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// DecisionRef names a decision about a score.
type DecisionRef struct {
	Period domain.Period
	// Person is the id of the owner of the score.
	Person string
	Number int64
}

// DecisionPage says which decisions about a score are wanted: at most Limit, newest first, below the number Below; 0
// begins with the newest.
type DecisionPage struct {
	Below int64
	Limit int
}

// Ruling is what one transaction writes of a decision.
type Ruling struct {
	Period domain.Period
	// Person is the id of the owner of the score.
	Person   string
	Decision decision.Decision
	// Adopted is the new revision of the score, one above the current one; nil when the decision makes none.
	Adopted *Revision
	// Publish are the events of the write.
	Publish []event.Event
	// At is the time of the write.
	At time.Time
}

// Decisions keeps the decisions about scores.
type Decisions interface {
	// Score must return the current revision with its record, or ErrNotFound.
	Score(ctx context.Context, period domain.Period, person string) (Revision, error)
	// Decision must return the decision, or ErrNotFound.
	Decision(ctx context.Context, ref DecisionRef) (decision.Decision, error)
	// Decisions must return the page of decisions about one score, newest first.
	Decisions(ctx context.Context, period domain.Period, person string, page DecisionPage) ([]decision.Decision, error)
	// Corrections must return the corrections of one score that are proposed or adopted, oldest first.
	Corrections(ctx context.Context, period domain.Period, person string) ([]decision.Decision, error)
	// AddDecision must add the decision, with the new revision and the events, in one transaction or do nothing. It must
	// do nothing and return ErrStale when its number is taken or the revision does not follow the current one.
	AddDecision(ctx context.Context, r Ruling) error
	// AnswerDecision must write the answer to a decision that is proposed, with the new revision and the events, in one
	// transaction or do nothing. It must do nothing and return ErrStale when the decision is not proposed any more or the
	// revision does not follow the current one.
	AnswerDecision(ctx context.Context, r Ruling) error
}
