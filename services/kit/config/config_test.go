package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/config"
)

type grpcSection struct {
	Addr    string        `yaml:"addr" default:":8081" doc:"Address on which calls are served." class:"visible"`
	Timeout time.Duration `yaml:"timeout" default:"30s" doc:"Longest time of a call." class:"visible"`
	MaxSize config.Bytes  `yaml:"max_size" default:"4MiB" doc:"Largest message." class:"visible"`
	Reflect bool          `yaml:"reflection" default:"false" doc:"Offers the contract to tools." class:"visible"`
}

type planning struct {
	Batch int `yaml:"batch" default:"100" doc:"Rows of a batch, 1 to 500." class:"visible"`
}

func (p planning) Validate() error {
	if p.Batch < 1 || p.Batch > 500 {
		return errors.New("planning.batch is not between 1 and 500")
	}
	return nil
}

// Shared is embedded, so it must be exported.
type Shared struct {
	GRPC grpcSection `yaml:"grpc"`
}

type root struct {
	Shared  `yaml:",inline"`
	DSN     string            `yaml:"dsn_file" doc:"File with the data source name." class:"secret" example:"/run/secrets/dsn"`
	Peers   map[string]string `yaml:"peers" doc:"Addresses by name." class:"visible" example:"scoring=scoring:8081"`
	Hosts   []string          `yaml:"hosts" default:"a,b" doc:"Hosts | names." class:"visible"`
	Fault   int32             `yaml:"fault" default:"0" doc:"Faults to inject." class:"hidden"`
	Service any               `yaml:"planning"`
}

func load(t *testing.T, s config.Sources, file string) (*root, error) {
	t.Helper()
	if file != "" {
		s.File = filepath.Join(t.TempDir(), "config.yaml")
		err := os.WriteFile(s.File, []byte(file), 0o600)
		if err != nil {
			t.Fatal(err)
		}
	}
	s.EnvPrefix = "KINERJA_TEST_"
	cfg := &root{Service: &planning{}}
	err := config.Load(cfg, s)
	return cfg, err
}

