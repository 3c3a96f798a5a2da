package daemon

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/run"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type section struct {
	Batch int `yaml:"batch" default:"100" doc:"Rows of a batch." class:"visible"`
}

// widgets is a service whose steps are noted.
type widgets struct {
	mu       sync.Mutex
	steps    []string
	checkErr error
	runErr   error
}

func (w *widgets) note(step string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.steps = append(w.steps, step)
}

func (w *widgets) noted() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string{}, w.steps...)
}

func (*widgets) Name() string { return "kittest" }

func (w *widgets) Register(r grpc.ServiceRegistrar) {
	testrpc.Handlers{Unary: map[string]func(context.Context, *dynamicpb.Message) (proto.Message, error){
		"GetPack": func(context.Context, *dynamicpb.Message) (proto.Message, error) {
			w.note("call")
			return testrpc.New("Widget"), nil
		},
	}}.Register(r, testrpc.WidgetService)
}

func (w *widgets) Runners() []run.Runner {
	return []run.Runner{{Name: "worker", Run: func(ctx context.Context) error {
		w.note("worker begins")
		if w.runErr != nil {
			return w.runErr
		}
		<-ctx.Done()
		w.note("worker ends")
		return nil
	}}}
}

func (w *widgets) Check(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.checkErr
}

func (*widgets) Migrations() fs.FS { return nil }

// output is what a process wrote, which may still run.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// site is a place in which a process can run.
type site struct {
	env    []string
	signer *auth.Signer
}

