package mass

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

const (
	// checkEvery is the time from one sample to the next.
	checkEvery = time.Minute
	// maxSuspects bounds the scores that are looked at again; those beyond it wait for chance.
	maxSuspects = 1000
	// arrival is how long a fact may take to the scores that it changes, from when they are first seen to rest on other facts.
	// Until then they are not wrong; after it, the event of the fact was lost or waits for somebody.
	arrival = 15 * time.Minute
	// provinceDigits is how much of a tenant's code is that of its province.
	provinceDigits = 2
)

// Recomputer computes scores and satisfaction indexes from the facts without writing; app.Recompute is one.
type Recomputer interface {
	Recomputed(ctx context.Context, period domain.Period, people []string) (map[string]app.Recomputed, error)
	RecomputedIndexes(ctx context.Context, period domain.Period, units []string) (map[string]app.Recomputed, error)
}

// CheckerDeps are what a checker works with. All are required.
type CheckerDeps struct {
	Mismatches app.Mismatches
	Roster     app.Roster
	Recomputer Recomputer
	Live       *app.Live
	IDs        ids.Source
	Clock      clock.Clock
	Logger     *slog.Logger
	Metrics    *Metrics
	// People is how many people are looked at in a minute, and how many units; 1 to app.MaxPeople.
	People int
}

// Checker looks all the time whether stored scores and satisfaction indexes are what the facts give, whether what is final is
// what was decided, whether whoever has an approved plan has a score, and whether every unit with enough answers, and no other,
// has an index. What differs, and what is missing, is looked at again with the next sample, a minute later: changes that were on
// their way have then arrived. When it still differs, with the same revision and by the same result, and no fact came in within
// the last 15 minutes that is newer than it, the checker raises an alarm. What the facts cannot compute it counts and logs.
type Checker struct {
	d CheckerDeps
	// suspects are what has differed, with what came out.
	suspects map[subject]suspect
}

// kind is what is looked at.
type kind string

// The two kinds.
const (
	scores  kind = "score"
	indexes kind = "satisfaction index"
)

// subject is the score of a person, or the satisfaction index of a unit.
type subject struct {
	group
	id string
}

// group is what is looked at together.
type group struct {
	kind   kind
	period domain.Period
}

type suspect struct {
	revision int64
	computed app.Recomputed
	// since is when the two were first seen to differ.
	since time.Time
}

// NewChecker returns a checker that does nothing until Run.
func NewChecker(d CheckerDeps) *Checker { return &Checker{d: d, suspects: map[subject]suspect{}} }

// Run checks until ctx is done and returns nil. Where the database or a service does not answer, it tries again with the
// next sample.
func (c *Checker) Run(ctx context.Context) error {
	ticker := time.NewTicker(checkEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		c.d.Live.Yield(ctx, maxYield)
		err := c.Turn(ctx)
		if err != nil && ctx.Err() == nil {
			c.d.Logger.WarnContext(ctx, "scores could not be checked", slog.Any("error", err))
		}
	}
}

// Turn looks at the suspects again, and at one sample: planned people who follow each other, from a person drawn at random
// in a period drawn at random, and units of the same tenant.
func (c *Checker) Turn(ctx context.Context) error {
	err := c.again(ctx)
	if err != nil {
		return err
	}
	period, err := c.draw(ctx)
	if err != nil || period.ID == "" {
		return err
	}
	people, err := c.sample(ctx, period)
	if err != nil {
		return err
	}
	err = c.first(ctx, group{scores, period}, people)
	if err != nil {
		return err
	}
	units, err := c.d.Roster.Units(ctx, period.Tenant)
	if err != nil {
		return err
	}
	rand.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
	return c.first(ctx, group{indexes, period}, units[:min(len(units), c.d.People)])
}

// first looks at those of a sample who are no suspects: these were looked at just now.
func (c *Checker) first(ctx context.Context, of group, ids []string) error {
	return c.look(ctx, of, slices.DeleteFunc(ids, func(id string) bool {
		_, suspected := c.suspects[subject{of, id}]
		return suspected
	}))
}

