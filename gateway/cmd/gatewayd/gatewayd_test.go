package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/process"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func command(t *testing.T, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = process.Run(t.Context(), spec(), process.System{Args: args, Env: env, Stdout: &out, Stderr: &errs})
	return code, out.String(), errs.String()
}

func TestCommands(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "gateway.yaml")
	err := os.WriteFile(file, []byte("http:\n  upstream_timeout: 3s\n  max_body: 64KiB\n"), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		args   []string
		env    []string
		code   int
		stdout string
		stderr string
	}{
		"print_shows_what_is_in_force": {
			args: []string{"-config", file, "-set", "http.max_body=32KiB", "config", "print"},
			env:  []string{"KINERJA_GATEWAY_HTTP_IDLE_TIMEOUT=9s"}, stdout: "  max_body: 32KiB\n",
		},
		"the_file_may_be_named_in_the_environment": {
			args: []string{"config", "print"}, env: []string{"KINERJA_GATEWAY_CONFIG_FILE=" + file}, stdout: "upstream_timeout: 3s\n",
		},
		"docs_list_every_key":           {args: []string{"config", "docs"}, stdout: "`KINERJA_GATEWAY_HTTP_UPSTREAM_TIMEOUT`"},
		"version_is_printed":            {args: []string{"version"}, stdout: "gatewayd "},
		"check_accepts_the_defaults":    {args: []string{"config", "check"}},
		"check_names_the_nearest_key":   {args: []string{"-set", "http.max_bodi=1", "config", "check"}, code: 78, stderr: "http.max_body"},
		"check_refuses_half_of_tls":     {args: []string{"-set", "tls.cert_file=a", "config", "check"}, code: 78, stderr: "belong together"},
		"check_refuses_a_missing_peer":  {args: []string{"-set", "peers.scoring=", "config", "check"}, code: 78, stderr: "peers.scoring"},
		"check_refuses_an_endless_call": {args: []string{"-set", "http.upstream_timeout=0s", "config", "check"}, code: 78, stderr: "upstream_timeout"},
		"an_unknown_command_is_usage":   {args: []string{"migrate"}, code: 64, stderr: "Usage: gatewayd"},
		"an_unknown_flag_is_usage":      {args: []string{"-x"}, code: 64, stderr: "Usage: gatewayd"},
		"an_unknown_log_level":          {args: []string{"-set", "log.level=loud"}, code: 78, stderr: "loud"},
		"a_certificate_that_is_missing": {args: []string{"-set", "tls.cert_file=/no", "-set", "tls.key_file=/no", "-set", "tls.ca_file=/no"}, code: 70, stderr: "load certificate"},
		"an_address_that_is_none":       {args: []string{"-set", "http.addr=300.0.0.1:1"}, code: 70, stderr: "http.addr"},
		"health_without_a_process":      {args: []string{"-set", "ops.addr=127.0.0.1:1", "health"}, code: 70, stderr: "ask for readiness"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := command(t, c.env, c.args...)
			if code != c.code || !strings.Contains(stdout, c.stdout) || !strings.Contains(stderr, c.stderr) {
				t.Errorf("code %d\nstdout: %s\nstderr: %s", code, stdout, stderr)
			}
		})
	}
	t.Run("every_key_says_all_there_is_to_know", func(t *testing.T) {
		t.Parallel()
		err := config.Check(&Config{})
		if err != nil {
			t.Error(err)
		}
	})
}

// listening returns the addresses that the process logs, by key.
func listening(t *testing.T, log io.Reader) map[string]string {
	t.Helper()
	addresses := map[string]string{}
	lines := bufio.NewScanner(log)
	for len(addresses) < 2 && lines.Scan() {
		var line struct{ Msg, Key, Addr string }
		err := json.Unmarshal(lines.Bytes(), &line)
		if err == nil && line.Msg == "listening" {
			addresses[line.Key] = line.Addr
		}
	}
	return addresses
}

func TestRun(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	log, stderr := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- process.Run(ctx, spec(), process.System{
			Args: []string{
				"-set", "http.addr=127.0.0.1:0", "-set", "ops.addr=127.0.0.1:0", "-set", "http.drain=0s",
				"-set", "peers.planning=127.0.0.1:1", "-set", "peers.assessment=127.0.0.1:1",
				"-set", "peers.scoring=127.0.0.1:1", "-set", "peers.reporting=127.0.0.1:1",
			},
			Stdout: io.Discard, Stderr: stderr,
		})
		_ = stderr.Close()
	}()
	addresses := listening(t, log)
	go func() { _, _ = io.Copy(io.Discard, log) }()

	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func(url string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		return response.StatusCode
	}
	for url, want := range map[string]int{
		"http://" + addresses["http.addr"] + "/healthz":      200,
		"http://" + addresses["http.addr"] + "/readyz":       503,
		"http://" + addresses["http.addr"] + "/docs":         200,
		"http://" + addresses["http.addr"] + "/v1/rulePacks": 503,
		"http://" + addresses["http.addr"] + "/metrics":      404,
		"http://" + addresses["ops.addr"] + "/metrics":       200,
	} {
		if got := get(url); got != want {
			t.Errorf("%s: status %d, want %d", url, got, want)
		}
	}
	if c, _, stderr := command(t, nil, "-set", "ops.addr="+addresses["ops.addr"], "health"); c != process.ExitOK {
		t.Errorf("health: %d %s", c, stderr)
	}
	stop()
	if got := <-code; got != process.ExitOK {
		t.Errorf("exit code %d", got)
	}
}
