package distribution

import (
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
	if !l.possible(level, n) {
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

// possible reports whether some distribution of n people keeps every rule of the level. It tries them all but for the
// last predicate of each, so n is at most 100.
func (l Limits) possible(level Level, n int64) bool {
	counts := make(Counts, len(predicates))
	return l.fill(level, counts, 0, n)
}

// fill gives the predicates from the index on to the people who are left.
func (l Limits) fill(level Level, counts Counts, index int, left int64) bool {
	if index == len(predicates)-1 {
		counts[predicates[index]] = left
		return len(l.Check(level, counts)) == 0
	}
	for n := range left + 1 {
		counts[predicates[index]] = n
		if l.fill(level, counts, index+1, left-n) {
			return true
		}
	}
	return false
}
