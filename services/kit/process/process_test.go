package process_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/run"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// settings is the configuration of the process of the tests.
type settings struct {
	Ops       process.OpsConfig       `yaml:"ops"`
	TLS       process.TLSConfig       `yaml:"tls"`
	Peers     process.PeersConfig     `yaml:"peers"`
	Log       process.LogConfig       `yaml:"log"`
	Telemetry process.TelemetryConfig `yaml:"telemetry"`
	Batch     int                     `yaml:"batch" default:"100" doc:"Rows of a batch." class:"visible"`
}

func (s *settings) Common() process.Common {
	return process.Common{Ops: s.Ops, Log: s.Log, Telemetry: s.Telemetry}
}

// journal is what a process did, and what it wrote; it may still run.
type journal struct {
	mu    sync.Mutex
	steps []string
	out   bytes.Buffer
}

func (j *journal) note(step string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.steps = append(j.steps, step)
}

func (j *journal) noted() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]string{}, j.steps...)
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.out.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.out.String()
}

// closes makes the process note when it closes what was opened under the name.
func (j *journal) closes(env *process.Env, name string) {
	env.OnStop(name, func(context.Context) error { j.note(name + " closed"); return nil })
}

// SetServing and Withdraw make the journal a process.Health.
func (j *journal) SetServing(serving bool) {
	if serving {
		j.note("serving")
	} else {
		j.note("not serving")
	}
}

func (j *journal) Withdraw() { j.note("withdrawn") }

func (j *journal) spec() process.Spec {
	return process.Spec{
		Name: "widgets", Config: &settings{},
		Open: func(_ context.Context, env *process.Env) (process.Parts, error) {
			j.closes(env, "widgets")
			return process.Parts{Health: j, Units: []run.Unit{{Name: "worker", Run: func(ctx context.Context) error {
				<-ctx.Done()
				j.note("worker ended")
				return nil
			}}}}, nil
		},
		Commands: []process.Command{{
			Name: "widget paint", Args: []string{"ID", "COLOUR"}, Help: "paints a widget",
			Run: func(_ context.Context, env *process.Env, args []string) error {
				j.closes(env, "paint")
				switch args[1] {
				case "plaid":
					return process.ErrUsage
				case "invisible":
					return errors.New("there is no such paint")
				}
				_, err := env.Stdout.Write([]byte(args[0] + " is " + args[1]))
				return err
			},
		}},
	}
}

func (j *journal) run(ctx context.Context, sp process.Spec, args ...string) int {
	return process.Run(ctx, sp, process.System{
		Args: args, Env: []string{"KINERJA_WIDGETS_OPS_ADDR=127.0.0.1:0"}, Stdout: j, Stderr: j,
	})
}

