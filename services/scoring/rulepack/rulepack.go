// Package rulepack lets programs outside of the scoring service check rule packs: the command of administrators, CI, and
// editors.
//
// Invariants: it says exactly what the service would say of the same file, because it is the same code; it knows the rule
// packs that this version of the suite carries, so that files may build on them; it reads no file and stores nothing.
//
// The package does not publish a pack; that is for the service, and for two people.
package rulepack

import (
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// ErrInvalid reports a file that is no valid rule pack; Lint says why.
var ErrInvalid = errors.New("berkas bukan paket aturan yang sah")

// Problem is one thing that is wrong or odd in a file.
type Problem struct {
	// Warning says that the file is valid all the same.
	Warning bool
	// Text says in Indonesian where and what, in one line.
	Text string
}

// Outcome is how a worked example of a file came out.
type Outcome struct {
	Name string
	// Line is where the example stands, from 1.
	Line int
	// Differences say in Indonesian what came out otherwise; none when all is as expected.
	Differences []string
}

// Library knows the rule packs on which files may build: those of this suite, and files that were added.
type Library struct {
	carried *pack.Catalog
	added   map[string][]byte
	// reading are the added files that are being read: one that is asked for meanwhile builds on itself.
	reading map[string]bool
}

// NewLibrary returns the library of the rule packs that this suite carries.
func NewLibrary() (*Library, error) {
	carried, err := pack.Embedded()
	if err != nil {
		return nil, err
	}
	return &Library{carried: carried, added: map[string][]byte{}, reading: map[string]bool{}}, nil
}

// Add lets other files build on this one, by the name that it states. It need not be valid.
func (l *Library) Add(content []byte) { l.added[pack.Name(content)] = content }

// Names returns the names of the rule packs that this suite carries.
func (l *Library) Names() []string {
	names := make([]string, 0, len(l.carried.Files()))
	for _, file := range l.carried.Files() {
		names = append(names, file.Pack.Name())
	}
	return names
}

// Content returns the text of a rule pack that this suite carries, and false for any other name.
func (l *Library) Content(name string) ([]byte, bool) {
	file, err := l.carried.File(name)
	if err != nil {
		return nil, false
	}
	return []byte(file.Content), true
}

// Lint returns every problem of a file in the order of their places, and whether it is a valid rule pack.
func (l *Library) Lint(content []byte) ([]Problem, bool) {
	file, found := pack.Lint(content, l.resolve)
	problems := make([]Problem, len(found))
	for i, p := range found {
		problems[i] = Problem{Warning: p.Severity == pack.SeverityWarning, Text: p.String()}
	}
	return problems, file != nil
}

// Test runs the worked examples of a file, in order. It returns ErrInvalid for a file that Lint refuses.
func (l *Library) Test(content []byte) ([]Outcome, error) {
	file, err := l.parse(content)
	if err != nil {
		return nil, err
	}
	tried := file.Try()
	outcomes := make([]Outcome, len(tried))
	for i, one := range tried {
		outcomes[i] = Outcome{Name: one.Example.Name, Line: one.Line, Differences: one.Differences}
	}
	return outcomes, nil
}

// Diff returns what the newer file says differently than the older one, as sentences in Indonesian; one sentence says that
// nothing is different. It returns ErrInvalid for a file that Lint refuses.
func (l *Library) Diff(older, newer []byte) ([]string, error) {
	before, err := l.parse(older)
	if err != nil {
		return nil, err
	}
	after, err := l.parse(newer)
	if err != nil {
		return nil, err
	}
	changes := pack.Compare(before, after)
	if len(changes) == 0 {
		return []string{pack.NoChange}, nil
	}
	sentences := make([]string, len(changes))
	for i, change := range changes {
		sentences[i] = change.Sentence
	}
	return sentences, nil
}

// Schema returns the JSON Schema (draft 2020-12) of the language, for editors.
func Schema() []byte { return pack.Schema() }

func (l *Library) parse(content []byte) (*pack.File, error) {
	file, problems := pack.Lint(content, l.resolve)
	if file == nil {
		return nil, fmt.Errorf("%w: %s", ErrInvalid, pack.Errors(problems)[0])
	}
	return file, nil
}

// resolve finds the base of a file.
func (l *Library) resolve(name string) (*pack.File, error) {
	content, ok := l.added[name]
	if !ok {
		return l.carried.File(name)
	}
	if l.reading[name] {
		return nil, fmt.Errorf("%q: %w", name, pack.ErrCycle)
	}
	l.reading[name] = true
	defer delete(l.reading, name)
	return pack.Parse(content, l.resolve)
}
