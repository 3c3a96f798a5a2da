package pack

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxExamples bounds the examples of a file: all of them run when a service starts.
const maxExamples = 500

// example is the path of an example.
func example(i int) string { return examplesKey + "[" + strconv.Itoa(i) + "]" }

// wrongExamples returns what is wrong with the form of the examples beyond their keys.
func (f *File) wrongExamples(def *domain.Definition) []Problem {
	var problems []Problem
	add := func(path, format string, args ...any) {
		problems = append(problems, f.Wrong(path, fmt.Sprintf(format, args...)))
	}
	if len(f.Examples) > maxExamples {
		add(examplesKey, "ada %d contoh, padahal paling banyak %d", len(f.Examples), maxExamples)
	}
	named := map[string]bool{}
	for i, e := range f.Examples {
		path := example(i)
		if e.Name == "" {
			add(path+".name", "belum diisi; tulis apa yang ditunjukkan contoh ini")
		}
		if named[e.Name] {
			add(path+".name", "nama “%s” dipakai dua kali; bedakan", e.Name)
		}
		named[e.Name] = true
		if len(e.Given.Segments) > 0 && !reflect.ValueOf(e.Given.Segment).IsZero() {
			add(path+".given", "segments tidak dapat bersamaan dengan fakta lain; pindahkan fakta itu ke dalam segments")
		}
		if reflect.ValueOf(e.Expected).IsZero() {
			add(path+".expected", "belum diisi; tulis paling sedikit satu hasil yang diharapkan")
		}
		for _, id := range slices.Sorted(maps.Keys(e.Expected.Components)) {
			if !has(def, id) {
				add(path+".expected.components."+id, "komponen “%s” tidak ada%s", id, meant(id, ids(def)))
			}
		}
	}
	return problems
}

// impossible returns what the rules cannot compute, and steps that they never make, in the examples of a file with valid
// rules. Whether the examples come out as expected is not looked at.
func (f *File) impossible() []Problem {
	var problems []Problem
	def := f.Pack.Definition()
	for i, e := range f.Examples {
		in := e.Given.Input(f.Pack)
		_, err := domain.Compute(f.Pack, in)
		wrong, refused := errors.AsType[*domain.FlawsError](err)
		switch {
		case refused:
			for _, flaw := range wrong.Flaws {
				problems = append(problems, f.Wrong(join(example(i), e.Given.path(flaw.ID)), flaw.Text))
			}
		case err != nil:
			problems = append(problems, f.Wrong(example(i)+".given", tooLarge))
		}
		for _, id := range slices.Sorted(maps.Keys(e.Expected.Steps)) {
			if !isStep(&def, &in, id) {
				problems = append(problems, f.Wrong(example(i)+".expected.steps."+id, "langkah “"+id+"” tidak pernah ada pada contoh ini; perbaiki pengenalnya"))
			}
		}
	}
	return problems
}

// tooLarge is what there is to say of facts whose numbers overflow.
const tooLarge = "angkanya terlalu besar untuk dihitung; kecilkan"

// uncomputable says in Indonesian why facts cannot be computed.
func uncomputable(err error) string {
	wrong, refused := errors.AsType[*domain.FlawsError](err)
	if !refused {
		return "tidak dapat dihitung: " + tooLarge
	}
	texts := make([]string, len(wrong.Flaws))
	for i, flaw := range wrong.Flaws {
		texts[i] = flaw.ID + ": " + flaw.Text
	}
	return "tidak dapat dihitung: " + strings.Join(texts, "; ")
}

// facts are the keys of facts by the ids that flaws have, where the two differ.
var facts = map[string]string{
	"plan.months": "months", "attendance/late_minutes": "attendance.late_minutes", "tasks/count": "tasks", "behavior/value": "behavior",
	"prior/value": "prior", "segments": "",
}

// path returns where in the example the fact with this id stands.
func (g Given) path(id string) string {
	within, segment, n := "given", &g.Segment, 0
	prefix := domain.SegmentOf(id)
	id = strings.TrimPrefix(id, prefix)
	if prefix != "" {
		n, _ = strconv.Atoi(strings.Split(prefix, "/")[1])
		n--
	}
	if n < len(g.Segments) && id != "segments" {
		within, segment = fmt.Sprintf("given.segments[%d]", n), &g.Segments[n]
	}
	key, listed := facts[id]
	switch group, isPanel := strings.CutPrefix(id, domain.IDPanels); {
	case isPanel:
		at := slices.IndexFunc(segment.Panels, func(p Panel) bool { return string(p.Group) == group })
		key = fmt.Sprintf("panels[%d]", at)
	case domain.IsIndicator(id):
		key = entryOf("indicators", id[strings.LastIndex(id, "/i")+2:])
	case strings.HasPrefix(id, domain.IDContributions):
		key = entryOf("contributions", strings.TrimPrefix(id, domain.IDContributions))
	case !listed:
		key = strings.ReplaceAll(id, "/", ".")
	}
	if key == "" {
		return within
	}
	return within + "." + key
}

// entryOf is the path of the entry of a list that is counted from 1.
func entryOf(list, number string) string {
	n, _ := strconv.Atoi(number)
	return fmt.Sprintf("%s[%d]", list, n-1)
}

// Steps that belong to no component, indicator or survey element.
var singleSteps = []string{
	"predicate", "predicate/rounded", "suggestion", "unit_head.result_rating", "value", "achievement", "credit", "credit.percent",
	"credit.coefficient", "survey.index", "survey.grade", "survey.printed_index", "survey.printed_grade",
}

// isStep reports whether the rules can make a step with this id of these facts. An example that demands the absence of any
// other shows nothing.
func isStep(def *domain.Definition, in *domain.Input, id string) bool {
	rest := strings.TrimPrefix(id, domain.SegmentOf(id))
	if rest != id {
		n, err := strconv.Atoi(strings.Split(id, "/")[1])
		if err != nil || n < 1 || n > len(in.Segments) {
			return false
		}
	}
	if slices.Contains(singleSteps, rest) {
		return true
	}
	element, ok := strings.CutPrefix(rest, "survey.means/")
	if ok {
		return slices.Contains(def.Survey.Elements, domain.SurveyElement(element))
	}
	of, ok := strings.CutPrefix(rest, "components/")
	if ok {
		of, detail, _ := strings.Cut(of, "/")
		return has(def, of) && slices.Contains([]string{"", "unbounded", "variant"}, detail)
	}
	for i := range in.Segments {
		for n := range in.Segments[i].Plan.Indicators {
			indicator := in.Segments[i].Plan.Indicators[n].ID
			result, _, _ := strings.Cut(indicator, "/indicators/")
			of, ok = strings.CutPrefix(rest, indicator+"/")
			if ok {
				return of == "achievement" || of == "achievement_unbounded" || has(def, of)
			}
			of, ok = strings.CutPrefix(rest, result+"/")
			if ok && has(def, strings.TrimSuffix(of, "/category")) {
				return true
			}
		}
	}
	return false
}

// has reports whether the rules have a component with this id.
func has(def *domain.Definition, id string) bool { return slices.Contains(ids(def), id) }

// ids are those of the components.
func ids(def *domain.Definition) []string {
	all := make([]string, len(def.Components))
	for i := range def.Components {
		all[i] = def.Components[i].ID
	}
	return all
}
