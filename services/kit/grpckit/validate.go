package grpckit

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"buf.build/go/protovalidate"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func (c *chain) validateUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	if plumbing(info.FullMethod) {
		return next(ctx, request)
	}
	err := c.valid(request)
	if err != nil {
		return nil, err
	}
	return next(ctx, request)
}

func (c *chain) validateStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	if plumbing(info.FullMethod) {
		return next(srv, ss)
	}
	return next(srv, &stream{ServerStream: ss, ctx: ss.Context(), received: c.valid})
}

// valid holds a request to the rules of the contract, and its texts to characters that every engine stores. The fault has
// one violation for each field that breaks one of them.
func (c *chain) valid(request any) error {
	m, ok := request.(proto.Message)
	if !ok {
		return nil
	}
	err := c.validator.Validate(m)
	invalid, ok := errors.AsType[*protovalidate.ValidationError](err)
	if err != nil && !ok {
		return fault.New(fault.ReasonInternal).Because(fmt.Errorf("validate: %w", err))
	}
	violations := unstorable(m.ProtoReflect())
	seen := map[string]bool{}
	for _, v := range violations {
		seen[v.Field] = true
	}
	if invalid != nil {
		for _, v := range invalid.Violations {
			path := protovalidate.FieldPathString(v.Proto.GetField())
			if !seen[path] {
				seen[path] = true
				violations = append(violations, violation(path, v))
			}
		}
	}
	if len(violations) == 0 {
		return nil
	}
	return fault.Invalid(violations...)
}

func violation(path string, v *protovalidate.Violation) fault.Violation {
	rule := v.Proto.GetRuleId()
	named := path
	if named == "" {
		named = "permintaan"
	}
	field := fault.Field(path, fault.ReasonInvalidArgument, "rule", rule)
	english := strings.TrimSpace(path + " " + strings.TrimSuffix(v.Proto.GetMessage(), "."))
	return field.Worded(english+".", "Isian "+named+" "+ruleText(rule, v)+".")
}

// ruleTexts says in Indonesian what a rule asks, by the last part of its id. `%s` stands for the rule's value.
var ruleTexts = map[string]string{
	"required":  "wajib diisi",
	"min_len":   "harus memuat paling sedikit %s karakter; lengkapi isian ini",
	"max_len":   "tidak boleh melebihi %s karakter; persingkat isian ini",
	"len":       "harus memuat tepat %s karakter",
	"pattern":   "tidak sesuai dengan format yang ditentukan; periksa kembali penulisannya",
	"email":     "harus berupa alamat surel yang sah, misalnya nama@contoh.go.id",
	"uuid":      "harus berupa UUID",
	"uri":       "harus berupa alamat tautan yang lengkap",
	"prefix":    "harus diawali dengan %s",
	"in":        "harus berupa salah satu nilai yang diperbolehkan",
	"not_in":    "memuat nilai yang tidak diperbolehkan; pilih nilai lain",
	"const":     "harus bernilai %s",
	"gt":        "harus lebih besar dari %s",
	"gte":       "tidak boleh kurang dari %s",
	"lt":        "harus lebih kecil dari %s",
	"lte":       "tidak boleh lebih besar dari %s",
	"min_items": "harus memuat paling sedikit %s butir; tambahkan butir yang kurang",
	"max_items": "tidak boleh memuat lebih dari %s butir; kurangi jumlah butir",
	"unique":    "tidak boleh memuat butir yang sama lebih dari satu kali",
	"oneof":     "harus memuat salah satu dari pilihan yang tersedia",
}

const (
	rangeText   = "harus bernilai antara %s dan %s"
	unknownText = "tidak memenuhi ketentuan; periksa kembali, lalu perbaiki"
)

func ruleText(rule string, v *protovalidate.Violation) string {
	kind := strings.TrimSuffix(rule[strings.LastIndexByte(rule, '.')+1:], "_empty")
	missing := leftOut(v)
	enum := v.FieldDescriptor != nil && v.FieldDescriptor.Enum() != nil
	switch {
	case enum && (missing || kind == "required"):
		return ruleTexts["required"] + "; pilih salah satu dari " + Choices(v.FieldDescriptor.Enum())
	case enum && kind == "defined_only":
		return "harus berupa salah satu dari " + Choices(v.FieldDescriptor.Enum())
	case missing && (kind == "pattern" || kind == "not_in" || kind == "min_len" && v.RuleValue.String() == "1"):
		return ruleTexts["required"]
	case missing && kind != "required":
		return ruleTexts["required"] + " dan " + limit(kind, v)
	}
	return limit(kind, v)
}

// leftOut reports whether a violation is about a single value that is zero. Zero breaks a rule, so there has to be another.
func leftOut(v *protovalidate.Violation) bool {
	return v.FieldValue.IsValid() && reflect.ValueOf(v.FieldValue.Interface()).IsZero()
}

// Choices returns the names of the values of an enum that say something, in the order of the contract: all but that of 0.
func Choices(enum protoreflect.EnumDescriptor) string {
	var names []string
	for i := range enum.Values().Len() {
		value := enum.Values().Get(i)
		if value.Number() != 0 {
			names = append(names, string(value.Name()))
		}
	}
	return strings.Join(names, ", ")
}

// limit says what the rule asks of a value that is there.
func limit(kind string, v *protovalidate.Violation) string {
	if kind == "pattern" {
		return ruleTexts[kind] + example(v)
	}
	low, high, isRange := bounds(kind, v)
	if isRange {
		return fmt.Sprintf(rangeText, low, high)
	}
	text, ok := ruleTexts[kind]
	if !ok {
		return unknownText
	}
	if !strings.Contains(text, "%s") {
		return text
	}
	if !v.RuleValue.IsValid() {
		return unknownText
	}
	_, structured := v.RuleValue.Interface().(protoreflect.Message)
	if structured {
		return unknownText
	}
	return fmt.Sprintf(text, v.RuleValue.String())
}

// example returns how a field that breaks its pattern may be written, where the contract has an example of it.
func example(v *protovalidate.Violation) string {
	if v.RuleDescriptor == nil || v.FieldDescriptor == nil {
		return ""
	}
	rules, ok := rulesOf(v.FieldDescriptor, v.RuleDescriptor.ContainingMessage())
	if !ok {
		return ""
	}
	examples := rules.Get(rules.Descriptor().Fields().ByName("example")).List()
	if examples.Len() == 0 {
		return ""
	}
	return ", misalnya " + examples.Get(0).String()
}

// bounds returns the two ends of a rule such as gte_lte, whose violation carries only one of them; the rules around it
// have both.
func bounds(kind string, v *protovalidate.Violation) (low, high string, ok bool) {
	from, to, ok := strings.Cut(kind, "_")
	if !ok || !strings.HasPrefix(from, "gt") || !strings.HasPrefix(to, "lt") || v.RuleDescriptor == nil || v.FieldDescriptor == nil {
		return "", "", false
	}
	rules, ok := rulesOf(v.FieldDescriptor, v.RuleDescriptor.ContainingMessage())
	if !ok {
		return "", "", false
	}
	value := func(name string) string {
		f := rules.Descriptor().Fields().ByName(protoreflect.Name(name))
		if f == nil || !rules.Has(f) {
			return ""
		}
		return rules.Get(f).String()
	}
	low, high = value(from), value(to)
	return low, high, low != "" && high != ""
}
