package domain

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// maxPlaces is the most digits that a rule may keep: more would leave too few for the number itself.
const maxPlaces = 6

var packID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,62}$`)

// inputKinds are the facts that a pack must rule on, each with the policies that the rules can carry out. Without the
// two ratings the matrix has no row or no column, so no policy but a block makes sense.
var inputKinds = map[string][]Policy{
	InputResultRating:   {PolicyBlock},
	InputBehaviorRating: {PolicyBlock},
	InputOrganization:   policies,
	InputRealisation:    policies,
	InputSurvey:         policies,
	InputPeers:          policies,
	InputAttendance:     policies,
}

// ruleRounds are the rules that a pack must state, and whether they round.
var ruleRounds = map[string]bool{
	RuleAchievementNormal:             true,
	RuleAchievementLowerIsBetter:      true,
	RuleAchievementRange:              true,
	RuleAchievementRangeLowerIsBetter: true,
	RuleAchievementFloor:              false,
	RuleAchievementPlan:               true,
	RuleUnitHead:                      false,
	RulePredicate:                     false,
	RuleSurveyMean:                    true,
	RuleSurveyIndex:                   true,
	RuleSurveyPrintedIndex:            true,
	RuleSurveyGrade:                   false,
	RulePeersMean:                     true,
	RuleAttendancePresent:             true,
	RuleCreditPercent:                 false,
	RuleCreditCoefficient:             false,
	RuleCreditConvert:                 true,
}

// check returns ErrInvalidPack with every problem, in the order of the file, or nil.
func (d *Definition) check() error {
	var ps problems
	d.checkHead(&ps)
	d.checkInputs(&ps)
	d.checkRules(&ps)
	d.checkUnitHead(&ps)
	d.checkPredicate(&ps)
	d.checkSurvey(&ps)
	d.checkPeers(&ps)
	d.checkCredit(&ps)
	return ps.err(ErrInvalidPack)
}

func (d *Definition) checkHead(ps *problems) {
	if !packID.MatchString(d.ID) {
		ps.add("id", "%q is not 2 to 63 of a-z, 0-9 and hyphen", d.ID)
	}
	if d.Version < 1 || d.Version > 999_999 {
		ps.add("version", "%d is not 1 to 999999", d.Version)
	}
	if d.DisplayName == "" {
		ps.add("display_name", "missing")
	}
	_, err := time.Parse(time.DateOnly, d.EffectiveFrom)
	if err != nil {
		ps.add("effective_from", "%q is not a date YYYY-MM-DD", d.EffectiveFrom)
	}
	seen := map[string]bool{}
	for i, source := range d.LegalSources {
		path := fmt.Sprintf("legal_sources[%d]", i)
		if source.Key == "" || source.Short == "" || source.Title == "" {
			ps.add(path, "key, short and title are needed")
		}
		if seen[source.Key] {
			ps.add(path, "key %q is given twice", source.Key)
		}
		seen[source.Key] = true
	}
	if len(d.LegalSources) == 0 {
		ps.add("legal_sources", "missing")
	}
}

func (d *Definition) checkInputs(ps *problems) {
	seen := map[string]bool{}
	for i, input := range d.Inputs {
		path := fmt.Sprintf("inputs[%d]", i)
		allowed, known := inputKinds[input.ID]
		if !known {
			ps.add(path, "id %q is not one of %s", input.ID, list(slices.Sorted(maps.Keys(inputKinds))))
			continue
		}
		if seen[input.ID] {
			ps.add(path, "id %q is given twice", input.ID)
		}
		seen[input.ID] = true
		if input.Label == "" {
			ps.add(path, "label is missing")
		}
		if !slices.Contains(allowed, input.Missing) {
			ps.add(path, "missing %q is not one of %s", input.Missing, list(allowed))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(inputKinds)) {
		if !seen[id] {
			ps.add("inputs", "no policy for %s", id)
		}
	}
}

func (d *Definition) checkRules(ps *problems) {
	seen := map[string]bool{}
	for i, rule := range d.Rules {
		path := fmt.Sprintf("rules[%d]", i)
		rounds, known := ruleRounds[rule.ID]
		if !known {
			ps.add(path, "id %q is not a rule", rule.ID)
			continue
		}
		if seen[rule.ID] {
			ps.add(path, "id %q is given twice", rule.ID)
		}
		seen[rule.ID] = true
		d.checkRule(ps, path, rule)
		switch {
		case !rounds && rule.Places != nil:
			ps.add(path, "%s rounds nothing, so it has no places", rule.ID)
		case rounds && (rule.Places == nil || *rule.Places < 0 || *rule.Places > maxPlaces):
			ps.add(path, "%s needs places of 0 to %d", rule.ID, maxPlaces)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(ruleRounds)) {
		if !seen[id] {
			ps.add("rules", "%s is missing", id)
		}
	}
	if !num.IsAmount(d.Achievement.Floor) {
		ps.add("achievement.floor", "%s is not a number of 0 or more", d.Achievement.Floor)
	}
}

func (d *Definition) checkRule(ps *problems, path string, rule Rule) {
	if rule.Label == "" || rule.Text == "" {
		ps.add(path, "label and text are needed")
	}
	if !slices.Contains(bases, rule.Basis) {
		ps.add(path, "basis %q is not one of %s", rule.Basis, list(bases))
	}
	if rule.Basis == BasisLaw && rule.Source == "" {
		ps.add(path, "a rule of law needs its source")
	}
	known := func(source LegalSource) bool { return source.Key == rule.Source }
	if rule.Source != "" && !slices.ContainsFunc(d.LegalSources, known) {
		ps.add(path, "source %q is not among legal_sources", rule.Source)
	}
}

func (d *Definition) checkUnitHead(ps *problems) {
	checkKeys(ps, "unit_head.ratings", organizationWords, d.UnitHead.Ratings)
	for _, level := range slices.Sorted(maps.Keys(d.UnitHead.Ratings)) {
		rating := d.UnitHead.Ratings[level]
		if !expectationWords.has(rating) {
			ps.add("unit_head.ratings."+string(level), "%q is not a rating", rating)
		}
	}
}

func (d *Definition) checkPredicate(ps *problems) {
	checkKeys(ps, "predicate.matrix", expectationWords, d.Predicate.Matrix)
	for _, result := range slices.Sorted(maps.Keys(d.Predicate.Matrix)) {
		path := "predicate.matrix." + string(result)
		row := d.Predicate.Matrix[result]
		checkKeys(ps, path, expectationWords, row)
		for _, behavior := range slices.Sorted(maps.Keys(row)) {
			if !predicateWords.has(row[behavior]) {
				ps.add(path+"."+string(behavior), "%q is not a predicate", row[behavior])
			}
		}
	}
}

func (d *Definition) checkPeers(ps *problems) {
	peers := d.Peers
	if peers.Minimum < 1 || peers.Values < 1 {
		ps.add("peers", "minimum and values must be 1 or more")
	}
	if peers.AnswerMin < 0 || peers.AnswerMin >= peers.AnswerMax || peers.AnswerMax > maxAnswer {
		ps.add("peers", "answers must lie within 0 to %d", maxAnswer)
	}
}

func (d *Definition) checkCredit(ps *problems) {
	if d.Credit.MonthsPerYear < 1 || d.Credit.MonthsPerYear > maxMonths {
		ps.add("credit.months_per_year", "%d is not 1 to %d", d.Credit.MonthsPerYear, maxMonths)
	}
	checkKeys(ps, "credit.percents", predicateWords, d.Credit.Percents)
	checkNumbers(ps, "credit.percents", d.Credit.Percents)
	checkKeys(ps, "credit.coefficients", functionalLevelWords, d.Credit.Coefficients)
	checkNumbers(ps, "credit.coefficients", d.Credit.Coefficients)
}

// checkKeys demands that m has every code of the vocabulary and no other.
func checkKeys[K ~string, V any](ps *problems, path string, vocabulary words[K], m map[K]V) {
	for _, entry := range vocabulary {
		_, ok := m[entry.code]
		if !ok {
			ps.add(path, "%s is missing", entry.code)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if !vocabulary.has(key) {
			ps.add(path, "%q is not known", key)
		}
	}
}

// maxTerm bounds the numbers of a pack, so that no product of them with an input overflows.
const maxTerm = 10_000

func checkNumbers[K ~string](ps *problems, path string, m map[K]decimal.Decimal) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		checkNumber(ps, path+"."+string(key), m[key])
	}
}

func checkNumber(ps *problems, path string, n decimal.Decimal) {
	if !n.IsPos() || !num.IsAmount(n) || n.Cmp(num.Int(maxTerm)) > 0 {
		ps.add(path, "%s is not a number above 0, up to %d, with at most %d digits after the point", n, maxTerm, num.AmountPlaces)
	}
}

// list renders codes for a message.
func list[T ~string](codes []T) string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = string(code)
	}
	return strings.Join(texts, ", ")
}
