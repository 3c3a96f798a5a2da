package mass

import (
	"cmp"
	"context"
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
	// arrival is how long a fact may take from its record to the scores that it changes. Until then a score that is older
	// than the fact is not wrong; after it, the event of the fact was lost or waits for somebody.
	arrival = 15 * time.Minute
)

// Recomputer computes scores from the facts without writing; app.Recompute is one.
type Recomputer interface {
	Recomputed(ctx context.Context, period domain.Period, people []string) (map[string]app.Recomputed, error)
}

// CheckerDeps are what a checker works with. All are required.
type CheckerDeps struct {
	Mismatches app.Mismatches
	Recomputer Recomputer
	Live       *app.Live
	IDs        ids.Source
	Clock      clock.Clock
	Logger     *slog.Logger
	Metrics    *Metrics
	// People is how many scores are looked at in a minute, 1 to app.MaxPeople.
	People int
}

// Checker looks all the time whether stored scores are what the facts give. A score that differs is looked at again with
// the next sample, a minute later: changes that were on their way have then arrived. When it still differs, with the
// same revision and by the same result, and no fact came in within the last 15 minutes that is newer than it, the checker
// raises an alarm.
type Checker struct {
	d CheckerDeps
	// suspects are what has differed, with the digest that came out.
	suspects map[subject]suspect
}

type subject struct {
	period domain.Period
	person string
}

type suspect struct {
	revision int64
	digest   string
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

// Turn looks at the suspects again, and at one sample: people who follow each other, from a person drawn at random in a
// period drawn at random.
func (c *Checker) Turn(ctx context.Context) error {
	err := c.again(ctx)
	if err != nil {
		return err
	}
	periods, err := c.d.Mismatches.ScoredPeriods(ctx)
	if err != nil || len(periods) == 0 {
		return err
	}
	period := periods[rand.IntN(len(periods))]
	count, err := c.d.Mismatches.CountScores(ctx, period)
	if err != nil {
		return err
	}
	offset := rand.IntN(max(1, count-c.d.People+1))
	sample, err := c.d.Mismatches.SampleScores(ctx, period, offset, c.d.People)
	if err != nil {
		return err
	}
	return c.look(ctx, period, sample)
}

// again looks at the suspects.
func (c *Checker) again(ctx context.Context) error {
	byPeriod := map[domain.Period][]string{}
	for s := range c.suspects {
		byPeriod[s.period] = append(byPeriod[s.period], s.person)
	}
	periods := slices.SortedFunc(maps.Keys(byPeriod), func(a, b domain.Period) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
	})
	for _, period := range periods {
		for people := range slices.Chunk(slices.Sorted(slices.Values(byPeriod[period])), app.MaxPeople) {
			stored, err := c.d.Mismatches.SampleOf(ctx, period, people)
			if err != nil {
				return err
			}
			err = c.look(ctx, period, slices.Collect(maps.Values(stored)))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// look compares revisions, which were read before, with what the facts give.
func (c *Checker) look(ctx context.Context, period domain.Period, sample []app.SampleScore) error {
	if len(sample) == 0 {
		return nil
	}
	people := make([]string, len(sample))
	for i, s := range sample {
		people[i] = s.Person
	}
	computed, err := c.d.Recomputer.Recomputed(ctx, period, people)
	if err != nil {
		return fmt.Errorf("recompute a sample: %w", err)
	}
	for _, s := range sample {
		now, ok := computed[s.Person]
		key := subject{period, s.Person}
		before, suspected := c.suspects[key]
		delete(c.suspects, key)
		switch {
		case !ok:
			c.count("skipped")
		case now.Digest == s.Digest:
			c.count("equal")
		case suspected && before == suspect{s.Revision, now.Digest} && !c.arriving(s, now):
			err = c.confirm(ctx, period, s, now)
			if err != nil {
				return err
			}
		default:
			c.count("changing")
			if len(c.suspects) < maxSuspects {
				c.suspects[key] = suspect{s.Revision, now.Digest}
			}
		}
	}
	return nil
}

// arriving reports whether the newest of the facts may be on its way to the score.
func (c *Checker) arriving(s app.SampleScore, now app.Recomputed) bool {
	return now.InputTime.After(s.InputTime) && c.d.Clock.Now().Sub(now.InputTime) < arrival
}

// confirm raises the alarm, unless a new revision was written since the score was read.
func (c *Checker) confirm(ctx context.Context, period domain.Period, s app.SampleScore, now app.Recomputed) error {
	current, err := c.d.Mismatches.SampleOf(ctx, period, []string{s.Person})
	if err != nil {
		return err
	}
	if current[s.Person].Revision != s.Revision {
		c.count("changing")
		return nil
	}
	added, err := c.d.Mismatches.AddMismatch(ctx, app.Mismatch{
		ID: c.d.IDs.New(), Period: period, Person: s.Person, Revision: s.Revision,
		StoredDigest: s.Digest, ComputedDigest: now.Digest, FindTime: c.d.Clock.Now(),
	})
	if err != nil {
		return err
	}
	c.count("mismatch")
	if !added {
		return nil // it was told before
	}
	c.d.Metrics.mismatches.Inc()
	c.d.Logger.ErrorContext(ctx, "a stored score is not what the facts give; nothing was changed",
		slog.String("tenant", period.Tenant), slog.String("period", period.ID), slog.String("person", s.Person),
		slog.Int64("revision", s.Revision), slog.String("stored_digest", s.Digest), slog.String("computed_digest", now.Digest))
	return nil
}

func (c *Checker) count(outcome string) { c.d.Metrics.checked.WithLabelValues(outcome).Inc() }
