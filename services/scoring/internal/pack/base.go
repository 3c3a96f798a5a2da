package pack

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxBases is how many packs may stand behind each other.
const maxBases = 3

// Lists of which a pack replaces single entries of its base.
const (
	componentsKey   = "components"
	rulesKey        = "rules"
	inputsKey       = "inputs"
	legalSourcesKey = "legal_sources"
	examplesKey     = "examples"
	casesKey        = "cases"
)

// inherit works the base into what a file states and returns where the statements of the result stand.
func inherit(own *domain.Definition, at places, base *File) (domain.Definition, places) {
	resolved, all := base.Pack.Definition(), places{}
	for path, where := range base.places {
		if where.file == "" {
			where.file = base.Pack.Name()
		}
		all[path] = where
	}
	all[""] = at[""]
	m := merger{base: base.places, own: at, all: all, name: base.Pack.Name()}
	resolved.Components = merge(&m, componentsKey, resolved.Components, own.Components, func(c domain.Component) string { return c.ID })
	resolved.Rules = merge(&m, rulesKey, resolved.Rules, own.Rules, func(r domain.Rule) string { return r.ID })
	resolved.Inputs = merge(&m, inputsKey, resolved.Inputs, own.Inputs, func(i domain.InputRule) string { return i.ID })
	resolved.LegalSources = merge(&m, legalSourcesKey, resolved.LegalSources, own.LegalSources, func(s domain.LegalSource) string { return s.Key })
	from, to := reflect.ValueOf(own).Elem(), reflect.ValueOf(&resolved).Elem()
	for i := range to.NumField() {
		key, _ := keyOf(to.Type().Field(i))
		_, given := at[key]
		switch key {
		case componentsKey, rulesKey, inputsKey, legalSourcesKey:
			continue
		case "id", "version", "base": // always those of the file
		default:
			if !given {
				continue
			}
		}
		to.Field(i).Set(from.Field(i))
		all.drop(key)
		all.move(at, key, key)
	}
	m.prune(&resolved)
	return resolved, all
}

// merger merges lists and follows where their entries stand.
type merger struct {
	base, own, all places
	name           string
	// inherited says of each list which of its entries are those of the base.
	inherited map[string][]bool
}

// origin is where an entry of a merged list comes from.
type origin struct {
	own   bool
	index int
}

// merge replaces the entries of the base that have the same id, in their place, and adds the others.
func merge[T any](m *merger, key string, base, own []T, id func(T) string) []T {
	merged, from := slices.Clone(base), make([]origin, len(base), len(base)+len(own))
	for i := range base {
		from[i] = origin{index: i}
	}
	position := func(wanted string) int {
		return slices.IndexFunc(merged, func(one T) bool { return id(one) == wanted })
	}
	var added []int
	for i := range own {
		n := position(id(own[i]))
		if n < 0 {
			added = append(added, i)
			continue
		}
		merged[n], from[n] = own[i], origin{own: true, index: i}
	}
	// A new entry stands before the first that reads it, so that what the file adds can take part in what it replaces. From
	// the last to the first, so that new entries may read each other.
	end := len(merged)
	for _, i := range slices.Backward(added) {
		at := min(end, firstReader(merged, id(own[i])))
		merged = slices.Insert(merged, at, own[i])
		from = slices.Insert(from, at, origin{own: true, index: i})
		if at < end {
			end++
		}
	}
	m.settle(key, from)
	return merged
}

// firstReader returns the position of the first component that reads another, and the length of the list when none does.
func firstReader[T any](list []T, id string) int {
	for i := range list {
		component, ok := any(&list[i]).(*domain.Component)
		if ok && slices.Contains(component.Reads(), id) {
			return i
		}
	}
	return len(list)
}

// settle records where the entries of a merged list stand.
func (m *merger) settle(key string, from []origin) {
	if m.inherited == nil {
		m.inherited = map[string][]bool{}
	}
	m.all.drop(key)
	where, given := m.own[key]
	if given {
		m.all[key] = where
	}
	for n, o := range from {
		path := key + "[" + strconv.Itoa(n) + "]"
		source := m.base
		if o.own {
			source = m.own
		}
		moved := places{}
		moved.move(source, key+"["+strconv.Itoa(o.index)+"]", path)
		for at, where := range moved {
			if !o.own && where.file == "" {
				where.file = m.name
			}
			m.all[at] = where
		}
		m.inherited[key] = append(m.inherited[key], !o.own)
	}
}

// prune leaves out the rules, inputs and legal sources of the base that nothing reaches any more because the file has
// replaced the terms that did.
func (m *merger) prune(d *domain.Definition) {
	d.Rules = keep(m, rulesKey, d.Rules, func(r domain.Rule) bool { return d.Reaches(r.ID) })
	d.Inputs = keep(m, inputsKey, d.Inputs, func(domain.InputRule) bool { return d.Predicate.Matrix != nil })
	cites := cited(d)
	d.LegalSources = keep(m, legalSourcesKey, d.LegalSources, func(s domain.LegalSource) bool { return cites[s.Key] })
}

// keep returns the entries of a merged list that the file states itself or that are reached.
func keep[T any](m *merger, key string, list []T, reached func(T) bool) []T {
	kept := make([]T, 0, len(list))
	var from []int
	for i, entry := range list {
		if !m.inherited[key][i] || reached(entry) {
			kept, from = append(kept, entry), append(from, i)
		}
	}
	m.shift(key, from)
	return kept
}

// cited returns the keys of the regulations that rules, components and the division of the allowance cite.
func cited(d *domain.Definition) map[string]bool {
	keys := map[string]bool{}
	for _, rule := range d.Rules {
		keys[rule.Source] = true
	}
	for _, c := range d.Components {
		keys[c.Source] = true
	}
	if d.Allowance != nil {
		keys[d.Allowance.Source] = true
	}
	return keys
}

// shift moves the places of the entries that are kept to their new positions.
func (m *merger) shift(key string, from []int) {
	before := places{}
	before.move(m.all, key, key)
	m.all.drop(key)
	where, ok := before[key]
	if ok {
		m.all[key] = where
	}
	for n, i := range from {
		m.all.move(before, key+"["+strconv.Itoa(i)+"]", key+"["+strconv.Itoa(n)+"]")
	}
}
