package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestNamedPath(t *testing.T) {
	t.Parallel()
	names := map[string]string{}
	namesOf("tenants/{tenant}/periods/{period}/scores/{person}", names)
	cases := map[string]string{
		"/v1/tenants": "/v1/tenants",
		"/v1/{parent=tenants/*/periods/*}/scores":          "/v1/tenants/{tenant}/periods/{period}/scores",
		"/v1/{parent=tenants/*/periods/*/scores/*}/traces": "/v1/tenants/{tenant}/periods/{period}/scores/{person}/traces",
		"/v1/{name=tenants/*/periods/*/scores/*}:lock":     "/v1/tenants/{tenant}/periods/{period}/scores/{person}:lock",
	}
	for template, want := range cases {
		got, _, err := namedPath(template, names)
		if err != nil || got != want {
			t.Errorf("%s became %s, %v", template, got, err)
		}
	}
	_, _, err := namedPath("/v1/{name=things/*}", names)
	if err == nil {
		t.Error("a wildcard without a name was accepted")
	}
}

// TestPublishedDocumentIsFresh fails when the committed document is not what the .proto files give.
func TestPublishedDocumentIsFresh(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	parts, err := filepath.Glob(filepath.Join(root, "gen", "openapi", "kinerja", "*", "*", "*.openapi.json"))
	if err != nil || len(parts) == 0 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	args := append([]string{"tool", "openapiv3-merge", filepath.Join(root, "openapi.base.json")}, parts...)
	merged, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	err = run(bytes.NewReader(merged), &got)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(root, "gen", "openapi", "kinerja.openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got.Bytes()) {
		t.Error("gen/openapi/kinerja.openapi.json is stale: run scripts/generate")
	}
}
