package pack

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Change is one difference of two packs.
type Change struct {
	// Path is the statement as the newer pack has it, or as the older one had it when it is gone.
	Path string
	// Sentence says in Indonesian what is different.
	Sentence string
}

// NoChange is what there is to say of two packs without a difference.
const NoChange = "Kedua paket sama; tidak ada perubahan."

// Compare returns what the newer pack says differently than the older, in the order of the language: rules with those of
// their bases, and examples. It is empty for packs that say the same, whatever their files look like.
func Compare(older, newer *File) []Change {
	changes := compareDefinitions(older.Pack.Definition(), newer.Pack.Definition())
	c := comparer{}
	c.examples(older.Examples, newer.Examples)
	return append(changes, c.changes...)
}

func compareDefinitions(older, newer domain.Definition) []Change {
	c := comparer{labels: map[string]string{}, predicates: map[string]string{}}
	for _, def := range []domain.Definition{older, newer} {
		for _, component := range def.Components {
			c.labels[component.ID] = component.Label
		}
		for predicate, word := range def.Predicate.Words {
			c.predicates[string(predicate)] = word
		}
	}
	c.structure(spot{}, reflect.ValueOf(older), reflect.ValueOf(newer))
	return c.changes
}

// comparer collects the differences of two packs.
type comparer struct {
	// labels are those of the components by id, the newer before the older.
	labels map[string]string
	// predicates are the words of the packs' own for predicates, the newer before the older.
	predicates map[string]string
	changes    []Change
}

// spot is the statement that is being compared.
type spot struct {
	path string
	// name is that of its type and key, label what sentences call it, owner what it belongs to.
	name, label, owner string
}

// within is a spot at the same place with another path and name.
func (s spot) within(key, name string) spot {
	return spot{path: join(s.path, key), name: name, label: words[name].label, owner: s.owner}
}

func (c *comparer) add(path, sentence string) {
	sentence = strings.Join(strings.Fields(sentence), " ")
	c.changes = append(c.changes, Change{Path: path, Sentence: strings.ToUpper(sentence[:1]) + sentence[1:] + "."})
}

// structure compares the statements of a part one by one.
func (c *comparer) structure(at spot, older, newer reflect.Value) {
	for i := range older.NumField() {
		key, _ := keyOf(older.Type().Field(i))
		c.value(at.within(key, nameOf(older.Type())+"."+key), older.Field(i), newer.Field(i))
	}
}

func (c *comparer) value(at spot, older, newer reflect.Value) {
	switch {
	case older.Kind() == reflect.Pointer && isPart(older.Type().Elem()):
		c.part(at, older, newer)
	case isPart(older.Type()):
		c.structure(at.section(), older, newer)
	case older.Kind() == reflect.Map:
		c.table(at, older, newer)
	case isList(older.Type()):
		c.list(at, older, newer)
	default:
		c.leaf(at, older, newer)
	}
}

// isPart reports whether a type is a struct of the language, not a number.
func isPart(t reflect.Type) bool { return t.Kind() == reflect.Struct && t != decimalType }

// isList reports whether a type is a list of structs of the language.
func isList(t reflect.Type) bool { return t.Kind() == reflect.Slice && isPart(t.Elem()) }

// section makes a part of the file the owner of what it states.
func (s spot) section() spot {
	if s.owner == "" {
		s.owner = "dalam " + s.label
	}
	return s
}

// part compares a part that may not be there.
func (c *comparer) part(at spot, older, newer reflect.Value) {
	switch {
	case older.IsNil() && newer.IsNil():
	case older.IsNil():
		c.add(at.path, at.label+" "+at.owner+" ditambahkan")
	case newer.IsNil():
		c.add(at.path, at.label+" "+at.owner+" dihapus")
	default:
		c.structure(at.section(), older.Elem(), newer.Elem())
	}
}

// leaf compares a value that has no parts.
func (c *comparer) leaf(at spot, older, newer reflect.Value) {
	if reflect.DeepEqual(older.Interface(), newer.Interface()) || same(older, newer) {
		return
	}
	before, after := c.said(at.name, older), c.said(at.name, newer)
	subject := at.label + " " + at.owner
	switch {
	case strings.HasSuffix(at.name, ".missing"):
		c.policy(at, before, after)
	case strings.HasSuffix(at.name, ".places") && before != "" && after != "":
		c.add(at.path, "pembulatan "+at.owner+" berubah dari "+before+" menjadi "+after+" angka di belakang koma")
	case before == "":
		c.add(at.path, subject+" kini "+after+"; sebelumnya tidak ada")
	case after == "":
		c.add(at.path, subject+" dihapus; sebelumnya "+before)
	default:
		c.add(at.path, subject+" berubah dari "+before+" menjadi "+after)
	}
}