func TestLoad(t *testing.T) {
	t.Parallel()
	t.Run("nothing_gives_the_defaults", func(t *testing.T) {
		t.Parallel()
		got, err := load(t, config.Sources{}, "")
		if err != nil {
			t.Fatal(err)
		}
		want := &root{Hosts: []string{"a", "b"}, Service: &planning{Batch: 100}}
		want.GRPC = grpcSection{Addr: ":8081", Timeout: 30 * time.Second, MaxSize: 4 << 20}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("flags_win_over_environment_over_file_over_defaults", func(t *testing.T) {
		t.Parallel()
		env := []string{"KINERJA_TEST_GRPC_TIMEOUT=20s", "KINERJA_TEST_GRPC_MAX_SIZE=2MiB", "OTHER=x", "KINERJA_TEST_PLANNING_BATCH=7", "KINERJA_TEST_PEERS=scoring=s:1,reporting=r:2"}
		flags := map[string]string{"grpc.max_size": "1MiB", "hosts": ""}
		file := "grpc:\n  addr: ':9'\n  timeout: 10s\n  max_size: 64KiB\n  reflection: true\nhosts: [c, d]\ndsn_file: /x\nplanning:\n  batch: 3\n"
		got, err := load(t, config.Sources{Env: env, Flags: flags}, file)
		if err != nil {
			t.Fatal(err)
		}
		want := &root{DSN: "/x", Peers: map[string]string{"scoring": "s:1", "reporting": "r:2"}, Service: &planning{Batch: 7}}
		want.GRPC = grpcSection{Addr: ":9", Timeout: 20 * time.Second, MaxSize: 1 << 20, Reflect: true}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("all_errors_are_reported_together_and_name_the_nearest_key", func(t *testing.T) {
		t.Parallel()
		env := []string{"KINERJA_TEST_GRPC_ADRR=x", "KINERJA_TEST_FAULT=many", "KINERJA_TEST_CONFIG_FILE=x"}
		flags := map[string]string{"zzzzzzzzzzzzzz": "1", "grpc.reflection": "maybe"}
		file := "grpc:\n  adr: x\n  timeout: soon\n  max_size: 4MB\nhosts: {a: 1}\npeers: [x]\ndsn_file:\nplaning:\n  batch: 1\nfault: [1]\n"
		_, err := load(t, config.Sources{Env: env, Flags: flags, IgnoreEnv: []string{"KINERJA_TEST_CONFIG_FILE"}}, file)
		if err == nil {
			t.Fatal("no error")
		}
		for _, want := range []string{
			"unknown key grpc.adr, did you mean grpc.addr?", `grpc.timeout: "soon" is not a duration`, `grpc.max_size: "4MB" is not a size`,
			"hosts: it is not a section", "peers: it is not a list", "dsn_file: it has no value", "unknown key planing",
			"unknown variable KINERJA_TEST_GRPC_ADRR, did you mean KINERJA_TEST_GRPC_ADDR?", `KINERJA_TEST_FAULT: "many" is not a whole number`,
			"flags: unknown key zzzzzzzzzzzzzz", `grpc.reflection: "maybe" is not true or false`, "fault: it is not a list",
		} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q is not in:\n%v", want, err)
			}
		}
		if strings.Contains(err.Error(), "CONFIG_FILE") || strings.Contains(err.Error(), "zzzz, did you mean") {
			t.Errorf("too much in:\n%v", err)
		}
	})
	t.Run("a_section_validates_itself", func(t *testing.T) {
		t.Parallel()
		_, err := load(t, config.Sources{}, "planning:\n  batch: 501\n")
		if err == nil || !strings.Contains(err.Error(), "planning.batch is not between 1 and 500") {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("files_that_are_no_configuration_are_refused", func(t *testing.T) {
		t.Parallel()
		for _, file := range []string{"grpc: x", "- a\n", "a: b: c", "hosts: [{a: b}]", "hosts: [a]\nhosts: [b]\n", strings.Repeat("# x\n", 1<<19)} {
			_, err := load(t, config.Sources{}, file)
			if err == nil {
				t.Errorf("accepted %.40q", file)
			}
		}
		_, err := load(t, config.Sources{File: "/no/such/file"}, "")
		if err == nil {
			t.Error("accepted a file that is not there")
		}
		_, err = load(t, config.Sources{}, "grpc:\n# all by default\n")
		if err != nil {
			t.Error(err)
		}
	})
	t.Run("destinations_that_are_no_configuration_are_refused", func(t *testing.T) {
		t.Parallel()
		for _, dst := range []any{
			nil,
			root{},
			(*root)(nil), new(int),
			&struct{ A string }{},
			&struct{ a string }{a: ""},
			&struct {
				A string `yaml:"x.y"`
				B string `yaml:"x_y"`
			}{},
		} {
			if config.Load(dst, config.Sources{}) == nil {
				t.Errorf("accepted %T", dst)
			}
		}
	})
}

func TestPrintAndDocs(t *testing.T) {
	t.Parallel()
	cfg, err := load(t, config.Sources{Flags: map[string]string{"dsn_file": "/run/secrets/dsn", "peers": "b=2,a=1"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	err = config.Print(&out, cfg)
	if err != nil {
		t.Fatal(err)
	}
	want := `grpc:
  addr: ":8081"
  timeout: 30s
  max_size: 4MiB
  reflection: false
dsn_file: (set) # secret
peers: "a=1,b=2"
hosts: [a,b]
planning:
  batch: 100
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	out.Reset()
	err = config.Docs(&out, cfg, "KINERJA_TEST_")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 10 || strings.Contains(out.String(), "`fault`") {
		t.Errorf("reference:\n%s", out.String())
	}
	if want := "| `dsn_file` | `KINERJA_TEST_DSN_FILE` | path |  | `/run/secrets/dsn` | File with the data source name. The file holds a secret. |"; lines[6] != want {
		t.Errorf("got %s", lines[6])
	}
	if !strings.Contains(out.String(), `Hosts \| names.`) {
		t.Errorf("a bar breaks the table:\n%s", out.String())
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	err := config.Check(&root{Service: &planning{}})
	if err != nil {
		t.Fatal(err)
	}
	err = config.Check(&struct {
		NoDoc      string `yaml:"no_doc" default:"x" class:"visible"`
		NoClass    string `yaml:"no_class" default:"x" doc:"X."`
		Password   string `yaml:"password" example:"x" doc:"X." class:"secret"`
		BadDefault int    `yaml:"bad_default" default:"x" doc:"X." class:"visible"`
		NoExample  string `yaml:"no_example" doc:"X." class:"visible"`
		BadKey     string `yaml:"badKey" default:"x" doc:"X." class:"visible"`
	}{})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"no_doc: its doc", "no_class: its class", "password: a secret", "default of bad_default", "no_example: it has neither", "badKey: its key"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in:\n%v", want, err)
		}
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]config.Bytes{"0": 0, "512": 512, "512B": 512, "64KiB": 64 << 10, "4 MiB": 4 << 20, "1GiB": 1 << 30} {
		got, err := config.ParseBytes(text)
		if err != nil || got != want {
			t.Errorf("%s is %d, %v", text, got, err)
		}
		back, err := config.ParseBytes(got.String())
		if err != nil || back != want {
			t.Errorf("%s came back as %s", text, got)
		}
	}
	for _, text := range []string{"", "-1", "1.5MiB", "9999999999GiB", "4MB"} {
		_, err := config.ParseBytes(text)
		if err == nil {
			t.Errorf("accepted %q", text)
		}
	}
}
