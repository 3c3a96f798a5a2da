package config

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Classes of fields.
const (
	// Visible fields are printed and documented.
	Visible = "visible"
	// Secret fields hold the path of a file with a secret. They are documented; printed is only whether they are set.
	Secret = "secret"
	// Hidden fields are for tests and for emergencies: neither printed nor documented.
	Hidden = "hidden"
)

// field is a leaf of a configuration.
type field struct {
	path  string
	tag   reflect.StructTag
	value reflect.Value
}

func (f field) class() string {
	class := f.tag.Get("class")
	if class == "" {
		return Visible
	}
	return class
}

// env returns the name of the environment variable for the field, with the prefix.
func (f field) env(prefix string) string { return prefix + envName(f.path) }

func envName(path string) string { return strings.ToUpper(strings.ReplaceAll(path, ".", "_")) }

// tree is a configuration as a list: its leaves in order, and every struct, inner ones first.
type tree struct {
	fields  []field
	structs []reflect.Value
}

// walk returns the tree of the struct that dst points to. A field of an interface type that holds a pointer to a struct
// is a section like any other, so that a configuration may hold one that it does not know.
func walk(dst any) (*tree, error) {
	v := reflect.ValueOf(dst)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return nil, errors.New("config: the destination is no pointer to a struct")
	}
	t := &tree{}
	err := t.add("", v.Elem())
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, f := range t.fields {
		if seen[envName(f.path)] {
			return nil, fmt.Errorf("config: two fields are called %s", f.path)
		}
		seen[envName(f.path)] = true
	}
	return t, nil
}

func (t *tree) add(prefix string, v reflect.Value) error {
	for i := range v.NumField() {
		sf := v.Type().Field(i)
		if !sf.IsExported() {
			return fmt.Errorf("config: field %s of %s is not exported", sf.Name, v.Type())
		}
		name, options, _ := strings.Cut(sf.Tag.Get("yaml"), ",")
		path := prefix + name
		inner, isSection := section(v.Field(i))
		if options == "inline" && isSection {
			path = strings.TrimSuffix(prefix, ".")
		} else if name == "" {
			return fmt.Errorf("config: field %s of %s has no yaml tag", sf.Name, v.Type())
		}
		if !isSection {
			t.fields = append(t.fields, field{path: path, tag: sf.Tag, value: v.Field(i)})
			continue
		}
		if !inner.IsValid() {
			continue
		}
		if path != "" {
			path += "."
		}
		err := t.add(path, inner)
		if err != nil {
			return err
		}
	}
	t.structs = append(t.structs, v)
	return nil
}

// section returns the struct that v is or holds, and whether it is a place for one; an empty interface holds none.
func section(v reflect.Value) (reflect.Value, bool) {
	switch v.Kind() {
	case reflect.Struct:
		return v, true
	case reflect.Interface:
		if v.IsNil() {
			return reflect.Value{}, true
		}
		inner := v.Elem()
		if inner.Kind() == reflect.Pointer && !inner.IsNil() && inner.Elem().Kind() == reflect.Struct {
			return inner.Elem(), true
		}
		return reflect.Value{}, true
	default:
		return reflect.Value{}, false
	}
}

func (t *tree) byPath() map[string]field {
	m := make(map[string]field, len(t.fields))
	for _, f := range t.fields {
		m[f.path] = f
	}
	return m
}

func (t *tree) byEnv(prefix string) map[string]field {
	m := make(map[string]field, len(t.fields))
	for _, f := range t.fields {
		m[f.env(prefix)] = f
	}
	return m
}

// nearest returns an error about the unknown key, with the known one that it was most likely meant to be.
func nearest[V any](kind, given string, known map[string]V) error {
	best, bestAt := "", len(given)/2+2
	for _, k := range slices.Sorted(maps.Keys(known)) {
		d := distance(given, k)
		if d < bestAt {
			best, bestAt = k, d
		}
	}
	if best == "" {
		return fmt.Errorf("unknown %s %s", kind, given)
	}
	return fmt.Errorf("unknown %s %s, did you mean %s?", kind, given, best)
}

// distance is the number of letters to insert, remove or replace to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
