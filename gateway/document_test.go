package gateway_test

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/kinerja-suite/kinerja/gateway"
)

// annotated returns the RPCs of the linked contract that have an HTTP annotation, with their method and path. Those of an
// additional binding stand under the name of the RPC with its number.
func annotated(t *testing.T) map[string]struct{ method, path string } {
	t.Helper()
	all := map[string]struct{ method, path string }{}
	suite := regexp.MustCompile(`^kinerja\.(planning|assessment|scoring|reporting)\.v\d+$`)
	protoregistry.GlobalFiles.RangeFiles(func(f protoreflect.FileDescriptor) bool {
		if !suite.MatchString(string(f.Package())) {
			return true
		}
		for i := range f.Services().Len() {
			methods := f.Services().Get(i).Methods()
			for j := range methods.Len() {
				m := methods.Get(j)
				rule, ok := proto.GetExtension(m.Options(), annotations.E_Http).(*annotations.HttpRule)
				if !ok || rule == nil {
					continue
				}
				full := "/" + string(m.Parent().FullName()) + "/" + string(m.Name())
				for i, binding := range append([]*annotations.HttpRule{rule}, rule.GetAdditionalBindings()...) {
					key := full
					if i > 0 {
						key += "_" + strconv.Itoa(i)
					}
					switch {
					case binding.GetGet() != "":
						all[key] = struct{ method, path string }{"GET", binding.GetGet()}
					case binding.GetPost() != "":
						all[key] = struct{ method, path string }{"POST", binding.GetPost()}
					case binding.GetPatch() != "":
						all[key] = struct{ method, path string }{"PATCH", binding.GetPatch()}
					default:
						t.Errorf("%s has an annotation that this test does not know", key)
					}
				}
			}
		}
		return true
	})
	if len(all) < 40 {
		t.Fatalf("only %d RPCs are annotated", len(all))
	}
	return all
}

// recorder is a connection that notes the RPC and answers nothing.
type recorder struct{ rpc string }

func (r *recorder) Invoke(_ context.Context, method string, _, _ any, _ ...grpc.CallOption) error {
	r.rpc = method
	return nil
}

func (r *recorder) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, nil
}

var variable = regexp.MustCompile(`\{[^=}]+=([^}]+)\}`)

func TestEveryAnnotatedRPCIsServed(t *testing.T) {
	t.Parallel()
	seen := map[string]*recorder{"planning": {}, "assessment": {}, "scoring": {}, "reporting": {}}
	g := newGateway(t, gateway.Defaults(), gateway.Deps{
		Planning: seen["planning"], Assessment: seen["assessment"], Scoring: seen["scoring"], Reporting: seen["reporting"],
		Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(),
	})
	for full, rule := range annotated(t) {
		path := strings.ReplaceAll(variable.ReplaceAllString(rule.path, "$1"), "*", "a1")
		for _, r := range seen {
			r.rpc = ""
		}
		a := do(t, g.Handler(), call{method: rule.method, path: path}, "")
		service := strings.Split(full, ".")[1]
		full, _, _ = strings.Cut(full, "_")
		if a.status != http.StatusOK || seen[service].rpc != full {
			t.Errorf("%s %s: status %d, called %v, want %s", rule.method, path, a.status, seen[service].rpc, full)
		}
	}
}

// api is the part of the OpenAPI document that the tests read.
type api struct {
	OpenAPI string `json:"openapi"`
	Info    struct {
		Title   string `json:"title"`
		Version string `json:"version"`
	} `json:"info"`
	Security   []map[string][]string      `json:"security"`
	Paths      map[string]map[string]oper `json:"paths"`
	Components map[string]map[string]any  `json:"components"`
}

type oper struct {
	OperationID string `json:"operationId"`
	Parameters  []struct {
		Name string `json:"name"`
		In   string `json:"in"`
	} `json:"parameters"`
	Responses map[string]json.RawMessage `json:"responses"`
	Access    map[string]any             `json:"x-access"`
}

