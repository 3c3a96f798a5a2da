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
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
)

func TestReasons(t *testing.T) {
	t.Parallel()
	f, ok := fault.As(toFault(fmt.Errorf("read: %w", app.ErrNotFound), "tenants/3374"))
	if !ok || f.Reason != fault.ReasonNotFound || f.Kind != fault.KindNotFound || f.Meta["resource"] != "tenants/3374" {
		t.Errorf("what is not found gave %v", f)
	}
	denied := fault.New(fault.ReasonPermissionDenied)
	got := toFault(denied, "")
	if !fault.Is(got, fault.ReasonPermissionDenied) {
		t.Errorf("a fault became %v", got)
	}
	other := errors.New("the disk is full")
	got = toFault(other, "")
	if !errors.Is(got, other) {
		t.Errorf("another error became %v", got)
	}
}

// TestEveryErrorHasARow counts the exported errors that the packages below declare.
func TestEveryErrorHasARow(t *testing.T) {
	t.Parallel()
	declared := 0
	for _, pattern := range []string{"../app/*.go", "../domain/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if ok && strings.HasPrefix(spec.Names[0].Name, "Err") {
					declared += len(spec.Names)
				}
				return true
			})
		}
	}
	if declared != len(reasons) {
		t.Errorf("%d errors are declared, %d have a row", declared, len(reasons))
	}
}
