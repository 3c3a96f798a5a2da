package store

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func rules(tb testing.TB) *domain.Pack {
	tb.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		tb.Fatal(err)
	}
	p, err := catalog.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// stored returns the record as it comes out of the database.
func stored(tb testing.TB, r domain.Record) domain.Record {
	tb.Helper()
	text, err := encodeRecord(r)
	if err != nil {
		tb.Fatal(err)
	}
	back, err := decodeRecord(text)
	if err != nil {
		tb.Fatal(err)
	}
	return back
}

// TestRecordRow_gives_back_the_trace_and_the_result takes random facts through the stored form, with every rule pack: the
// trace of it is the one that was computed, byte for byte, and repeating the computation gives the same result.
func TestRecordRow_gives_back_the_trace_and_the_result(t *testing.T) {
	t.Parallel()
	const rounds = 300
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range catalog.Files() {
		t.Run(strings.ReplaceAll(file.Pack.Name(), "/", "_"), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(21, 22))
			for range rounds {
				comesBack(t, file.Pack, domaintest.Input(r, file.Pack))
			}
		})
	}
}

// comesBack takes one input through the stored form.
func comesBack(t *testing.T, p *domain.Pack, in domain.Input) {
	t.Helper()
	want, err := domain.Compute(p, in)
	if err != nil {
		t.Fatal(err)
	}
	record := stored(t, want.Record)
	trace, err := record.Trace(p)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want.Trace, trace) {
		t.Fatalf("the trace differs (-computed +stored):\n%s", cmp.Diff(want.Trace, trace))
	}
	again, err := domain.Compute(p, record.Facts)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, again) || want.Digest() != again.Digest() {
		t.Fatalf("the stored facts give another result (-computed +repeated):\n%s", cmp.Diff(want, again))
	}
}

// TestRecordRow_is_read_as_it_was_written holds the form of a record, and the trace that is made of it, to files: what
// was written once must be shown the same for as long as it is kept.
func TestRecordRow_is_read_as_it_was_written(t *testing.T) {
	t.Parallel()
	p := rules(t)
	result, err := domain.ComputeWithoutTrace(p, domaintest.Nurse())
	if err != nil {
		t.Fatal(err)
	}
	text, err := encodeRecord(result.Record)
	if err != nil {
		t.Fatal(err)
	}
	written := golden(t, "nurse.record.golden", text+"\n")
	record, err := decodeRecord(written)
	if err != nil {
		t.Fatal(err)
	}
	trace, err := record.Trace(p)
	if err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	for _, in := range trace.Inputs() {
		fmt.Fprintf(&shown, "%s: %s = %s, %s\n", in.Label, in.ID, in.Value, in.Source)
	}
	for _, step := range trace.Steps {
		fmt.Fprintf(&shown, "%s: %s = %s%s = %s, %d\n", step.Label, step.ID, step.Rule, step.Operands, step.Result, step.Places)
	}
	golden(t, "nurse.trace.golden", shown.String())
}

// golden demands that the file of testdata says the same, and returns what it says.
func golden(t *testing.T, name, got string) string {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		err := os.WriteFile(path, []byte(got), 0o600)
		if err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
	return string(want)
}

// TestRecordRow_is_small bounds what a revision of a usual person takes by the rules of each pack, with all facts that the
// pack reads: there are many people, and a revision stays.
func TestRecordRow_is_small(t *testing.T) {
	t.Parallel()
	const limit = 4096
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range catalog.Files() {
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			t.Parallel()
			result, err := domain.ComputeWithoutTrace(file.Pack, nurseFor(file.Pack))
			if err != nil {
				t.Fatal(err)
			}
			text, err := encodeRecord(result.Record)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes", len(text))
			if len(text) > limit {
				t.Fatalf("the record takes %d bytes, more than %d", len(text), limit)
			}
		})
	}
}

// nurseFor returns the nurse with every kind of fact that components of the pack read, under names of the usual length.
func nurseFor(p *domain.Pack) domain.Input {
	nurse := domaintest.Nurse()
	s := &nurse.Segments[0]
	s.Panels = nil
	source := strings.Replace(s.Rating.Source, "ratings", "behaviorValues", 1)
	for _, k := range p.Definition().Components {
		switch {
		case k.Panel != nil:
			s.Panels = append(s.Panels, domain.Panel{Group: k.Panel.Group, Count: 24, Questions: 7, Sum: 546})
		case k.Behavior != nil:
			s.Behavior = &domain.Behavior{Value: decimal.MustParse("95.5"), Source: source}
		case k.Tasks != nil:
			s.Tasks = &domain.Tasks{Count: 3, Source: source}
		case k.Prior != nil:
			s.Prior = &domain.Prior{Value: decimal.MustParse("88.25"), Source: source}
		case k.Innovations != nil:
			s.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: 1}}, Source: source}
		case k.Contributions != nil:
			s.Contributions = []domain.Contribution{{
				Goal: source, Description: "Angka kesakitan menurun di wilayah kerja", Share: decimal.MustParse("60"),
				Achievement: decimal.MustParse("102.5"), Source: source,
			}}
		}
	}
	return nurse
}

func BenchmarkEncodeRecord(b *testing.B) {
	result, err := domain.ComputeWithoutTrace(rules(b), domaintest.Nurse())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err = encodeRecord(result.Record)
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeRecord(b *testing.B) {
	result, err := domain.ComputeWithoutTrace(rules(b), domaintest.Nurse())
	if err != nil {
		b.Fatal(err)
	}
	text, err := encodeRecord(result.Record)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err = decodeRecord(text)
		if err != nil {
			b.Fatal(err)
		}
	}
}
