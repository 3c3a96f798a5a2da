package domain_test

import (
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// usual is the facts about a usual person: nine indicators and a survey.
func usual() domain.Input {
	in := nurse()
	for i := range 7 {
		id := "results/r2/indicators/i" + string(rune('1'+i))
		in.Plan.Indicators = append(in.Plan.Indicators, domain.Indicator{
			ID: id, Description: "Jumlah laporan", Unit: "dokumen", Formula: domain.FormulaNormal,
			Target: decimal.MustParse("12"), Source: domain.SourceReported,
		})
		in.Realisations = append(in.Realisations, domain.Realisation{Indicator: id, Value: num.Int(11), Source: "progressReports/2"})
	}
	return in
}

func BenchmarkCompute(b *testing.B) { benchmark(b, domain.Compute) }

func BenchmarkComputeWithoutTrace(b *testing.B) { benchmark(b, domain.ComputeWithoutTrace) }

func benchmark(b *testing.B, compute func(*domain.Pack, domain.Input) (domain.Result, error)) {
	b.Helper()
	p, in := rules(b), usual()
	b.ReportAllocs()
	for b.Loop() {
		_, err := compute(p, in)
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDigest is what it costs to find out whether a result has changed.
func BenchmarkDigest(b *testing.B) {
	result, err := domain.ComputeWithoutTrace(rules(b), usual())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		result.Digest()
	}
}

// BenchmarkRecord_Trace is what it costs to show a computation.
func BenchmarkRecord_Trace(b *testing.B) {
	p := rules(b)
	result, err := domain.ComputeWithoutTrace(p, usual())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err = result.Record.Trace(p)
		if err != nil {
			b.Fatal(err)
		}
	}
}
