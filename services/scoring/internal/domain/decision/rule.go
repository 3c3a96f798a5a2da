package decision

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// MinReason is how many characters a reason has at least, without the spaces around it.
const MinReason = 20

// Why something is refused. Test with errors.Is.
var (
	// ErrNoPerson reports an actor who is no person.
	ErrNoPerson = errors.New("only people decide about scores")
	// ErrOwnScore reports an actor who is the owner of the score.
	ErrOwnScore = errors.New("nobody decides about their own score")
	// ErrNotSuperior reports a finalization by somebody who is not the superior of the owner.
	ErrNotSuperior = errors.New("only the superior makes a score final")
	// ErrNotAllowed reports an actor who has no say in the score.
	ErrNotAllowed = errors.New("the actor may not decide about this score")
	// ErrSecondPerson reports an author who answers in the place of a second person.
	ErrSecondPerson = errors.New("the author cannot be the second person")
	// ErrNotAuthor reports a withdrawal by somebody else than the author.
	ErrNotAuthor = errors.New("only the author withdraws a decision")
	// ErrMoved reports that the score is at another revision than the one that was decided on.
	ErrMoved = errors.New("the score has moved since it was seen")
	// ErrUnrated reports a score whose organisation is not rated: its rating comes before those of its people.
	ErrUnrated = errors.New("the organisation is not rated")
	// ErrNotComplete reports a score without a predicate that may be fixed.
	ErrNotComplete = errors.New("the score is not complete")
	// ErrFinal reports a score that only a correction changes.
	ErrFinal = errors.New("the score is final")
	// ErrNotFinal reports a score that has nothing to correct.
	ErrNotFinal = errors.New("the score is not final")
	// ErrAnswered reports a decision that was answered before.
	ErrAnswered = errors.New("the decision was answered before")
	// ErrPredicate reports a predicate that does not fit the kind.
	ErrPredicate = errors.New("the predicate does not fit the kind of the decision")
	// ErrReason reports a reason that is too short.
	ErrReason = errors.New("the reason is too short")
	// ErrGround reports a correction without a ground, or another decision with one.
	ErrGround = errors.New("a correction has a ground, and nothing else has")
	// ErrObjection reports a correction on an objection after another was decided.
	ErrObjection = errors.New("an objection to the score was decided before")
	// ErrNoReference reports a correction that does not say where its ground stands.
	ErrNoReference = errors.New("the correction has no reference")
	// ErrReference reports a correction with the reference of another correction of the score.
	ErrReference = errors.New("another correction of the score carries the reference")
)

// FieldError is a field of a content that is wrong.
type FieldError struct {
	// Field is its name in the contract: predicate, reason, ground or reference.
	Field string
	// Err is ErrPredicate, ErrReason, ErrGround, ErrObjection, ErrNoReference or ErrReference.
	Err error
}

// FieldErrors are all fields of a content that are wrong, in the order of the contract.
type FieldErrors []FieldError

// Error joins what is wrong.
func (e FieldErrors) Error() string {
	texts := make([]string, len(e))
	for i, field := range e {
		texts[i] = field.Field + ": " + field.Err.Error()
	}
	return strings.Join(texts, "; ")
}

// Unwrap returns the error of each field.
func (e FieldErrors) Unwrap() []error {
	all := make([]error, len(e))
	for i, field := range e {
		all[i] = field.Err
	}
	return all
}

// Propose returns the decision, without a number. A finalization is adopted at once; the other kinds wait. It returns,
// in this order, ErrNoPerson, ErrOwnScore, ErrNotSuperior or ErrNotAllowed, ErrMoved, ErrFinal or ErrNotFinal, ErrUnrated,
// ErrNotComplete, and FieldErrors with everything that is wrong with the content.
func Propose(s Standing, c Content, by Actor, now time.Time) (Decision, error) {
	err := mayPropose(s, c.Kind, by)
	if err != nil {
		return Decision{}, err
	}
	err = allows(s, c)
	if err != nil {
		return Decision{}, err
	}
	if c.Kind == KindFinalize && c.Predicate == "" {
		c.Predicate = s.Predicate
	}
	c.Reason, c.Reference = strings.TrimSpace(c.Reason), strings.TrimSpace(c.Reference)
	wrong := check(s, c)
	if len(wrong) > 0 {
		return Decision{}, wrong
	}
	d := Decision{Content: c, State: StateProposed, Author: by.Person, ProposeTime: now}
	if c.Kind == KindFinalize {
		d.State, d.AnswerTime = StateAdopted, now
	}
	return d, nil
}

