package app

import (
	"cmp"
	"context"
	"fmt"
	"path"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// Close closes a session that lacks nothing: it takes the second snapshot and stores it with the view of the same
// predicates. It takes a person: a client is ErrNoPerson. What is lacking is one fault with a violation each.
func (c *Calibrations) Close(ctx context.Context, ref CalibrationRef, etag Etag) (Detail, error) {
	closer, err := callingPerson(ctx)
	if err != nil {
		return Detail{}, err
	}
	session, err := c.current(ctx, ref, etag)
	if err != nil {
		return Detail{}, err
	}
	if session.State != calibration.StateOpen {
		return Detail{}, calibration.ErrEnded
	}
	adjustments, err := c.store().Adjustments(ctx, ref)
	if err != nil {
		return Detail{}, err
	}
	report, err := c.Distributions.report(ctx, scope(session))
	if err != nil {
		return Detail{}, err
	}
	obstacles := session.Obstacles(closer.PersonName(), adjustments, report.findings())
	if len(obstacles) > 0 {
		return Detail{}, c.notReady(ctx, session, report, obstacles)
	}
	view, err := c.view(ctx, session, report.People)
	if err != nil {
		return Detail{}, err
	}
	closed, err := session.Close(closer.PersonName(), countOf(report.People), view.Time)
	if err != nil {
		return Detail{}, err
	}
	err = c.store().Close(ctx, closed, report.People, view)
	if err != nil {
		return Detail{}, err
	}
	return Detail{Session: closed, Adjustments: adjustments, Disparity: &view}, nil
}

// Disparity returns the view of a session: what was stored at its closing, or that of the current predicates while it is
// open. An abandoned session has none: ErrNotFound.
func (c *Calibrations) Disparity(ctx context.Context, ref CalibrationRef) (StoredDisparity, error) {
	session, err := c.store().Calibration(ctx, ref)
	if err != nil {
		return StoredDisparity{}, err
	}
	if session.State != calibration.StateOpen {
		return c.store().Disparity(ctx, ref)
	}
	report, err := c.Distributions.report(ctx, scope(session))
	if err != nil {
		return StoredDisparity{}, err
	}
	return c.view(ctx, session, report.People)
}

// view compares the people of the session who have a predicate, by their traits of today.
func (c *Calibrations) view(ctx context.Context, s calibration.Session, of []Standing) (StoredDisparity, error) {
	now := c.now()
	var rated []Standing
	var ids []string
	for _, standing := range of {
		if standing.Predicate != "" {
			rated, ids = append(rated, standing), append(ids, standing.Person)
		}
	}
	traits, err := c.Distributions.Peers.Traits(ctx, s.Period.Tenant, ids, now.In(wib))
	if err != nil {
		return StoredDisparity{}, err
	}
	people := make([]disparity.Person, len(rated))
	for i, standing := range rated {
		people[i] = disparity.Person{Predicate: distribution.Predicate(standing.Predicate), Keys: traits[standing.Person]}
		if standing.Achievement == "" {
			continue
		}
		achievement, err := num.ParseAmount(standing.Achievement)
		if err != nil {
			return StoredDisparity{}, fmt.Errorf("achievement of revision %d: %w", standing.Revision, err)
		}
		people[i].Achievement = &achievement
	}
	view, err := disparity.Of(people)
	if err != nil {
		return StoredDisparity{}, err
	}
	return StoredDisparity{View: view, Time: now}, nil
}

// findings returns what a closing must know of the checks.
func (r Report) findings() []calibration.Finding {
	findings := make([]calibration.Finding, len(r.Checks))
	for i, check := range r.Checks {
		findings[i] = calibration.Finding{Unit: check.Unit.ID, Rated: check.LevelUnit != "" || check.Unit.Counts.Total() == 0}
		for _, v := range check.Violations {
			if !v.ExplainedBySize && !check.Justified(v.Rule.ID) {
				findings[i].Unjustified = append(findings[i].Unjustified, v.Rule.ID)
			}
		}
	}
	return findings
}

// message says what the rule is and how the unit breaks it, in Indonesian.
func (r Report) message(unit, rule string) string {
	for _, check := range r.Checks {
		for _, v := range check.Violations {
			if check.Unit.ID == unit && v.Rule.ID == rule {
				return v.Message()
			}
		}
	}
	return ""
}

// notReady returns the fault that lists the obstacles. The unit that is concerned stands in the texts by its name, or by its
// id where it has none.
func (c *Calibrations) notReady(ctx context.Context, s calibration.Session, r Report, obstacles []calibration.Obstacle) error {
	names, err := c.Distributions.Peers.UnitNames(ctx, s.Period.Tenant)
	if err != nil {
		return err
	}
	var violations []fault.Violation
	for _, o := range obstacles {
		unit := cmp.Or(names[o.Unit], o.Unit)
		v := fault.Field(obstacleField(o), fault.ReasonCalibrationNotReady)
		switch o.Kind {
		case calibration.ObstacleParticipants:
			v = v.Worded("At least two people must take part.", "Sesi kalibrasi harus diikuti paling sedikit dua orang. Tambahkan peserta.")
		case calibration.ObstacleFourEyes:
			v = v.Worded("The only one who has adjusted may not close the session.",
				"Seluruh penyesuaian diusulkan oleh Anda sendiri. Sesi harus ditutup oleh pejabat lain.")
		case calibration.ObstaclePending:
			v = v.Worded("The adjustment "+o.Decision+" is not decided; approve or reject it first.",
				"Penyesuaian predikat pegawai "+o.Person+" (keputusan nomor "+path.Base(o.Decision)+" atas nilainya) belum diputuskan; "+
					"setujui atau tolak dahulu.")
		case calibration.ObstacleUnrated:
			v = v.Worded("The organisation of unit "+o.Unit+" is not rated.",
				"Predikat kinerja organisasi untuk unit kerja "+unit+" belum ditetapkan. Tetapkan terlebih dahulu.")
		case calibration.ObstacleUnjustified:
			v = v.Worded("Unit "+o.Unit+" deviates by rule "+o.Rule+" without a justification of the current counts.",
				"Sebaran predikat unit kerja "+unit+" menyimpang dari pola dan belum dijelaskan untuk jumlah saat ini. "+
					r.message(o.Unit, o.Rule)+" Lengkapi penjelasan tertulis.")
		}
		violations = append(violations, v)
	}
	return fault.New(fault.ReasonCalibrationNotReady).With(violations...).Because(calibration.ErrNotReady)
}

// obstacleField is the field of the session that the obstacle is about.
func obstacleField(o calibration.Obstacle) string {
	switch o.Kind {
	case calibration.ObstacleParticipants:
		return "participants"
	case calibration.ObstacleFourEyes, calibration.ObstaclePending:
		return "adjustments"
	default:
		return "units"
	}
}
