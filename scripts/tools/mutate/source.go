package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// helper is a package that exists in the overlay only.
const helper = `// Package mutant turns mistakes on.
package mutant

import (
	"os"
	"strconv"
)

var (
	active, _ = strconv.Atoi(os.Getenv("MUTANT"))
	reached   = os.Getenv("MUTANT_REACHED")
	seen      = make([]uint32, %d)
)

// On reports whether a mistake is on.
func On(id int) bool {
	if reached != "" {
		note(id)
	}
	return id == active
}

type number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Near is a number, or one of its neighbours.
func Near[T number](n T, more, less bool) T {
	if more {
		return n + 1
	}
	if less {
		return n - 1
	}
	return n
}

// Pick calculates with one of two operators.
func Pick[T number](on bool, x, y T, op, other string) T {
	if on {
		op = other
	}
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "/":
		return x / y
	}
	return x %% y
}
`

const recorder = `package mutant

import (
	"os"
	"strconv"
	"sync/atomic"
)

func note(id int) {
	if atomic.SwapUint32(&seen[id], 1) == 1 {
		return
	}
	file, err := os.OpenFile(reached, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	_, err = file.WriteString(strconv.Itoa(id) + "\n")
	if err != nil {
		panic(err)
	}
}
`

// listed is what go list says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// mutate writes the source with all mistakes, and the overlay that puts it in place, to the directory work.
func mutate(ctx context.Context, module string, dirs []string, work string) ([]mistake, error) {
	packages, err := list(ctx, module, dirs)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	path, err := output(ctx, module, "list", "-f", "{{.ImportPath}}", "./"+dirs[0])
	if err != nil {
		return nil, err
	}
	helperPath := strings.TrimSpace(string(path)) + "/mutant"
	overlay := map[string]string{}
	var made []mistake
	for _, dir := range dirs {
		full := filepath.Join(module, dir)
		at := slices.IndexFunc(packages, func(p listed) bool { return p.Dir == full })
		if at < 0 {
			return nil, fmt.Errorf("no package in %s", full)
		}
		m := &mutator{module: module, work: work, helper: helperPath, overlay: overlay, made: &made}
		err := m.mutatePackage(packages[at], exports)
		if err != nil {
			return nil, err
		}
	}
	helperDir := filepath.Join(module, dirs[0], "mutant")
	for name, text := range map[string]string{"mutant.go": fmt.Sprintf(helper, len(made)+1), "note.go": recorder} {
		file := filepath.Join(work, "helper_"+name)
		overlay[filepath.Join(helperDir, name)] = file
		err = errors.Join(err, os.WriteFile(file, []byte(text), 0o600))
	}
	content, jsonErr := json.Marshal(map[string]any{"Replace": overlay})
	return made, errors.Join(err, jsonErr, os.WriteFile(filepath.Join(work, "overlay.json"), content, 0o600))
}

func list(ctx context.Context, module string, dirs []string) ([]listed, error) {
	args := []string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles"}
	for _, dir := range dirs {
		args = append(args, "./"+dir)
	}
	content, err := output(ctx, module, args...)
	if err != nil {
		return nil, err
	}
	var all []listed
	decoder := json.NewDecoder(bytes.NewReader(content))
	for {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
}

func output(ctx context.Context, dir string, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = dir
	var problems bytes.Buffer
	command.Stderr = &problems
	content, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, problems.String())
	}
	return content, nil
}

type mutator struct {
	module, work, helper string
	overlay              map[string]string
	made                 *[]mistake
}

func (m *mutator) mutatePackage(p listed, exports map[string]string) error {
	fset := token.NewFileSet()
	var files []*ast.File
	var sources [][]byte
	for _, name := range p.GoFiles {
		source, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files, sources = append(files, file), append(sources, source)
	}
	open := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", open)}
	_, err := config.Check(p.ImportPath, fset, files, info)
	if err != nil {
		return err
	}
	for n, file := range files {
		path := filepath.Join(p.Dir, p.GoFiles[n])
		rel, err := filepath.Rel(m.module, path)
		if err != nil {
			return err
		}
		f := &finder{fset: fset, file: file, source: sources[n], info: info, rel: rel, made: m.made}
		f.find()
		if len(f.sites) == 0 {
			continue
		}
		changed := filepath.Join(m.work, strings.ReplaceAll(rel, string(filepath.Separator), "_"))
		m.overlay[path] = changed
		err = os.WriteFile(changed, []byte(f.changed(m.helper)), 0o600)
		if err != nil {
			return err
		}
	}
	return nil
}

// changed returns the file with every site replaced.
func (f *finder) changed(helper string) string {
	// The outermost first; of two at one place the one found first, which is a statement before its expression.
	slices.SortStableFunc(f.sites, func(a, b site) int {
		if a.from != b.from {
			return int(a.from - b.from)
		}
		return int(b.to - a.to)
	})
	text := f.render(f.file.FileStart, f.file.FileEnd, f.sites)
	name := f.file.Name.End() - f.file.FileStart
	return text[:name] + fmt.Sprintf("; import mutant %q", helper) + text[name:]
}

// render returns the source between two places with the sites, which lie within, replaced.
func (f *finder) render(from, to token.Pos, sites []site) string {
	var out strings.Builder
	at := from
	for n := 0; n < len(sites); {
		s := sites[n]
		inside := n + 1
		for inside < len(sites) && sites[inside].from < s.to {
			inside++
		}
		nested := sites[n+1 : inside]
		out.Write(f.source[at-f.file.FileStart : s.from-f.file.FileStart])
		out.WriteString(s.text(func(part ast.Node) string {
			var within []site
			for _, other := range nested {
				if other.from >= part.Pos() && other.to <= part.End() {
					within = append(within, other)
				}
			}
			return f.render(part.Pos(), part.End(), within)
		}))
		at, n = s.to, inside
	}
	out.Write(f.source[at-f.file.FileStart : to-f.file.FileStart])
	return out.String()
}
