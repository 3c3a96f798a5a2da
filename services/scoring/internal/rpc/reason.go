package rpc

import (
	"errors"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/credit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// reasons has a row for every error of the service; the first that an error is decides. What a simulation cannot compute with
// is a fault already when it comes here, and other facts come from services that have checked them, so errors of the
// computation can reach a caller only by a defect; they stand in the table all the same, so that a new error has to be thought
// about.
var reasons = []struct {
	err    error
	reason fault.Reason
}{
	{app.ErrUncomputable, fault.ReasonInternal},
	{app.ErrDamaged, fault.ReasonInternal},
	{app.ErrNotFound, fault.ReasonNotFound},
	{app.ErrNoScores, fault.ReasonNotFound},
	{app.ErrStale, fault.ReasonETagMismatch},
	{app.ErrTablePublished, fault.ReasonAllowanceTablePublished},
	{app.ErrTableStart, fault.ReasonAllowanceTableStart},
	{app.ErrTableAuthor, fault.ReasonAllowanceTableAuthor},
	{app.ErrNoTable, fault.ReasonAllowanceTableNotInForce},
	{app.ErrNoMonthFacts, fault.ReasonMonthFactsMissing},
	{app.ErrRunning, fault.ReasonRecomputeRunning},
	{app.ErrTooManyOpen, fault.ReasonResourceExhausted},
	{app.ErrOperationState, fault.ReasonOperationState},
	{app.ErrPartLost, fault.ReasonOperationState},
	{app.ErrExists, fault.ReasonAlreadyExists},
	{app.ErrPublished, fault.ReasonRulePackPublished},
	{app.ErrDraftInvalid, fault.ReasonRulePackInvalid},
	{app.ErrNoExample, fault.ReasonRulePackExample},
	{app.ErrUntried, fault.ReasonRulePackUntried},
	{app.ErrTrialFailed, fault.ReasonRulePackTrialFailed},
	{app.ErrSamePerson, fault.ReasonSecondPersonRequired},
	{app.ErrNoPerson, fault.ReasonPersonRequired},
	{app.ErrPackID, fault.ReasonRulePackID},
	{pack.ErrUnknown, fault.ReasonRulePackUnknown},
	{pack.ErrNotEffective, fault.ReasonRulePackNotInForce},
	{pack.ErrCycle, fault.ReasonRulePackInvalid},
	{app.ErrCalibrationExists, fault.ReasonAlreadyExists},
	{app.ErrCalibrationScope, fault.ReasonCalibrationScope},
	{app.ErrAdjustmentWaiting, fault.ReasonCalibrationAdjustmentWaiting},
	{app.ErrNoViolation, fault.ReasonNoDistributionViolation},
	{app.ErrTooManyAdjustments, fault.ReasonResourceExhausted},
	{calibration.ErrEnded, fault.ReasonCalibrationState},
	{calibration.ErrNotReady, fault.ReasonCalibrationNotReady},
	{domain.ErrTooFewResponses, fault.ReasonNotFound},
	{domain.ErrInvalidPack, fault.ReasonInternal},
	{domain.ErrInvalidInput, fault.ReasonInternal},
	{domain.ErrInvalidTrace, fault.ReasonInternal},
	{decision.ErrNoPerson, fault.ReasonDecisionPersonRequired},
	{decision.ErrOwnScore, fault.ReasonDecisionOwnScore},
	{decision.ErrNotSuperior, fault.ReasonNotSuperior},
	{decision.ErrNotAllowed, fault.ReasonPermissionDenied},
	{decision.ErrSecondPerson, fault.ReasonDecisionSecondPerson},
	{decision.ErrNotAuthor, fault.ReasonDecisionNotAuthor},
	{decision.ErrMoved, fault.ReasonETagMismatch},
	{decision.ErrUnrated, fault.ReasonOrganizationNotRated},
	{decision.ErrNotComplete, fault.ReasonScoreNotComplete},
	{decision.ErrFinal, fault.ReasonScoreFinal},
	{decision.ErrNotFinal, fault.ReasonScoreNotFinal},
	{decision.ErrAnswered, fault.ReasonDecisionState},
	{decision.ErrPredicate, fault.ReasonDecisionPredicate},
	{decision.ErrReason, fault.ReasonDecisionReasonRequired},
	{decision.ErrGround, fault.ReasonInvalidArgument},
	{decision.ErrObjection, fault.ReasonObjectionDecided},
	{decision.ErrNoReference, fault.ReasonInvalidArgument},
	{decision.ErrReference, fault.ReasonDecisionReferenceUsed},
	{allowance.ErrInvalidFacts, fault.ReasonInternal},
	{credit.ErrInvalidSegment, fault.ReasonInternal},
	{num.ErrDivisionByZero, fault.ReasonInternal},
	{num.ErrOverflow, fault.ReasonInternal},
	{num.ErrPlaces, fault.ReasonInternal},
	{num.ErrSyntax, fault.ReasonInternal},
}

// refusal returns the fault of an error of a use case about the resource. A fault stays as it is, and so does an error
// that is none of ours, for the encoder to treat as a defect.
func refusal(err error, resource string) error {
	_, ok := fault.As(err)
	if ok {
		return err
	}
	fields, ok := errors.AsType[decision.FieldErrors](err)
	if ok {
		return violations(fields).Because(err)
	}
	reason, ok := reasonOf(err)
	if !ok {
		return err
	}
	if fault.KindOf(reason) == fault.KindDenied {
		return fault.New(reason).Because(err)
	}
	return fault.New(reason, about(err, resource)...).Because(err)
}

// about returns what the texts of a refusal name, as pairs of key and value: the rule pack that cannot be used, and otherwise
// the resource.
func about(err error, resource string) []string {
	use, ok := errors.AsType[*pack.UseError](err)
	if !ok {
		return []string{"resource", resource}
	}
	return []string{"resource", use.Name, "from", use.From, "until", use.Until}
}

// missing returns the fault of a request whose own resource may be there, but not what a field of it asks for. The texts say
// so in English and Indonesian.
func missing(field, resource, text, local string) *fault.Fault {
	return fault.New(fault.ReasonNotFound, "resource", resource).Worded(text, local).
		With(fault.Field(field, fault.ReasonNotFound, "resource", resource).Worded(text, local))
}

// reasonOf returns the reason of the first row that the error is.
func reasonOf(err error) (fault.Reason, bool) {
	for _, row := range reasons {
		if errors.Is(err, row.err) {
			return row.reason, true
		}
	}
	return "", false
}

// violations returns the fault of all fields of a decision that are wrong.
func violations(fields decision.FieldErrors) *fault.Fault {
	all := make([]fault.Violation, len(fields))
	for i, field := range fields {
		reason, _ := reasonOf(field.Err)
		all[i] = fault.Field(field.Field, reason)
		switch { // the catalogue words no field of these
		case errors.Is(field.Err, decision.ErrGround):
			all[i] = all[i].Worded(
				"A correction says on which ground it rests, unless what is final is outdated; no other decision has a ground.",
				"Koreksi harus menyebutkan dasarnya pada isian ground, kecuali bila hasil perhitungan sudah berbeda dari dasar penetapan; "+
					"keputusan lain tidak memakai isian ini.")
		case errors.Is(field.Err, decision.ErrNoReference):
			all[i] = all[i].Worded(
				"A correction says in which document its ground stands.",
				"Koreksi harus menyebutkan nomor dokumen yang menjadi dasarnya pada isian reference, misalnya nomor putusan keberatan.")
		}
	}
	return fault.Invalid(all...)
}
