package pack

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// none is how sentences name what is not there.
const none = "tidak ada"

// listed is an entry of a list under the key by which it is found again.
type listed struct {
	i int
	// key finds it in the other list; owner is how sentences name it as the owner of its statements.
	key, owner string
	// detail follows the owner when it comes or goes.
	detail string
}

func (l listed) named(other listed) bool { return l.key == other.key }

func (l listed) come() string { return l.owner + " ditambahkan" + l.detail }

func (l listed) gone() string { return l.owner + " dihapus" }

// entries names the entries of a list; a key that comes twice is told apart by its position.
func (c *comparer) entries(at spot, list reflect.Value) []listed {
	entries, seen := make([]listed, list.Len()), map[string]int{}
	for i := range entries {
		entry := c.identify(at, list.Index(i).Interface())
		if entry.owner == "" {
			entry.owner = "bagian ke-" + strconv.Itoa(i+1) + " " + at.label + " " + at.owner
		}
		seen[entry.key]++
		entry.i, entry.key = i, entry.key+"#"+strconv.Itoa(seen[entry.key])
		entries[i] = entry
	}
	return entries
}

// identify returns the key and the name of an entry; both are empty for those that only their position tells apart.
func (c *comparer) identify(at spot, entry any) listed {
	switch e := entry.(type) {
	case domain.LegalSource:
		return listed{key: e.Key, owner: "sumber hukum " + quote(e.Short)}
	case domain.InputRule:
		return listed{key: e.ID, owner: "masukan " + quote(e.Label)}
	case domain.Rule:
		return listed{key: e.ID, owner: "aturan " + quote(e.Label) + " (" + e.ID + ")"}
	case domain.Component:
		return listed{key: e.ID, owner: "komponen " + quote(e.Label)}
	case domain.Weight:
		return listed{key: e.Component, owner: "komponen " + quote(c.label(e.Component)) + " dalam " + at.owner, detail: " dengan bobot " + figure(e.Weight)}
	case domain.WeightVariant:
		return listed{key: e.Label, owner: "bobot khusus " + quote(e.Label) + " " + at.owner}
	case domain.CategoryBand:
		return listed{key: string(e.Category), owner: "kategori " + c.coded(reflect.ValueOf(e.Category)) + " " + at.owner, detail: starting(e.From)}
	case domain.PredicateBand:
		name := "predikat " + c.coded(reflect.ValueOf(e.Predicate))
		if e.Innovation {
			name += " dengan inovasi"
		}
		return listed{key: name, owner: name, detail: starting(e.From)}
	case domain.Threshold:
		return listed{key: string(e.Rating), owner: "saran rating " + e.Rating.Word(), detail: starting(e.From)}
	case domain.AllowancePart:
		return listed{key: e.ID, owner: "bagian TPP " + quote(e.Label), detail: " sebesar " + figure(e.Percent) + "%"}
	case distribution.Rule:
		return listed{key: e.ID, owner: "ketentuan " + quote(e.ID) + " " + at.owner}
	case domain.Band:
		return listed{key: e.Grade, owner: "mutu " + quote(e.Grade)}
	}
	return listed{}
}

// starting says from which number on something holds.
func starting(from *decimal.Decimal) string {
	if from == nil {
		return " untuk sisanya"
	}
	return " mulai dari " + figure(*from)
}

// label returns the label of a component, and the id of one that neither pack has.
func (c *comparer) label(id string) string {
	label, ok := c.labels[id]
	if !ok {
		return id
	}
	return label
}

// said renders a value for a sentence; empty when there is none.
func (c *comparer) said(name string, v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	number, ok := v.Interface().(decimal.Decimal)
	if ok {
		return figure(number)
	}
	switch v.Kind() {
	case reflect.Slice:
		texts := make([]string, v.Len())
		for i := range texts {
			texts[i] = c.said(name, v.Index(i))
		}
		return strings.Join(texts, ", ")
	case reflect.Bool:
		if v.Bool() {
			return "ya"
		}
		return "tidak"
	case reflect.Int, reflect.Int64:
		if name == "Definition.version" { // a name, not an amount
			return strconv.FormatInt(v.Int(), 10)
		}
		return local.Count(v.Int())
	default: // a text, and what text is made of
	}
	text := v.String()
	switch {
	case text == "":
		return ""
	case isReference(name):
		return quote(c.label(text))
	case len(domain.Vocabulary(v.Type())) > 0:
		return c.coded(v)
	}
	return quote(text)
}

// isReference reports whether a statement names a component.
func isReference(name string) bool {
	switch name {
	case "SumWay.of", "Condition.has", "ShownTerms.value", "ShownTerms.achievement", "BandsTerms.of", "SuggestionTerms.of":
		return true
	}
	return false
}

// coded returns the word of a code, that of the packs for a predicate, and the code itself when it has none.
func (c *comparer) coded(v reflect.Value) string {
	own, ok := c.predicates[v.String()]
	if ok && (v.Type() == reflect.TypeFor[domain.Predicate]() || v.Type() == reflect.TypeFor[distribution.Predicate]()) {
		return own
	}
	for _, term := range domain.Vocabulary(v.Type()) {
		if term.Code == v.String() {
			return term.Word
		}
	}
	return v.String()
}

// figure renders a number as people in Indonesia write it.
func figure(d decimal.Decimal) string { return local.Number(d.Trim(0).String()) }

func quote(text string) string { return "“" + text + "”" }

// same reports whether two values say the same although they are not equal as Go sees it: numbers with other zeros at
// their end, or an empty list for none.
func same(older, newer reflect.Value) bool {
	if older.Kind() == reflect.Pointer && !older.IsNil() && !newer.IsNil() {
		older, newer = older.Elem(), newer.Elem()
	}
	if older.Kind() == reflect.Slice {
		return older.Len() == 0 && newer.Len() == 0
	}
	a, numbers := older.Interface().(decimal.Decimal)
	b, both := newer.Interface().(decimal.Decimal)
	return numbers && both && a.Cmp(b) == 0
}

// equalExamples reports whether two examples state the same.
func equalExamples(a, b Example) bool { return equalValues(reflect.ValueOf(a), reflect.ValueOf(b)) }

func equalValues(a, b reflect.Value) bool {
	if reflect.DeepEqual(a.Interface(), b.Interface()) {
		return true
	}
	switch a.Kind() {
	case reflect.Struct:
		if a.Type() == decimalType {
			return same(a, b)
		}
		for i := range a.NumField() {
			if !equalValues(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Pointer:
		return !a.IsNil() && !b.IsNil() && equalValues(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() || a.IsNil() != b.IsNil() {
			return false
		}
		for i := range a.Len() {
			if !equalValues(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	default: // of these, what is not equal differs
		return false
	}
}
