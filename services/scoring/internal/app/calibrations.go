package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// Calibrations is the use cases of calibration sessions but adjusting. Roles alone grant them.
type Calibrations struct {
	// Distributions checks the pattern of a session's units; its ports serve the sessions too.
	Distributions *Distributions
}

// Etag decides whether the caller's etag is that of a revision. It must accept every revision when the caller gave none.
type Etag func(revision int64) bool

// Detail is a session with what belongs to it.
type Detail struct {
	calibration.Session
	Adjustments []calibration.Adjustment
	// Disparity is nil until the session is closed.
	Disparity *StoredDisparity
}

func (c *Calibrations) store() CalibrationStore { return c.Distributions.Store }

// Get returns a session with its adjustments and its view, or ErrNotFound.
func (c *Calibrations) Get(ctx context.Context, ref CalibrationRef) (Detail, error) {
	session, err := c.store().Calibration(ctx, ref)
	if err != nil {
		return Detail{}, err
	}
	return c.detail(ctx, session)
}

func (c *Calibrations) detail(ctx context.Context, session calibration.Session) (Detail, error) {
	ref := CalibrationRef{session.Period, session.ID}
	adjustments, err := c.store().Adjustments(ctx, ref)
	if err != nil {
		return Detail{}, err
	}
	d := Detail{Session: session, Adjustments: adjustments}
	if session.State != calibration.StateClosed {
		return d, nil
	}
	view, err := c.store().Disparity(ctx, ref)
	if err != nil {
		return Detail{}, err
	}
	d.Disparity = &view
	return d, nil
}

// List returns at most limit sessions of a period by id, after the given one.
func (c *Calibrations) List(ctx context.Context, period domain.Period, after string, limit int) ([]calibration.Session, error) {
	return c.store().Calibrations(ctx, period, after, limit)
}

// People returns a page of the people of a session by id, or ErrNotFound when there is no such session.
func (c *Calibrations) People(ctx context.Context, ref CalibrationRef, page PersonPage) ([]calibration.Snapshot, error) {
	_, err := c.store().Calibration(ctx, ref)
	if err != nil {
		return nil, err
	}
	return c.store().Snapshots(ctx, ref, page)
}

// current returns the session when the etag is that of its revision, or ErrStale.
func (c *Calibrations) current(ctx context.Context, ref CalibrationRef, etag Etag) (calibration.Session, error) {
	session, err := c.store().Calibration(ctx, ref)
	if err != nil {
		return calibration.Session{}, err
	}
	if !etag(session.Revision) {
		return calibration.Session{}, ErrStale
	}
	return session, nil
}

// AddParticipants adds people to an open session.
func (c *Calibrations) AddParticipants(ctx context.Context, ref CalibrationRef, people []string, etag Etag) (Detail, error) {
	session, err := c.current(ctx, ref, etag)
	if err != nil {
		return Detail{}, err
	}
	missing, err := c.strangers(ctx, ref.Period.Tenant, people, "participants")
	if err != nil {
		return Detail{}, err
	}
	if len(missing) > 0 {
		return Detail{}, fault.Invalid(missing...)
	}
	session, err = session.Join(people)
	if err != nil {
		return Detail{}, err
	}
	if len(session.Participants) > calibration.MaxParticipants {
		return Detail{}, fault.Invalid(fault.Field("participants", fault.ReasonInvalidArgument).Worded(
			"A session has at most 50 participants.", "Satu sesi kalibrasi paling banyak diikuti 50 orang."))
	}
	err = c.store().Update(ctx, session)
	if err != nil {
		return Detail{}, err
	}
	return c.detail(ctx, session)
}

// Abandon ends an open session without a result.
func (c *Calibrations) Abandon(ctx context.Context, ref CalibrationRef, reason string, etag Etag) (Detail, error) {
	reason = strings.TrimSpace(reason)
	if tooShort(reason) {
		return Detail{}, fault.Invalid(shortReason("reason"))
	}
	session, err := c.current(ctx, ref, etag)
	if err != nil {
		return Detail{}, err
	}
	session, err = session.Abandon(callerName(ctx), reason, c.now())
	if err != nil {
		return Detail{}, err
	}
	err = c.store().Update(ctx, session)
	if err != nil {
		return Detail{}, err
	}
	return c.detail(ctx, session)
}

// strangers returns a violation for each of the people whom planning does not know; empty ids are left out.
func (c *Calibrations) strangers(ctx context.Context, tenant string, people []string, field string) ([]fault.Violation, error) {
	named := slices.DeleteFunc(slices.Clone(people), func(id string) bool { return id == "" })
	known, err := c.Distributions.Peers.Traits(ctx, tenant, named, c.now().In(wib))
	if err != nil {
		return nil, err
	}
	var violations []fault.Violation
	for i, person := range people {
		_, ok := known[person]
		if !ok && person != "" {
			violations = append(violations, fault.Field(field+"["+strconv.Itoa(i)+"]", fault.ReasonReferenceNotFound))
		}
	}
	return violations, nil
}

// now is the time of a change.
func (c *Calibrations) now() time.Time { return c.Distributions.Clock.Now() }

// scope returns the scope of a session. Its units were checked when it was opened, and units are never removed.
func scope(s calibration.Session) Scope {
	return Scope{Period: s.Period, Units: s.Units, Subtree: s.Subtree, WithPeople: true, Field: func(int) string { return "calibration.units" }}
}

// indexed returns the paths of the elements of a repeated field.
func indexed(field string) func(int) string {
	return func(i int) string { return field + "[" + strconv.Itoa(i) + "]" }
}

// countOf counts the predicates of people; who has none is not counted.
func countOf(people []Standing) distribution.Counts {
	counts := distribution.Counts{}
	for _, p := range people {
		if p.Predicate != "" {
			counts[distribution.Predicate(p.Predicate)]++
		}
	}
	return counts
}

// duplicates returns a violation for each id that came before; empty ids are left out.
func duplicates(ids []string, field string) []fault.Violation {
	var violations []fault.Violation
	for i, id := range ids {
		if id != "" && slices.Contains(ids[:i], id) {
			path := field + "[" + strconv.Itoa(i) + "]"
			violations = append(violations, fault.Field(path, fault.ReasonInvalidArgument).Worded(
				"The person in "+path+" is named twice.", "Pegawai pada isian "+path+" disebut lebih dari satu kali."))
		}
	}
	return violations
}
