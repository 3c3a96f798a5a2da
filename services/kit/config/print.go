package config

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
)

// Print writes the configuration that cfg points to as YAML: visible fields with their values, of secret ones only
// whether they are set.
func Print(w io.Writer, cfg any) error {
	t, err := walk(cfg)
	if err != nil {
		return err
	}
	var out strings.Builder
	var open []string
	for _, f := range t.fields {
		if f.class() == Hidden {
			continue
		}
		parts := strings.Split(f.path, ".")
		sections, key := parts[:len(parts)-1], parts[len(parts)-1]
		shared := 0
		for shared < len(sections) && shared < len(open) && sections[shared] == open[shared] {
			shared++
		}
		for i := shared; i < len(sections); i++ {
			fmt.Fprintf(&out, "%s%s:\n", strings.Repeat("  ", i), sections[i])
		}
		open = sections
		fmt.Fprintf(&out, "%s%s: %s\n", strings.Repeat("  ", len(sections)), key, f.printed())
	}
	_, err = io.WriteString(w, out.String())
	if err != nil {
		return fmt.Errorf("print configuration: %w", err)
	}
	return nil
}

func (f field) printed() string {
	if f.class() == Secret {
		if f.text() == "" {
			return `"" # secret, not set`
		}
		return "(set) # secret"
	}
	switch f.value.Interface().(type) {
	case bool, int, int32, int64, time.Duration, Bytes:
		return f.text()
	case []string:
		return "[" + f.text() + "]"
	default:
		return fmt.Sprintf("%q", f.text())
	}
}

// Docs writes the reference of the configuration that cfg points to, as a Markdown table. The prefix begins the names of
// the environment variables.
func Docs(w io.Writer, cfg any, envPrefix string) error {
	t, err := walk(cfg)
	if err != nil {
		return err
	}
	var out strings.Builder
	out.WriteString("| Key | Environment | Type | Default | Example | Meaning |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, f := range t.fields {
		if f.class() == Hidden {
			continue
		}
		doc := f.tag.Get("doc")
		if f.class() == Secret {
			doc += " The file holds a secret."
		}
		fmt.Fprintf(&out, "| `%s` | `%s` | %s | %s | %s | %s |\n", f.path, f.env(envPrefix), f.kind(),
			code(f.tag.Get("default")), code(f.tag.Get("example")), strings.ReplaceAll(doc, "|", `\|`))
	}
	_, err = io.WriteString(w, out.String())
	if err != nil {
		return fmt.Errorf("write reference: %w", err)
	}
	return nil
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(s, "|", `\|`) + "`"
}

func (f field) kind() string {
	switch {
	case f.class() == Secret:
		return "path"
	case f.value.Type() == durationType:
		return "duration"
	case f.value.Type() == bytesType:
		return "size"
	case f.value.Kind() == reflect.Bool:
		return "true or false"
	case f.value.Kind() == reflect.Slice:
		return "list"
	case f.value.Kind() == reflect.Map:
		return "key=value list"
	case f.value.Kind() == reflect.String:
		return "text"
	default:
		return "number"
	}
}

// Check returns an error for each field of the configuration that does not say all there is to know: a doc that is a
// sentence, a known class, a default that can be read, an example where there is no default, a key of [a-z0-9_], and for
// secrets a key that ends in _file.
func Check(cfg any) error {
	t, err := walk(cfg)
	if err != nil {
		return err
	}
	errs := t.defaults()
	for _, f := range t.fields {
		report := func(problem string) { errs = append(errs, fmt.Errorf("%s: %s", f.path, problem)) }
		doc := f.tag.Get("doc")
		if doc == "" || !strings.HasSuffix(doc, ".") {
			report("its doc is not a sentence")
		}
		if strings.Trim(f.path, "abcdefghijklmnopqrstuvwxyz0123456789_.") != "" {
			report("its key has other characters than a-z, 0-9 and _")
		}
		switch f.tag.Get("class") {
		case Visible, Hidden:
		case Secret:
			if !strings.HasSuffix(f.path, "_file") || f.value.Kind() != reflect.String {
				report("a secret must be the path of a file, and its key end in _file")
			}
		default:
			report("its class is not visible, secret or hidden")
		}
		if f.tag.Get("default") == "" && f.tag.Get("example") == "" {
			report("it has neither a default nor an example")
		}
	}
	return errors.Join(errs...)
}
