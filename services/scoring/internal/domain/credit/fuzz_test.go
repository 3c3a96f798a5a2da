package credit_test

import (
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/credit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// The numbers of Peraturan BKN 3/2023: hundredths of angka kredit for a year, for a promotion in rank and for one to the
// next jenjang, and the percent of each predicate.
var (
	regulation = map[domain.FunctionalLevel]struct{ year, rank, next int64 }{
		"pemula": {375, 1500, 1500}, "terampil": {500, 2000, 6000}, "mahir": {1250, 5000, 10000}, "penyelia": {2500, 10000, 0},
		"ahli_pertama": {1250, 5000, 10000}, "ahli_muda": {2500, 10000, 20000}, "ahli_madya": {3750, 15000, 45000},
		"ahli_utama": {5000, 20000, 0},
	}
	percents = map[domain.Predicate]int64{"very_good": 150, "good": 100, "needs_improvement": 75, "poor": 50, "very_poor": 25}
)

// FuzzAccount draws the periods of somebody and demands the statement that the regulation gives in fractions: each line, what
// they come to, and what promotions still need. Another period never takes anything away.
func FuzzAccount(f *testing.F) {
	catalog, err := pack.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	law, err := catalog.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		f.Fatal(err)
	}
	before, err := catalog.Pack("rulePacks/pp-46-2011/versions/1") // which converts nothing
	if err != nil {
		f.Fatal(err)
	}
	for n := range uint64(20) {
		f.Add(n, []byte{})
	}
	f.Fuzz(func(t *testing.T, seed uint64, steer []byte) {
		r := domaintest.Steered(seed, steer)
		var segments []credit.Segment
		for range r.IntN(20) {
			segments = append(segments, period(r, law, before))
		}
		s, err := credit.Account(segments)
		if err != nil || len(s.Lines) != len(segments) {
			t.Fatalf("%d lines of %d periods, %v", len(s.Lines), len(segments), err)
		}
		all, within := new(big.Rat), map[domain.FunctionalLevel]*big.Rat{}
		for n, segment := range segments {
			state, credits := due(segment, law)
			line := s.Lines[n]
			if line.State != state || (line.Credit == "") != (credits == nil) || credits != nil && line.Credit != credits.FloatString(2) {
				t.Fatalf("line %+v, want %s with %v", line, state, credits)
			}
			if state == credit.StateCounted {
				all.Add(all, credits)
				if within[segment.Level] == nil {
					within[segment.Level] = new(big.Rat)
				}
				within[segment.Level].Add(within[segment.Level], credits)
			}
			if line.Cumulative != all.FloatString(2) {
				t.Fatalf("line %+v, want %s up to here", line, all.FloatString(2))
			}
		}
		if s.Cumulative != all.FloatString(2) {
			t.Fatalf("%s, want %s", s.Cumulative, all.FloatString(2))
		}
		promotes(t, &s, within[s.Level])
		more, err := credit.Account(append(segments, period(r, law, before)))
		if err != nil || decimal.MustParse(more.Cumulative).Cmp(decimal.MustParse(s.Cumulative)) < 0 {
			t.Fatalf("%s with one more period, %s without, %v", more.Cumulative, s.Cumulative, err)
		}
		if len(s.Sentences()) < 1+len(segments) {
			t.Fatalf("sentences %q", s.Sentences())
		}
	})
}

// period draws a time in a position that may have no jenjang, no predicate, one that is not settled, or other rules.
func period(r *rand.Rand, law, before *domain.Pack) credit.Segment {
	levels := append(slices.Sorted(maps.Keys(regulation)), "")
	predicates := append(domain.Predicates(), "")
	return credit.Segment{
		Level: levels[r.IntN(len(levels))], Predicate: predicates[r.IntN(len(predicates))], Provisional: r.IntN(5) == 0,
		Months: 1 + r.Int64N(12), Rules: []*domain.Pack{law, law, law, law, before, nil}[r.IntN(6)],
	}
}

// due returns what becomes of a period and its angka kredit, half up to hundredths; nil when it has none.
func due(s credit.Segment, law *domain.Pack) (credit.State, *big.Rat) {
	switch {
	case s.Level == "":
		return credit.StateNotFunctional, nil
	case s.Rules == nil:
		return credit.StateRulesUnknown, nil
	case s.Rules != law:
		return credit.StateNotConverted, nil
	case s.Predicate == "":
		return credit.StateNoPredicate, nil
	}
	// Twice the hundredths with one more, halved and cut off, is half up.
	twice := 2 * regulation[s.Level].year * percents[s.Predicate] * s.Months
	credits := big.NewRat((twice+100*12)/(2*100*12), 100)
	if s.Provisional {
		return credit.StateProvisional, credits
	}
	return credit.StateCounted, credits
}

// promotes holds what promotions need to the regulation: all of it less what there is within the jenjang, and never less
// than nothing.
func promotes(t *testing.T, s *credit.Statement, has *big.Rat) {
	t.Helper()
	if s.Level == "" {
		if s.LevelCumulative != "" || s.Rank != nil || s.Next != nil {
			t.Fatalf("without a jenjang the statement is %+v", s)
		}
		return
	}
	if has == nil {
		has = new(big.Rat)
	}
	of := regulation[s.Level]
	for need, hundredths := range map[*credit.Need]int64{s.Rank: of.rank, s.Next: of.next} {
		if need == nil && hundredths == 0 {
			continue
		}
		lacking := new(big.Rat).Sub(big.NewRat(hundredths, 100), has)
		if lacking.Sign() < 0 {
			lacking.SetInt64(0)
		}
		if need == nil || need.Needed != big.NewRat(hundredths, 100).FloatString(2) || need.Lacking != lacking.FloatString(2) {
			t.Fatalf("with %s of %s it is %+v, want %d hundredths", has.FloatString(2), s.Level, need, hundredths)
		}
	}
	if s.LevelCumulative != has.FloatString(2) {
		t.Fatalf("%s of %s, want %s", s.LevelCumulative, s.Level, has.FloatString(2))
	}
}
