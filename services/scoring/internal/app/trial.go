package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

const (
	// maxTrial is how many people one trial computes at most. Somebody waits for it: at over 4,000 people a second it takes
	// about half of the ten seconds that the edge waits for a service.
	maxTrial = 20_000
	// maxTrialChanges is of how many people a trial tells what changes, maxTrialFailures of how many why they fail.
	maxTrialChanges  = 200
	maxTrialFailures = 20
)

// TrialCounts is what a trial keeps: nothing about single people.
type TrialCounts struct {
	// Scored have a score in the period, People of them were tried. Up and Down are those whose predicate becomes better or
	// worse, Other those who gain one or lose theirs, Failed those whose facts the draft cannot compute with although the
	// standing rules can. Final are those of People whose predicate people have fixed: no rules move it, and they are in the
	// other counts and the moves by what both sets of rules give.
	Scored, People, Up, Down, Other, Failed, Final int
	// State, Value, Achievement, Suggestion and Credit are those of whom it becomes another one, whatever their predicate
	// does: gained and lost is another one, too.
	State, Value, Achievement, Suggestion, Credit int
	Moves                                         []Move
}

// Move counts people with one predicate before and one after.
type Move struct {
	Before, After domain.Predicate
	Count         int
}

// TrialSummary is a trial without single people.
type TrialSummary struct {
	Period      domain.Period
	ContentHash string
	Trier       string
	TryTime     time.Time
	TrialCounts
}

// TrialResult is a trial with what changes for whom.
type TrialResult struct {
	TrialSummary
	// Changes are the greatest ones first: of the predicate, then of the angka kredit, the value and the achievement; then by
	// person.
	Changes []TrialChange
	// Failures are the first of those who are Failed, by person.
	Failures []TrialFailure
}

// TrialFailure is somebody whose facts a draft cannot compute with, and why in Indonesian.
type TrialFailure struct {
	Person  string
	Reasons []string
}

// TrialChange is what a draft would change for one person.
type TrialChange struct {
	Person string
	// Final says that people have fixed the predicate: Before is what the standing rules give, and no rules move what is fixed.
	Final         bool
	Before, After TrialOutcome
	// Reasons say in Indonesian what has become another number, after a sentence that a predicate that is Final does not move.
	Reasons []string

	// steps is how many predicates apart it is; the others by how much those numbers differ.
	steps                      int
	credit, value, achievement decimal.Decimal
	in                         domain.Input
}

// TrialOutcome is what of a result a trial compares; what is empty is not there.
type TrialOutcome struct {
	State                      domain.State
	Predicate                  domain.Predicate
	Value, Achievement, Credit string
	Suggestion                 domain.Expectation
}

func trialOutcome(r *domain.Result) TrialOutcome {
	return TrialOutcome{
		State: r.State, Predicate: r.Predicate, Value: r.Value, Achievement: r.Achievement, Credit: r.Credit, Suggestion: r.Suggestion,
	}
}

// Trial computes a period by two sets of rules: those of the period and a draft. Both are given the same facts, read from
// planning and assessment, so that every difference is one of the rules. Answers of so few people that the rules of the period
// withhold them are not among the facts.
type Trial struct {
	Recompute *Recompute
}

// Run tries a draft on everybody who has a score in the period; of more than 20,000 people on every second, fourth, eighth
// and so on in the order of their ids. It returns ErrNoScores when there is nobody to try it on.
func (t *Trial) Run(ctx context.Context, period domain.Period, draft *domain.Pack) (TrialResult, error) {
	run := trialRun{draft: draft, moves: map[Move]int{}}
	run.result.Period, run.result.ContentHash = period, draft.Hash()
	scores, err := t.sample(ctx, &run)
	if err != nil {
		return TrialResult{}, err
	}
	for page := range slices.Chunk(scores, MaxPeople) {
		err = t.page(ctx, &run, page)
		if err != nil {
			return TrialResult{}, err
		}
	}
	if run.result.People == 0 {
		return TrialResult{}, ErrNoScores
	}
	return run.end()
}

// sample counts the scores of the period and returns those that are tried, which lie at equal distances.
func (t *Trial) sample(ctx context.Context, run *trialRun) ([]Revision, error) {
	var sample []Revision
	distance := 1
	for after := ""; ; {
		scores, err := t.Recompute.Store.Scores(ctx, run.result.Period, after, MaxPeople)
		if err != nil || len(scores) == 0 {
			return sample, err
		}
		after = scores[len(scores)-1].Person
		for _, score := range scores {
			if run.result.Scored%distance == 0 {
				sample = append(sample, score)
			}
			run.result.Scored++
			if len(sample) > maxTrial {
				sample, distance = everySecond(sample), 2*distance
			}
		}
	}
}

// everySecond keeps the first, the third and so on.
func everySecond(scores []Revision) []Revision {
	kept := scores[:0]
	for i := 0; i < len(scores); i += 2 {
		kept = append(kept, scores[i])
	}
	return kept
}

