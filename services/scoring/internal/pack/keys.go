package pack

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/spelling"
)

// entry is one key of a mapping with its value.
type entry struct {
	key   string
	token *token.Token
	value ast.Node
}

// entries returns the keys of a mapping in their order, each once, and records where they stand.
func (r *reader) entries(path string, node ast.Node) ([]entry, bool) {
	var values []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		r.addf(node, path, "harus berupa bagian dengan kunci dan nilai, seperti “kunci: nilai”, bukan “%s”", shorten(node))
		return nil, false
	}
	seen := map[string]bool{}
	entries := make([]entry, 0, len(values))
	for _, value := range values {
		if value.Key.IsMergeKey() {
			r.addf(value.Key, path, "<< tidak didukung; tulis setiap kunci, atau pakai base untuk memakai paket lain")
			continue
		}
		one := entry{value.Key.GetToken().Value, value.Key.GetToken(), value.Value}
		at := join(path, one.key)
		if seen[one.key] {
			r.add(one.token, at, fmt.Sprintf("kunci “%s” ditulis dua kali; hapus salah satunya", one.key))
			continue
		}
		seen[one.key] = true
		r.put(at, one.token)
		entries = append(entries, one)
	}
	return entries, true
}

// fieldsOf returns the fields of a struct by their keys; those of embedded structs are its own.
func fieldsOf(v reflect.Value) map[string]reflect.Value {
	fields := map[string]reflect.Value{}
	for i := range v.NumField() {
		key, inline := keyOf(v.Type().Field(i))
		if inline {
			maps.Copy(fields, fieldsOf(v.Field(i)))
			continue
		}
		fields[key] = v.Field(i)
	}
	return fields
}

// keyOf returns the key of a field, or that its fields stand in its place.
func keyOf(field reflect.StructField) (key string, inline bool) {
	key, option, _ := strings.Cut(field.Tag.Get("yaml"), ",")
	return key, option == "inline"
}

// nameOf returns the name of a type of the language. A distribution pattern has types whose names rules have too.
func nameOf(t reflect.Type) string {
	if t.PkgPath() == reflect.TypeFor[distribution.Limits]().PkgPath() {
		return "Distribution" + t.Name()
	}
	return t.Name()
}

// unknownKey says that a key is not known and which one may be meant. before is the value in front of it.
func unknownKey(key string, before ast.Node, fields map[string]reflect.Value) string {
	whole, ok := numeric(before)
	if ok && plainWhole.MatchString(whole) && isDigits(key) {
		return fmt.Sprintf("koma memisahkan “%s” dari “%s”; tulis %[1]s.%[2]s, dengan titik sebagai tanda desimal", whole, key)
	}
	known := slices.Sorted(maps.Keys(fields))
	like := meant(key, known)
	switch {
	case like != "":
		return fmt.Sprintf("kunci “%s” tidak dikenal%s", key, like)
	case len(known) == 0:
		return fmt.Sprintf("kunci “%s” tidak dikenal; bagian ini tanpa ketentuan, tulis {}", key)
	}
	return fmt.Sprintf("kunci “%s” tidak dikenal; pilih %s", key, choices(known))
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// meant says which of the known words one that is not known may mean; empty when none is like it.
func meant(word string, known []string) string {
	best := spelling.Nearest(word, known)
	if best == "" {
		return ""
	}
	return "; mungkin maksudnya “" + best + "”"
}

// join is the path of a key within a statement.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// choices lists codes in a sentence.
func choices(codes []string) string {
	if len(codes) < 2 {
		return strings.Join(codes, "")
	}
	last := len(codes) - 1
	return strings.Join(codes[:last], ", ") + " atau " + codes[last]
}
