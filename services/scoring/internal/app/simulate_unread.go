package app

import (
	"slices"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// unread returns a violation for each fact that the rules do not read for whoever has the plan: it would change nothing,
// without a word.
func (c *Changes) unread(pack *domain.Pack, plan *domain.Plan) []fault.Violation {
	def := pack.Definition()
	var violations []fault.Violation
	for _, fact := range c.facts(&def, plan) {
		if fact.changed && !fact.read {
			violations = append(violations, fault.Field(fact.field, fault.ReasonInvalidArgument).Worded(
				"The "+fact.what+" is not read by "+pack.Name()+" for this person.",
				fact.local+" pada isian "+fact.field+" tidak dibaca oleh paket aturan "+def.ID+" versi "+strconv.Itoa(def.Version)+
					" untuk pegawai ini. Hapus isian ini."))
		}
	}
	return violations
}

// fact is a fact that a simulation may change.
type fact struct {
	field       string
	what, local string
	changed     bool
	// read says whether the rules read it.
	read bool
}

// facts lists the facts that not every rule pack reads for everybody, with whether this one does for whoever has the plan: a
// component that does not apply reads nothing.
func (c *Changes) facts(def *domain.Definition, plan *domain.Plan) []fact {
	matrix, bands := def.Predicate.Matrix != nil, def.Predicate.Bands
	has := func(read func(domain.Component) bool) bool {
		return slices.ContainsFunc(def.Components, func(k domain.Component) bool { return k.Applies(plan) && read(k) })
	}
	facts := []fact{
		{"result_rating", "rating of results", "Rating hasil kerja", c.Result != "", def.ReadsResultRating(plan)},
		{
			"behavior_rating", "rating of behaviour", "Rating perilaku kerja", c.Behavior != "",
			matrix || has(func(k domain.Component) bool { return k.Rating != nil && k.Rating.Of == domain.RatingBehavior }),
		},
		{
			"organization_level", "rating of the organisation", "Rating kinerja organisasi", c.Organization != "",
			matrix || has(func(k domain.Component) bool { return k.Organization != nil }),
		},
		{
			"attendance", "attendance", "Kehadiran", c.Attendance != nil,
			has(func(k domain.Component) bool { return k.Attendance != nil }),
		},
		{"survey", "survey", "Survei kepuasan masyarakat", c.Survey != nil, len(def.Survey.Elements) > 0},
		{
			"behavior", "value of behaviour", "Nilai perilaku kerja", c.BehaviorValue != nil,
			has(func(k domain.Component) bool { return k.Behavior != nil }),
		},
		{
			fieldContributions, "contribution to goals", "Kontribusi pada sasaran", len(c.Contributions) > 0,
			has(func(k domain.Component) bool { return k.Contributions != nil }),
		},
		{
			"innovations", "number of innovations", "Inovasi", c.Innovations != nil,
			(bands != nil && slices.ContainsFunc(bands.Bands, func(b domain.PredicateBand) bool { return b.Innovation })) ||
				has(func(k domain.Component) bool { return k.Innovations != nil }),
		},
		{
			"additional_tasks", "number of additional tasks", "Tugas tambahan", c.Tasks != nil,
			has(func(k domain.Component) bool { return k.Tasks != nil }),
		},
		{
			"prior", "value of the earlier assessment", "Nilai penilaian terdahulu", c.Prior != nil,
			has(func(k domain.Component) bool { return k.Prior != nil }),
		},
	}
	for i, panel := range c.Panels {
		facts = append(facts, fact{
			at(fieldPanels, i) + ".group", "panel of " + string(panel.Group), "Jawaban " + panel.Group.Word(), true,
			has(func(k domain.Component) bool { return k.Panel != nil && k.Panel.Group == panel.Group }),
		})
	}
	return facts
}
