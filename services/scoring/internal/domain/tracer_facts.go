package domain

import (
	"strconv"
	"strings"
)

// newTracer returns a tracer with room for all that a usual computation records: seven inputs of each indicator, one of
// each survey element and the rest of a score, and so many steps.
func newTracer(p *Pack, texts *texts, in *Input, steps int) *tracer {
	const (
		rest, operandsEach = 20, 2
		idsEach, fieldEach = 7, 16
		labelsEach, words  = 4, 24
	)
	t := &tracer{pack: p, texts: texts, trace: Trace{Steps: make([]TraceStep, 0, steps)}}
	indicators, most, bytes := 0, 0, len(in.Segments)*(len(p.elements)+len(p.components)+rest)*2*usualNumber
	for s := range in.Segments {
		planned := in.Segments[s].Plan.Indicators
		indicators, most = indicators+len(planned), max(most, len(planned))
		for n := range planned {
			bytes += idsEach*(len(planned[n].ID)+fieldEach) + labelsEach*(len(planned[n].Description)+words)
		}
	}
	t.trace.Inputs = make([]TraceInput, 0, 7*indicators+len(in.Segments)*(len(p.elements)+rest))
	t.operands = make([]string, 0, operandsEach*steps)
	t.indicators = make([]indicatorIDs, 0, most)
	t.texts.room(bytes)
	return t
}

// segment records every fact of a segment, whose ids have the prefix. Replay reads what is written here.
func (t *tracer) segment(in *Segment, prefix string) {
	t.prefix, t.indicators = prefix, t.indicators[:0]
	t.plan(&in.Plan)
	t.survey(in.Survey)
	t.planned(in)
	t.panels(in.Panels)
	t.attendance(in.Attendance)
	t.contributions(in.Contributions)
	t.others(in)
	t.ratings(in)
}

// id returns an id as the segment has it.
func (t *tracer) id(id string) string {
	if t.prefix == "" {
		return id
	}
	return t.texts.join(t.prefix, id)
}

// plan records what the plan says of the person.
func (t *tracer) plan(plan *Plan) {
	t.input(TraceInput{t.id(idUnit), plan.Unit, "Unit kerja", plan.Source})
	t.input(TraceInput{t.id(idMonths), t.texts.count(plan.Months), "Masa rencana kinerja dalam bulan", plan.Source})
	t.input(TraceInput{t.id(idUnitHead), strconv.FormatBool(plan.UnitHead), "Memimpin unit kerja", plan.Source})
	t.code(IDFunctionalLevel, string(plan.FunctionalLevel), "Jenjang jabatan fungsional", plan.Source)
	t.code(idPosition, string(plan.Position), "Kelompok jabatan", plan.Source)
	t.code(idFamily, string(plan.Family), "Rumpun jabatan", plan.Source)
	t.code(idUnitKind, string(plan.UnitKind), "Jenis unit kerja", plan.Source)
}

// code records a code, unless it is empty.
func (t *tracer) code(id, code, label, source string) {
	if code != "" {
		t.input(TraceInput{t.id(id), code, label, source})
	}
}

// survey records the number of responses and the sum of each element.
func (t *tracer) survey(s *Survey) {
	if s == nil {
		return
	}
	t.input(TraceInput{t.id(idSurveyCount), t.texts.count(s.Responses), "Jumlah responden survei kepuasan masyarakat", s.Source})
	for i := range t.pack.elements {
		element := &t.pack.elements[i]
		t.input(TraceInput{t.id(element.sumID), t.texts.count(s.Sums[i].Sum), element.sumLabel, s.Source})
	}
}

// planned records the indicators of the plan, each with its realisation.
func (t *tracer) planned(in *Segment) {
	reported := in.Realisations
	for n := range in.Plan.Indicators {
		i := &in.Plan.Indicators[n]
		ids := t.describe(i, in.Plan.Source)
		t.indicators = append(t.indicators, ids)
		r := next(&reported, i)
		if r != nil {
			t.input(TraceInput{ids.realisation, t.texts.number(r.Value), t.texts.join("Realisasi ", ids.quoted), r.Source})
		}
	}
}

