package domain_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// rules returns the rule pack that the suite ships.
func rules(tb testing.TB) *domain.Pack {
	tb.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		tb.Fatal(err)
	}
	file, err := catalog.File("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		tb.Fatal(err)
	}
	return file.Pack
}

// shuffled returns the same facts in another order.
func shuffled(r *rand.Rand, in domain.Input) domain.Input {
	in.Realisations = append([]domain.Realisation(nil), in.Realisations...)
	r.Shuffle(len(in.Realisations), func(i, j int) {
		in.Realisations[i], in.Realisations[j] = in.Realisations[j], in.Realisations[i]
	})
	if in.Survey == nil {
		return in
	}
	survey := *in.Survey
	survey.Sums = append([]domain.ElementSum(nil), survey.Sums...)
	r.Shuffle(len(survey.Sums), func(i, j int) { survey.Sums[i], survey.Sums[j] = survey.Sums[j], survey.Sums[i] })
	in.Survey = &survey
	return in
}

// slightlyChanged returns the same facts but for one, or for one that the rules do not use.
func slightlyChanged(r *rand.Rand, in domain.Input) domain.Input {
	switch r.IntN(5) {
	case 0:
		in.Plan.Months = 13 - in.Plan.Months
	case 1:
		in.Plan.Source += "x"
	case 2:
		in.Realisations = append(slices.Clone(in.Realisations), domain.Realisation{Indicator: "results/r9/indicators/i9", Value: domaintest.Amount(r, 0)})
	case 3:
		in.Peers = &domain.Peers{Count: 2, Sum: 14 + r.Int64N(43)}
	default:
		in.Realisations = slices.Clone(in.Realisations)
		for i := range in.Realisations {
			value, err := in.Realisations[i].Value.Add(decimal.Zero.Pad(4))
			if err == nil {
				in.Realisations[i].Value = value // the same number with more digits
			}
		}
	}
	return in
}
