package oracle_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// seeds is how many people of each pack the fuzzer begins with.
const seeds = 16

// FuzzCompute draws somebody whom a pack can judge, and demands that the domain says what the oracle says, and the same
// whatever the order of the facts, with a trace and without one, from its trace and from its record. Facts as large as they
// may be are an error of their own when what follows from them does not fit.
func FuzzCompute(f *testing.F) {
	all := everyPack(f)
	for of := range all {
		for n := range uint64(seeds) {
			f.Add(uint8(of), n, false, []byte{})
		}
		f.Add(uint8(of), uint64(0), true, []byte("as large as facts may be"))
	}
	f.Fuzz(func(t *testing.T, of uint8, seed uint64, extreme bool, steer []byte) {
		one := all[int(of)%len(all)]
		r := newDrawer(domaintest.Steered(seed, steer), one.rules)
		in := r.input()
		if extreme {
			r.stretch(&in.Segments[r.IntN(len(in.Segments))])
		}
		_, err := domain.Compute(one.pack, in)
		if extreme && errors.Is(err, num.ErrOverflow) {
			return
		}
		if compare(t, one, in, nil) {
			repeated(t, one.pack, in, domaintest.Shuffled(r.Rand, in))
		}
	})
}

// repeated demands the same result of the same facts by every way to it.
func repeated(t *testing.T, p *domain.Pack, in, reordered domain.Input) {
	t.Helper()
	want, err := domain.Compute(p, in)
	if err != nil {
		t.Fatal(err)
	}
	same := func(way string, got domain.Result, err error) {
		t.Helper()
		if err != nil || got.Digest() != want.Digest() {
			t.Fatalf("%s: another digest, %v\n%s", way, err, example(in))
		}
		if !reflect.DeepEqual(want, got) {
			t.Fatalf("%s (-want +got):\n%s\n%s", way, cmp.Diff(want, got), example(in))
		}
	}
	got, err := domain.Compute(p, reordered)
	same("in another order", got, err)
	got, err = domain.Replay(p, want.Trace.Inputs())
	same("from the trace", got, err)
	got, err = domain.Compute(p, want.Record.Facts)
	same("from the record", got, err)
	trace, err := want.Record.Trace(p)
	if err != nil || !reflect.DeepEqual(want.Trace, trace) {
		t.Fatalf("the record has another trace, %v:\n%s\n%s", err, cmp.Diff(want.Trace, trace), example(in))
	}
	got, err = domain.ComputeWithoutTrace(p, in)
	want.Trace = domain.Trace{}
	same("without a trace", got, err)
}

// TestFuzzCompute_begins_with_every_formula holds the seeds of the fuzzer to what they are for: each of them is computed,
// and together they take every formula, every way to the number of a component, every way to one number from several
// indicators, and what there is of surveys.
func TestFuzzCompute_begins_with_every_formula(t *testing.T) {
	t.Parallel()
	reached := map[string]bool{}
	for _, of := range everyPack(t) {
		seen := newCoverage()
		for n := range uint64(seeds) {
			in := newDrawer(domaintest.Steered(n, nil), of.rules).input()
			if !compare(t, of, in, seen) {
				t.Fatalf("seed %d of %s is not computed", n, of.pack.Name())
			}
		}
		seen.named(of.rules, reached)
	}
	wanted := slices.Concat(slices.Collect(maps.Keys((&sheet{}).ways())), slices.Collect(maps.Keys(combined)), []string{
		"achievement.normal", "achievement.lower_is_better", "achievement.range", "achievement.range_lower_is_better",
		"achievement.efficiency", "achievement/missing", "achievement/cap", "achievement/efficiency/inside",
		"achievement/efficiency/within", "achievement/efficiency/beyond", "survey/too few", "survey/bands/A", "survey/bands/B",
		"survey/bands/C", "survey/bands/D", "segments/last", "segments/value", "state/complete", "state/provisional",
		"state/incomplete",
	})
	for _, name := range wanted {
		if !reached[name] {
			t.Errorf("no seed reaches %s", name)
		}
	}
}

// named adds the branches that have been taken, those of components by what their ways are called in every pack.
func (c *coverage) named(rules node, to map[string]bool) {
	for branch := range c.taken {
		to[branch] = true
		rest, of := strings.CutPrefix(branch, "components/")
		id, last, _ := strings.Cut(rest, "/")
		if !of {
			continue
		}
		for way, terms := range rules.at("components").by("id", id).fields {
			to[way] = to[way] || last == "number"
			to[terms.at("combine").text] = to[terms.at("combine").text] || last == terms.at("combine").text
		}
	}
}
