package config

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// maxFile bounds a configuration file, in bytes.
const maxFile = 1 << 20

// Sources are where a configuration comes from.
type Sources struct {
	// File is the path of a YAML file; none when empty.
	File string
	// Env is the environment, as os.Environ gives it.
	Env []string
	// EnvPrefix begins the names of the variables that count, such as KINERJA_PLANNING_. None count without it.
	EnvPrefix string
	// IgnoreEnv are variables with the prefix that are no configuration.
	IgnoreEnv []string
	// Flags are values by key, such as grpc.addr.
	Flags map[string]string
}

// Validator is a configuration, or a section of one, that has rules of its own. Validate is called once everything is
// read; its errors are reported with the others.
type Validator interface {
	Validate() error
}

// Load reads the configuration into the struct that dst points to: defaults first, then the file, the environment and
// the flags. It reports all errors together; dst is not to be used after one.
func Load(dst any, s Sources) error {
	t, err := walk(dst)
	if err != nil {
		return err
	}
	errs := t.defaults()
	errs = append(errs, t.file(s.File)...)
	errs = append(errs, t.env(s)...)
	known := t.byPath()
	for _, key := range sortedKeys(s.Flags) {
		f, ok := known[key]
		if !ok {
			errs = append(errs, fmt.Errorf("flags: %w", nearest("key", key, known)))
			continue
		}
		err := f.set(s.Flags[key])
		if err != nil {
			errs = append(errs, fmt.Errorf("flags: %s: %w", key, err))
		}
	}
	// Rules may assume that the values themselves are sound.
	if len(errs) == 0 {
		errs = t.validate()
	}
	if len(errs) > 0 {
		return fmt.Errorf("configuration: %w", errors.Join(errs...))
	}
	return nil
}

func (t *tree) defaults() []error {
	var errs []error
	for _, f := range t.fields {
		text, ok := f.tag.Lookup("default")
		if !ok || text == "" {
			continue
		}
		err := f.set(text)
		if err != nil {
			errs = append(errs, fmt.Errorf("default of %s: %w", f.path, err))
		}
	}
	return errs
}

func (t *tree) file(path string) []error {
	if path == "" {
		return nil
	}
	raw, err := readFile(path)
	if err != nil {
		return []error{err}
	}
	var root map[string]any
	err = yaml.Unmarshal(raw, &root)
	if err != nil {
		return []error{fmt.Errorf("%s: %w", path, err)}
	}
	r := reader{file: path, known: t.byPath()}
	r.read("", root)
	return r.errs
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open configuration: %w", err)
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("%s is larger than %s", path, Bytes(maxFile))
	}
	return raw, nil
}

// reader sets fields from the nodes of a file.
type reader struct {
	file  string
	known map[string]field
	errs  []error
}

func (r *reader) read(prefix string, nodes map[string]any) {
	for _, key := range sortedKeys(nodes) {
		path := prefix + key
		f, ok := r.known[path]
		if ok {
			err := f.setNode(nodes[key])
			if err != nil {
				r.errs = append(r.errs, fmt.Errorf("%s: %s: %w", r.file, path, err))
			}
			continue
		}
		inner, isMap := nodes[key].(map[string]any)
		switch {
		case isMap && r.section(path):
			r.read(path+".", inner)
		case nodes[key] == nil && r.section(path):
			// A section whose keys are all commented out.
		case r.section(path):
			r.errs = append(r.errs, fmt.Errorf("%s: %s is a section, not a value", r.file, path))
		default:
			r.errs = append(r.errs, fmt.Errorf("%s: %w", r.file, nearest("key", path, r.known)))
		}
	}
}

func (r *reader) section(path string) bool {
	for known := range r.known {
		if strings.HasPrefix(known, path+".") {
			return true
		}
	}
	return false
}

func (t *tree) env(s Sources) []error {
	if s.EnvPrefix == "" {
		return nil
	}
	var errs []error
	known := t.byEnv(s.EnvPrefix)
	for _, variable := range s.Env {
		name, text, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, s.EnvPrefix) || slices.Contains(s.IgnoreEnv, name) {
			continue
		}
		f, ok := known[name]
		if !ok {
			errs = append(errs, fmt.Errorf("environment: %w", nearest("variable", name, known)))
			continue
		}
		err := f.set(text)
		if err != nil {
			errs = append(errs, fmt.Errorf("environment: %s: %w", name, err))
		}
	}
	return errs
}

func (t *tree) validate() []error {
	var errs []error
	for _, s := range t.structs {
		v, ok := validator(s)
		if !ok {
			continue
		}
		err := v.Validate()
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

func validator(s reflect.Value) (Validator, bool) {
	if s.CanAddr() {
		v, ok := s.Addr().Interface().(Validator)
		if ok {
			return v, true
		}
	}
	v, ok := s.Interface().(Validator)
	return v, ok
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
