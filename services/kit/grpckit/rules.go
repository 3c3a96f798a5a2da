package grpckit

import (
	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// rulesOf returns the rules of this kind, such as buf.validate.Int32Rules, that the field or its items have.
func rulesOf(field protoreflect.FieldDescriptor, kind protoreflect.MessageDescriptor) (protoreflect.Message, bool) {
	rules, ok := proto.GetExtension(field.Options(), validate.E_Field).(*validate.FieldRules)
	if !ok || rules == nil {
		return nil, false
	}
	for _, r := range []*validate.FieldRules{rules, rules.GetRepeated().GetItems(), rules.GetMap().GetValues()} {
		found, ok := typed(r.ProtoReflect(), kind)
		if ok {
			return found, true
		}
	}
	return nil, false
}

func typed(rules protoreflect.Message, kind protoreflect.MessageDescriptor) (protoreflect.Message, bool) {
	var found protoreflect.Message
	rules.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() != nil && f.Message().FullName() == kind.FullName() {
			found = v.Message()
		}
		return found == nil
	})
	return found, found != nil
}
