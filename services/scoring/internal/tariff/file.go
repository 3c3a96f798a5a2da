package tariff

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

const (
	// MaxBytes bounds the content of a table.
	MaxBytes = 64 << 10
	// maxExamples bounds its examples.
	maxExamples = 200

	// The YAML library takes a time that grows with the square of these, so that a content of few bytes could keep a
	// processor busy for a minute.
	maxLines = 2000
	maxLine  = 1000
	maxDepth = 20
)

// File is a table as its content states it.
type File struct {
	Table    allowance.Table
	Examples []Example
	Content  string
	// Hash is the SHA-256 of the content, in hexadecimal.
	Hash string

	at position
}

// position returns where the statement with a path stands in the content, or the nearest around it; 0 when nothing does.
type position func(path string) (line, column int)

// document is the form of the content.
type document struct {
	allowance.Table `yaml:",inline"`
	Examples        []Example `yaml:"examples"`
}

// Problem is one thing that is wrong with a content.
type Problem struct {
	// Line and Column count from 1; both are 0 where the problem is that of the whole content.
	Line, Column int
	// Example says that an example came out otherwise than it states; the table itself is fine.
	Example bool
	// Text is for operators, Local for people, in Indonesian. Both begin with the position.
	Text, Local string
}

// Parse reads a content and runs its examples. It returns everything that is wrong with it: problems of its form, else
// those of its numbers, else those of its examples. The file is of use only without problems.
func Parse(content string) (*File, []Problem) {
	if tooLarge(content) {
		return nil, []Problem{{
			Text: fmt.Sprintf("has more than %d bytes, %d lines, %d bytes in a line or %d nested brackets", MaxBytes, maxLines, maxLine, maxDepth),
			Local: fmt.Sprintf("Isi tabel melebihi %d byte, %d baris, %d byte dalam satu baris, atau %d kurung bertingkat.",
				MaxBytes, maxLines, maxLine, maxDepth),
		}}
	}
	var doc document
	stated, wrong := pack.Fill([]byte(content), &doc)
	at := position(stated)
	if len(wrong) > 0 {
		return nil, formProblems(wrong)
	}
	problems := at.placeAll(doc.Check())
	if len(doc.Examples) == 0 || len(doc.Examples) > maxExamples {
		problems = append(problems, at.place("examples", "examples are not 1 to 200",
			"Isian examples harus memuat 1 sampai 200 contoh bulan beserta hasilnya."))
	}
	if len(problems) > 0 {
		return nil, problems
	}
	sum := sha256.Sum256([]byte(content))
	file := &File{Table: doc.Table, Examples: doc.Examples, Content: content, Hash: hex.EncodeToString(sum[:]), at: at}
	for i, example := range file.Examples {
		text, local := example.run(&file.Table)
		if text != "" {
			p := at.place(fmt.Sprintf("examples[%d]", i), text, local)
			p.Example = true
			problems = append(problems, p)
		}
	}
	return file, problems
}

// Follow returns where the table differs from the rule pack that it names; rules is nil when there is none.
func (f *File) Follow(rules *domain.Pack) []Problem {
	return f.at.placeAll(f.Table.Follow(rules))
}

// tooLarge reports whether the content would take long to read.
func tooLarge(content string) bool {
	if len(content) > MaxBytes {
		return true
	}
	lines, length, depth := 1, 0, 0
	for _, c := range []byte(content) {
		length++
		switch c {
		case '\n':
			lines, length = lines+1, 0
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if lines > maxLines || length > maxLine || depth > maxDepth {
			return true
		}
	}
	return false
}

// formProblems words the problems of the form.
func formProblems(wrong []pack.Problem) []Problem {
	problems := make([]Problem, len(wrong))
	for i, w := range wrong {
		text, local := "the form is wrong", "Isi tabel: "+w.Message+"."
		if w.Path != "" {
			text, local = w.Path+" has a wrong form", "Isian "+w.Path+": "+w.Message+"."
		}
		problems[i] = place(w.Line, w.Column, text, local)
	}
	return problems
}

// place puts the position before the texts.
func place(line, column int, text, local string) Problem {
	if line == 0 {
		return Problem{Text: text, Local: local}
	}
	return Problem{
		Line: line, Column: column,
		Text:  fmt.Sprintf("line %d, column %d: %s", line, column, text),
		Local: fmt.Sprintf("Baris %d, kolom %d: %s", line, column, local),
	}
}

// place puts a problem to the position of its statement.
func (at position) place(path, text, local string) Problem {
	line, column := at(path)
	return place(line, column, text, local)
}

// placeAll puts the problems of a table to their positions.
func (at position) placeAll(of []allowance.Problem) []Problem {
	var problems []Problem
	for _, one := range of {
		problems = append(problems, at.place(one.Path, one.Text, one.Local))
	}
	return problems
}
