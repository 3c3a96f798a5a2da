package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	"github.com/kinerja-suite/kinerja/deploy/e2e/rig"
	"github.com/kinerja-suite/kinerja/deploy/standalone"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// crashEnv tells this test binary to be a suite that kills itself, as SIGKILL does, where its value says: `service/point`.
	crashEnv = "KINERJA_E2E_CRASH"
	dataEnv  = "KINERJA_E2E_DATA"

	beforePublish = "before-publish"
	afterPublish  = "after-publish"
)

// runCrashing is the suite in one process, killed at the first chance after the file `armed` is in its data directory.
func runCrashing() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	data := os.Getenv(dataEnv)
	logger, err := telemetry.Logger(os.Stderr, "warn", "text")
	if err != nil {
		return 1
	}
	suite, err := standalone.Open(ctx, standalone.Options{
		Data: data, HTTP: "127.0.0.1:0", GRPC: "127.0.0.1:0", Logger: logger,
		Bus: func(service string, js jetstream.JetStream) jetstream.JetStream {
			return crashingBus{JetStream: js, service: service, data: data}
		},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	go func() {
		if suite.WaitReady(ctx) == nil {
			fmt.Fprintf(os.Stdout, "ready http=http://%s grpc=%s\n", suite.HTTPAddr(), suite.GRPCAddr())
		}
	}()
	err = suite.Run(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// crashingBus kills the process around a publication of the service that crashEnv names.
type crashingBus struct {
	jetstream.JetStream

	service, data string
}

func (b crashingBus) PublishMsg(ctx context.Context, m *nats.Msg, opts ...jetstream.PublishOpt) (*jetstream.PubAck, error) {
	b.die(beforePublish)
	ack, err := b.JetStream.PublishMsg(ctx, m, opts...)
	if err == nil {
		b.die(afterPublish)
	}
	return ack, err
}

func (b crashingBus) die(point string) {
	_, err := os.Stat(b.data + "/armed")
	if err == nil && os.Getenv(crashEnv) == b.service+"/"+point {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// TestKilledRelay kills the process between the commit of a change and its publication, and between the publication and
// its mark, in the service where the change begins and in the one in the middle. After a restart the change is visible,
// and it has had its effect once: one more revision of the score.
func TestKilledRelay(t *testing.T) {
	t.Parallel()
	for _, service := range []string{"assessment", "scoring"} {
		for _, point := range []string{beforePublish, afterPublish} {
			t.Run(service+"_"+point, func(t *testing.T) {
				t.Parallel()
				killedRelay(t, service+"/"+point)
			})
		}
	}
}

func killedRelay(t *testing.T, crash string) {
	t.Helper()
	data := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(context.WithoutCancel(t.Context()), self)
	victim := harness.StartCommand(t, []string{crashEnv + "=" + crash, dataEnv + "=" + data}, command)
	s := load(t, harness.Attach(t, data, victim))
	before := s.score(t, nurse)

	err = os.WriteFile(data+"/armed", nil, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	// The answer may be lost with the process; the change is committed before the relay can see it.
	_, _ = s.Try(t.Context(), s.person(t, nurseHead), http.MethodPatch, period+"/ratings/"+nurse,
		`{"resultRating":"EXPECTATION_ABOVE","behaviorRating":"EXPECTATION_ABOVE"}`)
	victim.Wait()

	again := &suite{Deployment: harness.Standalone(t, data, "--empty"), tokens: s.tokens}
	var after score
	harness.Await(t, func() string {
		after = again.score(t, nurse)
		var report struct{ Predicate, ScoreRevision string }
		again.Do(t, again.admin(t), http.MethodGet, period+"/personReports/"+nurse, "").Decode(t, &report)
		if report.Predicate != "PREDICATE_VERY_GOOD" || report.ScoreRevision != after.Revision {
			return fmt.Sprintf("the report shows %s at revision %s", report.Predicate, report.ScoreRevision)
		}
		return ""
	})
	var was, is int
	_, err = fmt.Sscan(before.Revision+" "+after.Revision, &was, &is)
	if err != nil || is != was+1 {
		t.Errorf("the score went from revision %s to %s, want one more", before.Revision, after.Revision)
	}
}

// TestKilledProcess kills the suite and starts it again: everybody has the same score.
func TestKilledProcess(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	first := load(t, harness.Standalone(t, data, "--empty"))
	people := []string{nurse, nurseHead, "kadis-dinkes", "guru-muda-smp-mahoni-1", "penata-perizinan-1"}
	before := map[string]score{}
	for _, p := range people {
		before[p] = first.score(t, p)
	}
	first.Processes["kinerja"].Kill()

	second := &suite{Deployment: harness.Standalone(t, data, "--empty"), tokens: first.tokens}
	for _, p := range people {
		same(t, p, before[p], second.score(t, p))
	}
}

// TestKilledRecompute kills the suite in the middle of a recompute of people of whom scoring has not heard. After a restart the
// operation goes on behind the chunks that were written, and everybody has been computed once.
func TestKilledRecompute(t *testing.T) {
	t.Parallel()
	const people = 5000
	data := t.TempDir()
	loaded := load(t, harness.Standalone(t, data, "--empty"))
	loaded.Processes["kinerja"].Stop()
	stores(t, data, func(r *rig.Rig) { r.Add(t, people) })

	victim := &suite{Deployment: harness.Standalone(t, data, "--empty"), tokens: loaded.tokens}
	name := victim.recompute(t).Name
	victim.until(t, name, func(o operation) bool { return len(o.Metadata.Parts) > 0 && o.Metadata.Parts[0].Done != "0" })
	victim.Processes["kinerja"].Kill()
	var state string
	var total, written int
	stores(t, data, func(r *rig.Rig) {
		err := r.Scoring.Read().QueryRowContext(t.Context(), "SELECT state, total, written FROM recompute_parts").Scan(&state, &total, &written)
		if err != nil || state != "running" || written == 0 || written >= people {
			t.Fatalf("killed when it was %s and %d of %d people were written, %v", state, written, total, err)
		}
	})

	again := &suite{Deployment: harness.Standalone(t, data, "--empty"), tokens: loaded.tokens}
	o := again.until(t, name, func(o operation) bool { return o.Done })
	part := o.Metadata.Parts[0]
	if o.Metadata.State != "STATE_SUCCEEDED" || o.Response.Written != strconv.Itoa(people) || o.Response.Unchanged != strconv.Itoa(total-people) ||
		part.Done != strconv.Itoa(total) || part.Total != part.Done {
		t.Errorf("the operation is %+v, want all %d people done and %d of them written", o, total, people)
	}
}

// stores opens the databases of a suite that does not run.
func stores(t *testing.T, data string, use func(r *rig.Rig)) {
	t.Helper()
	var r rig.Rig
	for name, db := range map[string]**sqlkit.DB{"planning": &r.Planning, "assessment": &r.Assessment, "scoring": &r.Scoring} {
		opened, err := sqlkit.OpenSQLite(t.Context(), filepath.Join(data, name+".db"))
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		*db = opened
	}
	use(&r)
}
