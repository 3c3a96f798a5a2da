package access_test

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
)

// TestContract holds the whole contract to the rules of the table: every RPC has an access option that makes sense, and
// no permission is used twice in the suite.
func TestContract(t *testing.T) {
	t.Parallel()
	var services []protoreflect.ServiceDescriptor
	protoregistry.GlobalFiles.RangeFiles(func(f protoreflect.FileDescriptor) bool {
		if !strings.HasPrefix(string(f.Package()), "kinerja.") || f.Package() == testrpc.Package {
			return true
		}
		for i := range f.Services().Len() {
			services = append(services, f.Services().Get(i))
		}
		return true
	})
	if len(services) < 4 {
		t.Fatalf("only %d services are linked", len(services))
	}
	tab, err := access.NewTable(services...)
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range tab.Methods() {
		rule, _ := tab.Lookup(method)
		service := strings.Split(strings.TrimPrefix(method, "/kinerja."), ".")[0]
		if parts := strings.Split(rule.Permission, "."); len(parts) != 3 || parts[0] != service {
			t.Errorf("%s: permission %s is not %s.<resource>.<verb>", method, rule.Permission, service)
		}
	}
}
