package pack

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

const (
	// maxFile bounds a file, in bytes, and maxLines in lines: the parser needs the square of some of them.
	maxFile  = 256 << 10
	maxLines = 5_000
	// maxNodes bounds what a file states, with everything that aliases repeat.
	maxNodes = 100_000
	// maxDepth bounds how deep collections stand in one another; the language itself needs far less.
	maxDepth = 40
	// maxProblems bounds a report: whoever has so many looks at the first ones.
	maxProblems = 200
)

var (
	plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	plainWhole  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	decimalType = reflect.TypeFor[decimal.Decimal]()
)

// reader fills a value from a file. It goes on after a problem, so that one look shows all of them, and it knows where
// everything stands. The YAML library itself would stop at the first, and would pass numbers through a binary float.
type reader struct {
	places   places
	problems []Problem
	anchors  map[string]ast.Node
	nodes    int
}

// read fills target, a pointer to a struct, and returns where its statements stand and every problem of the form.
func read(content []byte, target any) (places, []Problem) {
	r := &reader{places: places{}, anchors: map[string]ast.Node{}}
	body, ok := r.parse(content)
	if ok {
		r.put("", first(body))
		r.value("", body, reflect.ValueOf(target).Elem())
	}
	return r.places, r.problems
}

// Fill reads a file of another kind by the same form into target, a pointer to a struct with yaml tags. It returns every
// problem of the form, and where a statement of the file, or the nearest around it that exists, at last the file itself, stands:
// line and column from 1, both 0 when the file cannot be read.
func Fill(content []byte, target any) (at func(path string) (line, column int), problems []Problem) {
	stated, problems := read(content, target)
	return func(path string) (int, int) {
		found := stated.find(path)
		return found.line, found.column
	}, problems
}

// parse returns the document of the file.
func (r *reader) parse(content []byte) (ast.Node, bool) {
	if len(content) > maxFile {
		r.whole(fmt.Sprintf("berkas berukuran %d bita, padahal paling besar %d", len(content), maxFile))
		return nil, false
	}
	if !utf8.Valid(content) {
		r.whole(fmt.Sprintf("baris %d tidak ditulis dalam UTF-8; simpan berkas dengan pengodean UTF-8", invalidLine(content)))
		return nil, false
	}
	if bytes.Count(content, []byte("\n")) > maxLines {
		r.whole(fmt.Sprintf("berkas lebih dari %d baris; sederhanakan", maxLines))
		return nil, false
	}
	if tooDeep(content) {
		r.whole("terlalu banyak kurung di dalam kurung; sederhanakan")
		return nil, false
	}
	// Some editors of Windows begin UTF-8 with a byte order mark, which the YAML library takes for a part of the first key.
	file, err := parseSafely(bytes.TrimPrefix(content, []byte("\ufeff")))
	if err != nil {
		r.syntax(err)
		return nil, false
	}
	documents := file.Docs
	if len(documents) == 0 || documents[0].Body == nil {
		r.whole("berkas kosong; tulis isinya")
		return nil, false
	}
	if len(documents) > 1 {
		r.whole("berkas memuat lebih dari satu dokumen (---); pisahkan menjadi beberapa berkas")
		return nil, false
	}
	return documents[0].Body, true
}

// parseSafely turns a panic of the parser, which reads what anybody may send, into an error.
func parseSafely(content []byte) (file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			err = errUnreadable
		}
	}()
	return parser.ParseBytes(content, 0, parser.AllowDuplicateMapKey())
}

var errUnreadable = errors.New("the parser has failed")

// tooDeep reports whether more flow collections are open at once than any file needs; each costs the parser stack.
func tooDeep(content []byte) bool {
	depth := 0
	for _, c := range content {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '\n':
		}
		if depth > 10*maxDepth {
			return true
		}
	}
	return false
}

func (r *reader) syntax(err error) {
	found, ok := errors.AsType[yaml.Error](err)
	if !ok || found.GetToken() == nil {
		r.whole("susunan YAML tidak dapat dibaca; periksa lekukan, kurung, dan tanda kutip")
		return
	}
	if strings.Contains(found.GetMessage(), "tab") || strings.Contains(found.GetMessage(), "\t") { // its messages of the two kinds of tabs
		r.add(found.GetToken(), "", "lekukan memakai tab; ganti setiap tab dengan spasi")
		return
	}
	r.add(found.GetToken(), "", "susunan YAML salah: periksa lekukan, kurung, tanda kutip, dan titik dua")
}

