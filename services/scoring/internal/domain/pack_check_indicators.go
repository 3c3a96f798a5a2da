package domain

import (
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

const (
	maxCombinations = 20
	maxAtLeast      = 100
)

func (c *checker) achievement() {
	terms, path := &c.def.Achievement, "achievement"
	coarsest, _ := c.achievementPlaces()
	c.bounds(path, terms.Floor, terms.Cap, coarsest)
	c.policy(path, terms.Missing, terms.MissingReason)
	c.label(path+".missing_label", terms.MissingLabel)
	if terms.Efficiency == nil {
		return
	}
	path += ".efficiency"
	c.count(path+".aspects", len(terms.Efficiency.Aspects), len(aspectWords))
	codes(c, path+".aspects", aspectWords, terms.Efficiency.Aspects)
	c.positive(path+".factor", terms.Efficiency.Factor)
	c.amount(path+".limit", terms.Efficiency.Limit)
	c.amount(path+".top", terms.Efficiency.Top)
}

// achievementPlaces returns the fewest and the most digits after the point that achievements have.
func (c *checker) achievementPlaces() (coarsest, finest int) {
	coarsest = maxPlaces
	for _, rule := range c.def.Rules {
		switch rule.ID {
		case RuleAchievementNormal, RuleAchievementLowerIsBetter, RuleAchievementRange, RuleAchievementRangeLowerIsBetter,
			RuleAchievementEfficiency:
			if rule.Places != nil && *rule.Places >= 0 && *rule.Places <= maxPlaces {
				coarsest, finest = min(coarsest, *rule.Places), max(finest, *rule.Places)
			}
		}
	}
	return min(coarsest, finest), finest
}

func (c *checker) indicators(path string, way *IndicatorsWay) {
	codes(c, path+".works", workWords, way.Works)
	codes(c, path+".aspects", aspectWords, way.Aspects)
	codes(c, path+".levels", levelWords, way.Levels)
	code(c, path+".combine", combineWords, way.Combine)
	c.curve(path+".curve", way.Curve)
	switch {
	case way.Combine != CombineCategories && way.Categories != nil:
		c.add(path+".categories", "hanya untuk combine: categories; hapus atau ubah combine")
	case way.Combine == CombineCategories && way.Categories == nil:
		c.add(path+".categories", "belum ada, padahal combine: categories memerlukannya; tambahkan")
	case way.Combine == CombineCategories:
		c.categories(path+".categories", way.Categories)
		if len(way.Curve) > 0 {
			c.add(path+".curve", "tidak dipakai bersama combine: categories; hapus")
		}
	}
}

// curve demands parts that give every possible achievement a value: from the lowest on, each beginning where the one
// before ends, the last without end.
func (c *checker) curve(path string, parts []CurvePart) {
	if len(parts) == 0 {
		return
	}
	c.count(path, len(parts), maxCurve)
	_, finest := c.achievementPlaces()
	unit, err := decimal.New(1, finest)
	if err != nil {
		return // finest is 0 to maxPlaces
	}
	floor, limit := c.def.Achievement.Floor, c.def.Achievement.Cap
	switch {
	case floor == nil:
		c.add(path, "tidak mencakup capaian di bawah 0; isi achievement.floor, misalnya 0")
	case parts[0].From.Cmp(*floor) > 0:
		c.add(path+"[0].from", "bagian pertama mulai dari %s, padahal capaian terendah %s; mulai dari sana", parts[0].From, floor)
	}
	for i := range parts {
		part, partPath := &parts[i], at(path, i)
		if !c.part(partPath, part, i == len(parts)-1) {
			continue
		}
		if i > 0 && parts[i-1].To != nil {
			c.follows(partPath+".from", part.From, *parts[i-1].To, unit)
		}
		if limit != nil && part.From.Cmp(*limit) > 0 {
			c.add(partPath, "tidak pernah dipakai karena capaian paling tinggi %s; hapus", limit)
		}
		if floor != nil && part.To != nil && part.To.Cmp(*floor) < 0 {
			c.add(partPath, "tidak pernah dipakai karena capaian paling rendah %s; hapus", floor)
		}
	}
}

// part checks one part of a curve by itself and reports whether its ends can be compared.
func (c *checker) part(path string, part *CurvePart, last bool) bool {
	ok := c.amount(path+".from", part.From)
	c.amount(path+".low", part.Low)
	c.amount(path+".high", part.High)
	if part.Attainable != nil {
		c.amount(path+".attainable", *part.Attainable)
	}
	if part.To == nil {
		if !last {
			c.add(path+".to", "belum ada; hanya bagian terakhir yang tanpa batas atas")
		}
		if !part.High.IsZero() && part.High.Cmp(part.Low) != 0 {
			c.add(path+".high", "tidak dipakai pada bagian tanpa to; hapus")
		}
		return ok
	}
	if last {
		c.add(path+".to", "bagian terakhir harus tanpa batas atas supaya setiap capaian bernilai; hapus to")
	}
	if !c.amount(path+".to", *part.To) {
		return false
	}
	switch part.From.Cmp(*part.To) {
	case 1:
		c.add(path+".to", "%s di bawah from %s; tukar keduanya", part.To, part.From)
	case 0:
		if part.Low.Cmp(part.High) != 0 {
			c.add(path+".high", "harus sama dengan low %s karena bagian ini hanya satu angka", part.Low)
		}
	}
	return ok
}

// follows demands that a part begins one unit of the last digit after the end of the one before.
func (c *checker) follows(path string, from, end, unit decimal.Decimal) {
	want, err := num.Add(end, unit)
	if err == nil && from.Cmp(want) != 0 {
		c.add(path, "%s tidak menyambung akhir bagian sebelumnya %s; mulai dari %s", from, end, want)
	}
}

func (c *checker) categories(path string, terms *CategoryTerms) {
	given := c.categoryBands(path+".bands", terms.Bands)
	c.combinations(path+".combine", terms.Combine, given)
	for _, combination := range terms.Combine {
		given[combination.Category] = true
	}
	for _, entry := range predicateWords {
		_, valued := terms.Values[entry.code]
		switch {
		case given[entry.code] && !valued:
			c.add(path+".values", "nilai untuk %s belum ada; tambahkan", entry.code)
		case !given[entry.code] && valued:
			c.add(path+".values."+string(entry.code), "kategori ini tidak pernah diberikan; hapus")
		}
	}
	for _, category := range sorted(terms.Values) {
		if !predicateWords.has(category) {
			c.add(path+".values."+string(category), "“%s” tidak dikenal; pilih %s", category, predicateWords.codes())
		}
		c.amount(path+".values."+string(category), terms.Values[category])
	}
}

// categoryBands returns the categories that an indicator can have.
func (c *checker) categoryBands(path string, bands []CategoryBand) map[Predicate]bool {
	c.count(path, len(bands), len(predicateWords))
	given, seen := map[Predicate]bool{}, map[string]bool{}
	steps := make([]*decimal.Decimal, len(bands))
	for i, band := range bands {
		code(c, at(path, i)+".category", predicateWords, band.Category)
		c.once(at(path, i)+".category", seen, string(band.Category))
		given[band.Category], steps[i] = true, band.From
	}
	c.descending(path, steps, c.def.Achievement.Floor, c.def.Achievement.Cap)
	return given
}

// descending demands bounds from the highest to the lowest of which only the last is missing, each within what the
// number can be.
func (c *checker) descending(path string, from []*decimal.Decimal, floor, limit *decimal.Decimal) {
	for i, bound := range from {
		last, boundPath := i == len(from)-1, at(path, i)+".from"
		switch {
		case bound == nil && !last:
			c.add(boundPath, "belum ada; hanya yang terakhir tanpa batas bawah")
		case bound != nil && last:
			c.add(boundPath, "yang terakhir harus tanpa batas bawah supaya setiap angka tercakup; hapus from")
		case bound == nil || !c.amount(boundPath, *bound):
		case i > 0 && from[i-1] != nil && bound.Cmp(*from[i-1]) >= 0:
			c.add(boundPath, "%s tidak di bawah %s sebelumnya; urutkan dari yang tertinggi", bound, from[i-1])
		case limit != nil && bound.Cmp(*limit) > 0:
			c.add(boundPath, "%s tidak pernah tercapai karena angkanya paling tinggi %s; turunkan", bound, limit)
		case floor != nil && bound.Cmp(*floor) <= 0:
			c.add(boundPath, "%s selalu tercapai karena angkanya paling rendah %s, sehingga sisanya tidak pernah dipakai", bound, floor)
		}
	}
}

// combinations demands a list of which the last entry always fits and each of the others can decide.
func (c *checker) combinations(path string, entries []CategoryCombination, given map[Predicate]bool) {
	c.count(path, len(entries), maxCombinations)
	for i, entry := range entries {
		last, entryPath := i == len(entries)-1, at(path, i)
		code(c, entryPath+".category", predicateWords, entry.Category)
		switch {
		case last && len(entry.AtLeast) > 0:
			c.add(entryPath+".at_least", "yang terakhir harus selalu cocok; hapus at_least")
		case !last && len(entry.AtLeast) == 0:
			c.add(entryPath+".at_least", "belum ada; tanpa itu ketentuan sesudahnya tidak pernah dipakai")
		}
		for _, category := range sorted(entry.AtLeast) {
			if !given[category] {
				c.add(entryPath+".at_least."+string(category), "kategori ini tidak ada di bands; perbaiki atau hapus")
			}
			n := entry.AtLeast[category]
			if n < 1 || n > maxAtLeast {
				c.add(entryPath+".at_least."+string(category), "%d bukan jumlah indikator; pakai 1 sampai %d", n, maxAtLeast)
			}
		}
		before := slices.IndexFunc(entries[:i], func(other CategoryCombination) bool { return entry.implies(other) })
		if before >= 0 && len(entries[before].AtLeast) > 0 {
			c.add(entryPath, "tidak pernah dipakai karena ketentuan %s sudah cocok lebih dahulu; ubah urutan atau hapus", ordinal(before))
		}
	}
}

// implies reports whether the other entry fits whenever this one does.
func (e CategoryCombination) implies(other CategoryCombination) bool {
	for category, n := range other.AtLeast {
		if e.AtLeast[category] < n {
			return false
		}
	}
	return true
}
