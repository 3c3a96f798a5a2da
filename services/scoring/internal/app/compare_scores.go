package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// MaxOrigins is how many revisions between two a comparison tells the origins of, the newest ones.
const MaxOrigins = 200

// Causes that tell what may have changed a rating of results: that of a unit head follows from the organisation's.
const (
	causeRating             = "kinerja.assessment.v1.rating.changed"
	causeOrganizationRating = "kinerja.assessment.v1.organization-rating.changed"
	causeAttendance         = "kinerja.assessment.v1.attendance.changed"
)

// Comparison is what changed from one revision of a score to a later one, and why.
type Comparison struct {
	Before, After Revision
	// Changes are what differs: what people have fixed, then fields, then inputs.
	Changes []explain.Change
	// Origins are those of the revisions above the older one up to the newer one, oldest first, at most MaxOrigins.
	Origins []Origin
}

// Origin is why there is a revision.
type Origin struct {
	Revision    int64
	ComputeTime time.Time
	Causes      []string
	// Rater is who set a rating by the superior that differs from the revision before; empty when none does, and when the
	// difference may have followed from the rating of the organisation.
	Rater string
	// OrganizationRaters are who set ratings of organisations that differ from the revision before, each once.
	OrganizationRaters []string
	// AttendanceRecorder is who set the attendance; empty unless it was told to have changed.
	AttendanceRecorder string
	// Decision is what made the revision; nil when facts did.
	Decision *decision.Decision
}

// NoRevisionError reports a revision that does not exist. It is ErrNotFound.
type NoRevisionError struct{ Revision int64 }

// Error names the revision.
func (e *NoRevisionError) Error() string {
	return "revision " + strconv.FormatInt(e.Revision, 10) + ": " + ErrNotFound.Error()
}

// Unwrap returns ErrNotFound.
func (e *NoRevisionError) Unwrap() error { return ErrNotFound }

// Compare compares two revisions of a score, for those who may see it. It returns a NoRevisionError when one of them does
// not exist. before must be below after.
func (s *Show) Compare(ctx context.Context, period domain.Period, person string, before, after int64) (Comparison, error) {
	err := s.allowed(ctx, period.Tenant, person)
	if err != nil {
		return Comparison{}, err
	}
	var c Comparison
	c.Before, err = s.stored(ctx, period, person, before)
	if err != nil {
		return Comparison{}, err
	}
	c.After, err = s.stored(ctx, period, person, after)
	if err != nil {
		return Comparison{}, err
	}
	was, err := s.side(ctx, &c.Before)
	if err != nil {
		return Comparison{}, err
	}
	is, err := s.side(ctx, &c.After)
	if err != nil {
		return Comparison{}, err
	}
	c.Changes = slices.Concat(explain.Fixed(was, is), s.changes(ctx, period.Tenant, was, is))
	c.Origins, err = s.origins(ctx, c.Before, c.After)
	if err != nil {
		return Comparison{}, fmt.Errorf("origins of revisions: %w", err)
	}
	return c, nil
}

// side returns a revision as one side of a comparison, without its rules when this deployment does not carry them.
func (s *Show) side(ctx context.Context, revision *Revision) (explain.Side, error) {
	rules, err := s.rules(ctx, revision.Score)
	if err != nil && !errors.Is(err, ErrUncomputable) {
		return explain.Side{}, err
	}
	return explain.Side{Result: &revision.Result, Final: revision.Final, Rules: rules}, nil
}

// changes returns what differs between two results, with units by their names. Whoever may see the results sees the ids of
// units, so it asks for no further permission.
func (s *Show) changes(ctx context.Context, tenant string, before, after explain.Side) []explain.Change {
	var names map[string]string
	units := explain.Units(before.Result, after.Result)
	if len(units) > 0 {
		names = s.Units.UnitNames(ctx, tenant, units)
	}
	return explain.Changes(before, after, names)
}

// stored returns a revision with its trace.
func (s *Show) stored(ctx context.Context, period domain.Period, person string, revision int64) (Revision, error) {
	found, err := s.Store.Revision(ctx, period, person, revision)
	if errors.Is(err, ErrNotFound) {
		return Revision{}, &NoRevisionError{Revision: revision}
	}
	if err != nil {
		return Revision{}, err
	}
	return s.traced(ctx, found)
}

func (s *Show) origins(ctx context.Context, before, after Revision) ([]Origin, error) {
	// One more, which the oldest of them is compared with.
	page := RevisionPage{Below: after.Revision + 1, Limit: int(min(after.Revision-before.Revision, MaxOrigins)) + 1}
	revisions, err := s.Store.Revisions(ctx, after.Period, after.Person, page)
	if err != nil {
		return nil, err
	}
	slices.Reverse(revisions)
	origins := make([]Origin, len(revisions)-1)
	for i := range origins {
		r := &revisions[i+1]
		before := &revisions[i]
		origins[i] = Origin{
			Revision: r.Revision, ComputeTime: r.ComputeTime, Causes: r.Causes,
			Rater: r.ratedSince(before), OrganizationRaters: r.organizationRatedSince(before),
		}
		if slices.Contains(r.Causes, causeAttendance) {
			origins[i].AttendanceRecorder = r.AttendanceRecorder
		}
		if r.Final == nil || !slices.Contains(r.Causes, decision.Cause) {
			continue
		}
		made, err := s.Decisions.Decision(ctx, DecisionRef{Period: after.Period, Person: after.Person, Number: r.Final.Decision})
		if err != nil {
			return nil, err
		}
		origins[i].Decision = &made
	}
	return origins, nil
}

// ratedSince returns who set a rating by the superior that is not that of the revision before; see Origin.Rater.
func (r *Revision) ratedSince(before *Revision) string {
	behavior := r.BehaviorRating != before.BehaviorRating
	result := r.ResultRating != before.ResultRating &&
		slices.Contains(r.Causes, causeRating) && !slices.Contains(r.Causes, causeOrganizationRating)
	if behavior || result {
		return r.Rater
	}
	return ""
}

// organizationRatedSince returns who set ratings of organisations that are not those of the revision before; see Origin. Where
// none of that is known, because there was none or it is older than the record of them, only a change that was told counts.
func (r *Revision) organizationRatedSince(before *Revision) []string {
	if len(before.OrganizationRatings) == 0 && !slices.Contains(r.Causes, causeOrganizationRating) {
		return nil
	}
	var raters []string
	for _, rating := range r.OrganizationRatings {
		same := slices.ContainsFunc(before.OrganizationRatings, func(other OrganizationRating) bool {
			return other.Unit == rating.Unit && other.Level == rating.Level
		})
		if !same && rating.Rater != "" && !slices.Contains(raters, rating.Rater) {
			raters = append(raters, rating.Rater)
		}
	}
	return raters
}
