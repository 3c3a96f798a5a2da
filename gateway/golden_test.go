package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestJSONForm freezes how messages look in JSON: lowerCamelCase names, enums by name, and every field written, set or not.
func TestJSONForm(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.plans.get = func(_ context.Context, name string) (*planningv1.Plan, error) {
		return &planningv1.Plan{
			Name:       name,
			Results:    []*planningv1.Result{{Id: "r1", Kind: planningv1.Result_KIND_MAIN, Title: "Judul <b> & \"lain\""}},
			CreateTime: timestamppb.New(time.Date(2026, 1, 31, 8, 0, 0, 0, time.UTC)),
		}, nil
	}
	a := b.do(t, call{path: plan})
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, content type %q", a.status, a.header.Get("Content-Type"))
	}
	golden(t, "testdata/plan.json", a.body)
}

// TestProblemForm freezes how an error looks.
func TestProblemForm(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := b.do(t, call{method: "POST", path: allPlans, body: `{"judul": 1}`, header: map[string]string{"X-Request-Id": "req-00000001"}})
	golden(t, "testdata/problem.json", a.body)
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	var indented bytes.Buffer
	// The spaces of protojson are random on purpose.
	err := json.Indent(&indented, []byte(got), "", "  ")
	if err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	text := string(bytes.TrimSpace(indented.Bytes())) + "\n"
	if *update {
		err = os.WriteFile(file, []byte(text), 0o600)
		if err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
