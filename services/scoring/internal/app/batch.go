package app

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// batch computes a part and collects what differs from what is written.
type batch struct {
	part    part
	current current
	known   known
	pack    *domain.Pack
	now     time.Time

	scores   []ScoreChange
	indexes  []domain.SurveyScore
	failures []error
	// failed are the people whose score cannot be computed, by id; at most MaxFailures are kept.
	failed  []failed
	outcome Outcome
}

// failed is somebody whose score cannot be computed.
type failed struct {
	person string
	err    error
}

// failure says what is wrong. Everything but a defect is about the facts and the rules.
func (f failed) failure() Failure {
	_, refused := errors.AsType[*domain.FlawsError](f.err)
	if refused || errors.Is(f.err, num.ErrOverflow) {
		return Failure{Person: f.person, Reason: fault.ReasonRulePackMisfit, Sentences: explain.Uncomputable(f.err)}
	}
	return Failure{Person: f.person, Reason: fault.ReasonInternal, Sentences: []string{fault.New(fault.ReasonInternal).Local()}}
}

// scorePeople computes the score of everybody with an approved plan, in the order of their ids. No trace is made: a
// record is enough to write, and a trace is made of it for whoever looks at the score.
func (b *batch) scorePeople() {
	for _, person := range b.part.people {
		plans := b.known.plans[person]
		if len(plans) == 0 {
			b.outcome.Skipped++
			continue
		}
		in, inputTime := b.input(person, plans)
		result, err := domain.ComputeWithoutTrace(b.pack, in)
		if err != nil {
			b.outcome.Failed++
			if len(b.failed) < MaxFailures {
				b.failed = append(b.failed, failed{person, err})
			}
			if len(b.part.People[person]) > 0 {
				b.fail("score of", person, err)
			}
			continue
		}
		head, digest := b.current.scores[person], result.Digest()
		if digest == head.Digest {
			b.outcome.Unchanged++
			continue
		}
		b.outcome.Written++
		own := b.known.people[person]
		score := Revision{
			Score: domain.Score{
				Period: b.part.Period, Person: person, Revision: head.Revision + 1,
				ComputeTime: b.now, InputTime: inputTime, Result: result,
			},
			Final:  b.current.final(person).Carry(&result),
			Causes: slices.Sorted(slices.Values(b.part.causes[person])),

			OrganizationRatings: b.organizationRatings(plans),
			Authors:             own.of(&plans[len(plans)-1].Plan, true).Authors, Earlier: own.earlier(plans),
		}
		b.scores = append(b.scores, ScoreChange{
			Score: score, Word: b.pack.Word(score.holds()),
			OldPredicate: head.Predicate, OldValue: head.Value, OldAchievement: head.Achievement, OldCredit: head.Credit, OldFinal: head.Final,
		})
	}
}

// input puts together what is known about a person, and when the newest of it was recorded.
func (b *batch) input(person string, plans []PlanFacts) (domain.Input, time.Time) {
	own := b.known.people[person]
	in, newest := domain.Input{Segments: make([]domain.Segment, len(plans))}, own.LatestTime
	for i := range plans {
		plan := &plans[i]
		results, unit := own.of(&plan.Plan, i == len(plans)-1), b.known.units[plan.Plan.Unit]
		in.Segments[i] = domain.Segment{
			Plan: plan.Plan, Realisations: results.Realisations, Rating: results.Rating, Behavior: results.Behavior,
			Attendance: results.Attendance, Survey: unit.Survey, Organization: unit.Organization,
			Panels: results.Panels, Contributions: results.Contributions, Innovations: results.Innovations, Tasks: results.Tasks,
			Prior: results.Prior,
		}
		for _, at := range []time.Time{plan.ApproveTime, unit.LatestTime} {
			if at.After(newest) {
				newest = at
			}
		}
	}
	return in, newest
}

// organizationRatings returns the ratings of the units of plans, each once.
func (b *batch) organizationRatings(plans []PlanFacts) []OrganizationRating {
	var ratings []OrganizationRating
	for i := range plans {
		unit := plans[i].Plan.Unit
		facts := b.known.units[unit]
		known := slices.ContainsFunc(ratings, func(r OrganizationRating) bool { return r.Unit == unit })
		if facts.Organization != nil && !known {
			ratings = append(ratings, OrganizationRating{Unit: unit, Level: facts.Organization.Level, Rater: facts.OrganizationRater})
		}
	}
	return ratings
}

// indexUnits computes the index of every unit with enough responses.
func (b *batch) indexUnits() {
	for _, unit := range b.part.units {
		facts := b.known.units[unit]
		if facts.Survey == nil {
			continue
		}
		index, err := domain.SurveyIndex(b.pack, *facts.Survey)
		if errors.Is(err, domain.ErrTooFewResponses) {
			continue
		}
		if err != nil {
			b.fail("satisfaction index of", unit, err)
			continue
		}
		head := b.current.indexes[unit]
		if index.Digest() == head.Digest {
			continue
		}
		b.outcome.Indexes++
		b.indexes = append(b.indexes, domain.SurveyScore{
			Period: b.part.Period, Unit: unit, Revision: head.Revision + 1, ComputeTime: b.now, Index: index,
		})
	}
}

func (b *batch) fail(what, id string, err error) {
	b.failures = append(b.failures, fmt.Errorf("%w: %s %s in period %s of %s: %w",
		ErrUncomputable, what, id, b.part.Period.ID, b.part.Period.Tenant, err))
}

// write returns the transaction of the batch.
func (b *batch) write(announcer Announcer) Write {
	w := Write{
		Consumer: b.part.Consumer, Indexes: b.indexes, At: b.now,
		Publish: announcer.Announce(b.part.Period, b.scores, b.indexes),
	}
	if len(b.failures) == 0 {
		w.Events = b.part.Events
	}
	for _, change := range b.scores {
		w.Scores = append(w.Scores, change.Score)
	}
	return w
}
