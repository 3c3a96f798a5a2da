package oracle_test

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// verdict is what the rules make of a person; what they cannot say is empty.
type verdict struct {
	State, Predicate, Value, Achievement, Suggestion string
	Result, Behavior, Index, Credit                  string
	// Missing has the id and the policy of every missing fact.
	Missing []string
	// Steps has the result of every step of the trace by its id.
	Steps map[string]string
}

// judge works out every segment, and makes one verdict of them.
func judge(pack node, in domain.Input, seen *coverage) verdict {
	var sheets []*sheet
	for n, facts := range in.Segments {
		prefix := ""
		if len(in.Segments) > 1 {
			prefix = fmt.Sprintf("segments/%d/", n+1)
		}
		sheets = append(sheets, newSheet(pack, facts, prefix, seen))
	}
	last := sheets[len(sheets)-1]
	v := verdict{
		State: last.state, Predicate: last.predicate, Suggestion: last.suggestion,
		Result: last.rating, Behavior: last.behavior, Index: last.index.String(), Credit: last.credit.String(),
		Value: last.shown("value").String(), Achievement: last.shown("achievement").String(), Steps: map[string]string{},
	}
	for _, s := range sheets {
		v.Missing = append(v.Missing, s.missing()...)
		for id, result := range s.steps {
			v.Steps[id] = result
		}
	}
	if len(sheets) > 1 {
		v.merge(pack, sheets, seen)
	}
	return v
}

// shown returns the number that a score shows as such.
func (s *sheet) shown(what string) *amount { return s.numbers[s.pack.at("shown", what).text] }

// merge makes one verdict of several segments.
func (v *verdict) merge(pack node, sheets []*sheet, seen *coverage) {
	last := sheets[len(sheets)-1]
	for _, state := range []string{"complete", "provisional", "incomplete"} {
		for _, s := range sheets {
			if s.state == state {
				v.State = state // the worst of all
			}
		}
	}
	step := func(id string, n *amount) string {
		if n != nil {
			v.Steps[id] = n.String()
		}
		return n.String()
	}
	value := overMonths(sheets, "value")
	v.Value = step("value", value)
	v.Achievement = step("achievement", overMonths(sheets, "achievement"))
	var credit *amount
	for _, s := range sheets {
		if s.credit == nil {
			continue
		}
		if credit == nil {
			credit = &amount{whole(0), s.credit.places}
		}
		credit.Rat = add(credit.Rat, s.credit.Rat)
	}
	if v.State != "incomplete" {
		v.Credit = step("credit", credit)
	} else {
		v.Credit = ""
	}
	policy := pack.at("segments", "predicate").text
	seen.hit("segments", policy)
	v.Predicate = last.predicate
	if policy == "value" && v.State != "incomplete" {
		v.mergedBand(sheets, value)
	}
	if v.State == "incomplete" {
		v.Predicate = ""
	}
	if v.Predicate == "" {
		delete(v.Steps, "predicate")
		delete(v.Steps, "predicate/rounded")
		return
	}
	v.Steps["predicate"] = v.Predicate
}

// overMonths is the mean of a shown number weighted by months.
func overMonths(sheets []*sheet, what string) *amount {
	top, months, places := whole(0), int64(0), 0
	for _, s := range sheets {
		n := s.shown(what)
		if n == nil {
			continue
		}
		top = add(top, mul(n.Rat, whole(s.facts.Plan.Months)))
		months += s.facts.Plan.Months
		places = n.places
	}
	if months == 0 {
		return nil
	}
	return rounded(mul(top, big.NewRat(1, months)), places)
}

// mergedBand applies the bands to the merged value. An innovation of any segment counts; without one, what is not known of a
// segment could be one.
func (v *verdict) mergedBand(sheets []*sheet, value *amount) {
	last := sheets[len(sheets)-1]
	all := &sheet{pack: last.pack, seen: last.seen, steps: v.Steps}
	for _, one := range sheets {
		if one.innovative() {
			all.facts.Innovations = one.facts.Innovations
		}
	}
	v.Predicate = all.band(value, "")
	for _, one := range sheets {
		if !all.passed || one.facts.Innovations != nil {
			continue
		}
		v.State = "provisional"
		lack := one.prefix + "innovations provisional"
		if !slices.Contains(v.Missing, lack) {
			v.Missing = append(v.Missing, lack)
		}
	}
}