// mayPropose settles who may propose a decision of the kind.
func mayPropose(s Standing, kind Kind, by Actor) error {
	err := another(s.Owner, by)
	if err != nil {
		return err
	}
	if kind == KindFinalize && !by.Superior {
		return ErrNotSuperior
	}
	if !by.Superior && !by.second() {
		return ErrNotAllowed
	}
	return nil
}

// another settles that the actor is a person, and not the owner.
func another(owner string, by Actor) error {
	if by.Person == "" {
		return ErrNoPerson
	}
	if by.Person == owner {
		return ErrOwnScore
	}
	return nil
}

// allows settles whether the score, as it stands, takes the decision.
func allows(s Standing, c Content) error {
	if s.Revision != c.Revision {
		return ErrMoved
	}
	if c.Kind == KindCorrection {
		if s.Final == nil {
			return ErrNotFinal
		}
		return nil
	}
	if s.Final != nil {
		return ErrFinal
	}
	if s.Unrated {
		return ErrUnrated
	}
	if s.State != domain.StateComplete {
		return ErrNotComplete
	}
	return nil
}

// check returns what is wrong with the content of a decision that the score takes.
func check(s Standing, c Content) FieldErrors {
	var wrong FieldErrors
	if !fits(s, c) {
		wrong = append(wrong, FieldError{Field: "predicate", Err: ErrPredicate})
	}
	// What is fixed while the period runs says why it does not wait: facts are still to come.
	unneeded := c.Silent() && !s.Running
	if !unneeded && !reasoned(c.Reason) {
		wrong = append(wrong, FieldError{Field: "reason", Err: ErrReason})
	}
	return append(wrong, grounded(s, c)...)
}

// fits reports whether the predicate is one that the kind may fix. A correction may confirm what is final only when it
// is outdated; otherwise it would correct nothing.
func fits(s Standing, c Content) bool {
	switch c.Kind {
	case KindFinalize:
		return c.Predicate == s.Predicate
	case KindOverride:
		return c.Predicate != "" && c.Predicate != s.Predicate
	case KindCorrection:
		return c.Predicate != "" && (c.Predicate != s.Final.Predicate || s.Final.Outdated)
	}
	return false
}

// reasoned reports whether the text is long enough for a reason.
func reasoned(text string) bool { return utf8.RuneCountInString(strings.TrimSpace(text)) >= MinReason }

// Approve returns the decision adopted by a second person. It returns, in this order, ErrNoPerson, ErrOwnScore,
// ErrNotAllowed, ErrSecondPerson, ErrAnswered, ErrMoved, ErrFinal or ErrNotFinal, ErrUnrated, ErrNotComplete.
func (d Decision) Approve(s Standing, by Actor, now time.Time) (Decision, error) {
	err := d.second(s.Owner, by)
	if err != nil {
		return Decision{}, err
	}
	err = allows(s, d.Content)
	if err != nil {
		return Decision{}, err
	}
	d.State, d.Approver, d.AnswerTime = StateAdopted, by.Person, now
	return d, nil
}

// Reject returns the decision rejected by a second person. It returns, in this order, ErrNoPerson, ErrOwnScore,
// ErrNotAllowed, ErrSecondPerson, ErrAnswered, and FieldErrors for a reason that is too short. A decision on a revision
// from which the score has moved may be rejected.
func (d Decision) Reject(owner, reason string, by Actor, now time.Time) (Decision, error) {
	err := d.second(owner, by)
	if err != nil {
		return Decision{}, err
	}
	if !reasoned(reason) {
		return Decision{}, FieldErrors{{Field: "reason", Err: ErrReason}}
	}
	d.State, d.Approver, d.AnswerReason, d.AnswerTime = StateRejected, by.Person, strings.TrimSpace(reason), now
	return d, nil
}

// second settles whether the actor may answer as the second person, and whether there is something to answer.
func (d Decision) second(owner string, by Actor) error {
	err := another(owner, by)
	if err != nil {
		return err
	}
	if !by.second() {
		return ErrNotAllowed
	}
	if by.Person == d.Author {
		return ErrSecondPerson
	}
	if d.State != StateProposed {
		return ErrAnswered
	}
	return nil
}

// Withdraw returns the decision taken back by its author. It returns, in this order, ErrNoPerson, ErrNotAuthor and
// ErrAnswered.
func (d Decision) Withdraw(by Actor, now time.Time) (Decision, error) {
	if by.Person == "" {
		return Decision{}, ErrNoPerson
	}
	if by.Person != d.Author {
		return Decision{}, ErrNotAuthor
	}
	if d.State != StateProposed {
		return Decision{}, ErrAnswered
	}
	d.State, d.AnswerTime = StateWithdrawn, now
	return d, nil
}
