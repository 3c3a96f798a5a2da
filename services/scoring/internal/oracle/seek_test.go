package oracle_test

import (
	"math/big"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// seek moves one fact of a segment so that the number which decides lies at an edge of its bands, or next to it. It
// takes the number for a straight line of the fact, which it is between the edges of curves.
func (r *drawer) seek(s *domain.Segment) {
	of, edges := r.decided()
	knob := r.knob(s)
	if knob == nil || len(edges) == 0 {
		return
	}
	at := func(value decimal.Decimal) *big.Rat {
		before := *knob
		*knob = value
		n := newSheet(r.pack, *s, "", nil).numbers[of]
		*knob = before
		if n == nil {
			return nil
		}
		return n.Rat
	}
	lower, upper := units(60, 0), units(90, 0)
	if knob.Sign() > 0 {
		lower, upper = *knob, knob2(*knob)
	}
	from, to := at(lower), at(upper)
	if from == nil || to == nil || from.Cmp(to) == 0 {
		return
	}
	places := max(r.pack.at("components").by("id", of).places(), 1)
	edge := add(pick(r, edges), quo(whole(r.Int64N(5)-2), mul(whole(2), new(big.Rat).SetInt(ten(places)))))
	slope := quo(sub(to, from), sub(exact(upper), exact(lower)))
	value := add(exact(lower), quo(sub(edge, from), slope))
	if value.Sign() >= 0 {
		*knob = r.near(value)
	}
}

func knob2(d decimal.Decimal) decimal.Decimal {
	twice, err := d.Mul(units(11, 1))
	if err != nil {
		panic(err)
	}
	return twice
}

// decided returns a component that decides something, with its edges.
func (r *drawer) decided() (string, []*big.Rat) {
	bands := r.pack.at("predicate", "bands")
	of, list := bands.at("of").text, bands.at("bands").list
	if suggestion := r.pack.at("suggestion"); of == "" || suggestion.there && r.chance(30) {
		of, list = suggestion.at("of").text, suggestion.at("thresholds").list
	}
	var edges []*big.Rat
	for _, entry := range list {
		if entry.at("from").there {
			edges = append(edges, entry.at("from").amount)
		}
	}
	return of, edges
}

// knob returns a number of the segment that can be moved; nil when there is none.
func (r *drawer) knob(s *domain.Segment) *decimal.Decimal {
	var all []*decimal.Decimal
	if s.Behavior != nil {
		all = append(all, &s.Behavior.Value)
	}
	if s.Prior != nil {
		all = append(all, &s.Prior.Value)
	}
	for n := range s.Contributions {
		all = append(all, &s.Contributions[n].Achievement)
	}
	for n := range s.Realisations {
		all = append(all, &s.Realisations[n].Value)
	}
	if len(all) == 0 {
		return nil
	}
	return pick(r, all)
}