// draw returns a period with scores or indexes, or the same one of another tenant of the province, which may have lost all of its
// scores; the zero period when there is none.
func (c *Checker) draw(ctx context.Context) (domain.Period, error) {
	scored, err := c.d.Mismatches.ScoredPeriods(ctx)
	if err != nil || len(scored) == 0 {
		return domain.Period{}, err
	}
	of := scored[rand.IntN(len(scored))]
	periods, err := c.d.Roster.ProvincePeriods(ctx, of.Tenant[:provinceDigits], of.ID)
	if err != nil || len(periods) == 0 {
		return domain.Period{}, err
	}
	return periods[rand.IntN(len(periods))], nil
}

// sample returns planned people who follow each other, with or without a score: those after a person with a score, and
// where they end those from the first on.
func (c *Checker) sample(ctx context.Context, period domain.Period) ([]string, error) {
	count, err := c.d.Mismatches.CountScores(ctx, period)
	if err != nil {
		return nil, err
	}
	after := ""
	if n := rand.IntN(count + 1); n > 0 {
		after, err = c.d.Mismatches.ScoredPerson(ctx, period, n-1)
		if err != nil {
			return nil, err
		}
	}
	page, err := c.d.Roster.Planned(ctx, app.PlannedQuery{Period: period, After: after, Limit: c.d.People})
	if err != nil || after == "" || len(page.People) == c.d.People {
		return page.People, err
	}
	first, err := c.d.Roster.Planned(ctx, app.PlannedQuery{Period: period, Limit: c.d.People - len(page.People)})
	if err != nil {
		return nil, err
	}
	seen := func(person string) bool { return slices.Contains(page.People, person) }
	return append(page.People, slices.DeleteFunc(first.People, seen)...), nil
}

// again looks at the suspects.
func (c *Checker) again(ctx context.Context) error {
	groups := map[group][]string{}
	for s := range c.suspects {
		groups[s.group] = append(groups[s.group], s.id)
	}
	order := slices.SortedFunc(maps.Keys(groups), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.period.Tenant, b.period.Tenant), cmp.Compare(a.period.ID, b.period.ID), cmp.Compare(a.kind, b.kind))
	})
	for _, of := range order {
		for ids := range slices.Chunk(slices.Sorted(slices.Values(groups[of])), app.MaxPeople) {
			err := c.look(ctx, of, ids)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// stored returns the current revisions of the group.
func (c *Checker) stored(ctx context.Context, of group, ids []string) (map[string]app.Sample, error) {
	if of.kind == indexes {
		return c.d.Mismatches.SampleOfIndexes(ctx, of.period, ids)
	}
	return c.d.Mismatches.SampleOf(ctx, of.period, ids)
}

// computed returns what the facts give for the group.
func (c *Checker) computed(ctx context.Context, of group, ids []string) (map[string]app.Recomputed, error) {
	if of.kind == indexes {
		return c.d.Recomputer.RecomputedIndexes(ctx, of.period, ids)
	}
	return c.d.Recomputer.Recomputed(ctx, of.period, ids)
}

// look compares the current revisions of a group, which are read first, with what the facts give.
func (c *Checker) look(ctx context.Context, of group, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	stored, err := c.stored(ctx, of, ids)
	if err != nil {
		return err
	}
	computed, err := c.computed(ctx, of, ids)
	without := errors.Is(err, app.ErrUncomputable) // a period without a rule pack, which must not hold up the others
	if without {
		c.d.Logger.WarnContext(ctx, "scores of a period cannot be checked", slog.Any("error", err))
	} else if err != nil {
		return fmt.Errorf("recompute a sample: %w", err)
	}
	c.logUncomputable(ctx, of, ids, computed)
	for _, id := range ids {
		s := stored[id]
		now, ok := computed[id]
		key := subject{of, id}
		found, before := c.suspect(key, s, now)
		switch {
		case without, now.Problem != "":
			c.count("uncomputable")
		case !ok, s.Revision == 0 && now == app.Recomputed{}:
			c.count("skipped")
		case now.Digest == s.Digest && now.Digest == s.RowDigest && now.Final == s.Final && !now.Damaged:
			c.count("equal")
		case before && !c.arriving(s, now, found):
			err = c.confirm(ctx, key, s, now)
			if err != nil {
				return err
			}
		default:
			c.count("changing")
			if len(c.suspects) < maxSuspects {
				c.suspects[key] = found
			}
		}
	}
	return nil
}

// logUncomputable tells of whom and of what the facts give nothing, so that nobody knows whether what is stored is right.
func (c *Checker) logUncomputable(ctx context.Context, of group, ids []string, computed map[string]app.Recomputed) {
	uncomputable := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return computed[id].Problem == "" })
	logger := c.d.Logger.With(slog.String("kind", string(of.kind)), slog.String("tenant", of.period.Tenant), slog.String("period", of.period.ID))
	for _, id := range uncomputable[:min(len(uncomputable), maxLogged)] {
		logger.ErrorContext(ctx, "cannot be computed, so not checked", slog.String("id", id), slog.String("error", computed[id].Problem))
	}
	if left := len(uncomputable) - maxLogged; left > 0 {
		logger.ErrorContext(ctx, "more of a sample cannot be computed, so not checked", slog.Int("not_logged", left))
	}
}

