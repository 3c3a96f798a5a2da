package tariff

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
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
}

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
	doc, problem := read(content)
	if problem != nil {
		return nil, []Problem{*problem}
	}
	positions := locate(content)
	problems := positions.place(doc.Check())
	if len(doc.Examples) == 0 || len(doc.Examples) > maxExamples {
		problems = append(problems, place(positions.of("examples"), "examples are not 1 to 200",
			"Isian examples harus memuat 1 sampai 200 contoh bulan beserta hasilnya."))
	}
	if len(problems) > 0 {
		return nil, problems
	}
	sum := sha256.Sum256([]byte(content))
	file := &File{Table: doc.Table, Examples: doc.Examples, Content: content, Hash: hex.EncodeToString(sum[:])}
	for i, example := range file.Examples {
		text, local := example.run(&file.Table)
		if text != "" {
			p := place(positions.of(fmt.Sprintf("examples[%d]", i)), text, local)
			p.Example = true
			problems = append(problems, p)
		}
	}
	return file, problems
}

// Follow returns where the table differs from the rule pack that it names; rules is nil when there is none.
func (f *File) Follow(rules *domain.Pack) []Problem {
	return locate(f.Content).place(f.Table.Follow(rules))
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

// read reads the form of the content. The YAML library panics at some contents, which is a problem of the content too.
func read(content string) (doc *document, problem *Problem) {
	defer func() {
		if recover() != nil {
			p := formProblem(errUnreadable)
			doc, problem = nil, &p
		}
	}()
	for _, t := range lexer.Tokenize(content) {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType, token.TagType:
			p := place(t, "has an anchor, alias or tag", "Penanda &, * dan ! tidak dipakai; tulis setiap nilai secara lengkap.")
			return nil, &p
		default:
		}
	}
	return decode(content)
}

// errUnreadable is what the library has no error for.
var errUnreadable = errors.New("the content cannot be read")

func decode(content string) (*document, *Problem) {
	var doc document
	err := yaml.UnmarshalWithOptions([]byte(content), &doc, yaml.Strict(), yaml.CustomUnmarshaler(exactly))
	if err != nil {
		p := formProblem(err)
		return nil, &p
	}
	return &doc, nil
}

// exactly reads a number by its digits: the library itself would pass it through a binary float first.
func exactly(d *decimal.Decimal, scalar []byte) error {
	text := strings.Trim(string(scalar), " \n\"'")
	parsed, err := decimal.Parse(text)
	if err != nil || strings.ContainsAny(text, "eE") {
		return fmt.Errorf("%q is not a number", text)
	}
	*d = parsed
	return nil
}

// formProblem words an error of the form.
func formProblem(err error) Problem {
	unknown, is := errors.AsType[*yaml.UnknownFieldError](err)
	if is {
		return place(unknown.Token, unknown.Message, "Isian “"+unknown.Token.Value+"” tidak dikenal; periksa ejaannya.")
	}
	syntax, is := errors.AsType[*yaml.SyntaxError](err)
	if is && strings.Contains(syntax.Message, "already defined") {
		return place(syntax.Token, syntax.Message, "Isian “"+syntax.Token.Value+"” ditulis lebih dari satu kali.")
	}
	if is {
		return place(syntax.Token, syntax.Message, "Susunan YAML tidak benar; periksa tanda baca dan jarak tepi baris ini.")
	}
	other, is := errors.AsType[yaml.Error](err)
	if is {
		return place(other.GetToken(), other.GetMessage(), "Nilai tidak sesuai dengan jenis isian ini.")
	}
	return place(nil, "cannot be read", "Isi tabel tidak dapat dibaca; periksa bahwa setiap angka ditulis seperti 0.5 dan setiap daftar ditulis sebagai daftar.")
}

// place puts the position before the texts.
func place(t *token.Token, text, local string) Problem {
	if t == nil || t.Position == nil {
		return Problem{Text: text, Local: local}
	}
	at := t.Position
	return Problem{
		Line: at.Line, Column: at.Column,
		Text:  fmt.Sprintf("line %d, column %d: %s", at.Line, at.Column, text),
		Local: fmt.Sprintf("Baris %d, kolom %d: %s", at.Line, at.Column, local),
	}
}

// positions finds where a path is in a content.
type positions struct{ file *ast.File }

func locate(content string) positions {
	file, err := parser.ParseBytes([]byte(content), 0)
	if err != nil {
		return positions{}
	}
	return positions{file: file}
}

// place puts the problems of a table to their positions.
func (p positions) place(of []allowance.Problem) []Problem {
	var problems []Problem
	for _, one := range of {
		problems = append(problems, place(p.of(one.Path), one.Text, one.Local))
	}
	return problems
}

// of returns the token of the path, or of the nearest path above it that is there.
func (p positions) of(path string) *token.Token {
	if p.file == nil {
		return nil
	}
	for ; path != ""; path = above(path) {
		query, err := yaml.PathString("$." + path)
		if err != nil {
			continue
		}
		node, err := query.FilterFile(p.file)
		if err == nil && node != nil {
			return node.GetToken()
		}
	}
	return nil
}

// above returns the path without its last step.
func above(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}
