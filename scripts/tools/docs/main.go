// Command docs writes the reference pages that follow from the contract: docs/permissions.md, from the access option of
// every RPC, and docs/errors.md, from the catalogue of faults. It fails when an RPC has no access option.
//
// Usage: docs DIR
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1" // linked for its descriptors
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"  // linked for its descriptors
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1" // linked for its descriptors
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"   // linked for its descriptors
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/faultgrpc"
)

const generated = "<!-- Made by scripts/docs from the contract; do not edit. -->\n\n"

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: docs DIR")
		os.Exit(64)
	}
	pages := map[string]func() (string, error){"permissions.md": permissions, "errors.md": errorReasons}
	for name, page := range pages {
		text, err := page()
		if err == nil {
			err = os.WriteFile(filepath.Join(os.Args[1], name), []byte(text), 0o644)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "docs: %s: %v\n", name, err)
			os.Exit(70)
		}
	}
}

func permissions() (string, error) {
	services := suite()
	// The table refuses an RPC without an access option, or with one that makes no sense.
	_, err := access.NewTable(services...)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString(generated)
	out.WriteString("# Permissions\n\nWho may call what. Roles act within their tenant; relations are evaluated at the date of the fact.\n")
	for _, s := range services {
		fmt.Fprintf(&out, "\n## %s\n\n| RPC | HTTP | permission | roles | relations |\n| --- | --- | --- | --- | --- |\n", s.FullName())
		for i := range s.Methods().Len() {
			m := s.Methods().Get(i)
			a, _ := proto.GetExtension(m.Options(), commonv1.E_Access).(*commonv1.Access)
			fmt.Fprintf(&out, "| %s | %s | `%s` | %s | %s |\n", m.Name(), route(m), a.GetPermission(), roles(a), relations(a))
		}
	}
	return out.String(), nil
}

func suite() []protoreflect.ServiceDescriptor {
	byName := map[string]protoreflect.ServiceDescriptor{}
	protoregistry.GlobalFiles.RangeFiles(func(f protoreflect.FileDescriptor) bool {
		for i := range f.Services().Len() {
			if strings.HasPrefix(string(f.Package()), "kinerja.") {
				byName[string(f.Services().Get(i).FullName())] = f.Services().Get(i)
			}
		}
		return true
	})
	all := make([]protoreflect.ServiceDescriptor, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		all = append(all, byName[name])
	}
	return all
}

func route(m protoreflect.MethodDescriptor) string {
	rule, _ := proto.GetExtension(m.Options(), annotations.E_Http).(*annotations.HttpRule)
	switch pattern := rule.GetPattern().(type) {
	case *annotations.HttpRule_Get:
		return "`GET " + pattern.Get + "`"
	case *annotations.HttpRule_Post:
		return "`POST " + pattern.Post + "`"
	case *annotations.HttpRule_Patch:
		return "`PATCH " + pattern.Patch + "`"
	case *annotations.HttpRule_Delete:
		return "`DELETE " + pattern.Delete + "`"
	}
	return "gRPC only"
}

func roles(a *commonv1.Access) string {
	if a.GetPublic() {
		return "anybody"
	}
	var names []string
	for _, r := range a.GetRoles() {
		names = append(names, readable(r.String(), "ROLE_"))
	}
	return strings.Join(names, ", ")
}

func relations(a *commonv1.Access) string {
	var names []string
	for _, r := range a.GetRelations() {
		names = append(names, readable(r.String(), "RELATION_"))
	}
	return strings.Join(names, ", ")
}

func readable(value, prefix string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(value, prefix), "_", " "))
}

func errorReasons() (string, error) {
	var out strings.Builder
	out.WriteString(generated)
	out.WriteString("# Errors\n\nThe reason is in google.rpc.ErrorInfo over gRPC and in `reason` over HTTP. Clients switch on it, never on a text.\n" +
		"Over HTTP a path with another method answers 405, and a body that is too large 413, with the reasons below. `errors[].field` is the path of the field in the\n" +
		"request message, in proto names: `plan.results[0].kind`, `rule_pack`. JSON takes these names as well as `rulePack`; a field that the contract does not know is\n" +
		"named as it was sent.\n\n")
	out.WriteString("| reason | gRPC | HTTP | message | message for people |\n| --- | --- | --- | --- | --- |\n")
	values := commonv1.ErrorReason_ERROR_REASON_UNSPECIFIED.Descriptor().Values()
	for i := 1; i < values.Len(); i++ {
		reason := fault.Reason(strings.TrimPrefix(string(values.Get(i).Name()), "ERROR_REASON_"))
		f := fault.New(reason)
		fmt.Fprintf(&out, "| `%s` | %s | %d | %s | %s |\n", reason, faultgrpc.Code(f.Kind), f.HTTP(), f.Error(), f.Local())
	}
	return out.String(), nil
}
