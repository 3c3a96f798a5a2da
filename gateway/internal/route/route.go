package route

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Route is one RPC as HTTP sees it.
type Route struct {
	// Method is the HTTP method.
	Method string
	// Pattern is the path with `*` for each id, such as /v1/tenants/*/plans/*:submit. It is the label of logs and
	// metrics: it holds no id.
	Pattern string
	// RPC is the full gRPC method, /package.Service/Method.
	RPC string
	// Request describes the request message.
	Request protoreflect.MessageDescriptor
	// Body is the field that the body fills, in proto names; "*" when the body is the whole request, and empty when
	// there is no body.
	Body string
	// PathFields are the paths of the fields that the URL path fills, in proto names, such as plan.name.
	PathFields []string
	// MaskField is the field of the update mask, or empty.
	MaskField string

	segments []string
	verb     string
}

// HasBody reports whether the request may have a body.
func (r *Route) HasBody() bool { return r.Body != "" }

// BodyMessage describes the message that the body holds.
func (r *Route) BodyMessage() protoreflect.MessageDescriptor {
	if r.Body == "*" {
		return r.Request
	}
	field := r.Request.Fields().ByName(protoreflect.Name(r.Body))
	if field == nil {
		return nil
	}
	return field.Message()
}

// Table finds the route of a request.
type Table struct {
	routes []*Route
}

// NewTable returns the table of every RPC with an HTTP annotation in the files. It fails, naming all of them, when an
// annotation is of a form that the edge does not serve.
func NewTable(files ...protoreflect.FileDescriptor) (*Table, error) {
	t := &Table{}
	var failed []error
	for _, method := range methodsOf(files) {
		rule, ok := proto.GetExtension(method.Options(), annotations.E_Http).(*annotations.HttpRule)
		if !ok || rule == nil {
			continue
		}
		for _, binding := range append([]*annotations.HttpRule{rule}, rule.GetAdditionalBindings()...) {
			r, err := newRoute(method, binding)
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", method.FullName(), err))
				continue
			}
			t.routes = append(t.routes, r)
		}
	}
	slices.SortStableFunc(t.routes, func(a, b *Route) int { return strings.Compare(a.RPC, b.RPC) })
	return t, errors.Join(failed...)
}

func methodsOf(files []protoreflect.FileDescriptor) []protoreflect.MethodDescriptor {
	var all []protoreflect.MethodDescriptor
	for _, file := range files {
		for i := range file.Services().Len() {
			methods := file.Services().Get(i).Methods()
			for j := range methods.Len() {
				all = append(all, methods.Get(j))
			}
		}
	}
	return all
}

// Routes returns every route, by RPC; one of several bindings has several, in the order of the contract.
func (t *Table) Routes() []*Route { return slices.Clone(t.routes) }

// Match returns the route of the method and the escaped path. Without one it returns the methods that the path has,
// sorted; none means that the path is not known.
func (t *Table) Match(method, escaped string) (found *Route, methods []string) {
	segments, verb, ok := split(escaped)
	if !ok {
		return nil, nil
	}
	for _, r := range t.routes {
		if r.verb != verb || !r.fits(segments) {
			continue
		}
		if r.Method == method {
			return r, nil
		}
		methods = append(methods, r.Method)
	}
	slices.Sort(methods)
	return nil, slices.Compact(methods)
}

func (r *Route) fits(segments []string) bool {
	if len(segments) != len(r.segments) {
		return false
	}
	for i, want := range r.segments {
		if want == "*" {
			continue
		}
		if segments[i] != want {
			return false
		}
	}
	return true
}

// split takes an escaped path apart. It refuses paths with an empty segment, and with one that holds a slash once it is
// unescaped: no id has one, and what lies behind the edge might read it as two segments.
func split(escaped string) (segments []string, verb string, ok bool) {
	path, rooted := strings.CutPrefix(escaped, "/")
	if !rooted {
		return nil, "", false
	}
	segments = strings.Split(path, "/")
	for i, segment := range segments {
		plain, err := url.PathUnescape(segment)
		if err != nil || plain == "" || plain == "." || plain == ".." || strings.Contains(plain, "/") {
			return nil, "", false
		}
		segments[i] = plain
	}
	last := len(segments) - 1
	// No id has a colon either, so what follows the first one is a verb, known or not.
	segments[last], verb, _ = strings.Cut(segments[last], ":")
	return segments, verb, segments[last] != ""
}

// newRoute returns the route of one binding of the method.
func newRoute(method protoreflect.MethodDescriptor, rule *annotations.HttpRule) (*Route, error) {
	if method.IsStreamingClient() || method.IsStreamingServer() {
		return nil, errors.New("streams are not served over HTTP")
	}
	verb, template := methodOf(rule)
	if template == "" {
		return nil, errors.New("the HTTP annotation has no path")
	}
	flat, fields := expand(template)
	r := &Route{
		Method:     verb,
		Pattern:    flat,
		RPC:        "/" + string(method.Parent().FullName()) + "/" + string(method.Name()),
		Request:    method.Input(),
		Body:       rule.GetBody(),
		PathFields: fields,
	}
	var ok bool
	r.segments, r.verb, ok = split(flat)
	if !ok {
		return nil, fmt.Errorf("the path %q is not understood", template)
	}
	if r.HasBody() && r.BodyMessage() == nil {
		return nil, fmt.Errorf("the body %q is no message of the request", r.Body)
	}
	mask := method.Input().Fields().ByName("update_mask")
	if mask != nil {
		r.MaskField = string(mask.Name())
	}
	return r, nil
}

func methodOf(rule *annotations.HttpRule) (method, template string) {
	switch pattern := rule.GetPattern().(type) {
	case *annotations.HttpRule_Get:
		return http.MethodGet, pattern.Get
	case *annotations.HttpRule_Post:
		return http.MethodPost, pattern.Post
	case *annotations.HttpRule_Patch:
		return http.MethodPatch, pattern.Patch
	case *annotations.HttpRule_Put:
		return http.MethodPut, pattern.Put
	case *annotations.HttpRule_Delete:
		return http.MethodDelete, pattern.Delete
	}
	return "", ""
}

// expand replaces `{field=a/*}` by `a/*` and `{field}` by `*`, and returns the fields.
func expand(template string) (flat string, fields []string) {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			return out.String(), fields
		}
		variable, rest, _ := strings.Cut(after, "}")
		field, pattern, has := strings.Cut(variable, "=")
		if !has {
			pattern = "*"
		}
		out.WriteString(pattern)
		fields = append(fields, field)
		template = rest
	}
}
