package explain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// Change is a difference between two results with its sentence.
type Change struct {
	domain.Difference
	// Sentence says it in Indonesian.
	Sentence string
	// Source is what the newer value was read from; empty for fields, and for what must not be traced to anybody.
	Source string
}

// Side is one of two results that are compared. What it says is in the words of its own rules.
type Side struct {
	*domain.Result
	// Final is what people have fixed about the result; nil is nothing.
	Final *decision.Final
	// Rules are those that the result was made with; nil where this deployment does not carry them.
	Rules *domain.Pack
}

// Changes returns what differs between two results of one person, in the order of domain.Differences. What followed
// from a changed input is said only where both were made with the same rules. units names units by their ids; one that it
// does not name is called by its id.
func Changes(before, after Side, units map[string]string) []Change {
	c := comparison{
		was: newTraced(before, after, units), is: newTraced(after, after, units), sameRules: before.RulePackHash == after.RulePackHash,
	}
	differences := domain.Differences(before.Result, after.Result)
	changes := make([]Change, len(differences))
	for i, d := range differences {
		d.Label = c.label(d)
		changes[i] = Change{Difference: d, Sentence: c.sentence(d), Source: c.is.sources[d.ID]}
	}
	return changes
}

// Units returns the ids of the units that Changes calls by name, each once.
func Units(before, after *domain.Result) []string {
	var units []string
	for _, d := range domain.Differences(before, after) {
		if !isUnit(d.ID) {
			continue
		}
		for _, unit := range []string{d.Before, d.After} {
			if unit != "" && !slices.Contains(units, unit) {
				units = append(units, unit)
			}
		}
	}
	return units
}

// Fixed returns what differs between what people had fixed and what they have, but for what follows from the decision; nil is
// nothing.
func Fixed(before, after Side) []Change {
	var changes []Change
	for _, d := range decision.Differences(before.Final, after.Final) {
		switch d.ID {
		case decision.FieldNumber, decision.FieldPredicate, decision.FieldCredit, decision.FieldOutdated:
			changes = append(changes, Change{Difference: d, Sentence: fixedSentence(d, before, after)})
		}
	}
	return changes
}

func fixedSentence(d domain.Difference, before, after Side) string {
	if d.ID != decision.FieldOutdated {
		return say(d.Label, before.value(d.ID, d.Before), after.value(d.ID, d.After)) + "."
	}
	if d.After == "" {
		return "Hasil perhitungan terkini kembali sama dengan dasar penetapan predikat."
	}
	return "Hasil perhitungan terkini berbeda dari dasar penetapan predikat."
}

// IDs of differences whose values are codes or percentages. Those of inputs are of package domain.
const (
	idRulePack        = "rule_pack"
	idPredicate       = "predicate"
	idState           = "state"
	idResultRating    = "result_rating"
	idBehaviorRating  = "behavior_rating"
	idSuggestedRating = "suggested_rating"
	idAchievement     = "achievement"
	idPresentPercent  = "components/attendance"
)

// comparison is two results that are compared.
type comparison struct {
	was, is traced
	// sameRules is whether they were made with the same rules.
	sameRules bool
}

// traced finds the values of a result's trace by the ids that they have in the later one of those that are compared.
type traced struct {
	Side

	steps   []domain.TraceStep
	values  map[string]string
	sources map[string]string
	// units are names by ids.
	units map[string]string
}

func newTraced(side, later Side, units map[string]string) traced {
	inputs, steps := side.Trace.Beside(&later.Trace)
	t := traced{Side: side, steps: steps, values: map[string]string{}, sources: map[string]string{}, units: units}
	for _, in := range inputs {
		t.values[in.ID], t.sources[in.ID] = in.Value, in.Source
	}
	// Where one plan is left of several, its steps come before those of them all, which have the same ids.
	for _, step := range slices.Backward(steps) {
		t.values[step.ID] = step.Result
	}
	return t
}

// label returns the label of a difference; one that does not say which indicator or goal it is about gets its description.
func (c *comparison) label(d domain.Difference) string {
	about := domain.IndicatorOf(d.ID)
	if isGoal(d.ID) {
		about = d.ID[:strings.LastIndexByte(d.ID, '/')]
	}
	if about == "" || strings.Contains(d.Label, "“") || strings.HasSuffix(d.ID, domain.FieldDescription) || strings.HasSuffix(d.ID, domain.FieldGoal) {
		return d.Label
	}
	description := c.is.values[about+domain.FieldDescription]
	if description == "" {
		description = c.was.values[about+domain.FieldDescription]
	}
	return d.Label + " “" + strings.TrimSpace(description) + "”"
}

// isGoal reports whether an id is that of a field of a goal.
func isGoal(id string) bool {
	return strings.HasPrefix(id[len(domain.SegmentOf(id)):], domain.IDContributions)
}

// isUnit reports whether an id is that of the unit of a plan.
func isUnit(id string) bool { return id[len(domain.SegmentOf(id)):] == domain.IDUnit }

func (c *comparison) sentence(d domain.Difference) string {
	label := d.Label
	of := c.during(d.ID)
	if of != "" {
		label = of + lowerFirst(label)
	}
	before, after := c.was.value(d.ID, d.Before), c.is.value(d.ID, d.After)
	if before == after { // two units may have one name
		before, after = before+" ("+d.Before+")", after+" ("+d.After+")"
	}
	return say(label, before, after) + c.consequence(d.ID) + "."
}

