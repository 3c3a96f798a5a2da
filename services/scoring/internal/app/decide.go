package app

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// decision computes a part and collects what differs from what is written.
type decision struct {
	part    part
	current current
	known   known
	pack    *domain.Pack
	now     time.Time

	scores   []ScoreChange
	indexes  []domain.SurveyScore
	failures []error
	outcome  Outcome
}

// scorePeople computes the score of everybody with an approved plan, in the order of their ids. No trace is made: a
// record is enough to write, and a trace is made of it for whoever looks at the score.
func (d *decision) scorePeople() {
	for _, person := range d.part.people {
		plans := d.known.plans[person]
		if len(plans) == 0 {
			d.outcome.Skipped++
			continue
		}
		in, inputTime := d.input(person, plans)
		result, err := domain.ComputeWithoutTrace(d.pack, in)
		if err != nil {
			d.outcome.Failed++
			if len(d.part.People[person]) > 0 {
				d.fail("score of", person, err)
			}
			continue
		}
		head, digest := d.current.scores[person], result.Digest()
		if digest == head.Digest {
			d.outcome.Unchanged++
			continue
		}
		d.outcome.Written++
		d.scores = append(d.scores, ScoreChange{
			Score: Revision{
				Score: domain.Score{
					Period: d.part.Period, Person: person, Revision: head.Revision + 1,
					ComputeTime: d.now, InputTime: inputTime, Result: result,
				},
				Final:  head.Final.Carry(digest),
				Causes: slices.Sorted(slices.Values(d.part.causes[person])),
				Rater:  d.known.people[person].Rater,
			},
			OldPredicate: head.Predicate, OldValue: head.Value, OldAchievement: head.Achievement,
		})
	}
}

// input puts together what is known about a person, and when the newest of it was recorded.
func (d *decision) input(person string, plans []PlanFacts) (domain.Input, time.Time) {
	own := d.known.people[person]
	in, newest := domain.Input{Segments: make([]domain.Segment, len(plans))}, own.LatestTime
	for i := range plans {
		plan := &plans[i]
		results, unit := own.Earlier[plan.Plan.Source], d.known.units[plan.Plan.Unit]
		if i == len(plans)-1 {
			results = own.PlanResults
		}
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

// indexUnits computes the index of every unit with enough responses.
func (d *decision) indexUnits() {
	for _, unit := range d.part.units {
		facts := d.known.units[unit]
		if facts.Survey == nil {
			continue
		}
		index, err := domain.SurveyIndex(d.pack, *facts.Survey)
		if errors.Is(err, domain.ErrTooFewResponses) {
			continue
		}
		if err != nil {
			d.fail("satisfaction index of", unit, err)
			continue
		}
		head := d.current.indexes[unit]
		if index.Digest() == head.Digest {
			continue
		}
		d.outcome.Indexes++
		d.indexes = append(d.indexes, domain.SurveyScore{
			Period: d.part.Period, Unit: unit, Revision: head.Revision + 1, ComputeTime: d.now, Index: index,
		})
	}
}

func (d *decision) fail(what, id string, err error) {
	d.failures = append(d.failures, fmt.Errorf("%w: %s %s in period %s of %s: %w",
		ErrUncomputable, what, id, d.part.Period.ID, d.part.Period.Tenant, err))
}

// write returns the transaction of the decision.
func (d *decision) write(announcer Announcer) Write {
	w := Write{
		Consumer: d.part.Consumer, Indexes: d.indexes, At: d.now,
		Publish: announcer.Announce(d.part.Period, d.scores, d.indexes),
	}
	if len(d.failures) == 0 {
		w.Events = d.part.Events
	}
	for _, change := range d.scores {
		w.Scores = append(w.Scores, change.Score)
	}
	return w
}