func newSite(t *testing.T) *site {
	t.Helper()
	dir := t.TempDir()
	signer, err := auth.LoadOrCreateKeys(filepath.Join(dir, "keys"), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	return &site{signer: signer, env: []string{
		"KINERJA_KITTEST_GRPC_ADDR=127.0.0.1:0", "KINERJA_KITTEST_OPS_ADDR=127.0.0.1:0", "KINERJA_KITTEST_GRPC_DRAIN=0s",
		"KINERJA_KITTEST_DB_DRIVER=sqlite", "KINERJA_KITTEST_DB_PATH=" + filepath.Join(dir, "x.db"),
		"KINERJA_KITTEST_NATS_URL=nats://127.0.0.1:1",
		"KINERJA_KITTEST_AUTH_PUBLIC_KEY_FILE=" + filepath.Join(dir, "keys", auth.PublicKeyFile),
	}}
}

func spec(w *widgets) Spec {
	return Spec{Name: "kittest", Config: &section{}, Build: func(_ context.Context, env *Env) (Service, error) {
		env.OnStop("widgets", func(context.Context) error { w.note("closed"); return nil })
		return w, nil
	}}
}

func (s *site) run(ctx context.Context, sp Spec, out *output, args ...string) int {
	return Run(ctx, sp, process.System{Args: args, Env: s.env, Stdout: out, Stderr: out})
}

// addrOf finds the address of a listener in the log.
func addrOf(log, key string) string {
	for line := range strings.SplitSeq(log, "\n") {
		if strings.Contains(line, `"key":"`+key+`"`) {
			_, after, _ := strings.Cut(line, `"addr":"`)
			addr, _, _ := strings.Cut(after, `"`)
			return addr
		}
	}
	return ""
}

// awaitReady waits until the process is ready and returns the address of its calls.
func awaitReady(t *testing.T, out *output) string {
	t.Helper()
	kittest.Await(t, "readiness", func() bool {
		addr := addrOf(out.String(), "ops.addr")
		return addr != "" && health(t, addr) == process.ExitOK
	})
	return addrOf(out.String(), "grpc.addr")
}

// health asks the process with this operations listener whether it is ready.
func health(t *testing.T, addr string) int {
	t.Helper()
	probe := newSite(t)
	return probe.run(t.Context(), spec(&widgets{}), &output{}, "-set", "ops.addr="+addr, "health")
}

func TestServe(t *testing.T) {
	t.Parallel()
	s, w, out := newSite(t), &widgets{}, &output{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	code := make(chan int, 1)
	go func() { code <- s.run(ctx, spec(w), out) }()
	conn, err := grpckit.Dial(grpckit.ClientOptions{Target: awaitReady(t, out)})
	if err != nil {
		t.Fatal(err)
	}
	err = conn.Invoke(t.Context(), testrpc.Method("GetPack"), testrpc.New("PackRequest"), testrpc.New("Widget"))
	if !fault.Is(err, fault.ReasonUnauthenticated) {
		t.Errorf("got %v", err)
	}
	err = conn.Close()
	if err != nil {
		t.Error(err)
	}
	ops := addrOf(out.String(), "ops.addr")
	w.mu.Lock()
	w.checkErr = errors.New("no rule packs")
	w.mu.Unlock()
	if got := health(t, ops); got != process.ExitInternal {
		t.Errorf("health of a process that cannot serve: %d", got)
	}
	metrics := get(t, "http://"+ops+"/metrics")
	for _, name := range []string{"kinerja_build_info", `go_sql_open_connections{db_name="kittest"}`, "kinerja_grpc_server_faults_total"} {
		if !strings.Contains(metrics, name) {
			t.Errorf("no metric %s", name)
		}
	}
	cancel()
	if got := <-code; got != process.ExitOK {
		t.Errorf("exit code %d: %s", got, out)
	}
	if diff := cmp.Diff([]string{"worker begins", "worker ends", "closed"}, w.noted()); diff != "" {
		t.Error(diff)
	}
	var order []string
	for line := range strings.SplitSeq(out.String(), "\n") {
		if strings.Contains(line, `"msg":"stopped"`) {
			_, after, _ := strings.Cut(line, `"unit":"`)
			unit, _, _ := strings.Cut(after, `"`)
			order = append(order, unit)
		}
	}
	want := []string{
		"readiness", "ops", "grpc", "worker", "request log sweeper", "listener of ops.addr", "listener of grpc.addr",
		"widgets", "bus", "database", "telemetry",
	}
	if diff := cmp.Diff(want, order); diff != "" {
		t.Errorf("order of the stop (-want +got):\n%s", diff)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var b bytes.Buffer
	_, err = b.ReadFrom(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestServeFails(t *testing.T) {
	t.Parallel()
	t.Run("a_part_that_does_not_open_closes_what_was_open", func(t *testing.T) {
		t.Parallel()
		taken, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = taken.Close() }()
		s, w, out := newSite(t), &widgets{}, &output{}
		got := s.run(t.Context(), spec(w), out, "-set", "ops.addr="+taken.Addr().String())
		if got != process.ExitInternal || !strings.Contains(out.String(), "ops.addr") {
			t.Errorf("exit code %d: %s", got, out)
		}
		if diff := cmp.Diff([]string{"closed"}, w.noted()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a_runner_that_fails_ends_the_process", func(t *testing.T) {
		t.Parallel()
		s, w, out := newSite(t), &widgets{runErr: errors.New("boom")}, &output{}
		got := s.run(t.Context(), spec(w), out, "run")
		if got != process.ExitInternal || !strings.Contains(out.String(), "run worker: boom") {
			t.Errorf("exit code %d: %s", got, out)
		}
	})
	t.Run("a_service_that_cannot_be_built_ends_the_process", func(t *testing.T) {
		t.Parallel()
		s, out := newSite(t), &output{}
		sp := Spec{Name: "kittest", Build: func(_ context.Context, env *Env) (Service, error) {
			_, err := env.Dial("scoring")
			return nil, err
		}}
		got := s.run(t.Context(), sp, out)
		if got != process.ExitInternal || !strings.Contains(out.String(), "auth.token_file is missing") {
			t.Errorf("exit code %d: %s", got, out)
		}
	})
	t.Run("a_schema_that_is_not_current_is_not_served_without_migrations", func(t *testing.T) {
		t.Parallel()
		s, out := newSite(t), &output{}
		s.env = append(s.env, "KINERJA_KITTEST_DB_MIGRATE=false")
		got := s.run(t.Context(), spec(&widgets{}), out)
		if got != process.ExitInternal || !strings.Contains(out.String(), "older") {
			t.Errorf("exit code %d: %s", got, out)
		}
		got = s.run(t.Context(), spec(&widgets{}), out, "migrate")
		if got != process.ExitOK {
			t.Fatalf("migrate: %d: %s", got, out)
		}
		ctx, cancel := context.WithCancel(t.Context())
		w := &widgets{}
		code := make(chan int, 1)
		go func() { code <- s.run(ctx, spec(w), out) }()
		kittest.Await(t, "the worker", func() bool { return len(w.noted()) > 0 })
		cancel()
		if got := <-code; got != process.ExitOK {
			t.Errorf("exit code %d: %s", got, out)
		}
	})
}

func TestConfig(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	bad := []string{"-set", "grpc.drain=1h", "-set", "nats.url=", "-set", "tls.cert_file=x", "-set", "db.driver=oracle", "config", "check"}
	cases := map[string]struct {
		args []string
		code int
		want string
	}{
		"docs_writes_the_section_of_the_service": {[]string{"config", "docs"}, process.ExitOK, "`KINERJA_KITTEST_SERVICE_BATCH`"},
		"help_names_the_commands_of_a_service":   {[]string{"help"}, process.ExitOK, "outbox retry EVENT_ID"},
		"check_accepts_a_sound_configuration":    {[]string{"config", "check"}, process.ExitOK, ""},
		"an_unknown_key_is_an_error":             {[]string{"-set", "grpc.adr=x", "run"}, process.ExitConfig, "grpc.addr"},
		"check_reports_errors_together":          {bad, process.ExitConfig, "grpc.drain is 1h0m0s"},
		"check_reports_a_missing_address":        {bad, process.ExitConfig, "nats.url is missing"},
		"check_reports_the_engine":               {bad, process.ExitConfig, `db.driver is "oracle"`},
		"check_reports_half_of_tls":              {bad, process.ExitConfig, "belong together"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := &output{}
			got := s.run(t.Context(), spec(&widgets{}), out, c.args...)
			if got != c.code || !strings.Contains(out.String(), c.want) {
				t.Fatalf("exit code %d, want %d with %q:\n%s", got, c.code, c.want, out)
			}
		})
	}
	t.Run("every_key_says_all_there_is_to_know", func(t *testing.T) {
		t.Parallel()
		err := config.Check(&Config{Service: &section{}})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestDial(t *testing.T) {
	t.Parallel()
	s, out := newSite(t), &output{}
	token := filepath.Join(t.TempDir(), "token")
	err := os.WriteFile(token, []byte("x"), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	var conn *grpc.ClientConn
	sp := Spec{Name: "kittest", Build: func(_ context.Context, env *Env) (Service, error) {
		var err error
		conn, err = env.Dial("planning")
		if err != nil || conn.Target() != "p:1" {
			t.Errorf("got %v", err)
		}
		_, err = env.Dial("other")
		if err == nil {
			t.Error("a peer without an address")
		}
		return nil, errors.New("enough")
	}}
	got := s.run(t.Context(), sp, out, "-set", "peers.planning=p:1", "-set", "auth.token_file="+token)
	if got != process.ExitInternal || !strings.Contains(out.String(), "build kittest: enough") || conn.Close() == nil {
		t.Errorf("exit code %d, or the connection is open after the end: %s", got, out)
	}
}
