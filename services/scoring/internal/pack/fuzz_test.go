package pack

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// everything returns facts for every way of a pack, so that each of its terms is met.
func everything(p *domain.Pack) domain.Input {
	ten := num.Int(10)
	seg := Segment{
		Position: domain.PositionFunctional, Family: domain.FamilyTeacher, UnitKind: domain.UnitSchool, FunctionalLevel: domain.LevelMahir,
		Rating:   &Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationMeets},
		Behavior: &ten, Organization: domain.OrganizationGood, Attendance: &Attendance{WorkingDays: 20, PresentDays: 19, LateMinutes: 10},
		Contributions: []Contribution{{Share: ten, Achievement: ten}}, Innovations: map[domain.Reach]int64{domain.ReachUnit: 1},
		Tasks: new(int64(3)), Prior: &ten, Months: 6,
	}
	n := int64(0)
	for _, work := range []domain.Work{domain.WorkMain, domain.WorkAdditional} {
		for _, formula := range []domain.Formula{domain.FormulaNormal, domain.FormulaLowerIsBetter, domain.FormulaRange} {
			for _, realised := range []int64{0, 9, 10, 11, 30} {
				seg.Indicators = append(seg.Indicators, Indicator{
					Result: "r" + string(work), Work: work, Aspect: aspects()[n%4], Level: domain.LevelOutput, Formula: formula, Target: ten, Low: num.Int(9), High: ten,
					Realisation: new(num.Int(realised)), Weight: ten, Attainable: n%2 == 0,
				})
				n++
			}
		}
	}
	for _, c := range p.Definition().Components {
		if c.Panel != nil {
			count := c.Panel.Minimum
			seg.Panels = append(seg.Panels, Panel{Group: c.Panel.Group, Count: count, Sum: count * c.Panel.AnswerMax})
		}
	}
	survey := p.Definition().Survey
	if len(survey.Elements) > 0 {
		seg.Survey = &Survey{Responses: survey.MinimumResponses}
		for range survey.Elements {
			seg.Survey.Sums = append(seg.Survey.Sums, survey.MinimumResponses*survey.AnswerMax)
		}
	}
	return Given{Segments: []Segment{seg, {Months: 6}}}.Input(p)
}

func aspects() []domain.Aspect {
	return []domain.Aspect{domain.AspectQuantity, domain.AspectQuality, domain.AspectTime, domain.AspectCost}
}

// computes demands that a pack that was taken computes: no term is missing and nothing is divided by zero.
func computes(t *testing.T, file *File) {
	t.Helper()
	full := everything(file.Pack)
	seen := map[domain.Group]bool{}
	panels := full.Segments[0].Panels[:0]
	for _, panel := range full.Segments[0].Panels {
		if !seen[panel.Group] {
			panels = append(panels, panel)
		}
		seen[panel.Group] = true
	}
	full.Segments[0].Panels = panels
	for _, in := range []domain.Input{{Segments: []domain.Segment{{Plan: domain.Plan{Months: 1}}}}, full} {
		_, err := domain.Compute(file.Pack, in)
		if err != nil && !errors.Is(err, num.ErrOverflow) {
			t.Fatalf("the pack was taken but cannot compute: %v", err)
		}
	}
}

func TestShipped_packs_compute_everything(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(catalog.Files(), replaced(t)) {
		computes(t, file)
	}
}

// FuzzParse demands that no file panics, that every problem has words, and that what is taken computes.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("packs/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range append(files, "testdata/language/small.yaml", "testdata/language/child.yaml") {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Add([]byte("id: x\nversion: 1\n"))
	f.Add([]byte("rules: [{places: -1}]\nsurvey: {bands: [{}]}"))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("components: [{weighted: {of: [{component: a, weight: 0}]}}]"))
	base := replaced(f)
	f.Fuzz(func(t *testing.T, content []byte) {
		file, problems := Lint(content, func(string) (*File, error) { return base, nil })
		for _, p := range problems {
			if p.Message == "" {
				t.Fatal("a problem without words")
			}
		}
		if (file == nil) != (len(Errors(problems)) > 0) {
			t.Fatal("a file with errors, or none without")
		}
		if file == nil {
			return
		}
		computes(t, file)
		for _, outcome := range file.Try() {
			_ = outcome.Differences
		}
		if len(Compare(file, file)) > 0 {
			t.Fatal("a pack differs from itself")
		}
	})
}

// FuzzDefinition changes numbers and texts of a pack that is valid, so that more of what reaches the check is nearly right.
func FuzzDefinition(f *testing.F) {
	f.Add(uint16(0), int64(0), 0, uint16(1), int64(10001), 0)
	f.Add(uint16(77), int64(-1), 4, uint16(90), int64(0), 2)
	def := replaced(f).Pack.Definition()
	f.Fuzz(func(t *testing.T, one uint16, a int64, aScale int, two uint16, b int64, bScale int) {
		changed := changedAt(def, map[int]scalar{int(one): {a, aScale}, int(two): {b, bScale}})
		p, err := domain.NewPack(changed, "hash")
		if err == nil {
			computes(t, &File{Pack: p})
		}
	})
}

// scalar is a number that takes the place of one of a definition.
type scalar struct {
	value int64
	scale int
}

func (s scalar) decimal() decimal.Decimal {
	d, err := decimal.New(s.value, s.scale)
	if err != nil {
		return decimal.Decimal{}
	}
	return d
}
