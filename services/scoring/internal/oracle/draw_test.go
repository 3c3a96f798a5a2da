package oracle_test

import (
	"fmt"
	"math/rand/v2"
)

// draw returns somebody. Numbers favour small ones, quotients that end in a half, and indexes at the edge of a grade.
func draw(r *rand.Rand) person {
	p := person{head: r.IntN(4) == 0, months: 1 + r.Int64N(12), ratings: map[string]string{}}
	if r.IntN(4) > 0 {
		p.level = pick(r, keys(yearly))
	}
	for range r.IntN(12) {
		p.indicators = append(p.indicators, drawIndicator(r))
	}
	if r.IntN(5) > 0 {
		p.ratings["result"], p.ratings["behavior"] = pick(r, keys(matrix)), pick(r, keys(matrix))
	}
	if r.IntN(3) > 0 {
		p.organization = pick(r, keys(headRating))
	}
	if r.IntN(3) > 0 {
		count := r.Int64N(12)
		p.peers = &peers{count, count*7 + r.Int64N(count*21+1)}
	}
	if r.IntN(3) > 0 {
		days := 1 + r.Int64N(260)
		p.attendance = &attendance{days, r.Int64N(days + 1)}
	}
	if r.IntN(3) > 0 {
		p.survey = drawSurvey(r)
	}
	return p
}

func drawIndicator(r *rand.Rand) indicator {
	i := indicator{formula: pick(r, []string{"normal", "lower_is_better", "range", "range_lower_is_better"}), fromSurvey: r.IntN(6) == 0}
	unit := pick(r, []int64{1, 3, 7, 16, 25, 64, 100, 320, 1_000, 16_000, 100_000, 320_000})
	places := r.IntN(5)
	target := unit * (1 + r.Int64N(20))
	if i.formula == "normal" || i.formula == "lower_is_better" {
		i.target = number(target, places)
	} else {
		i.low, i.high = number(target, places), number(target+1+r.Int64N(target), places)
	}
	if r.IntN(5) > 0 {
		i.realisation = number(r.Int64N(3*target+1), places)
	}
	if r.IntN(20) == 0 {
		i.realisation = number(r.Int64N(10_000_000), r.IntN(5))
	}
	return i
}

// drawSurvey returns a survey; one in three has an index next to the edge of a grade.
func drawSurvey(r *rand.Rand) *survey {
	s := &survey{responses: r.Int64N(400), sums: map[string]int64{}}
	if s.responses == 0 {
		return s
	}
	total := int64(0)
	for _, u := range unsur {
		s.sums[u] = s.responses + r.Int64N(3*s.responses+1)
		total += s.sums[u]
	}
	if r.IntN(3) > 0 {
		return s
	}
	edge := pick(r, []int64{64_995, 76_605, 88_305}) // in thousandths
	wanted := edge*9*s.responses/25_000 + r.Int64N(3) - 1
	for total != wanted {
		u := pick(r, unsur)
		step := int64(1)
		if total > wanted {
			step = -1
		}
		if moved := s.sums[u] + step; moved >= s.responses && moved <= 4*s.responses {
			s.sums[u], total = moved, total+step
		}
		if wanted < 9*s.responses || wanted > 36*s.responses {
			return s
		}
	}
	return s
}

// number writes a count of units of the last digit as a decimal.
func number(units int64, places int) string {
	text := fmt.Sprintf("%0*d", places+1, units)
	if places == 0 {
		return text
	}
	return text[:len(text)-places] + "." + text[len(text)-places:]
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }
