package pack

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "rewrite the golden files, the schema and the reference")

const (
	referenceFile = "../../../../docs/paket-aturan-bahasa.md"
	generatedMark = "<!-- Bagian di bawah ini dibuat dari skema; jangan diubah dengan tangan. -->\n"
)

// fresh demands that a file is as it would be made now, and makes it so with -update.
func fresh(t *testing.T, path string, want []byte) {
	t.Helper()
	if *update {
		err := os.WriteFile(path, want, 0o600)
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("%s is not fresh; run go test ./internal/pack -update", path)
	}
}

func TestSchema_is_that_of_the_types(t *testing.T) {
	t.Parallel()
	want, silent, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if len(silent) > 0 {
		t.Fatalf("statements without a word in Indonesian: %s", strings.Join(silent, ", "))
	}
	fresh(t, "rulepack.schema.json", want)
	got := Schema()
	got[0] = 'x'
	if Schema()[0] == 'x' {
		t.Error("the schema is shared")
	}
}

func TestReference_is_that_of_the_types(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(content), generatedMark)
	if !found {
		t.Fatal("the reference has no mark")
	}
	fresh(t, referenceFile, []byte(head+generatedMark+reference()))
}

// compiled returns the schema ready to validate.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	err = c.AddResource("rulepack.schema.json", doc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("rulepack.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// instance is a YAML document as JSON has it.
func instance(t *testing.T, content []byte) any {
	t.Helper()
	text, err := yaml.YAMLToJSON(content)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestSchema_takes_every_shipped_pack(t *testing.T) {
	t.Parallel()
	s := compiled(t)
	files, err := filepath.Glob("packs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no packs: %v", err)
	}
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		err = s.Validate(instance(t, content))
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestSchema_refuses(t *testing.T) {
	t.Parallel()
	s := compiled(t)
	cases := []struct{ name, old, replacement string }{
		{"an_unknown_key", "places: 2\n    weighted:", "place: 2\n    weighted:"},
		{"a_text_for_a_number", "weight: 70}", "weight: \"70\"}"},
		{"an_unknown_code", "basis: evidence", "basis: guess"},
		{"two_ways", "    behavior: {}", "    behavior: {}\n    survey: {}"},
		{"no_way", "    behavior: {}\n", ""},
		{"a_weight_of_zero", "weight: 70}", "weight: 0}"},
		{"too_many_places", "    places: 2\n    behavior", "    places: 9\n    behavior"},
		{"matrix_and_bands", "predicate:\n", "predicate:\n  matrix: {}\n"},
		{"no_predicate", "segments: {predicate: value}", "segments: {}"},
		{"an_empty_condition", "    behavior: {}", "    when: {}\n    behavior: {}"},
		{"an_id_with_a_slash", "id: contoh\n", "id: contoh/1\n"},
		{"an_example_without_expectation", "    expected: {value: \"100.60\", predicate: good}\n", ""},
	}
	good := string(small(t))
	err := s.Validate(instance(t, []byte(good)))
	if err != nil {
		t.Fatalf("the good one: %v", err)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if strings.Count(good, c.old) < 1 {
				t.Fatalf("%q does not occur", c.old)
			}
			bad := []byte(strings.Replace(good, c.old, c.replacement, 1))
			err := s.Validate(instance(t, bad))
			if err == nil {
				t.Fatal("the schema takes it")
			}
			file, _ := Lint(bad, nil)
			if file != nil {
				t.Fatal("Lint takes it")
			}
		})
	}
}
