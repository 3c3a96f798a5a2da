package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// File is a rule pack as its file states it.
type File struct {
	// Pack holds the rules, with those of the base worked in.
	Pack *domain.Pack
	// Content is the file, byte for byte.
	Content string
	// Examples are the worked examples of the file. Those of a base are not its own: they prove other numbers.
	Examples []Example

	places places
	// bases is how many packs stand behind this one.
	bases int
}

// document is the form of a file.
type document struct {
	domain.Definition `yaml:",inline"`
	Examples          []Example `yaml:"examples"`
}

// Resolve returns the file of a pack by its name, rulePacks/{id}/versions/{version}, for files that build on it.
type Resolve func(name string) (*File, error)

// Parse reads a file and takes it when it has no error. Otherwise the error is an *InvalidError, which is
// domain.ErrInvalidPack, with all of them. Examples are not held to what they
// expect. resolve may be nil for files without base.
func Parse(content []byte, resolve Resolve) (*File, error) {
	file, problems := Lint(content, resolve)
	if file == nil {
		return nil, &InvalidError{Problems: Errors(problems)}
	}
	return file, nil
}

// Lint reads a file and returns every problem of it in the order of their places, each with line and column. The file is
// nil when one of them is an error. Errors of the form hide those of the content, half of which would only repeat them, and
// those of the rules hide facts of examples that cannot be. resolve may be nil: then a file with a base is refused.
func Lint(content []byte, resolve Resolve) (*File, []Problem) {
	var doc document
	at, problems := read(content, &doc)
	if len(problems) > 0 {
		return nil, problems
	}
	file := &File{Content: string(content), Examples: doc.Examples, places: at}
	def, hash := doc.Definition, sha256.Sum256(content)
	if doc.Base != "" {
		base, problem := file.base(doc.Base, resolve)
		if problem != nil {
			return nil, []Problem{*problem}
		}
		def, file.places = inherit(&doc.Definition, at, base)
		file.places.move(at, examplesKey, examplesKey)
		file.bases = base.bases + 1
		hash = sha256.Sum256([]byte(base.Pack.Hash() + "\n" + string(content)))
	}
	p, err := domain.NewPack(def, hex.EncodeToString(hash[:]))
	problems = file.problems(&def, err)
	problems = append(problems, file.wrongExamples(&def)...)
	if len(problems) > 0 {
		inOrder(problems)
		return nil, problems
	}
	file.Pack = p
	problems = file.impossible()
	if len(problems) > 0 {
		inOrder(problems)
		return nil, problems
	}
	problems = file.warnings()
	inOrder(problems)
	return file, problems
}

// base returns the file that another builds on, or why there is none.
func (f *File) base(name string, resolve Resolve) (*File, *Problem) {
	refuse := func(format string, args ...any) (*File, *Problem) {
		problem := f.places.problem(SeverityError, "base", fmt.Sprintf(format, args...))
		return nil, &problem
	}
	if resolve == nil {
		return refuse("paket dasar %s tidak tersedia di sini", name)
	}
	base, err := resolve(name)
	switch {
	case errors.Is(err, ErrCycle):
		return refuse("paket dasar %s kembali ke paket ini; hapus salah satu base", name)
	case errors.Is(err, domain.ErrInvalidPack):
		return refuse("paket dasar %s tidak sah; perbaiki paket itu lebih dahulu", name)
	case err != nil:
		return refuse("paket dasar %s tidak ditemukan; perbaiki namanya, rulePacks/{id}/versions/{versi}", name)
	case base.bases+1 > maxBases:
		return refuse("paket dasar %s sudah berlapis %d; paling banyak %d lapis, salin ketentuannya ke sini", name, base.bases, maxBases)
	}
	return base, nil
}

// problems puts the problems of a definition to their places.
func (f *File) problems(def *domain.Definition, err error) []Problem {
	if err == nil {
		return nil
	}
	invalid, ok := errors.AsType[*domain.PackError](err)
	if !ok {
		return []Problem{{Severity: SeverityError, Message: err.Error()}}
	}
	var problems []Problem
	for _, p := range invalid.Problems[:min(len(invalid.Problems), maxProblems)] {
		problem := f.places.problem(SeverityError, p.Path, p.Message)
		_, stated := f.places[rulesKey]
		switch {
		case problem.File != "":
			problem.Message = mendHere(def, p)
		case p.Rule != "" && !stated:
			problem.Line, problem.Column = f.near(p.Rule)
		}
		problems = append(problems, problem)
	}
	return problems
}

// near returns the place of what needs a rule that is missing in a file that states none: a rule is called like the statement
// that it belongs to.
func (f *File) near(rule string) (line, column int) {
	at := f.places.find(rule)
	if at.file != "" {
		at = f.places[""]
	}
	return at.line, at.column
}

// mendHere returns the message of a problem with a statement of the base, with what to write in the file that builds on it: the
// author cannot change the base.
func mendHere(def *domain.Definition, p domain.Problem) string {
	what, remove := strings.CutSuffix(p.Message, "; hapus")
	key, _, _ := strings.Cut(p.Path, ".")
	key, position, _ := strings.Cut(strings.TrimSuffix(key, "]"), "[")
	i, err := strconv.Atoi(position)
	here := "bagian “" + key + "”"
	switch {
	case err == nil && key == componentsKey:
		here = "komponen “" + def.Components[i].ID + "”"
	case err == nil && key == rulesKey:
		here = "aturan “" + def.Rules[i].ID + "”"
	case remove:
		return what + "; ketentuan itu berasal dari paket dasar: tulis `" + key + ": {}` di paket ini"
	}
	if remove {
		here += " tanpa ketentuan itu"
	}
	return what + "; ketentuan itu berasal dari paket dasar: tulis ulang " + here + " di paket ini"
}

// Wrong returns an error of the statement with this path, with its place in the file.
func (f *File) Wrong(path, message string) Problem {
	return f.places.problem(SeverityError, path, message)
}

// Prove runs every example of the file and returns the errors of all that fail, joined.
func (f *File) Prove() error {
	var errs []error
	for _, example := range f.Examples {
		errs = append(errs, example.Run(f.Pack))
	}
	return errors.Join(errs...)
}
