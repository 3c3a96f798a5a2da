package pack

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// required are the keys that each type demands; those of maps are the types of their own.
var required = map[string][]string{
	"LegalSource": {"key", "short", "title"}, "InputRule": {"id", "label", "missing"},
	"Rule": {"id", "label", "basis", "text"}, "AchievementTerms": {"missing", "missing_label"},
	"EfficiencyTerms": {"aspects", "factor", "limit", "top"},
	"Component":       {"id", "label", "text", "basis", "missing", "places"},
	"IndicatorsWay":   {"combine"}, "CurvePart": {"from", "low"}, "CategoryTerms": {"bands", "combine", "values"},
	"CategoryBand": {"category"}, "CategoryCombination": {"category"},
	"PanelWay": {"group", "minimum", "answer_min", "answer_max"}, "RatingWay": {"of", "values"}, "OrganizationWay": {"values"},
	"InnovationsWay": {"points"}, "TasksWay": {"steps"}, "TaskStep": {"from", "points"}, "WeightedWay": {"of"},
	"Weight": {"component", "weight"}, "WeightVariant": {"label", "when", "of"}, "SumWay": {"of"},
	"BandsTerms": {"of", "bands"}, "PredicateBand": {"predicate"}, "SuggestionTerms": {"of", "thresholds"}, "Threshold": {"rating"},
	"SegmentTerms": {"predicate"}, "Example": {"name", "given", "expected"}, "Rating": {"result", "behavior"},
	"Survey": {"responses", "sums"}, "Panel": {"group", "count", "sum"}, "Attendance": {"working_days", "present_days"},
	"Contribution": {"share", "achievement"}, "Indicator": {"formula"}, "Band": {"grade", "label", "from", "to"},
	"AllowanceTerms": {"text", "basis", "parts"}, "AllowancePart": {"id", "label", "percent", "measure"},
	"DistributionLimits": {"source", "small_unit", "levels"}, "DistributionRule": {"id", "predicates", "text", "source"},
	// Without these a file says nothing; what else is needed depends on whether there is a base.
	"document": {"id", "version"},
}

// whole are the maps that need an entry for every code.
var whole = []string{
	"RatingWay.values", "OrganizationWay.values", "InnovationsWay.points", "UnitHeadTerms.ratings", "PredicateTerms.matrix",
	"CreditTerms.percents", "CreditTerms.coefficients", "DistributionLimits.levels",
}

// bounds are what the type of a field does not say.
var bounds = map[string]map[string]any{
	"Definition.id":                 {"pattern": "^[a-z0-9][a-z0-9-]{1,62}$"},
	"Definition.version":            {"minimum": 1, "maximum": 999_999},
	"Definition.base":               {"pattern": "^(rulePacks/[a-z0-9][a-z0-9-]{1,62}/versions/[1-9][0-9]{0,5})?$"},
	"Definition.effective_from":     {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
	"Definition.effective_until":    {"pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"},
	"Definition.components":         {"minItems": 1, "maxItems": 60},
	"LegalSource.key":               {"pattern": "^[a-z0-9][a-z0-9-]{1,62}$"},
	"Component.id":                  {"pattern": "^[a-z][a-z0-9_]{0,29}$"},
	"Component.places":              {"minimum": 0, "maximum": 8},
	"Rule.places":                   {"minimum": 0, "maximum": 8},
	"BandsTerms.places":             {"minimum": 0, "maximum": 8},
	"InputRule.id":                  {"enum": []string{"rating.result", "rating.behavior", "organization.level"}},
	"Weight.weight":                 {"exclusiveMinimum": 0},
	"IndicatorsWay.curve":           {"maxItems": 200},
	"WeightedWay.of":                {"minItems": 1},
	"WeightVariant.of":              {"minItems": 1},
	"SumWay.of":                     {"minItems": 1},
	"DistributionLimits.small_unit": {"minimum": 1, "maximum": 30},
	"DistributionRule.id":           {"pattern": "^[a-z][a-z0-9_.]{0,59}$"},
	"DistributionRule.predicates":   {"minItems": 1, "uniqueItems": true},
	"DistributionRule.min_percent":  {"minimum": 0, "maximum": 100},
	"DistributionRule.max_percent":  {"minimum": 0, "maximum": 100},
	"AllowanceTerms.parts":          {"minItems": 1, "maxItems": 20},
	"AllowancePart.id":              {"pattern": "^[a-z][a-z0-9_]{0,29}$"},
	"AllowancePart.percent":         {"exclusiveMinimum": 0, "maximum": 100},
}

// said is the word of a statement.
func said(name string) (word, bool) {
	for _, table := range []map[string]word{words, exampleWords} {
		found, ok := table[name]
		if ok {
			return found, true
		}
	}
	return word{}, false
}

// generator makes the schema of the types of the language.
type generator struct {
	defs map[string]any
	// silent are the statements that have no word.
	silent []string
}

// generate returns the schema, with a line break at the end.
func generate() ([]byte, []string, error) {
	g := generator{defs: map[string]any{}}
	root := g.structure(reflect.TypeFor[document]())
	delete(g.defs, "document")
	ways := make([]any, 0, len(wayKeys()))
	for _, key := range wayKeys() {
		ways = append(ways, map[string]any{"required": []string{key}})
	}
	of := func(name string) map[string]any {
		def, ok := g.defs[name].(map[string]any)
		if !ok {
			panic(name)
		}
		return def
	}
	of("Component")["oneOf"] = ways
	of("Condition")["minProperties"] = 1
	of("DistributionRule")["anyOf"] = []any{
		map[string]any{"required": []string{"min_percent"}},
		map[string]any{"required": []string{"max_percent"}},
		map[string]any{"required": []string{"at_least_one"}, "properties": map[string]any{"at_least_one": map[string]any{"const": true}}},
	}
	of("PredicateTerms")["oneOf"] = []any{map[string]any{"required": []string{"matrix"}}, map[string]any{"required": []string{"bands"}}}
	root["anyOf"] = []any{
		map[string]any{"required": []string{"base"}},
		map[string]any{"required": []string{
			"display_name", "effective_from", "legal_sources", "rules", "achievement", "components", "predicate", "segments",
		}},
	}
	root["$schema"], root["$id"] = "https://json-schema.org/draft/2020-12/schema", "urn:kinerja:rulepack"
	root["title"], root["$defs"] = "Paket aturan Kinerja", g.defs
	root["description"] = "Bentuk berkas paket aturan. Yang hanya tampak dari seluruh paket, misalnya kurva yang bercelah, diperiksa oleh perintah kinerja pack lint."
	text, err := json.MarshalIndent(root, "", "  ")
	return append(text, '\n'), g.silent, err
}

// wayKeys are the keys of which a component has exactly one: its pointers to structs but the condition.
func wayKeys() []string {
	var keys []string
	t := reflect.TypeFor[domain.Component]()
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Type.Kind() == reflect.Pointer && field.Type.Elem().Kind() == reflect.Struct &&
			field.Type.Elem() != decimalType && field.Type.Elem() != reflect.TypeFor[domain.Condition]() {
			key, _ := keyOf(field)
			keys = append(keys, key)
		}
	}
	return keys
}

