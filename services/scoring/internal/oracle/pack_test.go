package oracle_test

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// dirs hold the files of the shipped packs, and those of packs that say what the shipped ones do not. The oracle reads
// them for itself.
var dirs = []string{"../pack", "testdata"}

// node is a part of a pack as its file has it: a mapping, a list or a scalar. What is not there is the zero node.
type node struct {
	fields map[string]node
	list   []node
	text   string
	// amount is the scalar as a number, nil when it is none.
	amount *big.Rat
	there  bool
}

func (n node) at(path ...string) node {
	for _, key := range path {
		n = n.fields[key]
	}
	return n
}

// texts returns a list of scalars.
func (n node) texts() []string {
	var all []string
	for _, entry := range n.list {
		all = append(all, entry.text)
	}
	return all
}

// keys returns the keys of a mapping in a fixed order.
func (n node) keys() []string {
	var all []string
	for key := range n.fields {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}

// whole returns an integer; 0 when there is none.
func (n node) whole() int64 {
	if n.amount == nil {
		return 0
	}
	if !n.amount.IsInt() {
		panic("not an integer: " + n.text)
	}
	return n.amount.Num().Int64()
}

// by returns the entry of a list of mappings whose field has the text.
func (n node) by(field, text string) node {
	for _, entry := range n.list {
		if entry.at(field).text == text {
			return entry
		}
	}
	return node{}
}

func (n node) places() int { return int(n.at("places").whole()) }

// toNode turns what the YAML library returns into nodes. Numbers of packs have far less than the 15 digits that survive
// a float.
func toNode(value any) node {
	n := node{there: true}
	switch v := value.(type) {
	case nil:
		return node{}
	case map[string]any:
		n.fields = map[string]node{}
		for key, field := range v {
			n.fields[key] = toNode(field)
		}
		return n
	case []any:
		for _, entry := range v {
			n.list = append(n.list, toNode(entry))
		}
		return n
	case float64:
		n.text = strconv.FormatFloat(v, 'f', -1, 64)
	default:
		n.text = fmt.Sprint(v)
	}
	amount, ok := new(big.Rat).SetString(n.text)
	if ok {
		n.amount = amount
	}
	return n
}

// additive are the statements of which a pack adds to those of its base, with the field that identifies an entry.
var additive = map[string]string{"components": "id", "rules": "id", "inputs": "id", "legal_sources": "key"}

// over lays the statements of a pack over those of its base.
func over(base, pack node) node {
	merged := node{there: true, fields: map[string]node{}}
	for key, statement := range base.fields {
		merged.fields[key] = statement
	}
	for key, statement := range pack.fields {
		field, adds := additive[key]
		if !adds {
			merged.fields[key] = statement
			continue
		}
		list := slices.Clone(base.at(key).list)
		for _, entry := range statement.list {
			n := slices.IndexFunc(list, func(old node) bool { return old.at(field).text == entry.at(field).text })
			if n < 0 {
				list = append(list, entry)
			} else {
				list[n] = entry
			}
		}
		merged.fields[key] = node{there: true, list: list}
	}
	return merged
}

func packName(p node) string {
	return "rulePacks/" + p.at("id").text + "/versions/" + p.at("version").text
}

// ruled is a pack as the domain has it and as its file has it.
type ruled struct {
	pack  *domain.Pack
	rules node
}

// everyPack returns all packs of all directories, always in the same order.
func everyPack(tb testing.TB) []ruled {
	tb.Helper()
	var all []ruled
	for _, dir := range dirs {
		catalog, err := pack.Load(os.DirFS(dir))
		if err != nil {
			tb.Fatal(err)
		}
		for _, rules := range packsOf(tb, dir) {
			p, err := catalog.Pack(packName(rules))
			if err != nil {
				tb.Fatal(err)
			}
			all = append(all, ruled{p, rules})
		}
	}
	return all
}

// packsOf reads every pack of a directory with its base worked in.
func packsOf(tb testing.TB, dir string) []node {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "packs", "*.yaml"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no pack in %s: %v", dir, err)
	}
	raw := map[string]node{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var tree map[string]any
		err = yaml.Unmarshal(content, &tree)
		if err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		n := toNode(tree)
		raw[packName(n)] = n
	}
	var whole func(name string) node
	whole = func(name string) node {
		pack, known := raw[name]
		if !known {
			tb.Fatalf("there is no pack %s", name)
		}
		base := pack.at("base").text
		if base == "" {
			return pack
		}
		return over(whole(base), pack)
	}
	var packs []node
	for name := range raw {
		packs = append(packs, whole(name))
	}
	slices.SortFunc(packs, func(a, b node) int { return strings.Compare(packName(a), packName(b)) })
	return packs
}
