package domain

import (
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// canonical returns the facts that the rules use, in the order of the plan, of the pack and of the vocabularies, so that
// the same facts in any order are the same afterwards. Facts that are in that order already, as usual, are not copied. It
// returns ErrInvalidInput with every problem of the facts, as a FlawsError.
func (in *Input) canonical(p *Pack) (Input, error) {
	var ps problems
	if len(in.Segments) < 1 || len(in.Segments) > maxSegments {
		ps.add("segments", "harus 1 sampai %d penugasan", maxSegments)
	}
	facts, shared := Input{Segments: in.Segments}, true
	months := int64(0)
	for i := range in.Segments {
		if len(in.Segments) > 1 {
			ps.prefix = SegmentPrefix(i)
		}
		s := &in.Segments[i]
		used := s.canonical(p, &ps)
		if shared && !used.is(s) {
			facts.Segments, shared = slices.Clone(in.Segments), false
		}
		if !shared {
			facts.Segments[i] = used
		}
		months += min(max(s.Plan.Months, 0), maxMonths)
	}
	ps.prefix = ""
	if months > maxMonths {
		ps.add("segments", "lebih dari %d bulan seluruhnya", maxMonths)
	}
	return facts, ps.err(ErrInvalidInput)
}

func (s *Segment) canonical(p *Pack, ps *problems) Segment {
	facts := *s
	s.Plan.check(ps)
	facts.Plan.Indicators = s.Plan.used()
	facts.Realisations = s.realisations(ps)
	s.ratings(&p.def.UnitHead, ps)
	s.counts(ps)
	s.Prior.check(ps)
	facts.Panels = s.panels(p, ps)
	facts.Survey = s.Survey.enough(p, ps)
	facts.Contributions = s.contributions(ps)
	facts.Innovations = s.Innovations.counted(ps)
	return facts
}

// is reports whether the segment is the other one as it was given: the same lists, not only equal ones.
func (s *Segment) is(given *Segment) bool {
	return one(s.Plan.Indicators, given.Plan.Indicators) && one(s.Realisations, given.Realisations) && one(s.Panels, given.Panels) &&
		s.Survey == given.Survey && one(s.Contributions, given.Contributions) && s.Innovations == given.Innovations
}

// one reports whether two lists are one and the same.
func one[T any](a, b []T) bool {
	return len(a) == len(b) && (a == nil) == (b == nil) && (len(a) == 0 || &a[0] == &b[0])
}

// ratings checks the ratings by people and the value of behaviour.
func (s *Segment) ratings(heads *UnitHeadTerms, ps *problems) {
	without := s.Rating != nil && s.Rating.Result == "" && heads.Rates(&s.Plan)
	if s.Rating != nil && !without && !expectationWords.has(s.Rating.Result) {
		ps.add(InputResultRating, textUnknown, s.Rating.Result)
	}
	if s.Rating != nil && !expectationWords.has(s.Rating.Behavior) {
		ps.add(InputBehaviorRating, textUnknown, s.Rating.Behavior)
	}
	if s.Organization != nil && !organizationWords.has(s.Organization.Level) {
		ps.add(InputOrganization, textUnknown, s.Organization.Level)
	}
	if s.Behavior != nil && !num.IsAmount(s.Behavior.Value) {
		ps.amount(idBehaviorValue, "harus 0 atau lebih")
	}
}

// maxCount bounds counts, so that no product of them overflows.
const maxCount = 1_000_000_000

// counted reports whether n is a count.
func counted(n int64) bool { return n >= 0 && n <= maxCount }

// counts checks attendance and tasks.
func (s *Segment) counts(ps *problems) {
	a := s.Attendance
	if a != nil && (a.WorkingDays < 1 || a.WorkingDays > maxCount || a.PresentDays < 0 || a.PresentDays > a.WorkingDays) {
		ps.add("attendance", "hari hadir harus 0 sampai jumlah hari kerja, dan hari kerja paling sedikit 1")
	}
	if a != nil && !counted(a.LateMinutes) {
		ps.add(idLateMinutes, "harus 0 sampai %d", maxCount)
	}
	if s.Tasks != nil && !counted(s.Tasks.Count) {
		ps.add(idTasks, "harus 0 sampai %d", maxCount)
	}
}