func TestCommands(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "widgets.yaml")
	err := os.WriteFile(file, []byte("batch: 7\n"), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		args  []string
		code  int
		want  string
		steps []string
	}{
		"print_writes_the_configuration_in_force":   {[]string{"-config", file, "config", "print"}, process.ExitOK, "batch: 7", nil},
		"a_flag_wins_over_the_file":                 {[]string{"-config", file, "-set", "batch=8", "config", "print"}, process.ExitOK, "batch: 8", nil},
		"docs_writes_the_reference":                 {[]string{"config", "docs"}, process.ExitOK, "`KINERJA_WIDGETS_BATCH`", nil},
		"check_accepts_a_sound_configuration":       {[]string{"config", "check"}, process.ExitOK, "", nil},
		"check_reports_half_of_tls":                 {[]string{"-set", "tls.cert_file=x", "config", "check"}, process.ExitConfig, "belong together", nil},
		"check_reports_a_missing_address":           {[]string{"-set", "ops.addr=", "config", "check"}, process.ExitConfig, "ops.addr is missing", nil},
		"version_names_the_program":                 {[]string{"version"}, process.ExitOK, "widgetsd ", nil},
		"an_unknown_command_is_a_usage_error":       {[]string{"dance"}, process.ExitUsage, `unknown command "dance"`, nil},
		"a_word_too_many_is_a_usage_error":          {[]string{"version", "2"}, process.ExitUsage, `unknown command "version 2"`, nil},
		"an_unknown_flag_is_a_usage_error":          {[]string{"-loud"}, process.ExitUsage, "Usage: widgetsd", nil},
		"a_set_without_a_value_is_a_usage_error":    {[]string{"-set", "x"}, process.ExitUsage, "key=value", nil},
		"an_unknown_key_is_a_configuration_error":   {[]string{"-set", "bach=1", "run"}, process.ExitConfig, "did you mean batch?", nil},
		"an_unknown_level_is_a_configuration_error": {[]string{"-set", "log.level=loud"}, process.ExitConfig, "loud", nil},
		"health_of_nobody_is_an_error":              {[]string{"-set", "ops.addr=127.0.0.1:1", "health"}, process.ExitInternal, "ask for readiness", nil},
		"a_command_of_its_own_takes_its_arguments":  {[]string{"widget", "paint", "w1", "red"}, process.ExitOK, "w1 is red", []string{"paint closed"}},
		"a_command_that_fails_closes_what_it_had":   {[]string{"widget", "paint", "w1", "invisible"}, process.ExitInternal, "no such paint", []string{"paint closed"}},
		"a_command_may_refuse_its_arguments":        {[]string{"widget", "paint", "w1", "plaid"}, process.ExitUsage, "wrong argument", []string{"paint closed"}},
		"a_missing_argument_is_a_usage_error":       {[]string{"widget", "paint", "w1"}, process.ExitUsage, "another form: widget paint ID COLOUR\n", nil},
		"a_command_needs_a_sound_configuration":     {[]string{"-set", "batch=x", "widget", "paint", "w1", "red"}, process.ExitConfig, "batch", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := &journal{}
			got := j.run(t.Context(), j.spec(), c.args...)
			if got != c.code || !strings.Contains(j.String(), c.want) {
				t.Errorf("exit code %d, want %d with %q:\n%s", got, c.code, c.want, j)
			}
			if diff := cmp.Diff(c.steps, j.noted()); diff != "" && len(c.steps)+len(j.noted()) > 0 {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("the_environment_names_the_file", func(t *testing.T) {
		t.Parallel()
		j := &journal{}
		got := process.Run(t.Context(), j.spec(), process.System{
			Args: []string{"config", "print"}, Env: []string{"KINERJA_WIDGETS_CONFIG_FILE=" + file}, Stdout: j, Stderr: j,
		})
		if got != process.ExitOK || !strings.Contains(j.String(), "batch: 7") {
			t.Errorf("exit code %d: %s", got, j)
		}
	})
	t.Run("every_shared_key_says_all_there_is_to_know", func(t *testing.T) {
		t.Parallel()
		err := config.Check(&settings{})
		if err != nil {
			t.Error(err)
		}
	})
}

const usage = `Usage: widgetsd [-config FILE] [-set KEY=VALUE]... [COMMAND]

Commands:
  run                      serves until it is told to stop (the default)
  config print             writes the configuration in force
  config check             reads the configuration and reports all of its errors
  config docs              writes the reference of the configuration as Markdown
  widget paint ID COLOUR   paints a widget
  health                   asks the running process whether it is ready
  version                  writes the version

The configuration comes from defaults, the file, variables KINERJA_WIDGETS_…, and -set, in rising order of precedence.
`

func TestUsage(t *testing.T) {
	t.Parallel()
	j := &journal{}
	if got := j.run(t.Context(), j.spec(), "help"); got != process.ExitOK {
		t.Errorf("exit code %d", got)
	}
	if diff := cmp.Diff(usage, j.String()); diff != "" {
		t.Errorf("usage (-want +got):\n%s", diff)
	}
}

// await waits until done reports true, at most 20 seconds. It is not that of kittest, whose engines the tests of this
// package would bring into the module of the gateway.
func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			t.Fatalf("still waiting for %s", what)
		case <-ticker.C:
		}
	}
}

