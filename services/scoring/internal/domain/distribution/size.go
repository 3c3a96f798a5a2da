package distribution

import (
	"slices"
	"strconv"
	"strings"
)

// words are the predicates in Indonesian, by index.
var words = [...]string{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang/Misconduct", "Sangat Kurang"}

// Notes returns, in Indonesian, what holds for n people under the level whatever their ratings: that no distribution
// keeps the pattern, or that predicates which the pattern allows in part cannot occur at all. It is empty for units that
// are not small.
func (l Limits) Notes(level Level, n int64) []string {
	if n < 1 || n >= l.SmallUnit || len(l.Levels[level]) == 0 {
		return nil
	}
	if !l.Possible(level, n) {
		return []string{"Tidak ada sebaran predikat dari " + strconv.FormatInt(n, 10) +
			" pegawai yang memenuhi pola ini. Penyimpangan berasal dari jumlah pegawai, bukan dari penilaian."}
	}
	var notes []string
	for _, rule := range l.Levels[level] {
		most, bounded := rule.Most(n)
		if bounded && most == 0 && *rule.MaxPercent > 0 {
			notes = append(notes, "Dengan "+strconv.FormatInt(n, 10)+" pegawai, batas paling banyak "+
				strconv.FormatInt(*rule.MaxPercent, 10)+"% berarti tidak seorang pun dapat berpredikat "+join(rule.Predicates)+".")
		}
	}
	return notes
}

func join(of []Predicate) string {
	var names []string
	for i, p := range predicates {
		for _, wanted := range of {
			if p == wanted {
				names = append(names, words[i])
			}
		}
	}
	return strings.Join(names, " atau ")
}

// Possible reports whether some distribution of n people keeps every rule of the level, whose predicates are known and
// each named once in a rule. It is exact; its time grows with the cube of n.
func (l Limits) Possible(level Level, n int64) bool {
	s := search{}
	for _, rule := range l.Levels[level] {
		s.bounds = append(s.bounds, boundOf(rule, n))
	}
	return s.fill(0, n)
}

// bound is a rule for a number of people.
type bound struct {
	// of says of each predicate whether it is counted.
	of          [len(predicates)]bool
	least, most int64
}

func boundOf(rule Rule, n int64) bound {
	b := bound{}
	for i, p := range predicates {
		b.of[i] = slices.Contains(rule.Predicates, p)
	}
	b.least, _ = rule.Least(n)
	most, bounded := rule.Most(n)
	b.most = n
	if bounded {
		b.most = most
	}
	return b
}

// The last two predicates, which a search need not try.
const (
	lastButOne = len(predicates) - 2
	last       = len(predicates) - 1
)

// search looks for counts that keep all bounds.
type search struct {
	bounds []bound
	counts [lastButOne]int64
}

// fill gives the predicates from the index on to the people who are left, and reports whether it can.
func (s *search) fill(index int, left int64) bool {
	if index == lastButOne {
		return s.share(left)
	}
	for n := range left + 1 {
		s.counts[index] = n
		if s.fill(index+1, left-n) {
			return true
		}
	}
	return false
}

// share reports whether the people who are left can have the last two predicates: each bound leaves an interval for how
// many have the last but one.
func (s *search) share(left int64) bool {
	from, to := int64(0), left
	for i := range s.bounds {
		b := &s.bounds[i]
		sum := int64(0)
		for p, n := range s.counts {
			if b.of[p] {
				sum += n
			}
		}
		switch {
		case b.of[lastButOne] && b.of[last]:
			if sum+left < b.least || sum+left > b.most {
				return false
			}
		case b.of[lastButOne]:
			from, to = max(from, b.least-sum), min(to, b.most-sum)
		case b.of[last]:
			from, to = max(from, sum+left-b.most), min(to, sum+left-b.least)
		default:
			if sum < b.least || sum > b.most {
				return false
			}
		}
	}
	return from <= to
}
