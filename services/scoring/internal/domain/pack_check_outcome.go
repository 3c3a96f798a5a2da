package domain

import "github.com/govalues/decimal"

const maxBands = 20

func (c *checker) shown() {
	if c.def.Shown.Value != "" {
		c.component("shown.value", c.def.Shown.Value)
	}
	if c.def.Shown.Achievement != "" {
		c.component("shown.achievement", c.def.Shown.Achievement)
	}
}

// unitHead allows the ratings of heads only with a matrix, which takes a rating of results.
func (c *checker) unitHead() {
	ratings := c.def.UnitHead.Ratings
	if len(ratings) == 0 {
		return
	}
	path := "unit_head.ratings"
	if c.def.Predicate.Matrix == nil {
		c.add(path, "hanya dipakai oleh predicate.matrix; hapus")
	}
	complete(c, path, organizationWords, ratings)
	for _, level := range sorted(ratings) {
		code(c, path+"."+string(level), expectationWords, ratings[level])
	}
}

func (c *checker) predicate() {
	terms := &c.def.Predicate
	switch {
	case terms.Matrix == nil && terms.Bands == nil:
		c.add("predicate", "belum diisi; tulis matrix (dua rating) atau bands (angka)")
	case terms.Matrix != nil && terms.Bands != nil:
		c.add("predicate.bands", "predikat sudah ditentukan oleh matrix; pakai salah satu")
	}
	if terms.Matrix != nil {
		c.matrix("predicate.matrix", terms.Matrix)
	}
	if terms.Bands != nil {
		c.bands("predicate.bands", terms.Bands)
	}
	for _, predicate := range sorted(terms.Words) {
		path := "predicate.words." + string(predicate)
		code(c, path, predicateWords, predicate)
		c.label(path, terms.Words[predicate])
	}
	c.distinctWords("predicate.words", terms.Words)
}

// distinctWords demands that no two predicates read the same.
func (c *checker) distinctWords(path string, own map[Predicate]string) {
	if len(own) == 0 {
		return
	}
	said := map[string]Predicate{}
	for _, entry := range predicateWords {
		word, replaced := own[entry.code]
		if !replaced {
			word = entry.word
		}
		other, twice := said[word]
		if twice {
			c.add(path, "%s dan %s sama-sama berbunyi “%s”; bedakan", other, entry.code, word)
		}
		said[word] = entry.code
	}
}

func (c *checker) matrix(path string, matrix map[Expectation]map[Expectation]Predicate) {
	complete(c, path, expectationWords, matrix)
	for _, result := range sorted(matrix) {
		row, rowPath := matrix[result], path+"."+string(result)
		complete(c, rowPath, expectationWords, row)
		for _, behavior := range sorted(row) {
			code(c, rowPath+"."+string(behavior), predicateWords, row[behavior])
		}
	}
}

func (c *checker) bands(path string, terms *BandsTerms) {
	of, known := c.component(path+".of", terms.Of)
	if known {
		c.decides(at("components", c.index[terms.Of]), of)
	}
	if terms.Places != nil {
		c.places(path+".places", *terms.Places)
		if known && *terms.Places > of.Places {
			c.add(path+".places", "%d lebih banyak daripada %d angka di belakang koma milik komponen %s; kurangi atau hapus", *terms.Places, of.Places, terms.Of)
		}
		for i, rule := range c.def.Rules {
			if rule.ID == RulePredicateRound && rule.Places != nil && *rule.Places != *terms.Places {
				c.add(at("rules", i)+".places", "%d berbeda dari predicate.bands.places %d; samakan", *rule.Places, *terms.Places)
			}
		}
	}
	path += ".bands"
	c.count(path, len(terms.Bands), maxBands)
	for i, band := range terms.Bands {
		code(c, at(path, i)+".predicate", predicateWords, band.Predicate)
		if i == len(terms.Bands)-1 && band.Innovation {
			c.add(at(path, i)+".innovation", "yang terakhir harus berlaku tanpa syarat; hapus")
		}
	}
	// Bands that ask for an innovation stand above those that take the same number without.
	with, without := splitBands(terms.Bands)
	var floor, limit *decimal.Decimal
	if known {
		floor, limit = of.Floor, of.Cap
	}
	c.reachable(path, with, floor, limit)
	c.reachable(path, without, floor, limit)
	c.shadowed(path, terms.Bands)
}

// decides demands a component that has a number for everybody, or names itself as what a predicate waits for: bands without a
// number give none.
func (c *checker) decides(path string, one *Component) {
	const decided = "predikat ditentukan oleh komponen ini (predicate.bands.of)"
	if one.When != nil {
		c.add(path+".when", decided+", sehingga pegawai lain tidak berpredikat tanpa sebab yang disebut; hapus when")
	}
	if one.Missing == PolicyExclude || one.Missing == PolicyProvisional {
		c.add(path+".missing", "“%s” tidak mungkin karena "+decided+"; pilih block atau zero", one.Missing)
	}
}

// bandAt is a band with its position.
type bandAt struct {
	i    int
	from *decimal.Decimal
	last bool
}