// policy says what is done without a fact now, and what was done before.
func (c *comparer) policy(at spot, before, after string) {
	switch at.name {
	case "AchievementTerms.missing":
		c.add(at.path, "tanpa realisasi, indikator kini "+after+"; sebelumnya "+before)
	case "InputRule.missing":
		c.add(at.path, "tanpa "+at.owner+", penilaian kini: "+after+"; sebelumnya: "+before)
	default:
		c.add(at.path, "tanpa bahan perhitungan, "+at.owner+" kini "+after+"; sebelumnya "+before)
	}
}

// keysOf returns the keys of both maps, each once, in the order of their texts.
func keysOf(older, newer reflect.Value) []reflect.Value {
	keys := map[string]reflect.Value{}
	for _, key := range slices.Concat(older.MapKeys(), newer.MapKeys()) {
		keys[key.String()] = key
	}
	return slices.SortedFunc(maps.Values(keys), func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
}

// table compares the entries of a map by their keys.
func (c *comparer) table(at spot, older, newer reflect.Value) {
	for _, key := range keysOf(older, newer) {
		text := key.String()
		entry := spot{path: join(at.path, text), name: at.name, label: at.label + " untuk " + c.coded(key), owner: at.owner}
		was, is := older.MapIndex(key), newer.MapIndex(key)
		compound := older.Type().Elem().Kind() == reflect.Map || isList(older.Type().Elem())
		switch {
		case !was.IsValid() && !compound:
			c.add(entry.path, entry.label+" "+entry.owner+" kini "+c.said(at.name, is)+"; sebelumnya tidak ada")
		case !is.IsValid() && !compound:
			c.add(entry.path, entry.label+" "+entry.owner+" dihapus; sebelumnya "+c.said(at.name, was))
		case !was.IsValid():
			c.add(entry.path, entry.label+" "+entry.owner+" ditambahkan")
		case !is.IsValid():
			c.add(entry.path, entry.label+" "+entry.owner+" dihapus")
		case was.Kind() == reflect.Map:
			c.row(entry.path, c.coded(key), was, is)
		case compound:
			c.list(entry, was, is)
		default:
			c.leaf(entry, was, is)
		}
	}
}

// row compares a row of the matrix.
func (c *comparer) row(path, result string, older, newer reflect.Value) {
	for _, key := range keysOf(older, newer) {
		before, after := none, none
		was, is := older.MapIndex(key), newer.MapIndex(key)
		if was.IsValid() {
			before = c.coded(was)
		}
		if is.IsValid() {
			after = c.coded(is)
		}
		if before != after {
			c.add(join(path, key.String()), "predikat untuk ("+result+", "+c.coded(key)+") berubah dari "+before+" menjadi "+after)
		}
	}
}

// list compares entries that have a name by it, and others by their position.
func (c *comparer) list(at spot, older, newer reflect.Value) {
	was, is := c.entries(at, older), c.entries(at, newer)
	var kept []string
	for _, entry := range was {
		n := slices.IndexFunc(is, entry.named)
		if n < 0 {
			c.add(at.path+"["+strconv.Itoa(entry.i)+"]", entry.gone())
			continue
		}
		kept = append(kept, entry.key)
	}
	for _, entry := range is {
		path := at.path + "[" + strconv.Itoa(entry.i) + "]"
		n := slices.IndexFunc(was, entry.named)
		if n < 0 {
			c.add(path, entry.come())
			continue
		}
		c.structure(spot{path: path, owner: entry.owner}, older.Index(was[n].i), newer.Index(entry.i))
	}
	inOld := func(e listed) bool { return !slices.Contains(kept, e.key) }
	left := slices.DeleteFunc(slices.Clone(is), inOld)
	for n, entry := range left {
		if entry.key != kept[n] {
			c.add(at.path, "urutan "+at.label+" "+at.owner+" berubah")
			return
		}
	}
}

// examples compares the worked examples by name.
func (c *comparer) examples(older, newer []Example) {
	at := func(list []Example, name string) int {
		return slices.IndexFunc(list, func(e Example) bool { return e.Name == name })
	}
	for i, example := range older {
		if at(newer, example.Name) < 0 {
			c.add(examplesKey+"["+strconv.Itoa(i)+"]", "contoh “"+example.Name+"” dihapus")
		}
	}
	for i, example := range newer {
		path, n := examplesKey+"["+strconv.Itoa(i)+"]", at(older, example.Name)
		switch {
		case n < 0:
			c.add(path, "contoh “"+example.Name+"” ditambahkan")
		case !equalExamples(older[n], example):
			c.add(path, "contoh “"+example.Name+"” diubah")
		}
	}
}
