package pack

import (
	"fmt"
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// ranks finds what gives more for less: bands, a matrix, ratings of heads of units, percentages of angka kredit and numbers of
// components that do not fall with the number, the ratings or the predicate that they stand for.
func (l *linter) ranks() {
	l.bands()
	l.matrix()
	l.heads()
	l.percents()
	for i := range l.def.Components {
		l.numbers(component(i), &l.def.Components[i])
	}
}

// better reports whether one code stands before another in an order that begins with the best.
func better[T comparable](order []T, one, other T) bool {
	return slices.Index(order, one) < slices.Index(order, other)
}

func (l *linter) bands() {
	bands := l.def.Predicate.Bands
	if bands == nil {
		return
	}
	for i := 1; i < len(bands.Bands); i++ {
		if better(domain.Predicates(), bands.Bands[i].Predicate, bands.Bands[i-1].Predicate) {
			l.add(fmt.Sprintf("predicate.bands.bands[%d].predicate", i), "predikat ini lebih tinggi daripada predikat untuk angka di atasnya; periksa urutannya")
		}
	}
}

// matrix compares each predicate with that of the next better rating of results and of behaviour.
func (l *linter) matrix() {
	matrix, predicates, ratings := l.def.Predicate.Matrix, domain.Predicates(), domain.Expectations()
	if matrix == nil {
		return
	}
	for r, result := range ratings {
		for b, behavior := range ratings {
			predicate, path := matrix[result][behavior], fmt.Sprintf("predicate.matrix.%s.%s", result, behavior)
			const higher = "predikat ini lebih tinggi daripada predikat untuk rating %s yang lebih tinggi; periksa urutannya"
			if r > 0 && better(predicates, predicate, matrix[ratings[r-1]][behavior]) {
				l.add(path, higher, "hasil kerja")
			}
			if b > 0 && better(predicates, predicate, matrix[result][ratings[b-1]]) {
				l.add(path, higher, "perilaku kerja")
			}
		}
	}
}

// heads compares the rating of the head for each rating of the organisation with that for the next better one.
func (l *linter) heads() {
	ratings, levels := l.def.UnitHead.Ratings, domain.OrganizationLevels()
	if len(ratings) == 0 {
		return
	}
	for i := 1; i < len(levels); i++ {
		if better(domain.Expectations(), ratings[levels[i]], ratings[levels[i-1]]) {
			l.add("unit_head.ratings."+string(levels[i]),
				"rating hasil kerja ini lebih tinggi daripada rating untuk rating kinerja organisasi yang lebih tinggi; periksa urutannya")
		}
	}
}

// percents compares the percentage of each predicate with that of the next better one.
func (l *linter) percents() {
	for _, predicate := range greater(domain.Predicates(), l.def.Credit.Percents) {
		l.add("credit.percents."+string(predicate), "persentase ini lebih besar daripada persentase untuk predikat yang lebih tinggi; periksa urutannya")
	}
}

// greater returns the codes with a greater number than the next better one that has a number, in an order that begins with
// the best.
func greater[T comparable](order []T, numbers map[T]decimal.Decimal) []T {
	stated := slices.DeleteFunc(slices.Clone(order), func(code T) bool {
		_, ok := numbers[code]
		return !ok
	})
	var found []T
	for i := 1; i < len(stated); i++ {
		if numbers[stated[i]].Cmp(numbers[stated[i-1]]) > 0 {
			found = append(found, stated[i])
		}
	}
	return found
}

// numbers compares those that a component states for what it reads.
func (l *linter) numbers(path string, c *domain.Component) {
	const higher = "nilai ini lebih besar daripada nilai untuk %s yang lebih tinggi; periksa urutannya"
	switch {
	case c.Indicators != nil:
		l.curve(path+".indicators.curve", c.Indicators.Curve)
		if c.Indicators.Categories == nil {
			return
		}
		for _, category := range greater(domain.Predicates(), c.Indicators.Categories.Values) {
			l.add(path+".indicators.categories.values."+string(category), higher, "kategori")
		}
	case c.Rating != nil:
		for _, rating := range greater(domain.Expectations(), c.Rating.Values) {
			l.add(path+".rating.values."+string(rating), higher, "rating")
		}
	case c.Organization != nil:
		for _, level := range greater(domain.OrganizationLevels(), c.Organization.Values) {
			l.add(path+".organization.values."+string(level), higher, "rating kinerja organisasi")
		}
	case c.Tasks != nil:
		for i := 1; i < len(c.Tasks.Steps); i++ {
			if c.Tasks.Steps[i].Points.Cmp(c.Tasks.Steps[i-1].Points) < 0 {
				l.add(fmt.Sprintf("%s.tasks.steps[%d].points", path, i), "poin ini lebih kecil daripada poin untuk tugas yang lebih sedikit; periksa urutannya")
			}
		}
	}
}

// curve finds parts by which a higher achievement is worth less: within the part, or than at the end of the one before.
func (l *linter) curve(path string, parts []domain.CurvePart) {
	for i, part := range parts {
		low := fmt.Sprintf("%s[%d].low", path, i)
		if part.To != nil && part.Low.Cmp(part.High) > 0 {
			l.add(low, "nilai ini lebih besar daripada nilai %s pada batas atas bagian ini; periksa urutannya", part.High)
		}
		if i > 0 && part.Low.Cmp(parts[i-1].High) < 0 {
			l.add(low, "nilai ini lebih kecil daripada nilai %s pada akhir bagian sebelumnya; periksa urutannya", parts[i-1].High)
		}
	}
}
