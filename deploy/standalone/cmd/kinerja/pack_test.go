package main

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const carried = "rulePacks/permenpanrb-6-2022/versions/1"

// written returns a file with a child of a pack of the suite.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "paket.yaml")
	err := os.WriteFile(path, []byte(text), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPackCommand(t *testing.T) {
	t.Parallel()
	const head = "id: kepahiang-uji\nversion: 1\nbase: " + carried + "\ndisplay_name: Uji\n"
	const example = "examples:\n  - name: baik\n    given: {rating: {result: meets, behavior: meets}}\n    expected: {predicate: "
	good := written(t, head+example+"good}\n")
	wrong := written(t, head+example+"poor}\n")
	invalid := written(t, head+"bobot: 1\n")
	cases := []struct {
		name string
		args []string
		err  error
		want string
	}{
		{"lint_of_a_valid_file", []string{"lint", good}, nil, good + ": sah, 1 peringatan.\n"},
		{"lint_of_what_is_carried", []string{"lint", carried}, nil, carried + ": sah, 0 peringatan.\n"},
		{"lint_of_an_invalid_file", []string{"lint", good, invalid}, exitError(exitData), "baris 5, kolom 1, bobot: kunci “bobot” tidak dikenal"},
		{"test_of_a_valid_file", []string{"test", good}, nil, good + ": 1 dari 1 contoh sesuai.\n"},
		{"test_of_an_example_that_fails", []string{"test", wrong}, exitError(exitData), "baris 6, contoh “baik”: predicate seharusnya poor, tetapi hasilnya good"},
		{"test_of_an_invalid_file", []string{"test", invalid}, exitError(exitData), "tidak sah, 1 kesalahan"},
		{"diff", []string{"diff", carried, good}, nil, "Paket dasar kini “" + carried + "”; sebelumnya tidak ada.\n"},
		{"diff_of_the_same", []string{"diff", good, good}, nil, "Kedua paket sama; tidak ada perubahan.\n"},
		{"diff_of_an_invalid_file", []string{"diff", good, invalid}, exitError(exitData), "tidak sah"},
		{"show", []string{"show", carried}, nil, "id: permenpanrb-6-2022\n"},
		{"nothing", nil, errUsage, ""},
		{"lint_of_nothing", []string{"lint"}, errUsage, ""},
		{"diff_of_one", []string{"diff", good}, errUsage, ""},
		{"an_unknown_verb", []string{"publish", good}, errUsage, ""},
		{"a_file_that_is_not_there", []string{"lint", "tidak-ada.yaml"}, errNoFile, ""},
		{"help", []string{"--help"}, nil, packUsage},
		{"help_of_a_verb", []string{"lint", "--help"}, nil, packUsage},
		{"help_in_short", []string{"test", good, "-h"}, nil, packUsage},
		{"help_as_a_verb", []string{"help"}, nil, packUsage},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			err := packCommand(&out, c.args)
			if !errors.Is(err, c.err) {
				t.Fatalf("error is %v, want %v", err, c.err)
			}
			if !strings.Contains(out.String(), c.want) {
				t.Fatalf("it does not say %q:\n%s", c.want, out.String())
			}
		})
	}
}

func TestDispatch_takes_a_question_for_help_as_well_used(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]error{
		"help": nil, "--help": nil, "-h": nil, "pack --help": nil, "pack lint --help": nil, "run --help": flag.ErrHelp, "token -h": flag.ErrHelp,
		"keys --help": flag.ErrHelp, "": errUsage, "start": errUsage, "pack": errUsage, "run --start": errUsage,
	} {
		err := dispatch(t.Context(), strings.Fields(call))
		if !errors.Is(err, want) {
			t.Errorf("%q: error is %v, want %v", call, err, want)
		}
	}
}

func TestPackCommand_names_the_packs_when_one_is_unknown(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"lint", "show"} {
		var out strings.Builder
		err := packCommand(&out, []string{verb, "rulePacks/x/versions/1"})
		if err == nil || !strings.Contains(err.Error(), carried) {
			t.Errorf("%s: error is %v", verb, err)
		}
	}
}

func TestPackCommand_prints_the_schema(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	err := packCommand(&out, []string{"schema"})
	if err != nil || !json.Valid([]byte(out.String())) {
		t.Fatalf("error is %v", err)
	}
}
