package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

func TestExplainAt_dates_a_decision_in_western_Indonesia(t *testing.T) {
	t.Parallel()
	c := sit(t)
	late := time.Date(2026, time.December, 31, 17, 30, 0, 0, time.UTC)
	c.clock.Advance(late.Sub(c.clock.Now()))
	c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
	got, err := c.show.ExplainAt(access.Trusted(t.Context()), period, "ani", explain.Summary)
	if err != nil {
		t.Fatal(err)
	}
	if first := got.Sections[0].Sentences[0]; !strings.Contains(first, "pada tanggal 1 Januari 2027,") {
		t.Fatalf("the explanation opens with %q", first)
	}
}
