package credit

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Source is the regulation that the numbers are from.
const Source = "Peraturan BKN 3/2023"

// places is how many digits after the point a sum of angka kredit has at least.
const places = 2

// thresholds are the cumulative angka kredit, in hundredths, that promotions need: in rank, and to the next jenjang; next is
// 0 for the highest of its category.
type thresholds struct{ rank, next int64 }

var levels = map[domain.FunctionalLevel]thresholds{
	domain.LevelPemula:      {rank: 1500, next: 1500},
	domain.LevelTerampil:    {rank: 2000, next: 6000},
	domain.LevelMahir:       {rank: 5000, next: 10000},
	domain.LevelPenyelia:    {rank: 10000},
	domain.LevelAhliPertama: {rank: 5000, next: 10000},
	domain.LevelAhliMuda:    {rank: 10000, next: 20000},
	domain.LevelAhliMadya:   {rank: 15000, next: 45000},
	domain.LevelAhliUtama:   {rank: 20000},
}

// hundredths returns n / 100 with 2 digits after the point.
func hundredths(n int64) decimal.Decimal {
	d, _ := decimal.New(n, places) // every int64 fits, and places is a valid scale
	return d
}
