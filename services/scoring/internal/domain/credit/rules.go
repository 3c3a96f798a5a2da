package credit

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Source is the regulation that the numbers are from.
const Source = "Peraturan BKN 3/2023"

const (
	monthsPerYear = 12
	// places is how many digits after the point an angka kredit has.
	places = 2
)

// percents is the share of the coefficient that a predicate earns.
var percents = map[domain.Predicate]int64{
	domain.PredicateVeryGood: 150, domain.PredicateGood: 100, domain.PredicateNeedsImprovement: 75,
	domain.PredicatePoor: 50, domain.PredicateVeryPoor: 25,
}

// level is what the regulation says about a jenjang, in hundredths.
type level struct {
	coefficient int64
	// rank and next are the cumulative angka kredit for a promotion in rank and to the next jenjang; next is 0 for the
	// highest of its category.
	rank, next int64
}

var levels = map[domain.FunctionalLevel]level{
	domain.LevelPemula:      {coefficient: 375, rank: 1500, next: 1500},
	domain.LevelTerampil:    {coefficient: 500, rank: 2000, next: 6000},
	domain.LevelMahir:       {coefficient: 1250, rank: 5000, next: 10000},
	domain.LevelPenyelia:    {coefficient: 2500, rank: 10000},
	domain.LevelAhliPertama: {coefficient: 1250, rank: 5000, next: 10000},
	domain.LevelAhliMuda:    {coefficient: 2500, rank: 10000, next: 20000},
	domain.LevelAhliMadya:   {coefficient: 3750, rank: 15000, next: 45000},
	domain.LevelAhliUtama:   {coefficient: 5000, rank: 20000},
}

// hundredths returns n / 100 with 2 digits after the point.
func hundredths(n int64) decimal.Decimal {
	d, _ := decimal.New(n, places) // every int64 fits, and places is a valid scale
	return d
}
