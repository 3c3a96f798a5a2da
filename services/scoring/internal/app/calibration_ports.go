package app

import (
	"context"
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// Errors of the use cases of calibration. Test with errors.Is.
var (
	// ErrCalibrationExists reports that a session with the id exists in the period.
	ErrCalibrationExists = errors.New("a calibration session has this id")
	// ErrCalibrationScope reports units with nobody who has a score, or with too many people for one session.
	ErrCalibrationScope = errors.New("the units cannot be calibrated in one session")
	// ErrNoViolation reports a justification of what is no deviation.
	ErrNoViolation = errors.New("the unit does not deviate by these rules")
	// ErrAdjustmentWaiting reports a person of a session whom an adjustment that waits for its decision is about.
	ErrAdjustmentWaiting = errors.New("an adjustment of the person waits for its decision")
	// ErrTooManyAdjustments reports a session that has as many adjustments as it may have.
	ErrTooManyAdjustments = errors.New("the calibration session has too many adjustments")
)

// Standing is the current score of a person as far as distributions and calibrations need it.
type Standing struct {
	Person, Unit string
	// Predicate is what people have fixed, or else what the rules give; empty while it is not known.
	Predicate domain.Predicate
	// Achievement is a decimal in percent; empty while it is not known.
	Achievement string
	// Revision is that of the score.
	Revision int64
}

// CalibrationPeers is what planning and assessment know of units and people.
type CalibrationPeers interface {
	// PeriodTerms returns the terms of the period, or ErrNotFound.
	PeriodTerms(ctx context.Context, period domain.Period) (Terms, error)
	// Parents returns the unit above each unit of the tenant, by unit; empty for one at the top.
	Parents(ctx context.Context, tenant string) (map[string]string, error)
	// UnitNames returns the names that people know the units of the tenant by, by unit.
	UnitNames(ctx context.Context, tenant string) (map[string]string, error)
	// Levels returns the ratings of those of the units that are rated in the period, by unit.
	Levels(ctx context.Context, period domain.Period, units []string) (map[string]distribution.Level, error)
	// Traits returns the keys of the groups of those of the people who exist on the day, by person.
	Traits(ctx context.Context, tenant string, people []string, on time.Time) (map[string]map[disparity.Trait]string, error)
}

// CalibrationRef names a session.
type CalibrationRef struct {
	Period domain.Period
	ID     string
}

// PersonPage asks for at most Limit people after an id.
type PersonPage struct {
	After string
	Limit int
}

// StoredDisparity is a view with the time at which it was made.
type StoredDisparity struct {
	View disparity.View
	Time time.Time
}

// CalibrationStore keeps justifications and sessions. What is added is never changed or removed.
type CalibrationStore interface {
	// Standings must call visit with the current score of everybody of the units in the period, by person. It may visit people
	// of other units too.
	Standings(ctx context.Context, period domain.Period, units []string, visit func(Standing)) error
	// StandingOf must return the current score of the person, or ErrNotFound.
	StandingOf(ctx context.Context, period domain.Period, person string) (Standing, error)
	// Justify must add the justification.
	Justify(ctx context.Context, period domain.Period, j distribution.Justification) error
	// Justifications must return the newest justifications of each of the units, at most limit of each, by unit.
	Justifications(ctx context.Context, period domain.Period, q JustificationQuery) (map[string][]distribution.Justification, error)
	// CreateCalibration must add the session with its snapshot in one transaction, or return ErrCalibrationExists.
	CreateCalibration(ctx context.Context, s calibration.Session, before []Standing) error
	// Calibration must return the session, or ErrNotFound.
	Calibration(ctx context.Context, ref CalibrationRef) (calibration.Session, error)
	// Calibrations must return at most limit sessions of the period by id, after the given one.
	Calibrations(ctx context.Context, period domain.Period, after string, limit int) ([]calibration.Session, error)
	// Adjustments must return the adjustments of the session in the order of their ids, each with whether its decision waits
	// now.
	Adjustments(ctx context.Context, ref CalibrationRef) ([]calibration.Adjustment, error)
	// Snapshots must return the page of the people of the session, by id.
	Snapshots(ctx context.Context, ref CalibrationRef, page PersonPage) ([]calibration.Snapshot, error)
	// Member must tell whether the person was of the session when it was opened.
	Member(ctx context.Context, ref CalibrationRef, person string) (bool, error)
	// Disparity must return the view that was stored with the session, or ErrNotFound.
	Disparity(ctx context.Context, ref CalibrationRef) (StoredDisparity, error)
	// Update must store the revision of the session with its participants, or return ErrStale when it does not follow
	// the current one.
	Update(ctx context.Context, s calibration.Session) error
	// Adjust must store the revision of the session and add the adjustment with its decision in one transaction, or do
	// nothing and return ErrStale when the revision does not follow the current one or the number of the decision is taken.
	Adjust(ctx context.Context, s calibration.Session, a calibration.Adjustment, r Ruling) error
	// Close must store the closed session with its snapshot and its view in one transaction, or return ErrStale.
	Close(ctx context.Context, s calibration.Session, after []Standing, d StoredDisparity) error
}

// JustificationQuery names units. Subtree says which of their two kinds of justification is meant.
type JustificationQuery struct {
	Units   []string
	Subtree bool
	Limit   int
}