func document(t *testing.T, b *bench) (api, string) {
	t.Helper()
	a := do(t, b.handler, call{path: "/openapi.json"}, "")
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, content type %q", a.status, a.header.Get("Content-Type"))
	}
	var doc api
	err := json.Unmarshal([]byte(a.body), &doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, a.body
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	doc, raw := document(t, newBench(t))
	if doc.OpenAPI != "3.1.0" || doc.Info.Title != "Kinerja" || doc.Info.Version != "v1" {
		t.Errorf("openapi %s, info %+v", doc.OpenAPI, doc.Info)
	}
	if diff := cmp.Diff([]map[string][]string{{"bearer": {}}}, doc.Security); diff != "" || doc.Components["securitySchemes"]["bearer"] == nil {
		t.Errorf("security: %s", diff)
	}
	t.Run("it_lists_every_annotated_rpc_once", func(t *testing.T) {
		t.Parallel()
		got := map[string]string{}
		for path, item := range doc.Paths {
			for method, o := range item {
				got[o.OperationID] = strings.ToUpper(method) + " " + wild(path)
			}
		}
		want := map[string]string{}
		for full, rule := range annotated(t) {
			id := strings.ReplaceAll(full[strings.LastIndex(full, ".")+1:], "/", "_")
			want[id] = rule.method + " " + variable.ReplaceAllString(rule.path, "$1")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("operations (-want +got):\n%s", diff)
		}
	})
	t.Run("no_path_is_there_in_two_spellings", func(t *testing.T) {
		t.Parallel()
		seen := map[string]string{}
		for path := range doc.Paths {
			if other, twice := seen[wild(path)]; twice {
				t.Errorf("%s and %s are one path", path, other)
			}
			seen[wild(path)] = path
		}
	})
	t.Run("every_reference_resolves", func(t *testing.T) {
		t.Parallel()
		for _, m := range regexp.MustCompile(`"\$ref": "#/components/([^/]+)/([^"]+)"`).FindAllStringSubmatch(raw, -1) {
			if doc.Components[m[1]][m[2]] == nil {
				t.Errorf("%s does not exist", m[0])
			}
		}
		// A long-running operation has the one that it ended with; no answer is one.
		for path, item := range doc.Paths {
			for method, o := range item {
				if strings.Contains(fmt.Sprintf("%s", o.Responses), "google.rpc.Status") {
					t.Errorf("%s %s describes errors as google.rpc.Status", method, path)
				}
			}
		}
	})
	t.Run("every_operation_tells_its_path_parameters_its_problem_and_its_access", func(t *testing.T) {
		t.Parallel()
		for path, item := range doc.Paths {
			for method, o := range item {
				var names []string
				for _, p := range o.Parameters {
					if p.In == "path" {
						names = append(names, "{"+p.Name+"}")
					}
				}
				if diff := cmp.Diff(regexp.MustCompile(`\{[^}]+\}`).FindAllString(path, -1), names); diff != "" {
					t.Errorf("%s %s: parameters (-want +got):\n%s", method, path, diff)
				}
				if !strings.Contains(string(o.Responses["default"]), "#/components/responses/Problem") {
					t.Errorf("%s %s: default response %s", method, path, o.Responses["default"])
				}
				if o.Access["permission"] == nil {
					t.Errorf("%s %s has no permission", method, path)
				}
			}
		}
	})
}

func wild(path string) string { return regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(path, "*") }

func TestReferencePage(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	doc, _ := document(t, b)
	a := do(t, b.handler, call{path: "/docs"}, "")
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("status %d, content type %q", a.status, a.header.Get("Content-Type"))
	}
	page := a.body
	t.Run("it_has_every_operation_with_its_path_and_permission", func(t *testing.T) {
		t.Parallel()
		text := strings.ReplaceAll(page, "<wbr>", "")
		for path, item := range doc.Paths {
			for _, o := range item {
				permission, _ := o.Access["permission"].(string)
				for _, want := range []string{`id="` + o.OperationID + `"`, "<code>" + path + "</code>", permission} {
					if !strings.Contains(text, want) {
						t.Errorf("the page lacks %s", want)
					}
				}
			}
		}
	})
	t.Run("every_link_within_the_page_leads_somewhere_and_no_id_is_there_twice", func(t *testing.T) {
		t.Parallel()
		ids := map[string]int{}
		for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
			ids[m[1]]++
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("id %s is there %d times", id, n)
			}
		}
		for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]+)"`).FindAllStringSubmatch(page, -1) {
			if ids[m[1]] == 0 {
				t.Errorf("nothing has the id %s", m[1])
			}
		}
	})
	t.Run("it_is_indonesian_and_has_landmarks", func(t *testing.T) {
		t.Parallel()
		for _, want := range []string{`<html lang="id">`, "<header>", "<main ", "<nav ", "<footer>", `class="skip"`, `name="viewport"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		if strings.Count(page, "<h1") != 1 {
			t.Error("the page has not one h1")
		}
	})
	t.Run("it_loads_nothing_and_its_policy_allows_its_style_only", func(t *testing.T) {
		t.Parallel()
		for _, no := range []string{"<script", "<link", "@import", "url(", "src=", "style=\"", "ZgotmplZ"} {
			if strings.Contains(page, no) {
				t.Errorf("the page has %s", no)
			}
		}
		_, rest, _ := strings.Cut(page, "<style>")
		style, _, _ := strings.Cut(rest, "</style>")
		sum := sha256.Sum256([]byte(style))
		want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		if policy := a.header.Get("Content-Security-Policy"); !strings.Contains(policy, want) || !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("policy %q lacks %s", policy, want)
		}
	})
	t.Run("it_is_small_and_is_not_sent_again", func(t *testing.T) {
		t.Parallel()
		small := do(t, b.handler, call{path: "/docs", header: map[string]string{"Accept-Encoding": "gzip"}}, "")
		if len(small.body) > 100<<10 || small.header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%d bytes, encoding %q", len(small.body), small.header.Get("Content-Encoding"))
		}
		_, err := gzip.NewReader(strings.NewReader(small.body))
		if err != nil {
			t.Error(err)
		}
		again := do(t, b.handler, call{path: "/docs", header: map[string]string{"If-None-Match": a.header.Get("Etag")}}, "")
		if again.status != http.StatusNotModified {
			t.Errorf("status %d", again.status)
		}
	})
}
