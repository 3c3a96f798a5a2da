package rpc

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// TestReasons_has_a_row_for_every_error reads the exported errors of the packages below from their source.
func TestReasons_has_a_row_for_every_error(t *testing.T) {
	t.Parallel()
	rows := map[string]bool{}
	for _, row := range reasons {
		rows[row.err.Error()] = true
	}
	declared := 0
	for _, dir := range []string{
		"../domain", "../domain/num", "../domain/explain", "../domain/decision", "../domain/calibration", "../domain/distribution",
		"../domain/allowance", "../domain/credit", "../tariff", "../app", "../pack", "../store", "../peer",
	} {
		for name, text := range errorsOf(t, dir) {
			declared++
			if !rows[text] {
				t.Errorf("%s of %s has no row", name, dir)
			}
		}
	}
	if declared != len(reasons) {
		t.Errorf("%d errors are declared, the table has %d rows", declared, len(reasons))
	}
}

// errorsOf returns the texts of the exported sentinels of a package, by name.
func errorsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s has no files: %v", dir, err)
	}
	found := map[string]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Err") {
				return true
			}
			call, ok := spec.Values[0].(*ast.CallExpr)
			if !ok {
				return true
			}
			literal, ok := call.Args[0].(*ast.BasicLit)
			if ok {
				found[spec.Names[0].Name] = strings.Trim(literal.Value, `"`)
			}
			return true
		})
	}
	return found
}

func TestRefusal(t *testing.T) {
	t.Parallel()
	own := errors.New("the disk is full")
	cases := []struct {
		name   string
		given  error
		reason fault.Reason
	}{
		{"not_found", fmt.Errorf("read: %w", app.ErrNotFound), fault.ReasonNotFound},
		{"unknown_rule_pack", pack.ErrUnknown, fault.ReasonRulePackUnknown},
		{"what_cannot_be_explained_is_a_defect", fmt.Errorf("%w: %w", app.ErrUncomputable, pack.ErrUnknown), fault.ReasonInternal},
		{"a_fault_stays", fault.New(fault.ReasonPermissionDenied), fault.ReasonPermissionDenied},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := refusal(c.given, "tenants/3402")
			if !fault.Is(got, c.reason) {
				t.Fatalf("got %v, want %s", got, c.reason)
			}
		})
	}
	got := refusal(&pack.UseError{Name: "rulePacks/pp-46-2011/versions/1", From: "2014-01-01", Until: "2020-06-30", Err: pack.ErrNotEffective}, "tenants/3402")
	late, ok := fault.As(got)
	if !ok || late.Reason != fault.ReasonRulePackNotInForce || late.Local() != "Paket aturan penilaian rulePacks/pp-46-2011/versions/1 tidak berlaku "+
		"pada hari pertama periode penilaian; paket tersebut berlaku mulai 2014-01-01 sampai dengan 2020-06-30. Pilih paket aturan "+
		"yang berlaku pada tanggal tersebut." {
		t.Fatalf("a pack of other years became %v", got)
	}
	got = refusal(own, "")
	if !errors.Is(got, own) {
		t.Fatalf("another error became %v", got)
	}
}
