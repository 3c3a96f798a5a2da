package mass_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/mass"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// released returns the checker of a bundle with three scores, one of them final, that were recomputed after the text of their
// rule pack had changed.
func released(t *testing.T, b *bundle) *mass.Checker {
	t.Helper()
	const path = "packs/permenpanrb-6-2022.v1.yaml"
	checker := surveyed(t, b)
	b.decided(name(1), 1)
	before, err := b.store.Score(t.Context(), of2026, name(1))
	must(t, err)
	text, err := os.ReadFile("../pack/" + path)
	must(t, err)
	packs, err := pack.Load(fstest.MapFS{path: {Data: append(text, "# Keterangan.\n"...)}})
	must(t, err)
	b.app.Packs = pack.NewLibrary(packs, nil)
	outcome, err := b.app.Execute(t.Context(), all())
	if err != nil || outcome != (app.Outcome{Written: 3, Indexes: 2}) {
		t.Fatalf("the recompute ended with %+v, %v", outcome, err)
	}
	after, err := b.store.Score(t.Context(), of2026, name(1))
	must(t, err)
	if diff := cmp.Diff(before.Final, after.Final); diff != "" || after.Revision != 3 {
		t.Fatalf("revision %d; final (-want +got):\n%s", after.Revision, diff)
	}
	for range 3 {
		must(t, checker.Turn(t.Context()))
	}
	if found := b.mismatches(); len(found) != 0 {
		t.Fatalf("found %+v", found)
	}
	return checker
}

func TestChecker_after_a_release_with_another_text_of_a_rule_pack(t *testing.T) {
	t.Parallel()
	const of = " WHERE person = 'p00001' AND revision = "
	cases := map[string]struct {
		statement string
		damaged   bool
	}{
		"finds_another_angka_kredit":      {`UPDATE score_revisions SET final = REPLACE(final, '"decision":1', '"credit":"99.99","decision":1')` + of + "3", false},
		"finds_another_predicate":         {`UPDATE score_revisions SET final = REPLACE(final, '"poor"', '"very_good"')` + of + "3", false},
		"finds_that_its_basis_is_changed": {"UPDATE score_revisions SET achievement = '1.00'" + of + "1", true},
		"finds_that_its_basis_is_gone":    {"DELETE FROM score_revisions" + of + "1", true},
		"finds_that_its_record_is_gone":   {"DELETE FROM score_revisions" + of + "2", true},
		"finds_that_its_record_is_none":   {"UPDATE score_revisions SET final = ''" + of + "2", true},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			b := one(t)
			checker := released(t, b)
			before, err := b.store.Score(t.Context(), of2026, name(1))
			must(t, err)
			b.statement(c.statement)
			alarms := 1
			for range 2 {
				for range 2 {
					must(t, checker.Turn(t.Context()))
				}
				if found := b.mismatches(); len(found) != alarms || found[0].Person != name(1) {
					t.Fatalf("found %+v", found)
				}
				outcome, err := b.app.Execute(t.Context(), all())
				if err != nil || outcome.Written > 1 {
					t.Fatalf("the recompute ended with %+v, %v", outcome, err)
				}
				if c.damaged {
					alarms++
				}
			}
			after, err := b.store.Score(t.Context(), of2026, name(1))
			must(t, err)
			if diff := cmp.Diff(before.Final, after.Final); diff != "" {
				t.Fatalf("final (-want +got):\n%s", diff)
			}
		})
	}
}
