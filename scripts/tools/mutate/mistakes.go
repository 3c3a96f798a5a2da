package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// outcome is what became of a mistake.
type outcome string

const (
	untried   outcome = ""
	killed    outcome = "killed"
	survived  outcome = "survived"
	unreached outcome = "reached by no test"
)

// mistake is one change; its number is its position in the list, counted from 1.
type mistake struct {
	place, what string
	// within is the file and the function, which stay the same when other lines change.
	within  string
	outcome outcome
}

// site is a piece of source with the text that stands for it. The text is made by inner, which gives the source of a
// node with the sites within it replaced.
type site struct {
	from, to token.Pos
	text     func(inner func(ast.Node) string) string
}

// finder finds the sites of one file.
type finder struct {
	fset   *token.FileSet
	file   *ast.File
	source []byte
	info   *types.Info
	rel    string
	sites  []site
	made   *[]mistake
	// results are those of the functions around, the innermost last.
	results []*ast.FieldList
	// within is the name of the declared function around; "-" outside of one.
	within string
}

// raw returns the source of a node as it is.
func (f *finder) raw(n ast.Node) string {
	return string(f.source[f.fset.Position(n.Pos()).Offset:f.fset.Position(n.End()).Offset])
}

// note adds a mistake and returns the condition that it is on.
func (f *finder) note(n ast.Node, format string, args ...any) string {
	position := f.fset.Position(n.Pos())
	what := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
	*f.made = append(*f.made, mistake{
		place: fmt.Sprintf("%s:%d:%d", f.rel, position.Line, position.Column), what: what, within: f.rel + " " + f.within,
	})
	return fmt.Sprintf("mutant.On(%d)", len(*f.made))
}

func (f *finder) replace(n ast.Node, text func(inner func(ast.Node) string) string) {
	f.sites = append(f.sites, site{n.Pos(), n.End(), text})
}

// find walks through a file.
func (f *finder) find() {
	for _, declaration := range f.file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			f.within = d.Name.Name
			if d.Body != nil {
				f.function(d.Type, d.Body)
			}
		case *ast.GenDecl:
			f.within = "-"
			if d.Tok == token.VAR {
				f.walk(d)
			}
		}
	}
}

func (f *finder) function(signature *ast.FuncType, body *ast.BlockStmt) {
	f.results = append(f.results, signature.Results)
	f.walk(body)
	f.results = f.results[:len(f.results)-1]
}

func (f *finder) walk(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			f.function(n.Type, n.Body)
			return false
		case *ast.GenDecl:
			return n.Tok == token.VAR
		case *ast.ArrayType, *ast.StructType, *ast.InterfaceType, *ast.FuncType, *ast.MapType:
			return false
		case *ast.CallExpr:
			if name, ok := n.Fun.(*ast.Ident); ok && (name.Name == "make" || name.Name == "new") {
				return false // capacities change nothing
			}
		case *ast.IndexExpr:
			if f.info.Types[n.X].IsType() {
				return false
			}
		case *ast.CompositeLit:
			f.composite(n)
			return false
		case *ast.BlockStmt:
			f.statements(n.List)
		case *ast.CaseClause:
			f.statements(n.Body)
		case *ast.IfStmt:
			f.condition(n.Cond)
		case *ast.ForStmt:
			f.condition(n.Cond)
		case *ast.BinaryExpr:
			f.binary(n)
		case *ast.BasicLit:
			f.literal(n)
		}
		return true
	})
}

// composite walks through the values only: keys may have to be constants.
func (f *finder) composite(n *ast.CompositeLit) {
	for _, element := range n.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			element = pair.Value
		}
		f.walk(element)
	}
}

func (f *finder) constant(e ast.Expr) bool { return f.info.Types[e].Value != nil }

// condition negates what is no comparison.
func (f *finder) condition(e ast.Expr) {
	if e == nil || f.constant(e) {
		return
	}
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op != token.LAND && b.Op != token.LOR {
		return
	}
	on := f.note(e, "%s → negated", f.raw(e))
	f.replace(e, func(inner func(ast.Node) string) string { return fmt.Sprintf("(%s != (%s))", on, inner(e)) })
}

var comparisons = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
}

var arithmetic = map[token.Token]token.Token{
	token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
}

