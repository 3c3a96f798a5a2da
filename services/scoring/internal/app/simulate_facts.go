package app

import (
	"errors"
	"slices"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// Fields of a simulation that more than one function names.
const (
	fieldPanels        = "panels"
	fieldContributions = "contributions"
)

// withhold removes the answers of so few people that the rules withhold them. Another rule pack could ask for fewer, and
// whoever simulates with it or tries it would be shown them.
func withhold(rules *domain.Pack, segments []domain.Segment) {
	def := rules.Definition()
	for i := range segments {
		s := &segments[i]
		s.Panels = slices.DeleteFunc(slices.Clone(s.Panels), func(panel domain.Panel) bool {
			terms := panelTerms(&def, panel.Group)
			return terms != nil && panel.Count < terms.Minimum
		})
		if s.Survey != nil && len(def.Survey.Elements) > 0 && s.Survey.Responses < def.Survey.MinimumResponses {
			s.Survey = nil
		}
	}
}

// others puts the facts that are neither realisations nor ratings in the place of what is.
func (c *Changes) others(in *domain.Segment) []fault.Violation {
	put(&in.Attendance, c.Attendance, func(a *domain.Attendance) *string { return &a.Source })
	put(&in.Survey, c.Survey, func(s *domain.Survey) *string { return &s.Source })
	put(&in.Innovations, c.Innovations, func(i *domain.Innovations) *string { return &i.Source })
	put(&in.Tasks, c.Tasks, func(t *domain.Tasks) *string { return &t.Source })
	violations := append(c.panels(in), c.contributions(in)...)
	if c.BehaviorValue != nil && !num.IsAmount(c.BehaviorValue.Value) {
		violations = append(violations, noAmount("behavior.value", "value of behaviour", "Nilai perilaku kerja", false))
	} else {
		put(&in.Behavior, c.BehaviorValue, func(b *domain.Behavior) *string { return &b.Source })
	}
	if c.Prior != nil && !num.IsAmount(c.Prior.Value) {
		violations = append(violations, noAmount("prior.value", "value of the earlier assessment", "Nilai penilaian terdahulu", false))
	} else {
		put(&in.Prior, c.Prior, func(p *domain.Prior) *string { return &p.Source })
	}
	return violations
}

// put puts a fact in the place of another, unless it is nil. It has no source, because nobody has recorded it.
func put[T any](place **T, changed *T, source func(*T) *string) {
	if changed == nil {
		return
	}
	fact := *changed
	*source(&fact) = ""
	*place = &fact
}

// panels puts the changed panels in the place of those of the same groups.
func (c *Changes) panels(in *domain.Segment) []fault.Violation {
	in.Panels = slices.Clone(in.Panels)
	var violations []fault.Violation
	for i, changed := range c.Panels {
		same := func(p domain.Panel) bool { return p.Group == changed.Group }
		if slices.ContainsFunc(c.Panels[:i], same) {
			violations = append(violations, twice(at(fieldPanels, i)+".group", "group of raters", "Kelompok penilai"))
			continue
		}
		in.Panels = append(slices.DeleteFunc(in.Panels, same), changed)
	}
	return violations
}

// contributions puts the changed contributions in the place of those to the same goals.
func (c *Changes) contributions(in *domain.Segment) []fault.Violation {
	in.Contributions = slices.Clone(in.Contributions)
	var violations []fault.Violation
	for i, changed := range c.Contributions {
		path := at(fieldContributions, i)
		same := func(other domain.Contribution) bool { return other.Goal == changed.Goal }
		wrong := len(violations)
		if slices.ContainsFunc(c.Contributions[:i], same) {
			violations = append(violations, twice(path+".objective", "objective", "Sasaran"))
		}
		if !num.IsAmount(changed.Share) || !changed.Share.IsPos() {
			violations = append(violations, noAmount(path+".share", "weight of the contribution", "Porsi kontribusi", true))
		}
		if !num.IsAmount(changed.Achievement) {
			violations = append(violations, noAmount(path+".achievement", "achievement of the goal", "Capaian sasaran", false))
		}
		if len(violations) > wrong {
			continue
		}
		changed.Source = ""
		in.Contributions = append(slices.DeleteFunc(in.Contributions, same), changed)
	}
	return violations
}

// unfit returns a violation for everything that the error of a computation with so many segments says of the facts: of the
// field that has changed the fact, or else of the rule pack. It returns none for an error that is not about the facts.
func (c *Changes) unfit(segments int, err error) []fault.Violation {
	var violations []fault.Violation
	wrong, refused := errors.AsType[*domain.FlawsError](err)
	switch {
	case refused:
		for _, flaw := range wrong.Flaws {
			violations = append(violations, c.flawed(segments, flaw))
		}
	case errors.Is(err, num.ErrOverflow):
		for _, field := range c.numbers() {
			violations = append(violations, fault.Field(field, fault.ReasonRulePackMisfit).Worded(
				"The numbers grow too large.", "Angka terlalu besar untuk dihitung menurut paket aturan ini. Periksa kembali angkanya."))
		}
	}
	return violations
}

// flawed returns the violation of a fact that the rules cannot compute with.
func (c *Changes) flawed(segments int, flaw domain.Flaw) fault.Violation {
	of := domain.SegmentOf(flaw.ID)
	if of == "" || of == domain.SegmentPrefix(segments-1) {
		field, text := c.changed(flaw.ID[len(of):])
		if field != "" {
			return fault.Field(field, fault.ReasonInvalidArgument).Worded(text, "Isian "+field+" tidak sah: "+flaw.Text+".")
		}
	}
	return unfitted(flaw.ID)
}

// changed returns the field that has changed the fact with this id, and what is wrong with it in English; both are empty for
// a fact that is as it was.
func (c *Changes) changed(id string) (field, text string) {
	for i, panel := range c.Panels {
		if id == domain.IDPanels+string(panel.Group) {
			return at(fieldPanels, i) + ".sum", "The sum is not one that so many raters can give to so many questions by the rule pack."
		}
	}
	switch {
	case id == "attendance" && c.Attendance != nil:
		return "attendance.present_days", "There are more days present than working days."
	case id == domain.IDSurvey && c.Survey != nil:
		return "survey.elements", "The elements are not those of the rule pack, or a sum is not one that so many responses can give."
	case id == fieldContributions && len(c.Contributions) > 0:
		return fieldContributions, "There are too many objectives with those that stay."
	}
	return "", ""
}

// numbers returns the fields with numbers that have changed, or else the one of the rule pack.
func (c *Changes) numbers() []string {
	var fields []string
	for _, field := range []struct {
		path    string
		changed bool
	}{
		{"realisations", len(c.Realisations) > 0},
		{fieldPanels, len(c.Panels) > 0},
		{"survey", c.Survey != nil},
		{"behavior", c.BehaviorValue != nil},
		{fieldContributions, len(c.Contributions) > 0},
		{"innovations", c.Innovations != nil},
		{"additional_tasks", c.Tasks != nil},
		{"prior", c.Prior != nil},
	} {
		if field.changed {
			fields = append(fields, field.path)
		}
	}
	if fields == nil {
		return []string{"rule_pack"}
	}
	return fields
}

// at returns the path of an entry of a list.
func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// twice returns the violation of an entry about the same as one before; what and local say about what, in English and
// Indonesian.
func twice(field, what, local string) fault.Violation {
	return fault.Field(field, fault.ReasonInvalidArgument).Worded(
		"The "+what+" in "+field+" is named twice.", local+" pada isian "+field+" disebut lebih dari satu kali.")
}

// noAmount returns the violation of a text that is no amount, or no amount above 0; what and local say what it should be, in
// English and Indonesian.
func noAmount(field, what, local string, positive bool) fault.Violation {
	least, leastLocal := "of 0 or more", "0 atau lebih"
	if positive {
		least, leastLocal = "above 0", "lebih dari 0"
	}
	return fault.Field(field, fault.ReasonInvalidDecimal).Worded(
		"The "+what+" is a decimal "+least+" with at most 12 digits before and 4 after the point.",
		local+" diisi dengan bilangan desimal "+leastLocal+", paling banyak 12 angka di depan dan 4 angka di belakang titik, "+
			"misalnya 92.35, tanpa pemisah ribuan.")
}
