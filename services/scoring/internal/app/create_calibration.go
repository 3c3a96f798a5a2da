package app

import (
	"context"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
)

// minPurpose is the fewest characters of a purpose without the blanks around it.
const minPurpose = 10

// NewCalibration is a session to open, as the caller has written it.
type NewCalibration struct {
	Period domain.Period
	// ID is of the caller's choice; empty lets the service choose.
	ID           string
	Units        []string
	Subtree      bool
	Purpose      string
	Participants []string
	// Wrong is what the caller's names violate; their places in Units and Participants are empty.
	Wrong []fault.Violation
}

// collect adds what a refusal of bad input violates, but for fields that are known to be wrong, and returns any other error.
func collect(violations []fault.Violation, err error) ([]fault.Violation, error) {
	f, refused := fault.As(err)
	if !refused || f.Kind != fault.KindInvalid {
		return violations, err
	}
	for _, v := range f.Violations {
		known := func(before fault.Violation) bool { return before.Field == v.Field }
		if !slices.ContainsFunc(violations, known) {
			violations = append(violations, v)
		}
	}
	return violations, nil
}

// Create opens a session and takes the snapshot of everybody's predicate.
func (c *Calibrations) Create(ctx context.Context, given NewCalibration) (Detail, error) {
	violations := slices.Concat(given.Wrong, duplicates(given.Participants, "calibration.participants"))
	purpose := strings.TrimSpace(given.Purpose)
	if len([]rune(purpose)) < minPurpose {
		violations = append(violations, fault.Field("calibration.purpose", fault.ReasonInvalidArgument).Worded(
			"The purpose needs at least 10 characters.", "Tujuan sesi kalibrasi paling sedikit 10 karakter."))
	}
	missing, err := c.strangers(ctx, given.Period.Tenant, given.Participants, "calibration.participants")
	if err != nil {
		return Detail{}, err
	}
	violations = append(violations, missing...)
	report, err := c.Distributions.report(ctx, Scope{
		Period: given.Period, Units: given.Units, Subtree: given.Subtree, WithPeople: true, Field: indexed("calibration.units"),
	})
	violations, err = collect(violations, err)
	if err != nil {
		return Detail{}, err
	}
	if len(violations) > 0 {
		return Detail{}, fault.Invalid(violations...)
	}
	if len(report.People) == 0 || len(report.People) > calibration.MaxPeople {
		return Detail{}, ErrCalibrationScope
	}
	if given.ID == "" {
		given.ID = c.Distributions.IDs.New()
	}
	session := calibration.Open(calibration.Session{
		Period: given.Period, ID: given.ID, Units: given.Units, Subtree: given.Subtree, Purpose: purpose,
		Participants: given.Participants, Before: countOf(report.People),
	}, callerName(ctx), c.now())
	err = c.store().CreateCalibration(ctx, session, report.People)
	if err != nil {
		return Detail{}, err
	}
	return Detail{Session: session}, nil
}