// describe records what the plan says of an indicator and returns the ids of it.
func (t *tracer) describe(i *Indicator, source string) indicatorIDs {
	own := t.id(i.ID)
	id := func(field string) string { return t.texts.join(own, field) }
	ids := indicatorIDs{
		realisation: id(fieldRealisation), achievement: id(stepAchievement),
		quoted: t.texts.join("“", strings.TrimSpace(i.Description), "”"),
	}
	t.input(TraceInput{id(FieldDescription), i.Description, "Uraian indikator", source})
	t.input(TraceInput{id(FieldUnit), i.Unit, "Satuan ukur", source})
	t.input(TraceInput{id(fieldFormula), string(i.Formula), "Rumus capaian", source})
	t.input(TraceInput{id(fieldSource), string(i.Source), "Asal realisasi", source})
	for _, field := range []struct{ id, code, label string }{
		{fieldWork, string(i.Work), "Jenis hasil kerja"},
		{fieldAspect, string(i.Aspect), "Aspek indikator"},
		{fieldLevel, string(i.Level), "Tingkat indikator"},
	} {
		if field.code != "" {
			t.input(TraceInput{id(field.id), field.code, field.label, source})
		}
	}
	if i.Attainable {
		t.input(TraceInput{id(fieldAttainable), strconv.FormatBool(true), "Target merupakan batas tertinggi", source})
	}
	if !i.Weight.IsZero() {
		t.input(TraceInput{id(fieldWeight), t.texts.number(i.Weight), t.texts.join("Bobot lingkup penugasan ", ids.quoted), source})
	}
	if !i.Formula.ranged() {
		ids.target = id(fieldTarget)
		t.input(TraceInput{ids.target, t.texts.number(i.Target), t.texts.join("Target ", ids.quoted), source})
		return ids
	}
	ids.low, ids.high = id(fieldTargetLow), id(fieldTargetHigh)
	t.input(TraceInput{ids.low, t.texts.number(i.Low), t.texts.join("Batas bawah target ", ids.quoted), source})
	t.input(TraceInput{ids.high, t.texts.number(i.High), t.texts.join("Batas atas target ", ids.quoted), source})
	return ids
}

// panels records how many of each group have answered and what in sum, without a source that could be traced to anybody.
func (t *tracer) panels(panels []Panel) {
	for i := range panels {
		panel := &panels[i]
		id, word := idPanels+string(panel.Group), panel.Group.Word()
		for _, field := range []struct {
			id    string
			count int64
			label string
		}{
			{fieldCount, panel.Count, "Jumlah penjawab: "},
			{fieldQuestions, panel.Questions, "Jumlah pertanyaan kepada "},
			{fieldSum, panel.Sum, "Jumlah semua jawaban: "},
		} {
			t.input(TraceInput{
				ID: t.texts.join(t.prefix, id, field.id), Value: t.texts.count(field.count), Label: t.texts.join(field.label, word),
			})
		}
	}
}

func (t *tracer) attendance(a *Attendance) {
	if a == nil {
		return
	}
	t.input(TraceInput{t.id(idPresentDays), t.texts.count(a.PresentDays), "Hari hadir", a.Source})
	t.input(TraceInput{t.id(idWorkingDays), t.texts.count(a.WorkingDays), "Hari kerja", a.Source})
	t.input(TraceInput{t.id(idLateMinutes), t.texts.count(a.LateMinutes), "Menit terlambat dan pulang lebih awal", a.Source})
}

// contributions records the goals, counted from 1.
func (t *tracer) contributions(contributions []Contribution) {
	for i := range contributions {
		goal := &contributions[i]
		for _, field := range []struct{ id, value, label string }{
			{fieldGoal, goal.Goal, "Sasaran organisasi"},
			{FieldDescription, goal.Description, "Uraian sasaran organisasi"},
			{fieldShare, t.texts.number(goal.Share), "Porsi kontribusi pada sasaran"},
			{fieldAchievement, t.texts.number(goal.Achievement), "Capaian sasaran"},
		} {
			t.input(TraceInput{t.contribution(t.prefix, i, field.id), field.value, field.label, goal.Source})
		}
	}
}

// contribution returns the id of a field of a goal.
func (t *tracer) contribution(prefix string, i int, field string) string {
	return t.texts.join(prefix, idContributions, strconv.Itoa(i+1), field)
}

// others records innovations, tasks and the numeric value of behaviour.
func (t *tracer) others(in *Segment) {
	if in.Innovations != nil {
		for _, entry := range in.Innovations.Counts {
			label := t.texts.join("Inovasi terverifikasi tingkat ", entry.Reach.Word())
			t.input(TraceInput{t.texts.join(t.prefix, idInnovations, string(entry.Reach)), t.texts.count(entry.Count), label, in.Innovations.Source})
		}
	}
	if in.Tasks != nil {
		t.input(TraceInput{t.id(idTasks), t.texts.count(in.Tasks.Count), "Jumlah tugas tambahan", in.Tasks.Source})
	}
	if in.Behavior != nil {
		t.input(TraceInput{t.id(idBehaviorValue), t.texts.number(in.Behavior.Value), "Nilai perilaku kerja", in.Behavior.Source})
	}
}

// ratings records the ratings of the person and of the organisation.
func (t *tracer) ratings(in *Segment) {
	if in.Rating != nil {
		r := in.Rating
		t.input(TraceInput{t.id(idResultRating), string(r.Result), "Rating hasil kerja", r.Source})
		t.input(TraceInput{t.id(idBehaviorRating), string(r.Behavior), "Rating perilaku kerja", r.Source})
	}
	if in.Organization != nil {
		o := in.Organization
		t.input(TraceInput{t.id(idOrganization), string(o.Level), "Rating kinerja organisasi", o.Source})
	}
}