// of returns the schema of a type.
func (g *generator) of(t reflect.Type, name string) map[string]any {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	terms := domain.Vocabulary(t)
	switch {
	case len(terms) > 0:
		g.vocabulary(nameOf(t), terms)
		return map[string]any{"$ref": "#/$defs/" + nameOf(t)}
	case t == decimalType:
		return map[string]any{"type": "number", "minimum": 0}
	}
	switch t.Kind() {
	case reflect.Struct:
		_, done := g.defs[nameOf(t)]
		if !done {
			g.structure(t)
		}
		return map[string]any{"$ref": "#/$defs/" + nameOf(t)}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.of(t.Elem(), name)}
	case reflect.Map:
		return g.table(t, name)
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.String:
		return map[string]any{"type": "string"}
	default:
		return map[string]any{"type": "integer"}
	}
}

func (g *generator) vocabulary(name string, terms []domain.Term) {
	codes, said := make([]string, len(terms)), make([]string, len(terms))
	for i, term := range terms {
		codes[i], said[i] = term.Code, term.Code+": "+term.Word
	}
	g.defs[name] = map[string]any{"enum": codes, "description": strings.Join(said, "; ") + "."}
}

func (g *generator) table(t reflect.Type, name string) map[string]any {
	value := g.of(t.Elem(), name)
	terms := domain.Vocabulary(t.Key())
	if len(terms) == 0 {
		return map[string]any{"type": "object", "additionalProperties": value}
	}
	properties, codes := map[string]any{}, make([]string, len(terms))
	for i, term := range terms {
		properties[term.Code], codes[i] = value, term.Code
	}
	schema := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if slices.Contains(whole, name) {
		schema["required"] = codes
	}
	return schema
}

// structure adds the schema of a struct to the definitions and returns it.
func (g *generator) structure(t reflect.Type) map[string]any {
	properties := map[string]any{}
	schema := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	g.defs[nameOf(t)] = schema
	for i := range t.NumField() {
		field := t.Field(i)
		key, inline := keyOf(field)
		if inline {
			embedded, _ := g.structure(field.Type)["properties"].(map[string]any)
			maps.Copy(properties, embedded)
			delete(g.defs, nameOf(field.Type))
			continue
		}
		name := nameOf(t) + "." + key
		one := g.of(field.Type, name)
		maps.Copy(one, bounds[name])
		w, ok := said(name)
		if !ok {
			g.silent = append(g.silent, name)
		}
		one["description"] = w.text
		properties[key] = one
	}
	if len(required[nameOf(t)]) > 0 {
		schema["required"] = required[nameOf(t)]
	}
	return schema
}

// reference renders the schema as the tables of the reference, one of each part of the language.
func reference() string {
	var out strings.Builder
	seen := map[string]bool{}
	var parts []reflect.Type
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || t == decimalType || seen[nameOf(t)] || t.NumField() == 0 {
			return
		}
		seen[nameOf(t)] = true
		parts = append(parts, t)
		for i := range t.NumField() {
			visit(t.Field(i).Type)
		}
	}
	visit(reflect.TypeFor[document]())
	for _, t := range parts {
		fmt.Fprintf(&out, "\n### %s\n\n", titles[nameOf(t)])
		out.WriteString("| Kunci | Bentuk | Keterangan |\n|---|---|---|\n")
		for i := range t.NumField() {
			key, inline := keyOf(t.Field(i))
			if inline {
				continue
			}
			w, _ := said(nameOf(t) + "." + key)
			mark := ""
			if slices.Contains(required[nameOf(t)], key) {
				mark = " (wajib)"
			}
			fmt.Fprintf(&out, "| `%s` | %s%s | %s |\n", key, form(t.Field(i).Type), mark, w.text)
		}
	}
	out.WriteString("\n### Kode\n\n| Kode | Arti |\n|---|---|\n")
	for _, t := range vocabularies() {
		for _, term := range domain.Vocabulary(t) {
			fmt.Fprintf(&out, "| `%s` | %s: %s |\n", term.Code, vocabularyTitles[t], term.Word)
		}
	}
	return out.String()
}
