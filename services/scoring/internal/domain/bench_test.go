package domain_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
)

func BenchmarkCompute(b *testing.B) { benchmark(b, domain.Compute) }

func BenchmarkComputeWithoutTrace(b *testing.B) { benchmark(b, domain.ComputeWithoutTrace) }

func benchmark(b *testing.B, compute func(*domain.Pack, domain.Input) (domain.Result, error)) {
	b.Helper()
	p, in := rules(b), domaintest.Nurse()
	b.ReportAllocs()
	before := worked(b)
	for b.Loop() {
		_, err := compute(p, in)
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(worked(b)-before)/float64(b.N), "cpu-ns/op")
}

// worked returns how long processors have worked for this process. Unlike the time that passes, it does not grow with
// what else the machine does.
func worked(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkDigest is what it costs to find out whether a result has changed.
func BenchmarkDigest(b *testing.B) {
	result, err := domain.ComputeWithoutTrace(rules(b), domaintest.Nurse())
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
	result, err := domain.ComputeWithoutTrace(p, domaintest.Nurse())
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
