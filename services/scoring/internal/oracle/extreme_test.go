package oracle_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// TestDomain_loses_no_digit_at_the_extremes gives facts as large as they may be: what does not fit is an error, and what
// fits is right.
func TestDomain_loses_no_digit_at_the_extremes(t *testing.T) {
	t.Parallel()
	const people = 300
	for _, of := range everyPack(t) {
		t.Run(of.rules.at("id").text, func(t *testing.T) {
			t.Parallel()
			r := newDrawer(rand.New(rand.NewPCG(*seed, 1)), of.rules)
			refused := 0
			for range people {
				in := r.input()
				r.stretch(&in.Segments[r.IntN(len(in.Segments))])
				result, err := domain.Compute(of.pack, in)
				if errors.Is(err, num.ErrOverflow) {
					refused++
					continue
				}
				if err != nil {
					t.Fatalf("%v\n%s", err, example(in))
				}
				if diff := cmp.Diff(judge(of.rules, in, nil), found(result)); diff != "" {
					t.Fatalf("(-oracle +domain):\n%s\n%s", diff, example(in))
				}
			}
			// With a cap even the largest of facts make numbers that fit.
			capped := of.rules.at("achievement", "cap").there
			if refused == 0 && !capped || refused == people {
				t.Errorf("%d of %d people are refused", refused, people)
			}
		})
	}
}

// stretch makes some facts of a segment as large as they may be.
func (r *drawer) stretch(s *domain.Segment) {
	most := decimal.MustParse("999999999999.9999")
	if len(s.Plan.Indicators) > 0 {
		i := &s.Plan.Indicators[r.IntN(len(s.Plan.Indicators))]
		switch r.IntN(4) {
		case 0:
			of, _, _ := strings.Cut(i.ID, "/indicators/")
			for n := range s.Plan.Indicators {
				if strings.HasPrefix(s.Plan.Indicators[n].ID, of+"/") {
					s.Plan.Indicators[n].Weight = most
				}
			}
		case 1:
			if i.Target.IsPos() {
				i.Target = units(1+r.Int64N(100), 4)
			}
		case 2:
			if i.Target.IsPos() {
				i.Target = most
			}
		}
	}
	if len(s.Realisations) > 0 && r.chance(60) {
		s.Realisations[r.IntN(len(s.Realisations))].Value = pick(r, []decimal.Decimal{most, units(1_000_000_000_000-1, 0), units(1, 4)})
	}
	if s.Behavior != nil && r.chance(30) {
		s.Behavior.Value = most
	}
	if s.Prior != nil && r.chance(30) {
		s.Prior.Value = most
	}
	for n := range s.Contributions {
		if r.chance(30) {
			s.Contributions[n].Share, s.Contributions[n].Achievement = most, most
		}
	}
	if s.Innovations != nil && len(s.Innovations.Counts) > 0 && r.chance(30) {
		s.Innovations.Counts[0].Count = 1_000_000_000
	}
}
