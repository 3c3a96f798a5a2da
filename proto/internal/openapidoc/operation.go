package main

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// operation is what the descriptors say of one RPC with an HTTP annotation.
type operation struct {
	// path is the template with every wildcard named, such as /v1/tenants/{tenant}/plans/{plan}:submit.
	path string
	// vars are the names of the wildcards, in order.
	vars   []string
	access *commonv1.Access
}

// operations returns the operations of the suite by operation id, `<Service>_<Method>`.
func operations() (map[string]operation, error) {
	names := wildcardNames()
	all := map[string]operation{}
	var failed error
	eachFile(func(file protoreflect.FileDescriptor) {
		for i := range file.Services().Len() {
			service := file.Services().Get(i)
			for j := range service.Methods().Len() {
				err := add(all, service.Methods().Get(j), names)
				if err != nil && failed == nil {
					failed = err
				}
			}
		}
	})
	return all, failed
}

func add(all map[string]operation, method protoreflect.MethodDescriptor, names map[string]string) error {
	rule, ok := proto.GetExtension(method.Options(), annotations.E_Http).(*annotations.HttpRule)
	if !ok || rule == nil {
		return nil
	}
	access, ok := proto.GetExtension(method.Options(), commonv1.E_Access).(*commonv1.Access)
	if !ok || access == nil {
		return fmt.Errorf("%s has no access option", method.FullName())
	}
	first := string(method.Parent().Name()) + "_" + string(method.Name())
	for i, binding := range append([]*annotations.HttpRule{rule}, rule.GetAdditionalBindings()...) {
		path, vars, err := namedPath(template(binding), names)
		if err != nil {
			return fmt.Errorf("%s: %w", method.FullName(), err)
		}
		id := first
		if i > 0 {
			id += "_" + strconv.Itoa(i) // as the generator counts them
		}
		_, twice := all[id]
		if twice {
			return fmt.Errorf("operation %s exists twice", id)
		}
		all[id] = operation{path: path, vars: vars, access: access}
	}
	return nil
}

func template(rule *annotations.HttpRule) string {
	for _, path := range []string{rule.GetGet(), rule.GetPost(), rule.GetPatch(), rule.GetPut(), rule.GetDelete()} {
		if path != "" {
			return path
		}
	}
	return ""
}

// wildcardNames maps the literals before a wildcard, such as tenants/periods/plans, to the name that the resource
// patterns give the wildcard.
func wildcardNames() map[string]string {
	names := map[string]string{}
	eachFile(func(file protoreflect.FileDescriptor) {
		for i := range file.Messages().Len() {
			options := file.Messages().Get(i).Options()
			resource, ok := proto.GetExtension(options, annotations.E_Resource).(*annotations.ResourceDescriptor)
			if !ok {
				continue
			}
			for _, pattern := range resource.GetPattern() {
				namesOf(pattern, names)
			}
		}
	})
	return names
}

func namesOf(pattern string, names map[string]string) {
	var literals []string
	for segment := range strings.SplitSeq(pattern, "/") {
		name, wild := strings.CutPrefix(segment, "{")
		if !wild {
			literals = append(literals, segment)
			continue
		}
		names[strings.Join(literals, "/")] = strings.TrimSuffix(name, "}")
	}
}

// namedPath expands the variables of an HTTP template and names its wildcards.
func namedPath(template string, names map[string]string) (path string, vars []string, err error) {
	flat := flatten(template)
	head, verb, hasVerb := strings.Cut(flat, ":")
	segments := strings.Split(strings.TrimPrefix(head, "/"), "/")
	var literals []string
	for i, segment := range segments {
		if segment != "*" {
			literals = append(literals, segment)
			continue
		}
		// The first literal is the version, which resource names do not have.
		chain := strings.Join(literals[1:], "/")
		name, ok := names[chain]
		if !ok {
			return "", nil, fmt.Errorf("no resource pattern names the wildcard after %q", chain)
		}
		segments[i] = "{" + name + "}"
		vars = append(vars, name)
	}
	path = "/" + strings.Join(segments, "/")
	if hasVerb {
		path += ":" + verb
	}
	return path, vars, nil
}

// flatten replaces `{field=a/*}` by `a/*` and `{field}` by `*`.
func flatten(template string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		variable, rest, _ := strings.Cut(after, "}")
		_, pattern, has := strings.Cut(variable, "=")
		if !has {
			pattern = "*"
		}
		out.WriteString(pattern)
		template = rest
	}
}

// eachFile calls visit with every file of the suite.
func eachFile(visit func(protoreflect.FileDescriptor)) {
	protoregistry.GlobalFiles.RangeFiles(func(file protoreflect.FileDescriptor) bool {
		if strings.HasPrefix(string(file.Package()), "kinerja.") {
			visit(file)
		}
		return true
	})
}