// page computes the people of a page.
func (t *Trial) page(ctx context.Context, run *trialRun, scores []Revision) error {
	p := part{Work: Work{Period: run.result.Period}}
	standing, final := current{scores: make(map[string]Head, len(scores))}, map[string]bool{}
	for _, score := range scores {
		final[score.Person] = score.Final != nil
		p.people = append(p.people, score.Person)
		standing.scores[score.Person] = Head{Unit: score.Unit}
	}
	known, err := t.Recompute.gather(ctx, p, standing)
	if err != nil {
		return err
	}
	run.standing, err = t.Recompute.Packs.For(ctx, known.terms.RulePack, known.terms.Start)
	if err != nil {
		return fmt.Errorf("%w: period %s of %s: %w", ErrUncomputable, p.Period.ID, p.Period.Tenant, err)
	}
	b := batch{part: p, known: known}
	for _, person := range p.people {
		plans := known.plans[person]
		if len(plans) == 0 {
			continue // the plan is not approved any more
		}
		in, _ := b.input(person, plans)
		withhold(run.standing, in.Segments)
		run.try(person, in, final[person])
	}
	return nil
}

// trialRun is one trial under way.
type trialRun struct {
	standing, draft *domain.Pack
	result          TrialResult
	moves           map[Move]int
}

func (r *trialRun) try(person string, in domain.Input, final bool) {
	draft, failure := domain.ComputeWithoutTrace(r.draft, in)
	standing, err := domain.ComputeWithoutTrace(r.standing, in)
	r.result.People++
	if final {
		r.result.Final++
	}
	if failure != nil && err == nil {
		r.fail(person, failure)
		return
	}
	// Rules that cannot compute with the facts of today give nothing, which an empty result stands for.
	before, after := trialOutcome(&standing), trialOutcome(&draft)
	r.count(before, after)
	if before == after {
		return
	}
	r.keep(TrialChange{
		Person: person, Final: final, Before: before, After: after, in: in, steps: steps(before, after),
		credit: gap(before.Credit, after.Credit), value: gap(before.Value, after.Value), achievement: gap(before.Achievement, after.Achievement),
	})
}

// fail counts a person whose facts only the standing rules can compute with; of the first it keeps why.
func (r *trialRun) fail(person string, err error) {
	r.result.Failed++
	if len(r.result.Failures) < maxTrialFailures {
		r.result.Failures = append(r.result.Failures, TrialFailure{Person: person, Reasons: explain.Uncomputable(err)})
	}
}

// count adds what a person becomes to the counts.
func (r *trialRun) count(before, after TrialOutcome) {
	r.moves[Move{Before: before.Predicate, After: after.Predicate}]++
	switch {
	case (before.Predicate == "") != (after.Predicate == ""):
		r.result.Other++
	case rank(before.Predicate) > rank(after.Predicate):
		r.result.Up++
	case rank(before.Predicate) < rank(after.Predicate):
		r.result.Down++
	}
	for _, field := range []struct {
		count   *int
		differs bool
	}{
		{&r.result.State, before.State != after.State},
		{&r.result.Value, before.Value != after.Value},
		{&r.result.Achievement, before.Achievement != after.Achievement},
		{&r.result.Suggestion, before.Suggestion != after.Suggestion},
		{&r.result.Credit, before.Credit != after.Credit},
	} {
		if field.differs {
			*field.count++
		}
	}
}

// steps returns how many predicates apart two outcomes are.
func steps(before, after TrialOutcome) int {
	apart := rank(before.Predicate) - rank(after.Predicate)
	return max(apart, -apart)
}

// gap returns by how much two numbers of results differ; one that is not there is 0.
func gap(before, after string) decimal.Decimal {
	parsed := func(text string) decimal.Decimal {
		number, err := decimal.Parse(text)
		if err != nil {
			return decimal.Zero
		}
		return number
	}
	difference, err := num.Sub(parsed(after), parsed(before))
	if err != nil {
		return decimal.Zero
	}
	return difference.Abs()
}

// rank returns the place of a predicate, 0 the best; one that is not known is behind all.
func rank(p domain.Predicate) int {
	order := domain.Predicates()
	at := slices.Index(order, p)
	if at < 0 {
		return len(order)
	}
	return at
}

// keep adds a change to those that are told of, the greatest first.
func (r *trialRun) keep(c TrialChange) {
	at, _ := slices.BinarySearchFunc(r.result.Changes, c, func(a, b TrialChange) int {
		return cmp.Or(b.steps-a.steps, b.credit.Cmp(a.credit), b.value.Cmp(a.value), b.achievement.Cmp(a.achievement),
			cmp.Compare(a.Person, b.Person))
	})
	if at >= maxTrialChanges {
		return
	}
	r.result.Changes = slices.Insert(r.result.Changes, at, c)
	if len(r.result.Changes) > maxTrialChanges {
		r.result.Changes = r.result.Changes[:maxTrialChanges]
	}
}

// end sorts the moves and says why the changes are.
func (r *trialRun) end() (TrialResult, error) {
	for move, count := range r.moves {
		move.Count = count
		r.result.Moves = append(r.result.Moves, move)
	}
	slices.SortFunc(r.result.Moves, func(a, b Move) int {
		if rank(a.Before) != rank(b.Before) {
			return rank(a.Before) - rank(b.Before)
		}
		return rank(a.After) - rank(b.After)
	})
	for i := range r.result.Changes {
		c := &r.result.Changes[i]
		before, err := domain.Compute(r.standing, c.in)
		if err != nil { // see try
			before = domain.Result{}
		}
		after, err := domain.Compute(r.draft, c.in)
		if err != nil {
			return TrialResult{}, err
		}
		c.Reasons = explain.Between(r.standing, r.draft, before, after)
		if c.Final {
			c.Reasons = slices.Insert(c.Reasons, 0, explain.Unmoved)
		}
		c.in = domain.Input{}
	}
	return r.result, nil
}
