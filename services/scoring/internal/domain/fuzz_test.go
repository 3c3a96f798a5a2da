package domain_test

import (
	"errors"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// FuzzCompute makes facts of random bytes, most of which cannot be, and gives them to every rule pack that the suite ships.
// Nothing panics; what is refused is refused for a known reason; what is computed can be repeated from its trace and from
// its record.
func FuzzCompute(f *testing.F) {
	packs, err := catalog()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{})
	f.Add([]byte{1, 1, 0, 1, 2, 3, 12, 3, 1, 1, 0, 1, 200, 0, 1, 120, 0, 1, 1, 1})
	f.Add([]byte("segments and indicators of whatever length, with sums, ratings and panels of all groups"))
	f.Fuzz(func(t *testing.T, content []byte) {
		b := &stream{rest: content}
		in := b.input()
		for _, file := range packs.Files() {
			result, err := domain.Compute(file.Pack, in)
			if err != nil {
				if !errors.Is(err, domain.ErrInvalidInput) && !errors.Is(err, num.ErrOverflow) {
					t.Fatalf("%s: error is %v", file.Pack.Name(), err)
				}
				continue
			}
			recorded(t, file.Pack, result)
			replayed, err := domain.Replay(file.Pack, result.Trace.Inputs())
			if err != nil {
				t.Fatal(err)
			}
			same(t, "the replay differs", result, replayed)
			plain, err := domain.ComputeWithoutTrace(file.Pack, in)
			if err != nil || plain.Digest() != result.Digest() {
				t.Fatalf("without trace the digest differs, %v", err)
			}
		}
	})
}

// stream makes facts of bytes; when they are used up, all is 0.
type stream struct{ rest []byte }

func (b *stream) next() int {
	if len(b.rest) == 0 {
		return 0
	}
	n := b.rest[0]
	b.rest = b.rest[1:]
	return int(n)
}

// number is mostly small and sometimes huge or negative.
func (b *stream) number() int64 {
	n := int64(b.next())
	switch b.next() % 16 {
	case 0:
		return -n
	case 1:
		return n << 50
	case 2:
		return n * 1000
	}
	return n
}

func (b *stream) decimal() decimal.Decimal {
	d, err := decimal.New(b.number(), b.next()%6)
	if err != nil {
		return decimal.Decimal{}
	}
	return d
}

// code is mostly one of the codes.
func code[T ~string](b *stream, codes ...T) T {
	n := b.next()
	if n >= 250 {
		return "other"
	}
	return codes[n%len(codes)]
}

func (b *stream) maybe() bool { return b.next()%2 == 1 }

func (b *stream) input() domain.Input {
	var in domain.Input
	for range b.next() % 4 {
		in.Segments = append(in.Segments, b.segment())
	}
	return in
}

func (b *stream) segment() domain.Segment {
	s := domain.Segment{Plan: domain.Plan{
		Unit: "u", UnitHead: b.maybe(), Months: int64(b.next() % 14),
		FunctionalLevel: code(b, "", domain.LevelAhliPertama, domain.LevelPemula),
		Position:        code(b, "", domain.PositionFunctional, domain.PositionLeadership, domain.PositionExecutor),
		Family:          code(b, "", domain.FamilyTeacher, domain.FamilyHealth, domain.FamilyLicensing),
		UnitKind:        code(b, "", domain.UnitSchool, domain.UnitHealthCenter, domain.UnitDistrict),
	}}
	for range b.next() % 6 {
		s.Plan.Indicators = append(s.Plan.Indicators, b.indicator())
		if b.maybe() {
			s.Realisations = append(s.Realisations, domain.Realisation{Indicator: b.path(), Value: b.decimal()})
		}
	}
	b.judgements(&s)
	b.counts(&s)
	return s
}

func (b *stream) path() string {
	n := b.next()
	if n >= 250 {
		return string(b.rest[:min(len(b.rest), n%8)])
	}
	return "results/r" + string(rune('0'+n%3)) + "/indicators/i" + string(rune('0'+n/3%9))
}

func (b *stream) indicator() domain.Indicator {
	return domain.Indicator{
		ID: b.path(), Description: string(rune(b.next())), Work: code(b, "", domain.WorkMain, domain.WorkAdditional),
		Aspect:  code(b, "", domain.AspectQuantity, domain.AspectQuality, domain.AspectTime, domain.AspectCost),
		Level:   code(b, "", domain.LevelOutput, domain.LevelOutcome),
		Formula: code(b, domain.FormulaNormal, domain.FormulaLowerIsBetter, domain.FormulaRange, domain.FormulaRangeLowerIsBetter),
		Target:  b.decimal(), Low: b.decimal(), High: b.decimal(), Attainable: b.maybe(), Weight: b.decimal(),
		Source: code(b, domain.SourceReported, domain.SourceSurveyIndex),
	}
}

// judgements makes ratings, behaviour, organisation and panels.
func (b *stream) judgements(s *domain.Segment) {
	expectation := func() domain.Expectation {
		return code(b, domain.ExpectationAbove, domain.ExpectationMeets, domain.ExpectationBelow)
	}
	if b.maybe() {
		s.Rating = &domain.Rating{Result: expectation(), Behavior: expectation()}
	}
	if b.maybe() {
		s.Behavior = &domain.Behavior{Value: b.decimal()}
	}
	if b.maybe() {
		s.Organization = &domain.Organization{Level: code(b, domain.OrganizationGood, domain.OrganizationPoor, domain.OrganizationExcellent)}
	}
	for range b.next() % 4 {
		group := code(b, domain.GroupSuperior, domain.GroupPeers, domain.GroupSubordinates, domain.GroupParents, domain.GroupPupils, domain.GroupPublic)
		s.Panels = append(s.Panels, domain.Panel{Group: group, Count: b.number(), Questions: b.number(), Sum: b.number()})
	}
}

// counts makes attendance, survey, contributions, innovations, tasks and the value of an earlier assessment.
func (b *stream) counts(s *domain.Segment) {
	if b.maybe() {
		s.Attendance = &domain.Attendance{WorkingDays: b.number(), PresentDays: b.number(), LateMinutes: b.number()}
	}
	if b.maybe() {
		s.Survey = &domain.Survey{Responses: b.number()}
		for range b.next() % 11 {
			element := code(b, domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
				domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities)
			s.Survey.Sums = append(s.Survey.Sums, domain.ElementSum{Element: element, Sum: b.number()})
		}
	}
	for range b.next() % 3 {
		s.Contributions = append(s.Contributions, domain.Contribution{Goal: string(rune(b.next())), Share: b.decimal(), Achievement: b.decimal()})
	}
	if b.maybe() {
		s.Innovations = &domain.Innovations{}
		for range b.next() % 3 {
			reach := code(b, domain.ReachUnit, domain.ReachAgency, domain.ReachNational)
			s.Innovations.Counts = append(s.Innovations.Counts, domain.InnovationCount{Reach: reach, Count: b.number()})
		}
	}
	if b.maybe() {
		s.Tasks = &domain.Tasks{Count: b.number()}
	}
	if b.maybe() {
		s.Prior = &domain.Prior{Value: b.decimal()}
	}
}
