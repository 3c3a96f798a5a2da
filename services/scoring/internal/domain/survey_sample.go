package domain

import (
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// MaxPopulation bounds the population of a survey.
const MaxPopulation = 1_000_000_000

// SurveySample returns how many respondents a survey of a population of 1 to MaxPopulation needs by Krejcie and Morgan,
// λ·N·0.25 / (0.0025·(N − 1) + λ·0.25) with λ = 3.841, half up to whole people; it is never more than the population. It
// returns ErrInvalidInput for any other population.
func SurveySample(population int64) (int64, error) {
	if population < 1 || population > MaxPopulation {
		return 0, fmt.Errorf("%w: a population of %d", ErrInvalidInput, population)
	}
	// Numerator and denominator times 4000 are whole: λ·N is 3841·N thousandths, 0.01·(N − 1) + λ is 10·(N − 1) + 3841.
	size, err := num.QuoHalfUp(num.Int(3841*population), num.Int(10*(population-1)+3841), 0)
	if err != nil {
		return 0, err
	}
	whole, _, _ := size.Int64(0) // a number without places that is not above the population
	return whole, nil
}