// opsAddr returns the address of the operations endpoints once they are there.
func (j *journal) opsAddr(t *testing.T) string {
	t.Helper()
	var addr string
	await(t, "the operations listener", func() bool {
		_, after, ok := strings.Cut(j.String(), `"key":"ops.addr","addr":"`)
		addr, _, _ = strings.Cut(after, `"`)
		return ok
	})
	return addr
}

func status(t *testing.T, url string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return 0
	}
	_ = response.Body.Close()
	return response.StatusCode
}

func TestServe(t *testing.T) {
	t.Parallel()
	j := &journal{}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	code := make(chan int, 1)
	go func() { code <- j.run(ctx, j.spec(), "run") }()
	ops := "http://" + j.opsAddr(t)
	await(t, "readiness", func() bool { return status(t, ops+"/readyz") == http.StatusOK })
	if status(t, ops+"/healthz") != http.StatusOK || status(t, ops+"/metrics") != http.StatusOK {
		t.Error("an operations endpoint does not answer")
	}
	stop()
	if got := <-code; got != process.ExitOK {
		t.Errorf("exit code %d: %s", got, j)
	}
	if diff := cmp.Diff([]string{"serving", "withdrawn", "worker ended", "widgets closed"}, j.noted()); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

// draining has a drain, which is of no section that is shared.
type draining struct {
	Settings settings      `yaml:",inline"`
	Drain    time.Duration `yaml:"drain" default:"1m" doc:"How long to serve on." class:"visible"`
}

func (d *draining) Common() process.Common {
	c := d.Settings.Common()
	c.Drain = d.Drain
	return c
}

func TestDrain(t *testing.T) {
	t.Parallel()
	j := &journal{}
	sp := j.spec()
	sp.Config = &draining{}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	code := make(chan int, 1)
	go func() { code <- j.run(ctx, sp, "-set", "drain=1s") }()
	ops := "http://" + j.opsAddr(t)
	await(t, "readiness", func() bool { return status(t, ops+"/readyz") == http.StatusOK })
	stop()
	await(t, "the drain", func() bool { return status(t, ops+"/readyz") == http.StatusServiceUnavailable })
	if status(t, ops+"/healthz") != http.StatusOK {
		t.Error("a process that drains does not live")
	}
	if got := <-code; got != process.ExitOK {
		t.Errorf("exit code %d: %s", got, j)
	}
}

func TestServeFails(t *testing.T) {
	t.Parallel()
	t.Run("what_was_open_is_closed_and_a_bad_end_is_reported", func(t *testing.T) {
		t.Parallel()
		j := &journal{}
		sp := j.spec()
		sp.Open = func(_ context.Context, env *process.Env) (process.Parts, error) {
			j.closes(env, "first")
			env.OnStop("stubborn", func(context.Context) error { return errors.New("does not close") })
			return process.Parts{}, errors.New("boom")
		}
		got := j.run(t.Context(), sp)
		if got != process.ExitInternal || !strings.Contains(j.String(), `boom\nstop stubborn: does not close`) {
			t.Errorf("exit code %d: %s", got, j)
		}
		if diff := cmp.Diff([]string{"first closed"}, j.noted()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a_check_that_fails_makes_it_not_ready", func(t *testing.T) {
		t.Parallel()
		j := &journal{}
		sp := j.spec()
		sp.Open = func(context.Context, *process.Env) (process.Parts, error) {
			return process.Parts{Check: func(context.Context) error { return errors.New("no widgets") }, Health: j}, nil
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		code := make(chan int, 1)
		go func() { code <- j.run(ctx, sp) }()
		await(t, "the first look", func() bool { return len(j.noted()) > 0 })
		if got := status(t, "http://"+j.opsAddr(t)+"/readyz"); got != http.StatusServiceUnavailable {
			t.Errorf("status %d", got)
		}
		stop()
		if got := <-code; got != process.ExitOK || j.noted()[0] != "not serving" {
			t.Errorf("exit code %d: %v", got, j.noted())
		}
	})
}