// invalidLine returns the first line that is not UTF-8.
func invalidLine(content []byte) int {
	for i, line := range bytes.Split(content, []byte("\n")) {
		if !utf8.Valid(line) {
			return i + 1
		}
	}
	return 0
}

func (r *reader) whole(message string) {
	r.problems = append(r.problems, Problem{Severity: SeverityError, Message: message})
}

func (r *reader) add(at *token.Token, path, message string) {
	if len(r.problems) >= maxProblems {
		return
	}
	p := Problem{Severity: SeverityError, Path: path, Message: message}
	if at != nil && at.Position != nil {
		p.Line, p.Column = at.Position.Line, at.Position.Column
	}
	r.problems = append(r.problems, p)
}

func (r *reader) addf(node ast.Node, path, format string, args ...any) {
	r.add(node.GetToken(), path, fmt.Sprintf(format, args...))
}

// put records where a statement stands.
func (r *reader) put(path string, at *token.Token) {
	if at != nil && at.Position != nil {
		r.places[path] = place{path: path, line: at.Position.Line, column: at.Position.Column}
	}
}

// value fills one value of any type of the language.
func (r *reader) value(path string, node ast.Node, to reflect.Value) {
	node = r.plain(path, node)
	if node == nil {
		return
	}
	if to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	switch {
	case to.Type() == decimalType:
		r.put(path, node.GetToken())
		r.number(path, node, to)
	case to.Kind() == reflect.Struct:
		r.structure(path, node, to)
	case to.Kind() == reflect.Map:
		r.table(path, node, to)
	case to.Kind() == reflect.Slice:
		r.list(path, node, to)
	default:
		r.put(path, node.GetToken())
		r.scalar(path, node, to)
	}
}

// plain follows anchors and aliases to the value that is meant; nil when there is none.
func (r *reader) plain(path string, node ast.Node) ast.Node {
	r.nodes++
	if r.nodes > maxNodes || strings.Count(path, ".")+strings.Count(path, "[") > maxDepth {
		if r.nodes <= maxNodes+1 || len(r.problems) == 0 {
			r.addf(node, path, "berkas memuat terlalu banyak isi atau terlalu dalam; sederhanakan")
		}
		r.nodes = maxNodes + 1
		return nil
	}
	switch n := node.(type) {
	case *ast.AnchorNode:
		name := n.Name.GetToken().Value
		value := r.plain(path, n.Value)
		r.anchors[name] = value
		return value
	case *ast.AliasNode:
		value, ok := r.anchors[n.Value.GetToken().Value]
		if !ok || value == nil {
			r.addf(node, path, "*%s belum didefinisikan; tulis &%[1]s lebih dahulu", n.Value.GetToken().Value)
			return nil
		}
		return value
	case *ast.TagNode:
		r.addf(node, path, "tanda seru (%s) tidak didukung; hapus", n.Start.Value)
		return nil
	case *ast.NullNode:
		r.addf(node, path, "kosong; isi nilainya, tulis {} untuk bagian tanpa ketentuan, atau hapus barisnya")
		return nil
	}
	return node
}

// structure fills a struct from the keys of a mapping.
func (r *reader) structure(path string, node ast.Node, to reflect.Value) {
	entries, ok := r.entries(path, node)
	if !ok {
		return
	}
	fields := fieldsOf(to)
	var before ast.Node
	for _, entry := range entries {
		field, known := fields[entry.key]
		if !known {
			r.add(entry.token, join(path, entry.key), unknownKey(entry.key, before, fields))
			continue
		}
		before = entry.value
		r.value(join(path, entry.key), entry.value, field)
	}
}

// table fills a map.
func (r *reader) table(path string, node ast.Node, to reflect.Value) {
	entries, ok := r.entries(path, node)
	if !ok {
		return
	}
	to.Set(reflect.MakeMapWithSize(to.Type(), len(entries)))
	for _, entry := range entries {
		value := reflect.New(to.Type().Elem()).Elem()
		r.value(join(path, entry.key), entry.value, value)
		to.SetMapIndex(reflect.ValueOf(entry.key).Convert(to.Type().Key()), value)
	}
}

