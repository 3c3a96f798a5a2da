package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// TestDecide_the_period_ends_at_midnight_in_western_Indonesia finalizes without a reason in the last minute of a period and
// in the first one after it.
func TestDecide_the_period_ends_at_midnight_in_western_Indonesia(t *testing.T) {
	t.Parallel()
	c := sit(t)
	c.peers.terms.End = time.Date(2026, 7, 2, 0, 0, 0, 0, time.UTC)
	midnight := time.Date(2026, 7, 1, 17, 0, 0, 0, time.UTC)
	c.clock.Advance(midnight.Sub(c.clock.Now()) - 2*time.Minute)
	_, err := c.propose(t, decision.Content{Kind: decision.KindFinalize}, superior)
	if !errors.Is(err, decision.ErrReason) {
		t.Fatalf("at %s the error is %v, want ErrReason", c.clock.Now(), err)
	}
	c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
	if !c.clock.Now().Equal(midnight) {
		t.Fatalf("it is %s", c.clock.Now())
	}
}

func TestDecide_asks_the_period_for_a_finalization_without_a_reason_alone(t *testing.T) {
	t.Parallel()
	c := sit(t)
	c.peers.err = errors.New("planning is away")
	_, err := c.propose(t, decision.Content{Kind: decision.KindFinalize}, superior)
	if !errors.Is(err, c.peers.err) {
		t.Fatalf("error is %v, want that of planning", err)
	}
	c.proposed(t, decision.Content{Kind: decision.KindOverride, Predicate: domain.PredicatePoor, Reason: because}, superior)
	c.proposed(t, decision.Content{Kind: decision.KindFinalize, Reason: because}, superior)
}

// TestDecide_evidence_that_decides_nothing_outdates_nothing answers a survey that the rules show and do not count.
func TestDecide_evidence_that_decides_nothing_outdates_nothing(t *testing.T) {
	t.Parallel()
	c := sit(t)
	c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
	unit := c.peers.units["u1"]
	unit.Survey = survey(10, 33)
	c.peers.units["u1"] = unit
	got := c.changed(t, "90")
	after := c.score(t, "ani")
	if got.Written != 1 || after.SurveyIndex == "" || after.Final == nil || after.Final.Outdated {
		t.Fatalf("%+v, index %q, final %+v", got, after.SurveyIndex, after.Final)
	}
}
