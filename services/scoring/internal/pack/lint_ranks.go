package pack

import (
	"fmt"
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// ranks finds what gives more for less: bands, a matrix, ratings of heads of units and percentages of angka kredit that do
// not fall with the number, the ratings or the predicate that they stand for.
func (l *linter) ranks() {
	l.bands()
	l.matrix()
	l.heads()
	l.percents()
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
	percents, predicates := l.def.Credit.Percents, domain.Predicates()
	if len(percents) == 0 {
		return
	}
	for i := 1; i < len(predicates); i++ {
		if percents[predicates[i]].Cmp(percents[predicates[i-1]]) > 0 {
			l.add("credit.percents."+string(predicates[i]), "persentase ini lebih besar daripada persentase untuk predikat yang lebih tinggi; periksa urutannya")
		}
	}
}
