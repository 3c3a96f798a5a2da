package inspect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// MaxViolations bounds what one answer lists.
const MaxViolations = 20

// Body returns what is wrong with a JSON body that should hold a message of desc. The paths of known fields are in proto
// names and begin with prefix, the field of the request that the body fills, or are relative when it is empty; unknown
// fields are named as sent, relative to the body. Body returns nil when it finds nothing wrong.
func Body(body []byte, desc protoreflect.MessageDescriptor, prefix string) *fault.Fault {
	if !json.Valid(body) {
		return malformed(body)
	}
	if prefix == "" && bytes.TrimLeft(body, " \t\r\n")[0] != '{' {
		return fault.New(fault.ReasonMalformedJSON).Worded(
			"The body is no JSON object.",
			"Isi permintaan harus berupa objek JSON. Perbaiki isi permintaan, lalu kirim kembali.",
		)
	}
	in := inspector{}
	in.message(body, desc, path{known: prefix})
	if len(in.found) == 0 {
		return nil
	}
	return fault.Invalid(in.found...)
}

// malformed returns the fault of a body that is not JSON, with the line where it stops being so.
func malformed(body []byte) *fault.Fault {
	f := fault.New(fault.ReasonMalformedJSON)
	var probe json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(body))
	err := dec.Decode(&probe)
	good := len(body)
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	switch {
	case err == nil:
		good = int(dec.InputOffset())
	case ok:
		good = min(int(syntax.Offset), len(body))
	}
	line := 1 + bytes.Count(body[:good], []byte("\n"))
	return f.Worded(
		fmt.Sprintf("The body is not well-formed JSON: line %d.", line),
		fmt.Sprintf("Isi permintaan bukan JSON yang benar: periksa baris %d. Perbaiki isi permintaan, lalu kirim kembali.", line),
	)
}

// path is the place of a value: in proto names for fields of the contract, and as the caller wrote it.
type path struct {
	known string
	sent  string
}

func (p path) field(fd protoreflect.FieldDescriptor, name string) path {
	return path{known: join(p.known, string(fd.Name())), sent: join(p.sent, name)}
}

func (p path) element(i int) path {
	suffix := fmt.Sprintf("[%d]", i)
	return path{known: p.known + suffix, sent: p.sent + suffix}
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "." + b
}

type inspector struct {
	found []fault.Violation
}

func (in *inspector) full() bool { return len(in.found) >= MaxViolations }

// wrong reports a value that is not of the wanted form; see form.
func (in *inspector) wrong(p path, wanted string) {
	in.found = append(in.found, fault.Field(p.known, fault.ReasonMalformedJSON).Worded(
		"The value of "+p.known+" has the wrong type.",
		"Nilai pada isian "+p.known+" harus berupa "+wanted+". Periksa kembali penulisannya.",
	))
}

func (in *inspector) unknown(sent string) {
	in.found = append(in.found, fault.Field(sent, fault.ReasonUnknownField))
}

func (in *inspector) repeated(p path) {
	in.found = append(in.found, fault.Field(p.known, fault.ReasonMalformedJSON).Worded(
		"The field "+p.known+" is given more than once.",
		"Isian "+p.known+" ditulis lebih dari satu kali. Tulis satu kali saja.",
	))
}

// message looks at an object that should be a message. Well-known types have a JSON form of their own and are judged
// whole.
func (in *inspector) message(raw json.RawMessage, desc protoreflect.MessageDescriptor, p path) {
	if desc.FullName().Parent() == "google.protobuf" {
		in.wrong(p, messageForm(desc))
		return
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	token, err := dec.Token()
	if err != nil || token != json.Delim('{') {
		in.wrong(p, messageForm(desc))
		return
	}
	seen := map[protoreflect.FieldNumber]bool{}
	for dec.More() && !in.full() {
		name, value, err := pair(dec)
		if err != nil {
			in.wrong(p, messageForm(desc))
			return
		}
		fd := desc.Fields().ByJSONName(name)
		if fd == nil {
			fd = desc.Fields().ByTextName(name)
		}
		if fd == nil {
			in.unknown(join(p.sent, name))
			continue
		}
		at := p.field(fd, name)
		if seen[fd.Number()] {
			in.repeated(at)
			continue
		}
		seen[fd.Number()] = true
		in.value(value, desc, fd, at)
	}
}

// pair reads the next name and value of an object.
func pair(dec *json.Decoder) (string, json.RawMessage, error) {
	token, err := dec.Token()
	if err != nil {
		return "", nil, err
	}
	name, ok := token.(string)
	if !ok {
		return "", nil, io.ErrUnexpectedEOF
	}
	var value json.RawMessage
	err = dec.Decode(&value)
	return name, value, err
}

// value looks at one field, and into it when the decoder does not take it whole.
func (in *inspector) value(raw json.RawMessage, desc protoreflect.MessageDescriptor, fd protoreflect.FieldDescriptor, p path) {
	if takes(desc, fd, raw) {
		return
	}
	if fd.IsMap() || (fd.Message() == nil && !fd.IsList()) {
		in.wrong(p, form(fd))
		return
	}
	if !fd.IsList() {
		in.message(raw, fd.Message(), p)
		return
	}
	var elements []json.RawMessage
	err := json.Unmarshal(raw, &elements)
	if err != nil {
		in.wrong(p, "daftar")
		return
	}
	for i, element := range elements {
		if in.full() {
			return
		}
		one := append(append([]byte{'['}, element...), ']')
		switch {
		case takes(desc, fd, one):
		case fd.Message() == nil:
			in.wrong(p.element(i), form(fd))
		default:
			in.message(element, fd.Message(), p.element(i))
		}
	}
}

// takes reports whether the decoder accepts raw as the value of the field.
func takes(desc protoreflect.MessageDescriptor, fd protoreflect.FieldDescriptor, raw json.RawMessage) bool {
	name, err := json.Marshal(fd.JSONName())
	if err != nil {
		return false
	}
	whole := bytes.Join([][]byte{[]byte("{"), name, []byte(":"), raw, []byte("}")}, nil)
	return protojson.Unmarshal(whole, dynamicpb.NewMessage(desc)) == nil
}
