package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var block = regexp.MustCompile("(?s)```(yaml|sh|text)\n(.*?)```\n")

// TestTutorial does what the tutorial of rule packs says up to where it needs a service, which scripts/smoke has: it writes
// its files, runs its commands, and compares what they print with what the tutorial shows.
func TestTutorial(t *testing.T) {
	page, err := filepath.Abs("../../../../docs/paket-aturan.md")
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	alone, _, ok := strings.Cut(string(content), "\n## 7. ")
	if !ok {
		t.Fatal("the tutorial has no part 7")
	}
	t.Chdir(t.TempDir())
	printed, files, commands := "", 0, 0
	for _, found := range block.FindAllStringSubmatch(alone, -1) {
		kind, text := found[1], found[2]
		switch kind {
		case "yaml":
			name, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
			err = os.WriteFile(name, []byte(text), 0o600)
			if err != nil {
				t.Fatal(err)
			}
			files++
		case "sh":
			printed = ""
			for line := range strings.Lines(text) {
				printed += run(t, strings.Fields(line))
				commands++
			}
		case "text":
			if printed != text {
				t.Errorf("the tutorial shows\n%s\nbut the command prints\n%s", text, printed)
			}
		}
	}
	if files < 3 || commands < 6 {
		t.Fatalf("only %d files and %d commands", files, commands)
	}
}

// run runs a command of the tutorial and returns what it prints.
func run(t *testing.T, words []string) string {
	t.Helper()
	if len(words) < 3 || words[0] != "kinerja" || words[1] != "pack" {
		t.Fatalf("no command of rule packs: %v", words)
	}
	var out strings.Builder
	err := packCommand(&out, words[2:])
	if err != nil && !errors.Is(err, exitError(exitData)) {
		t.Fatalf("%v: %v", words, err)
	}
	return out.String()
}
