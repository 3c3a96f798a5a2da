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

// causeOrganizationRating tells that the rating of an organisation has changed.
const causeOrganizationRating = "kinerja.assessment.v1.organization-rating.changed"

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
	// Raters are who set ratings by the superior that differ from those of the same plan in the revision before, in the order of the
	// plans and each once.
	Raters []string
	// OrganizationRaters are who set ratings of organisations that differ from the revision before, each once.
	OrganizationRaters []string
	// AttendanceRecorders are the same of the attendance.
	AttendanceRecorders []string
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
	page := RevisionPage{Below: after.Revision + 1, Limit: int(min(after.Revision-before.Revision, MaxOrigins)) + 1, Records: true}
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
			OrganizationRaters: r.organizationRatedSince(before),
		}
		origins[i].set(r, before)
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

// set says who set the ratings by the superior and the attendance of plans that are not those of the revision before. Where
// nobody can read what these were, it names nobody.
func (o *Origin) set(r, before *Revision) {
	was := before.Record.Facts.Segments
	if len(was) == 0 {
		return
	}
	for i := range r.Record.Facts.Segments {
		is, by := &r.Record.Facts.Segments[i], r.authors(i)
		then := &domain.Segment{}
		same := slices.IndexFunc(was, func(s domain.Segment) bool { return s.Plan.Source == is.Plan.Source })
		if same >= 0 {
			then = &was[same]
		}
		if is.Rating != nil && ratings(is) != ratings(then) {
			o.Raters = with(o.Raters, by.Rater)
		}
		if is.Attendance != nil && attendance(is) != attendance(then) {
			o.AttendanceRecorders = with(o.AttendanceRecorders, by.AttendanceRecorder)
		}
	}
}

// authors returns who set the facts of the i-th plan.
func (r *Revision) authors(i int) Authors {
	switch {
	case i == len(r.Record.Facts.Segments)-1:
		return r.Authors
	case i < len(r.Earlier):
		return r.Earlier[i]
	}
	return Authors{}
}

// ratings returns the ratings by the superior without their source, zero for none.
func ratings(s *domain.Segment) domain.Rating {
	if s.Rating == nil {
		return domain.Rating{}
	}
	return domain.Rating{Result: s.Rating.Result, Behavior: s.Rating.Behavior}
}

// attendance returns the attendance without its source, zero for none.
func attendance(s *domain.Segment) domain.Attendance {
	if s.Attendance == nil {
		return domain.Attendance{}
	}
	kept := *s.Attendance
	kept.Source = ""
	return kept
}

// with adds somebody who is known to the list, unless they are there.
func with(list []string, somebody string) []string {
	if somebody == "" || slices.Contains(list, somebody) {
		return list
	}
	return append(list, somebody)
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
		if !same {
			raters = with(raters, rating.Rater)
		}
	}
	return raters
}
