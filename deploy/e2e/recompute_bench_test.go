package e2e

import (
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/kinerja-suite/kinerja/deploy/e2e/rig"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
)

const (
	recomputePeriod = "tenants/3402/periods/2026"
	// massPeople is how many people a recompute has, unless the variable says otherwise.
	massPeople    = 10_000
	massPeopleEnv = "KINERJA_BENCH_PEOPLE"
	// massMemoryEnv switches the measurement of memory on, which takes minutes.
	massMemoryEnv = "KINERJA_BENCH_MEMORY"
	// recomputePoll is how often the operation is looked at.
	recomputePoll = 5 * time.Millisecond
)

// BenchmarkRecompute is a mass recompute of a tenant with planning and assessment behind gRPC: of everybody for the first
// time, and again when nothing has changed. Beside it, in the same run, the floor: the same reads and the same rows with
// nothing computed.
func BenchmarkRecompute(b *testing.B) {
	for _, engine := range kittest.Engines(b) {
		b.Run(engine.Name, func(b *testing.B) {
			r := rig.Start(b, engine)
			r.Add(b, people(b))
			for b.Loop() {
				r.Forget(b)
				first, took := recompute(b, r)
				again, unchanged := recompute(b, r)
				if first.GetWritten() != again.GetUnchanged() || first.GetWritten() < int64(people(b)) || again.GetWritten() != 0 {
					b.Fatalf("the first recompute gave %v, the second %v", first, again)
				}
				base := floor(b, r, int(first.GetWritten()))
				rate := func(d time.Duration) float64 { return float64(first.GetWritten()) / d.Seconds() }
				b.ReportMetric(rate(took), "people/s")
				b.ReportMetric(rate(base), "floor-people/s")
				b.ReportMetric(rate(unchanged), "unchanged-people/s")
				b.ReportMetric(took.Seconds()/base.Seconds(), "ratio")
			}
			b.ReportMetric(0, "ns/op") // means nothing here
		})
	}
}

// BenchmarkRecomputeMemory is the largest heap of the process during a recompute, planning and assessment in it, for few
// and for many people.
func BenchmarkRecomputeMemory(b *testing.B) {
	if os.Getenv(massMemoryEnv) == "" {
		b.Skipf("left out: it takes minutes; set %s=1", massMemoryEnv)
	}
	for _, engine := range kittest.Engines(b) {
		for _, n := range []int{10_000, 500_000} {
			b.Run(engine.Name+"/"+strconv.Itoa(n), func(b *testing.B) {
				r := rig.Start(b, engine)
				r.Add(b, n)
				for b.Loop() {
					r.Forget(b)
					peak := watch()
					done, took := recompute(b, r)
					b.ReportMetric(float64(peak())/(1<<20), "peak-heap-MiB")
					b.ReportMetric(float64(done.GetWritten())/took.Seconds(), "people/s")
				}
				b.ReportMetric(0, "ns/op") // means nothing here
			})
		}
	}
}

func people(b *testing.B) int {
	b.Helper()
	text := os.Getenv(massPeopleEnv)
	if text == "" {
		return massPeople
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// recompute runs one to its end.
func recompute(b *testing.B, r *rig.Rig) (*scoringv1.RecomputeResponse, time.Duration) {
	b.Helper()
	started := time.Now() //nolint:forbidigo // a benchmark reads the clock
	o, err := r.Recomputes.Recompute(b.Context(), &scoringv1.RecomputeRequest{Parent: recomputePeriod})
	if err != nil {
		b.Fatal(err)
	}
	ticker := time.NewTicker(recomputePoll)
	defer ticker.Stop()
	for !o.GetDone() {
		<-ticker.C
		o, err = r.Operations.GetOperation(b.Context(), &scoringv1.GetOperationRequest{Name: o.GetName()})
		if err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(started)
	response := &scoringv1.RecomputeResponse{}
	err = proto.Unmarshal(o.GetResponse().GetValue(), response)
	if err != nil || o.GetError() != nil {
		b.Fatalf("the operation is %v, %v", o, err)
	}
	return response, took
}

func floor(b *testing.B, r *rig.Rig, want int) time.Duration {
	b.Helper()
	row, err := r.Template(b.Context(), demo.NurseID)
	if err != nil {
		b.Fatal(err)
	}
	r.Forget(b)
	started := time.Now() //nolint:forbidigo // a benchmark reads the clock
	got, err := r.Floor(b.Context(), recomputePeriod, row)
	if err != nil || got != want {
		b.Fatalf("the floor has done %d of %d people, %v", got, want, err)
	}
	return time.Since(started)
}

// watch samples the heap until the function is called, which returns the largest.
func watch() func() uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	stop := make(chan struct{})
	var largest uint64
	var wg sync.WaitGroup
	wg.Go(func() {
		ticker := time.NewTicker(recomputePoll)
		defer ticker.Stop()
		for {
			metrics.Read(sample)
			largest = max(largest, sample[0].Value.Uint64())
			select {
			case <-stop:
				return
			case <-ticker.C:
			}
		}
	})
	return func() uint64 {
		close(stop)
		wg.Wait()
		return largest
	}
}
