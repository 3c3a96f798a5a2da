package pack

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// fullWeight is what weights that people read as percentages add up to.
const fullWeight = 100

// linter collects what is odd in a pack that is valid.
type linter struct {
	file     *File
	def      domain.Definition
	problems []Problem
}

// warnings returns what is allowed but rarely meant.
func (f *File) warnings() []Problem {
	l := &linter{file: f, def: f.Pack.Definition()}
	l.weights()
	l.unused()
	l.labels()
	l.sources()
	l.policies()
	l.suggestion()
	l.survey()
	l.ranks()
	l.examples()
	return l.problems
}

func (l *linter) add(path, format string, args ...any) {
	p := l.file.places.problem(SeverityWarning, path, fmt.Sprintf(format, args...))
	if p.File == "" { // what the base does is for the base to mend
		l.problems = append(l.problems, p)
	}
}

// component is the path of a component.
func component(i int) string { return componentsKey + "[" + strconv.Itoa(i) + "]" }

// weights finds sets of weights that do not add up to 100. Sets of components of which everybody has only one are not
// meant as percentages.
func (l *linter) weights() {
	conditional := map[string]bool{}
	for i, c := range l.def.Components {
		conditional[c.ID] = c.When != nil
		if c.Weighted == nil {
			continue
		}
		l.weight(component(i)+".weighted.of", c.Weighted.Of, conditional)
		for n, variant := range c.Weighted.Variants {
			l.weight(fmt.Sprintf("%s.weighted.variants[%d].of", component(i), n), variant.Of, conditional)
		}
	}
}

func (l *linter) weight(path string, weights []domain.Weight, conditional map[string]bool) {
	if !slices.ContainsFunc(weights, func(w domain.Weight) bool { return !conditional[w.Component] }) {
		return
	}
	var sum decimal.Decimal
	for _, weight := range weights {
		next, err := sum.Add(weight.Weight)
		if err != nil {
			return
		}
		sum = next
	}
	hundred, err := decimal.New(fullWeight, 0)
	if err == nil && sum.Cmp(hundred) != 0 {
		l.add(path, "bobot berjumlah %s, bukan 100; angkanya tetap dibagi jumlah bobot, tetapi sukar dibaca sebagai persen", sum.Trim(0))
	}
}

// unused finds components that take part in nothing: they are shown as evidence only.
func (l *linter) unused() {
	used := l.def.Used()
	for i, c := range l.def.Components {
		if !used[c.ID] && c.Basis != domain.BasisEvidence {
			l.add(component(i), "komponen “%s” tidak dipakai oleh komponen lain, predikat, saran, atau shown; beri basis: evidence bila memang hanya bukti pendukung", c.Label)
		}
	}
}

// labels finds texts that do not read like the others: a label begins with a capital letter and has no full stop.
func (l *linter) labels() {
	check := func(path, label string) {
		switch {
		case strings.HasSuffix(label, "."):
			l.add(path, "label diakhiri titik; hapus titiknya karena label berdiri di tengah kalimat")
		case label != "" && label[0] >= 'a' && label[0] <= 'z':
			l.add(path, "label diawali huruf kecil; awali dengan huruf besar")
		}
	}
	for i, rule := range l.def.Rules {
		check(rulesKey+"["+strconv.Itoa(i)+"].label", rule.Label)
	}
	named := map[string]string{}
	for i, c := range l.def.Components {
		check(component(i)+".label", c.Label)
		other, twice := named[c.Label]
		if twice {
			l.add(component(i)+".label", "label “%s” sama dengan label komponen “%s”; bedakan supaya penjelasan mudah dibaca", c.Label, other)
		}
		named[c.Label] = c.ID
	}
}

// sources finds regulations that nothing cites.
func (l *linter) sources() {
	cites := cited(&l.def)
	for i, source := range l.def.LegalSources {
		if !cites[source.Key] {
			l.add(legalSourcesKey+"["+strconv.Itoa(i)+"]", "sumber hukum “%s” tidak dirujuk oleh aturan mana pun", source.Short)
		}
	}
}

