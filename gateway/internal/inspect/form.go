package inspect

import (
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
)

var scalarForms = map[protoreflect.Kind]string{
	protoreflect.BoolKind:     "true atau false",
	protoreflect.BytesKind:    "teks base64",
	protoreflect.DoubleKind:   "bilangan",
	protoreflect.Fixed32Kind:  "bilangan bulat",
	protoreflect.Fixed64Kind:  "bilangan bulat",
	protoreflect.FloatKind:    "bilangan",
	protoreflect.Int32Kind:    "bilangan bulat dari -2147483648 sampai dengan 2147483647",
	protoreflect.Int64Kind:    "bilangan bulat",
	protoreflect.Sfixed32Kind: "bilangan bulat dari -2147483648 sampai dengan 2147483647",
	protoreflect.Sfixed64Kind: "bilangan bulat",
	protoreflect.Sint32Kind:   "bilangan bulat dari -2147483648 sampai dengan 2147483647",
	protoreflect.Sint64Kind:   "bilangan bulat",
	protoreflect.StringKind:   "teks di antara tanda petik ganda",
	protoreflect.Uint32Kind:   "bilangan bulat",
	protoreflect.Uint64Kind:   "bilangan bulat",
}

var messageForms = map[protoreflect.FullName]string{
	"google.protobuf.Duration":  "lama waktu dalam detik, misalnya \"30s\"",
	"google.protobuf.FieldMask": "nama-nama isian yang dipisahkan koma",
	"google.protobuf.Timestamp": "waktu menurut RFC 3339, misalnya \"2026-01-31T08:00:00Z\"",
}

// form names the JSON form of one value of the field, in Indonesian.
func form(fd protoreflect.FieldDescriptor) string {
	if fd.Message() != nil {
		return messageForm(fd.Message())
	}
	if fd.Enum() != nil {
		return "salah satu dari " + grpckit.Choices(fd.Enum())
	}
	return scalarForms[fd.Kind()]
}

func messageForm(desc protoreflect.MessageDescriptor) string {
	text, ok := messageForms[desc.FullName()]
	if !ok {
		return "objek JSON"
	}
	return text
}
