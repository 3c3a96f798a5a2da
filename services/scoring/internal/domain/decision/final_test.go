package decision_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

func TestFinal_every_field_counts(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 1, 12, 0, 0, 1000, time.UTC)
	final := func() *decision.Final {
		return &decision.Final{
			Predicate: domain.PredicateGood, Decision: 2, Revision: 7, Basis: decision.Basis{Credit: "12.50", Digest: "d", Outcome: "o"}, AdoptTime: at, Author: "dewi", Approver: "wali",
		}
	}
	cases := map[string]struct {
		change func(f *decision.Final)
		want   [2]string
	}{
		"final.decision":   {func(f *decision.Final) { f.Decision = 3 }, [2]string{"2", "3"}},
		"final.predicate":  {func(f *decision.Final) { f.Predicate = domain.PredicatePoor }, [2]string{"good", "poor"}},
		"final.credit":     {func(f *decision.Final) { f.Credit = "" }, [2]string{"12.50", ""}},
		"final.revision":   {func(f *decision.Final) { f.Revision = 8 }, [2]string{"7", "8"}},
		"final.digest":     {func(f *decision.Final) { f.Digest = "e" }, [2]string{"d", "e"}},
		"final.outcome":    {func(f *decision.Final) { f.Outcome = "p" }, [2]string{"o", "p"}},
		"final.adopt_time": {func(f *decision.Final) { f.AdoptTime = at.Add(time.Second) }, [2]string{"2026-07-01T12:00:00.000001Z", "2026-07-01T12:00:01.000001Z"}},
		"final.author":     {func(f *decision.Final) { f.Author = "tono" }, [2]string{"dewi", "tono"}},
		"final.approver":   {func(f *decision.Final) { f.Approver = "" }, [2]string{"wali", ""}},
		"final.outdated":   {func(f *decision.Final) { f.Outdated = true }, [2]string{"", "true"}},
	}
	made := decision.Decision{
		Number: 2, State: decision.StateAdopted, Author: "dewi", Approver: "wali", AnswerTime: at,
		Content: decision.Content{Predicate: domain.PredicateGood, Revision: 7},
	}
	for id, c := range cases {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			changed := final()
			c.change(changed)
			got := decision.Differences(final(), changed)
			if len(got) != 1 || got[0].Label == "" {
				t.Fatalf("differences %v", got)
			}
			follows := id == decision.FieldCredit || id == "final.digest" || id == "final.outcome" || id == decision.FieldOutdated
			if made.Made(changed) != follows {
				t.Fatalf("what the decision has made is not %t", follows)
			}
			want := domain.Difference{ID: id, Label: got[0].Label, Before: c.want[0], After: c.want[1]}
			if diff := cmp.Diff(want, got[0]); diff != "" || changed.Sum() == final().Sum() {
				t.Fatalf("sum %s, difference (-want +got):\n%s", changed.Sum(), diff)
			}
		})
	}
	var none *decision.Final
	if !made.Made(final()) || made.Made(none) {
		t.Fatal("the decision has not made what it says, or has made nothing")
	}
	same := final()
	if none.Sum() != "" || decision.Differences(none, nil) != nil || len(decision.Differences(nil, same)) != 9 ||
		same.Sum() != final().Sum() || decision.Differences(same, final()) != nil {
		t.Fatal("what is the same differs, or nothing does not")
	}
}

func TestFinal(t *testing.T) {
	t.Parallel()
	d, err := proposed(decision.KindOverride).Approve(at(domain.StateComplete, nil), above, later)
	if err != nil {
		t.Fatal(err)
	}
	same, another := &domain.Result{Value: "91.00"}, &domain.Result{Value: "92.00"}
	got := d.Final(decision.Basis{Credit: "6.25", Digest: "digest", Outcome: same.Outcome()})
	want := decision.Final{
		Predicate: domain.PredicatePoor, Decision: 1, Revision: 3, Basis: decision.Basis{Credit: "6.25", Digest: "digest", Outcome: same.Outcome()}, AdoptTime: later,
		Author: "dewi", Approver: "wali",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("final (-want +got):\n%s", diff)
	}
	t.Run("is_carried_as_it_is_to_the_same_outcome", func(t *testing.T) {
		t.Parallel()
		if diff := cmp.Diff(&want, got.Carry(same)); diff != "" {
			t.Fatalf("final (-want +got):\n%s", diff)
		}
	})
	t.Run("is_outdated_by_another_outcome_until_it_is_the_same_again", func(t *testing.T) {
		t.Parallel()
		changed := want
		changed.Outdated = true
		if diff := cmp.Diff(&changed, got.Carry(another)); diff != "" {
			t.Fatalf("final (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(&want, got.Carry(another).Carry(same)); diff != "" {
			t.Fatalf("final (-want +got):\n%s", diff)
		}
		if got.Outdated {
			t.Fatal("the carried one is the same value")
		}
	})
	t.Run("is_nothing_when_nothing_is_final", func(t *testing.T) {
		t.Parallel()
		var none *decision.Final
		if none.Carry(same) != nil {
			t.Fatal("something is final")
		}
	})
}