// policies finds choices that are not labelled as such.
func (l *linter) policies() {
	for i, rule := range l.def.Rules {
		path := rulesKey + "[" + strconv.Itoa(i) + "].basis"
		if rule.ID == domain.RuleSuggestion && rule.Basis != domain.BasisPolicy {
			l.add(path, "saran rating adalah kebijakan; pakai basis: policy")
		}
	}
}

// suggestion finds a rating of results that can be suggested of somebody none of whose results is known.
func (l *linter) suggestion() {
	if l.def.Suggestion.Of == "" {
		return
	}
	// aside names by the id of a component what gives it a number without a result; "" when nothing does. Components read
	// only those before them.
	aside, path := map[string]string{}, "suggestion.of"
	for i := range l.def.Components {
		c := &l.def.Components[i]
		aside[c.ID] = without(c, aside)
		if c.ID == l.def.Suggestion.Of && l.file.places.find(path).file != "" { // of the base, while the component may be of the file
			path = component(i)
		}
	}
	by := aside[l.def.Suggestion.Of]
	if by != "" {
		l.add(path, "saran rating hasil kerja dapat keluar dari “%s” saja, tanpa satu pun indikator atau kontribusi; pakai komponen yang hanya dihitung dari hasil kerja", by)
	}
}

// survey finds answers that no survey takes. Narrower ranges are errors.
func (l *linter) survey() {
	if len(l.def.Survey.Elements) == 0 {
		return
	}
	for _, bound := range []struct {
		key        string
		is, should int64
	}{
		{"answer_min", l.def.Survey.AnswerMin, domain.SurveyAnswerMin},
		{"answer_max", l.def.Survey.AnswerMax, domain.SurveyAnswerMax},
	} {
		if bound.is != bound.should {
			l.add("survey."+bound.key, "survei dijawab dengan angka %d sampai %d, sehingga jawaban %d tidak pernah ada; pakai %d, lalu periksa factor dan bands",
				domain.SurveyAnswerMin, domain.SurveyAnswerMax, bound.is, bound.should)
		}
	}
}

// without returns the label of what gives a component a number when there is neither an indicator nor a contribution.
func without(c *domain.Component, aside map[string]string) string {
	switch {
	case c.Missing == domain.PolicyZero:
		return c.Label
	case c.Indicators != nil, c.Contributions != nil:
		return ""
	case c.Weighted == nil && c.Sum == nil:
		return c.Label
	}
	for _, id := range c.Reads() {
		if aside[id] != "" {
			return aside[id]
		}
	}
	return ""
}

// examples finds what no example shows.
func (l *linter) examples() {
	examples := l.file.Examples
	if len(examples) == 0 {
		l.problems = append(l.problems, Problem{
			Severity: SeverityWarning, Path: examplesKey, Message: "belum ada contoh perhitungan; tambahkan supaya aturan ini terbukti dan dapat diterbitkan",
		})
		return
	}
	shown := map[domain.Predicate]bool{}
	for _, example := range examples {
		shown[example.Expected.Predicate] = true
	}
	var silent []string
	for _, predicate := range l.possible() {
		if !shown[predicate] {
			silent = append(silent, l.file.Pack.Word(predicate))
		}
	}
	if len(silent) > 0 {
		l.add(examplesKey, "belum ada contoh untuk predikat %s; tambahkan", choices(silent))
	}
}

// possible returns the predicates that the pack can give, each once.
func (l *linter) possible() []domain.Predicate {
	var all []domain.Predicate
	add := func(predicate domain.Predicate) {
		if !slices.Contains(all, predicate) {
			all = append(all, predicate)
		}
	}
	if l.def.Predicate.Bands != nil {
		for _, band := range l.def.Predicate.Bands.Bands {
			add(band.Predicate)
		}
		return all
	}
	for _, result := range domain.Expectations() {
		for _, behavior := range domain.Expectations() {
			add(l.def.Predicate.Matrix[result][behavior])
		}
	}
	return all
}