// suspect returns what a difference is suspected for, and whether it was before. It forgets it.
func (c *Checker) suspect(of subject, s app.Sample, now app.Recomputed) (found suspect, before bool) {
	last, ok := c.suspects[of]
	delete(c.suspects, of)
	if ok && last.revision == s.Revision && last.computed == now {
		return last, true
	}
	return suspect{s.Revision, now, c.d.Clock.Now()}, false
}

// arriving reports whether facts may be on their way to what is stored, which is sound but for its facts.
func (c *Checker) arriving(s app.Sample, now app.Recomputed, found suspect) bool {
	return s.Digest == s.RowDigest && s.Facts != now.Facts && c.d.Clock.Now().Sub(found.since) < arrival
}

// confirm raises the alarm, unless a new revision was written since it was read.
func (c *Checker) confirm(ctx context.Context, of subject, s app.Sample, now app.Recomputed) error {
	current, err := c.stored(ctx, of.group, []string{of.id})
	if err != nil {
		return err
	}
	if current[of.id].Revision != s.Revision {
		c.count("changing")
		return nil
	}
	stored, computed := differing(s, now)
	m := app.Mismatch{
		ID: c.d.IDs.New(), Period: of.period, Revision: s.Revision, StoredDigest: stored, ComputedDigest: computed, FindTime: c.d.Clock.Now(),
	}
	if of.kind == indexes {
		m.Unit = of.id
	} else {
		m.Person = of.id
	}
	added, err := c.d.Mismatches.AddMismatch(ctx, m)
	if err != nil {
		return err
	}
	c.count("mismatch")
	if !added {
		return nil // it was told before
	}
	c.d.Metrics.mismatches.Inc()
	c.d.Logger.ErrorContext(ctx, "what is stored is not what the facts give; nothing was changed",
		slog.String("kind", string(of.kind)), slog.String("tenant", of.period.Tenant), slog.String("period", of.period.ID), slog.String("person", m.Person), slog.String("unit", m.Unit),
		slog.Int64("revision", s.Revision), slog.String("stored_digest", stored), slog.String("computed_digest", computed))
	return nil
}

// differing returns the first pair of digests that are not the same.
func differing(s app.Sample, now app.Recomputed) (stored, computed string) {
	for _, stored := range []string{s.Digest, s.RowDigest} {
		if stored != now.Digest {
			return stored, now.Digest
		}
	}
	return s.Final, now.Final
}

func (c *Checker) count(outcome string) { c.d.Metrics.checked.WithLabelValues(outcome).Inc() }
