package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

func TestCommit_computes_the_indexes_that_differ_again_when_an_answer_was_faster(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ctx := t.Context()
	answered := func(id, unit string) {
		w := work(id)
		w.Units.Add(unit, "kinerja.assessment.v1.survey.answered")
		b.execute(t, w)
	}
	for _, unit := range []string{"u1", "u2", "u3"} {
		b.survey(unit, 20, 3)
	}
	answered("e1", "u1")
	chunk, claim := b.lastChunk(t)
	b.survey("u2", 21, 4)
	answered("e2", "u2")
	b.survey("u3", 21, 4) // whose event was lost
	b.peers.asked = nil
	err := b.Commit(ctx, chunk, claim)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"facts of 0 and [u2 u3]", "terms"}, b.sorted()); diff != "" {
		t.Fatalf("calls (-want +got):\n%s", diff)
	}
	for unit, want := range map[string]string{"u1": "75.00", "u2": "100.00", "u3": "100.00"} {
		index, err := b.store.SurveyScore(ctx, period, unit)
		if err != nil || index.Revision != 1 || index.Value != want {
			t.Errorf("index of %s is %+v, %v", unit, index, err)
		}
	}
}

func TestFailure_says_whether_the_facts_or_a_defect_are_the_cause(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err      error
		reason   fault.Reason
		sentence string
	}{
		{fmt.Errorf("sum: %w", num.ErrOverflow), fault.ReasonRulePackMisfit, "Angkanya terlalu besar untuk dihitung menurut paket aturan ini."},
		{domain.ErrInvalidTrace, fault.ReasonInternal, "Terjadi kesalahan pada sistem."},
	} {
		got := app.FailureOf("ani", c.err)
		if got.Person != "ani" || got.Reason != c.reason || len(got.Sentences) != 1 || !strings.HasPrefix(got.Sentences[0], c.sentence) {
			t.Errorf("%v: %+v", c.err, got)
		}
	}
}

// lastChunk returns a chunk without people of a recompute of the tenant, and the claim to commit it by.
func (b bundle) lastChunk(t *testing.T) (*app.Chunk, app.Claim) {
	t.Helper()
	key := app.PartKey{Operation: "o1", Period: period}
	err := b.store.CreateOperation(t.Context(), app.Operation{
		Owner: "tenants/3402", ID: "o1", Period: period.ID, CreateTime: noon, Parts: []app.Part{{PartKey: key, State: app.OperationQueued}},
	})
	if err != nil {
		t.Fatal(err)
	}
	claim := app.Claim{PartKey: key, Holder: "w1", At: noon, Until: noon.Add(time.Minute)}
	part, err := b.store.ClaimPart(t.Context(), claim)
	if err != nil {
		t.Fatal(err)
	}
	chunk, err := b.Prepare(t.Context(), part, app.PlannedPage{})
	if err != nil {
		t.Fatal(err)
	}
	return chunk, claim
}

// sorted returns what the peers were asked, in alphabetical order: plans and facts are asked for at the same time.
func (b bundle) sorted() []string {
	return slices.Sorted(slices.Values(b.peers.asked))
}