func (r *reader) list(path string, node ast.Node, to reflect.Value) {
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		r.addf(node, path, "harus berupa daftar; tulis tiap isi pada baris yang diawali tanda hubung, atau di dalam kurung siku")
		return
	}
	to.Set(reflect.MakeSlice(to.Type(), len(sequence.Values), len(sequence.Values)))
	for i, entry := range sequence.Values {
		at := path + "[" + strconv.Itoa(i) + "]"
		r.put(at, first(entry))
		r.value(at, entry, to.Index(i))
	}
}

// first is the token at which an entry of a list begins for a reader.
func first(node ast.Node) *token.Token {
	switch n := node.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return n.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return n.Key.GetToken()
	}
	return node.GetToken()
}

// number fills a decimal, digit by digit.
func (r *reader) number(path string, node ast.Node, to reflect.Value) {
	text, ok := numeric(node)
	if !ok || !plainNumber.MatchString(text) {
		r.addf(node, path, "“%s” bukan bilangan; tulis angka tanpa tanda kutip, dengan titik sebagai tanda desimal", shorten(node))
		return
	}
	parsed, err := decimal.Parse(text)
	if err != nil || tooLong(text) {
		r.addf(node, path, "“%s” memuat terlalu banyak angka; persingkat", shorten(node))
		return
	}
	to.Set(reflect.ValueOf(parsed))
}

// tooLong reports whether a number has more digits than a decimal holds; the library would round it.
func tooLong(text string) bool {
	whole, fraction, _ := strings.Cut(text, ".")
	digits := strings.TrimLeft(whole+fraction, "-0")
	return len(digits) > decimal.MaxPrec || len(fraction) > decimal.MaxScale
}

// numeric returns the text of a number as it is written.
func numeric(node ast.Node) (string, bool) {
	switch node.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		return node.GetToken().Value, true
	}
	return "", false
}

// scalar fills a text, a whole number or a yes or no.
func (r *reader) scalar(path string, node ast.Node, to reflect.Value) {
	switch to.Kind() {
	case reflect.String:
		r.text(path, node, to)
	case reflect.Bool:
		given, ok := node.(*ast.BoolNode)
		if !ok {
			r.addf(node, path, "“%s” bukan ya atau tidak; tulis true atau false", shorten(node))
			return
		}
		to.SetBool(given.Value)
	default:
		text, ok := numeric(node)
		whole, err := strconv.ParseInt(text, 10, to.Type().Bits())
		if !ok || err != nil || !plainWhole.MatchString(text) {
			r.addf(node, path, "“%s” bukan bilangan bulat; tulis angka saja tanpa tanda kutip dan tanpa tanda desimal", shorten(node))
			return
		}
		to.SetInt(whole)
	}
}

func (r *reader) text(path string, node ast.Node, to reflect.Value) {
	switch n := node.(type) {
	case *ast.StringNode:
		to.SetString(n.Value)
	case *ast.LiteralNode:
		to.SetString(strings.TrimSpace(strings.Join(strings.Fields(n.Value.Value), " ")))
	default:
		r.addf(node, path, "“%s” bukan teks; tulis di dalam tanda kutip", shorten(node))
		return
	}
	r.word(path, node, to)
}

// word checks the codes of examples; those of the rules are checked by the rules themselves.
func (r *reader) word(path string, node ast.Node, to reflect.Value) {
	if !strings.HasPrefix(path, examplesKey) && !strings.HasPrefix(path, casesKey) {
		return
	}
	terms := domain.Vocabulary(to.Type())
	codes := make([]string, len(terms))
	for i, term := range terms {
		if term.Code == to.String() {
			return
		}
		codes[i] = term.Code
	}
	if len(terms) > 0 {
		r.addf(node, path, "“%s” tidak dikenal; pilih %s", to.String(), choices(codes))
	}
}

// shorten quotes a value in a message.
func shorten(node ast.Node) string {
	const most = 40
	text := []rune(strings.Join(strings.Fields(node.String()), " "))
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}
