package app

import (
	"context"
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
}

// Create opens a session and takes the snapshot of everybody's predicate.
func (c *Calibrations) Create(ctx context.Context, given NewCalibration) (Detail, error) {
	violations := duplicates(given.Participants, "calibration.participants")
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
		Period: given.Period, Units: given.Units, Subtree: given.Subtree, Field: indexed("calibration.units"),
	})
	f, refused := fault.As(err)
	if refused && f.Kind == fault.KindInvalid {
		violations, err = append(violations, f.Violations...), nil
	}
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
