package grpckit

import (
	"strings"
	"unicode"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// unstorable returns a violation for each text of a request, at any depth, that has a control character other than a tab
// and the ends of a line: PostgreSQL refuses some of them where SQLite does not, and nobody sees any. The keys of maps are
// not looked at; the contract has no map. What is not UTF-8 does not come this far.
func unstorable(request protoreflect.Message) []fault.Violation {
	var violations []fault.Violation
	walk("", request, func(at string, m protoreflect.Message) {
		fields := m.Descriptor().Fields()
		for i := range fields.Len() {
			f := fields.Get(i)
			if f.Kind() != protoreflect.StringKind || !m.Has(f) {
				continue
			}
			items(join(at, string(f.Name())), f, m.Get(f), func(at string, v protoreflect.Value) {
				if strings.ContainsFunc(v.String(), isControl) {
					violations = append(violations, fault.Field(at, fault.ReasonInvalidArgument, "rule", "text.control").Worded(
						at+" has a character that cannot be stored; remove it.",
						"Isian "+at+" memuat karakter yang tidak dapat disimpan; hapus karakter itu."))
				}
			})
		}
	})
	return violations
}

func isControl(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' }
