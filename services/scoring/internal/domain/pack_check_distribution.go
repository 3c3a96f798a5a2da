package domain

import (
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

const (
	// maxPatternRules bounds the rules of one level of a distribution pattern.
	maxPatternRules = 20
	// maxPercent is a share of everybody, and the number of people with whom a pattern is tried.
	maxPercent = 100
)

// distribution checks the pattern of a pack that has one.
func (c *checker) distribution() {
	limits := c.def.Distribution
	if limits == nil {
		return
	}
	const path = "distribution"
	before := len(c.problems)
	c.label(path+".source", limits.Source)
	if limits.SmallUnit < 1 || limits.SmallUnit > distribution.MaxSmallUnit {
		c.add(path+".small_unit", "%d bukan batas unit kecil; pakai 1 sampai %d pegawai", limits.SmallUnit, distribution.MaxSmallUnit)
	}
	complete(c, path+".levels", patternLevelWords, limits.Levels)
	seen := map[string]bool{}
	for _, level := range sorted(limits.Levels) {
		levelPath := path + ".levels." + string(level)
		c.count(levelPath, len(limits.Levels[level]), maxPatternRules)
		for i := range limits.Levels[level] {
			c.pattern(at(levelPath, i), &limits.Levels[level][i], seen)
		}
	}
	if len(c.problems) > before {
		return
	}
	for _, entry := range patternLevelWords {
		if !limits.Possible(entry.code, maxPercent) {
			c.add(path+".levels."+string(entry.code), "ketentuan untuk %s tidak mungkin dipenuhi bersamaan oleh %d pegawai; ubah persentasenya", entry.word, maxPercent)
		}
	}
}

// pattern checks one rule of a pattern.
func (c *checker) pattern(path string, rule *distribution.Rule, seen map[string]bool) {
	if !patternID.MatchString(rule.ID) {
		c.add(path+".id", "“%s” bukan pengenal; pakai huruf kecil, angka, garis bawah, atau titik, diawali huruf, paling banyak 60", rule.ID)
	}
	c.once(path+".id", seen, rule.ID)
	c.count(path+".predicates", len(rule.Predicates), len(patternPredicateWords))
	codes(c, path+".predicates", patternPredicateWords, rule.Predicates)
	for _, percent := range []struct {
		key   string
		value *int64
	}{{"min_percent", rule.MinPercent}, {"max_percent", rule.MaxPercent}} {
		if percent.value != nil && (*percent.value < 0 || *percent.value > maxPercent) {
			c.add(path+"."+percent.key, "%d bukan persentase; pakai 0 sampai %d", *percent.value, maxPercent)
		}
	}
	if rule.MinPercent == nil && rule.MaxPercent == nil && !rule.AtLeastOne {
		c.add(path, "tidak membatasi apa pun; tulis min_percent, max_percent, atau at_least_one: true")
	}
	c.text(path+".text", rule.Text)
	c.label(path+".source", rule.Source)
}