func splitBands(bands []PredicateBand) (with, without []bandAt) {
	for i, band := range bands {
		one := bandAt{i, band.From, i == len(bands)-1}
		if band.Innovation {
			with = append(with, one)
		} else {
			without = append(without, one)
		}
	}
	return with, without
}

// reachable is descending for bands among which others stand.
func (c *checker) reachable(path string, bands []bandAt, floor, limit *decimal.Decimal) {
	var above *decimal.Decimal
	for _, band := range bands {
		bandPath := at(path, band.i) + ".from"
		switch {
		case band.from == nil && !band.last:
			c.add(bandPath, "belum ada; hanya yang terakhir tanpa batas bawah")
		case band.from != nil && band.last:
			c.add(bandPath, "yang terakhir harus tanpa batas bawah supaya setiap angka berpredikat; hapus from")
		case band.from == nil || !c.amount(bandPath, *band.from):
		case above != nil && band.from.Cmp(*above) >= 0:
			c.add(bandPath, "%s tidak di bawah %s sebelumnya; urutkan dari yang tertinggi", band.from, above)
		case limit != nil && band.from.Cmp(*limit) > 0:
			c.add(bandPath, "%s tidak pernah tercapai karena angkanya paling tinggi %s; turunkan", band.from, limit)
		case floor != nil && band.from.Cmp(*floor) <= 0:
			c.add(bandPath, "%s selalu tercapai karena angkanya paling rendah %s, sehingga sisanya tidak pernah dipakai", band.from, floor)
		}
		if band.from != nil {
			above = band.from
		}
	}
}

// shadowed finds bands that ask for an innovation below one that takes as low a number without.
func (c *checker) shadowed(path string, bands []PredicateBand) {
	for i, band := range bands {
		if !band.Innovation || band.From == nil {
			continue
		}
		for before, other := range bands[:i] {
			if !other.Innovation && other.From != nil && other.From.Cmp(*band.From) <= 0 {
				c.add(at(path, i), "tidak pernah dipakai karena ketentuan %s sudah cocok lebih dahulu; pindahkan ke atasnya", ordinal(before))
				break
			}
		}
	}
}

func (c *checker) suggestion() {
	terms := &c.def.Suggestion
	if terms.Of == "" {
		if len(terms.Thresholds) > 0 {
			c.add("suggestion.of", "belum diisi, padahal thresholds ada; tulis pengenal komponen")
		}
		return
	}
	of, known := c.component("suggestion.of", terms.Of)
	path := "suggestion.thresholds"
	c.count(path, len(terms.Thresholds), len(expectationWords))
	seen, steps := map[string]bool{}, make([]*decimal.Decimal, len(terms.Thresholds))
	for i, threshold := range terms.Thresholds {
		code(c, at(path, i)+".rating", expectationWords, threshold.Rating)
		c.once(at(path, i)+".rating", seen, string(threshold.Rating))
		steps[i] = threshold.From
		if i > 0 && place(threshold.Rating) < place(terms.Thresholds[i-1].Rating) {
			c.add(at(path, i)+".rating", "%s lebih tinggi daripada rating sebelumnya untuk angka yang lebih rendah; tukar", threshold.Rating)
		}
	}
	var floor, limit *decimal.Decimal
	if known {
		floor, limit = of.Floor, of.Cap
	}
	c.descending(path, steps, floor, limit)
	for i, rule := range c.def.Rules {
		if rule.ID == RuleSuggestion && rule.Basis == BasisLaw {
			c.add(at("rules", i)+".basis", "saran rating bukan ketentuan peraturan; pakai policy")
		}
	}
}

// place is the position of a rating from the best, and after all others for an unknown one.
func place(rating Expectation) int {
	for i, entry := range expectationWords {
		if entry.code == rating {
			return i
		}
	}
	return len(expectationWords)
}

func (c *checker) segments() {
	policy := c.def.Segments.Predicate
	code(c, "segments.predicate", segmentWords, policy)
	if policy != SegmentValue {
		return
	}
	bands := c.def.Predicate.Bands
	switch {
	case bands == nil:
		c.add("segments.predicate", "value memerlukan predicate.bands; pakai last")
	case bands.Of != c.def.Shown.Value:
		c.add("segments.predicate", "value menggabungkan shown.value, jadi shown.value harus sama dengan predicate.bands.of (%s)", bands.Of)
	}
}

func (c *checker) credit() {
	if !c.def.hasCredit() {
		return
	}
	terms := &c.def.Credit
	if terms.MonthsPerYear < 1 || terms.MonthsPerYear > maxMonths {
		c.add("credit.months_per_year", "%d bukan jumlah bulan; pakai 1 sampai %d", terms.MonthsPerYear, maxMonths)
	}
	amounts(c, "credit.percents", predicateWords, terms.Percents)
	amounts(c, "credit.coefficients", functionalLevelWords, terms.Coefficients)
	for _, level := range sorted(terms.Coefficients) {
		if terms.Coefficients[level].IsZero() {
			c.add("credit.coefficients."+string(level), "harus lebih dari 0")
		}
	}
}
