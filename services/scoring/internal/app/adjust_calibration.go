package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// AdjustCalibration is the use case by which a session proposes another predicate for a person.
type AdjustCalibration struct {
	Calibrations *Calibrations
	// Decide makes the decision that is proposed. It must keep decisions where the sessions are kept.
	Decide *Decide
}

// NewAdjustment is an adjustment as the caller has written it.
type NewAdjustment struct {
	Session   CalibrationRef
	Person    string
	Predicate domain.Predicate
	Reason    string
	Speakers  []string
	Etag      Etag
	// DecisionName returns the resource name of a decision about the score of the person.
	DecisionName func(number int64) string
}

// Execute records the adjustment and proposes it as an override, both or nothing. The score does not change before a
// second official approves. Errors: those of the proposal, ErrAdjustmentWaiting, ErrTooManyAdjustments, ErrStale.
func (a *AdjustCalibration) Execute(ctx context.Context, given NewAdjustment) (calibration.Adjustment, error) {
	store := a.Calibrations.store()
	session, err := a.Calibrations.current(ctx, given.Session, given.Etag)
	if err != nil {
		return calibration.Adjustment{}, err
	}
	next, err := session.Adjusted()
	if err != nil {
		return calibration.Adjustment{}, err
	}
	earlier, err := store.Adjustments(ctx, given.Session)
	if err != nil {
		return calibration.Adjustment{}, err
	}
	if len(earlier) >= calibration.MaxAdjustments {
		return calibration.Adjustment{}, ErrTooManyAdjustments
	}
	waits := func(e calibration.Adjustment) bool { return e.Pending && e.Person == given.Person }
	if slices.ContainsFunc(earlier, waits) {
		return calibration.Adjustment{}, ErrAdjustmentWaiting
	}
	standing, member, err := a.member(ctx, given)
	if err != nil {
		return calibration.Adjustment{}, err
	}
	violations := given.violations(ctx, session, standing, member)
	if len(violations) > 0 {
		return calibration.Adjustment{}, fault.Invalid(violations...)
	}
	adjustment := calibration.Adjustment{
		ID: a.Calibrations.Distributions.IDs.New(), Person: given.Person, Current: standing.Predicate, Revision: standing.Revision,
		Proposed: given.Predicate, Reason: strings.TrimSpace(given.Reason), Speakers: slices.Sorted(slices.Values(given.Speakers)),
		Author: callerName(ctx), Time: a.Calibrations.now(),
	}
	// Whoever may adjust keeps the data of the tenant.
	ruling, err := a.Decide.prepare(ctx, Proposal{
		Period: given.Session.Period, Person: given.Person,
		Content: decision.Content{
			Kind: decision.KindOverride, Predicate: given.Predicate, Reason: adjustment.Reason, Reference: reference(session),
			Revision: standing.Revision,
		},
	}, decision.Actor{Person: auth.From(ctx).Person, Admin: true})
	if err != nil {
		return calibration.Adjustment{}, err
	}
	adjustment.Decision = given.DecisionName(ruling.Decision.Number)
	return adjustment, store.Adjust(ctx, next, adjustment, ruling)
}

// reference is what the decision refers to, in words: the owner of the score reads it.
func reference(s calibration.Session) string {
	return "sesi kalibrasi " + s.ID + " yang dibuka pada tanggal " + local.Date(s.CreateTime.In(wib))
}

// member returns the current score of the person, and whether the person is of the session and has one.
func (a *AdjustCalibration) member(ctx context.Context, given NewAdjustment) (Standing, bool, error) {
	store := a.Calibrations.store()
	member, err := store.Member(ctx, given.Session, given.Person)
	if err != nil || !member {
		return Standing{}, false, err
	}
	standing, err := store.StandingOf(ctx, given.Session.Period, given.Person)
	if errors.Is(err, ErrNotFound) {
		return Standing{}, false, nil
	}
	return standing, err == nil, err
}

// violations returns everything that is wrong with the adjustment.
func (n NewAdjustment) violations(ctx context.Context, s calibration.Session, current Standing, member bool) []fault.Violation {
	var violations []fault.Violation
	self := func(field string) {
		violations = append(violations, fault.Field(field, fault.ReasonInvalidArgument).Worded(
			"Nobody takes part in the adjustment of their own predicate.",
			"Pegawai tidak dapat mengusulkan atau mendukung penyesuaian predikat kinerjanya sendiri."))
	}
	switch {
	case !member:
		violations = append(violations, fault.Field("person", fault.ReasonReferenceNotFound).Worded(
			"The person is not of this session, or has no score.",
			"Pegawai ini tidak termasuk dalam sesi kalibrasi ini atau belum memiliki nilai. Pilih pegawai yang tercantum pada sesi ini."))
	case auth.From(ctx).Person == n.Person:
		self("person")
	}
	if member && current.Predicate == n.Predicate {
		violations = append(violations, fault.Field("predicate", fault.ReasonInvalidArgument).Worded(
			"The person has this predicate.", "Predikat yang diusulkan sama dengan predikat saat ini."))
	}
	if tooShort(strings.TrimSpace(n.Reason)) {
		violations = append(violations, shortReason("reason"))
	}
	for i, speaker := range n.Speakers {
		field := "speakers[" + strconv.Itoa(i) + "]"
		switch {
		case !slices.Contains(s.Participants, speaker):
			violations = append(violations, fault.Field(field, fault.ReasonReferenceNotFound).Worded(
				"The person is not a participant of this session; add them by addParticipants.",
				"Pegawai pada isian "+field+" bukan peserta sesi ini; tambahkan melalui addParticipants terlebih dahulu."))
		case speaker == n.Person:
			self(field)
		}
	}
	return append(violations, duplicates(n.Speakers, "speakers")...)
}
