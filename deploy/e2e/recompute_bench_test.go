package e2e

import (
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/kinerja-suite/kinerja/deploy/e2e/rig"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
)

const (
	recomputePeriod = "tenants/3402/periods/2026"
	// massPeople is how many people a recompute has, unless the variable says otherwise.
	massPeople    = 10_000
	manyPeople    = 500_000
	massPeopleEnv = "KINERJA_BENCH_PEOPLE"
	// massMemoryEnv switches the measurement of memory on, which takes minutes.
	massMemoryEnv = "KINERJA_BENCH_MEMORY"
	// recomputePoll is how often the operation is looked at: seldom enough to cost nothing.
	recomputePoll = 50 * time.Millisecond
	// heapPoll is how often the heap is looked at.
	heapPoll = 5 * time.Millisecond
)

// BenchmarkRecompute is a mass recompute of a tenant with planning and assessment behind gRPC: of everybody for the first
// time, and again when nothing has changed. Beside it, in the same run, the floor: the same reads and the same rows with
// nothing computed.
func BenchmarkRecompute(b *testing.B) {
	for _, engine := range kittest.Engines(b) {
		b.Run(engine.Name, func(b *testing.B) {
			r := rig.Start(b, engine)
			r.Add(b, people(b, massPeople))
			for b.Loop() {
				r.Forget(b)
				first, took := recompute(b, r)
				again, unchanged := recompute(b, r)
				row, err := r.Template(b.Context(), demo.NurseID)
				if err != nil {
					b.Fatal(err)
				}
				r.Forget(b)
				base := floor(b, r, row, int(first.GetWritten()))
				if first.GetWritten() != again.GetUnchanged() || first.GetWritten() < int64(people(b, massPeople)) || again.GetWritten() != 0 {
					b.Fatalf("the first recompute gave %v, the second %v", first, again)
				}
				all := float64(first.GetWritten())
				b.ReportMetric(all/took.wall.Seconds(), "people/s")
				b.ReportMetric(all/base.wall.Seconds(), "floor-people/s")
				b.ReportMetric(all/unchanged.wall.Seconds(), "unchanged-people/s")
				b.ReportMetric(took.wall.Seconds()/base.wall.Seconds(), "ratio")
				b.ReportMetric(float64(took.cpu.Microseconds())/all, "cpu-µs/person")
				b.ReportMetric(float64(base.cpu.Microseconds())/all, "floor-cpu-µs/person")
				b.ReportMetric(took.cpu.Seconds()/base.cpu.Seconds(), "cpu-ratio")
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
		for _, n := range []int{massPeople, people(b, manyPeople)} {
			b.Run(engine.Name+"/"+strconv.Itoa(n), func(b *testing.B) {
				r := rig.Start(b, engine)
				r.Add(b, n)
				for b.Loop() {
					r.Forget(b)
					peak := watch()
					done, took := recompute(b, r)
					b.ReportMetric(float64(peak())/(1<<20), "peak-heap-MiB")
					b.ReportMetric(float64(done.GetWritten())/took.wall.Seconds(), "people/s")
				}
				b.ReportMetric(0, "ns/op") // means nothing here
			})
		}
	}
}

// people is how many there are, n unless the variable says otherwise.
func people(b *testing.B, n int) int {
	b.Helper()
	text := os.Getenv(massPeopleEnv)
	if text == "" {
		return n
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// spent is the time that something took: on the clock, and of the processor by this process, which is all but the work
// of a PostgreSQL server. Where others share the machine, the second is the one to compare.
type spent struct{ wall, cpu time.Duration }

// start begins to measure.
func start(b *testing.B) func() spent {
	b.Helper()
	runtime.GC() // nobody pays for the garbage of another
	used := func() time.Duration {
		var usage syscall.Rusage
		err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
		if err != nil {
			b.Fatal(err)
		}
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	before, elapsed := used(), clock.Stopwatch()
	return func() spent { return spent{wall: elapsed(), cpu: used() - before} }
}

// recompute runs one to its end.
func recompute(b *testing.B, r *rig.Rig) (*scoringv1.RecomputeResponse, spent) {
	b.Helper()
	stop := start(b)
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
	took := stop()
	response := &scoringv1.RecomputeResponse{}
	err = proto.Unmarshal(o.GetResponse().GetValue(), response)
	if err != nil || o.GetError() != nil {
		b.Fatalf("the operation is %v, %v", o, err)
	}
	return response, took
}

func floor(b *testing.B, r *rig.Rig, row []any, want int) spent {
	b.Helper()
	stop := start(b)
	got, err := r.Floor(b.Context(), recomputePeriod, row)
	if err != nil || got != want {
		b.Fatalf("the floor has done %d of %d people, %v", got, want, err)
	}
	return stop()
}

// watch samples the heap until the function is called, which returns the largest.
func watch() func() uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	stop := make(chan struct{})
	var largest uint64
	var wg sync.WaitGroup
	wg.Go(func() {
		ticker := time.NewTicker(heapPoll)
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