func (f *finder) binary(n *ast.BinaryExpr) {
	if f.constant(n) {
		return
	}
	if others := comparisons[n.Op]; others != nil {
		f.comparison(n, others)
		return
	}
	other, known := arithmetic[n.Op]
	if !known || !integer(f.info.TypeOf(n)) {
		return
	}
	on := f.note(n, "%s → %s", f.raw(n), other)
	f.replace(n, func(inner func(ast.Node) string) string {
		return fmt.Sprintf("mutant.Pick(%s, %s, %s, %q, %q)", on, inner(n.X), inner(n.Y), n.Op.String(), other.String())
	})
}

func (f *finder) comparison(n *ast.BinaryExpr, others []token.Token) {
	var conditions []string
	for _, other := range others {
		conditions = append(conditions, f.note(n, "%s → %s", f.raw(n), other))
	}
	f.replace(n, func(inner func(ast.Node) string) string {
		text, off := "", ""
		for i, other := range others {
			text += fmt.Sprintf("%s && (%s %s %s) || ", conditions[i], f.raw(n.X), other, f.raw(n.Y))
			off += fmt.Sprintf("!%s && ", conditions[i])
		}
		return fmt.Sprintf("(%s%s(%s %s %s))", text, off, inner(n.X), n.Op, inner(n.Y))
	})
}

func integer(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0 && basic.Info()&types.IsUntyped == 0
}

func (f *finder) literal(n *ast.BasicLit) {
	t := f.info.TypeOf(n)
	basic, ok := t.(*types.Basic)
	if n.Kind != token.INT || !ok || !integer(t) {
		return
	}
	more, less := f.note(n, "%s → +1", n.Value), f.note(n, "%s → −1", n.Value)
	f.replace(n, func(func(ast.Node) string) string {
		return fmt.Sprintf("mutant.Near[%s](%s, %s, %s)", basic.Name(), n.Value, more, less)
	})
}

// statements finds what can be left out of a list.
func (f *finder) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok && f.raw(call.Fun) != "panic" {
				f.leaveOut(s)
			}
		case *ast.IncDecStmt, *ast.BranchStmt:
			f.leaveOut(s)
		case *ast.AssignStmt:
			blank := func(e ast.Expr) bool { return f.raw(e) == "_" }
			if s.Tok != token.DEFINE && !slices.ContainsFunc(s.Lhs, blank) {
				f.leaveOut(s)
			}
		case *ast.ReturnStmt:
			f.returned(s)
		}
	}
}

func (f *finder) leaveOut(s ast.Stmt) {
	if b, ok := s.(*ast.BranchStmt); ok && (b.Tok == token.GOTO || b.Tok == token.FALLTHROUGH) {
		return
	}
	on := f.note(s, "%s → left out", f.raw(s))
	f.replace(s, func(inner func(ast.Node) string) string { return fmt.Sprintf("if !%s {\n%s\n}", on, inner(s)) })
}

// returned returns nothing, or the opposite of a condition.
func (f *finder) returned(s *ast.ReturnStmt) {
	signature := f.results[len(f.results)-1]
	if len(s.Results) == 0 || signature == nil {
		return
	}
	var kinds []ast.Expr
	for _, field := range signature.List {
		for range max(1, len(field.Names)) {
			kinds = append(kinds, field.Type)
		}
	}
	var values []string
	for n, kind := range kinds {
		value := fmt.Sprintf("*new(%s)", f.raw(kind))
		switch {
		case f.raw(kind) == "error":
			value = "nil"
		case f.raw(kind) == "bool" && len(s.Results) == len(kinds):
			value = fmt.Sprintf("!(%s)", f.raw(s.Results[n]))
		}
		values = append(values, value)
	}
	if f.nothing(s, kinds) {
		return
	}
	zero := strings.Join(values, ", ")
	on := f.note(s, "%s → return %s", f.raw(s), zero)
	f.replace(s, func(inner func(ast.Node) string) string {
		return fmt.Sprintf("if %s {\nreturn %s\n}\n%s", on, zero, inner(s))
	})
}

// nothing reports whether a statement already returns zeros.
func (f *finder) nothing(s *ast.ReturnStmt, kinds []ast.Expr) bool {
	if len(s.Results) != len(kinds) {
		return false
	}
	for n, result := range s.Results {
		text := f.raw(result)
		zero := text == "nil" || text == "0" || text == `""` || text == f.raw(kinds[n])+"{}"
		if !zero {
			return false
		}
	}
	return true
}
