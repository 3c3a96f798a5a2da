package inspect

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/grpc-ecosystem/grpc-gateway/v2/utilities"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// Query returns what is wrong with the parameters of a query that fills the fields of desc, except those in taken, which
// the path or the body fills; "*" takes every field. It returns nil when nothing is. A parameter that the contract does
// not know is at fault, as an unknown field of a body is.
func Query(values url.Values, desc protoreflect.MessageDescriptor, taken ...string) *fault.Fault {
	in := inspector{}
	seen := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if in.full() {
			break
		}
		known, fd := resolve(desc, key)
		if fd == nil || covered(known, taken) {
			in.unknown(key)
			continue
		}
		if seen[known] {
			in.repeated(path{known: known})
			continue
		}
		seen[known] = true
		one := url.Values{key: values[key]}
		err := runtime.PopulateQueryParameters(dynamicpb.NewMessage(desc), one, utilities.NewDoubleArray(nil))
		if err != nil {
			in.wrong(path{known: known}, form(fd))
		}
	}
	if len(in.found) == 0 {
		return nil
	}
	return fault.Invalid(in.found...)
}

// resolve returns the path of a parameter in proto names and its field, or no field. A parameter may be written in proto
// or JSON names.
func resolve(desc protoreflect.MessageDescriptor, key string) (string, protoreflect.FieldDescriptor) {
	var known []string
	parts := strings.Split(key, ".")
	for i, part := range parts {
		fd := desc.Fields().ByTextName(part)
		if fd == nil {
			fd = desc.Fields().ByJSONName(part)
		}
		if fd == nil {
			return "", nil
		}
		known = append(known, string(fd.Name()))
		if i == len(parts)-1 {
			return strings.Join(known, "."), fd
		}
		desc = fd.Message()
		if desc == nil || fd.Cardinality() == protoreflect.Repeated {
			return "", nil
		}
	}
	return "", nil
}

// covered reports whether the path is one of taken, or within one.
func covered(known string, taken []string) bool {
	return slices.ContainsFunc(taken, func(t string) bool {
		return t == "*" || known == t || strings.HasPrefix(known, t+".")
	})
}