// during begins a sentence with the plan that it is about; one that has taken the place of all that there were is told apart from
// these.
func (c *comparison) during(id string) string {
	_, input := c.is.sources[id]
	_, held := c.was.sources[domain.IDUnit] // which every plan has
	if input && !held && domain.SegmentOf(id) == "" {
		return "Penugasan yang baru: "
	}
	return during(id)
}

// value writes a value that a result has; a goal is called by its description, and a unit by its name.
func (t *traced) value(id, v string) string {
	if isUnit(id) {
		return cmp.Or(t.units[v], v)
	}
	if isGoal(id) && strings.HasSuffix(id, domain.FieldGoal) {
		v = t.values[strings.TrimSuffix(id, domain.FieldGoal)+domain.FieldDescription]
	}
	return t.Side.value(id, v)
}

// say says how something became something else; empty is nothing.
func say(label, before, after string) string {
	switch {
	case before == "":
		return fmt.Sprintf("%s semula belum ada dan sekarang %s", label, after)
	case after == "":
		return fmt.Sprintf("%s semula %s dan sekarang tidak ada", label, before)
	}
	return fmt.Sprintf("%s berubah dari %s menjadi %s", label, before, after)
}

// consequence says how the first step that takes the input changed, appeared or is gone; nothing when none did. Where other
// operands of the step changed too, the input alone is not said to be the cause.
func (c *comparison) consequence(id string) string {
	of := &c.is
	_, input := c.is.sources[id]
	if !input { // it is gone, and so may be what it was taken for
		of = &c.was
		_, input = c.was.sources[id]
	}
	if !c.sameRules || !input {
		return ""
	}
	for _, step := range of.steps {
		before, after := c.was.values[step.ID], c.is.values[step.ID]
		if before == after || !slices.Contains(step.Operands, id) {
			continue
		}
		because := ", sehingga "
		if slices.ContainsFunc(step.Operands, func(o string) bool { return o != id && c.was.values[o] != c.is.values[o] }) {
			because = "; bersama perubahan lain, "
		}
		return because + say(lowerFirst(step.Label), of.stepValue(step, before), of.stepValue(step, after))
	}
	return ""
}

// stepValue writes a result of a step: codes by their words, achievements in percent.
func (t *traced) stepValue(step domain.TraceStep, v string) string {
	switch {
	case v == "":
		return ""
	case !isNumber(v) && domain.Expectation(v).Word() != v:
		return domain.Expectation(v).Word()
	case !isNumber(v):
		return t.word(domain.Predicate(v))
	case t.percentage(step):
		return number(v) + "%"
	}
	return number(v)
}

// percentage reports whether a step is an achievement in percent, or a percentage of attendance.
func (t *traced) percentage(step domain.TraceStep) bool {
	switch step.Rule {
	case domain.RuleAchievementNormal, domain.RuleAchievementLowerIsBetter, domain.RuleAchievementRange, domain.RuleAchievementRangeLowerIsBetter:
		return true
	case domain.RuleAchievementFloor, domain.RuleAchievementCap:
		i := slices.IndexFunc(t.steps, func(before domain.TraceStep) bool { return before.ID == step.Operands[0] })
		return i >= 0 && t.percentage(t.steps[i])
	}
	return step.ID[len(domain.SegmentOf(step.ID)):] == idPresentPercent
}

// word returns a predicate as the rules have it.
func (s Side) word(predicate domain.Predicate) string {
	if s.Rules == nil {
		return predicate.Word()
	}
	return s.Rules.Word(predicate)
}

// value writes a value of the id as people read it: codes by their words, numbers as in Indonesia.
func (s Side) value(id, v string) string {
	if v == "" {
		return ""
	}
	word := domain.InputWord(id, v)
	if word != "" {
		return word
	}
	switch id {
	case idResultRating, idBehaviorRating, idSuggestedRating:
		return domain.Expectation(v).Word()
	case idPredicate, decision.FieldPredicate:
		return s.word(domain.Predicate(v))
	case idState:
		return domain.State(v).Word()
	case idRulePack:
		return packWord(v)
	case idAchievement:
		return number(v) + "%"
	}
	text := strings.HasSuffix(id, domain.FieldDescription) || strings.HasSuffix(id, domain.FieldUnit) || strings.HasSuffix(id, domain.FieldGoal)
	switch {
	case text:
		return "“" + strings.TrimSpace(v) + "”"
	case v == "true":
		return "ya"
	case v == "false":
		return "tidak"
	}
	return number(v)
}

// packWord writes the name of a rule pack, rulePacks/{id}/versions/{version}.
func packWord(name string) string {
	id, version, ok := strings.Cut(strings.TrimPrefix(name, "rulePacks/"), "/versions/")
	if !ok {
		return name
	}
	return id + " versi " + version
}

// isNumber reports whether v is a plain decimal.
func isNumber(v string) bool {
	whole, fraction, pointed := strings.Cut(strings.TrimPrefix(v, "-"), ".")
	return isDigits(whole) && (!pointed || isDigits(fraction))
}

func isDigits(v string) bool {
	return v != "" && strings.IndexFunc(v, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// lowerFirst returns the label as it stands within a sentence.
func lowerFirst(label string) string {
	first, size := utf8.DecodeRuneInString(label)
	return string(unicode.ToLower(first)) + label[size:]
}
