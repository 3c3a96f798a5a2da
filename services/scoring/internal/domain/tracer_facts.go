package domain

import (
	"strconv"
	"strings"
)

// facts records every fact. Replay reads what is written here.
func (t *tracer) facts(in *Input) {
	t.room(in)
	t.plan(&in.Plan)
	t.survey(in.Survey)
	t.planned(in)
	t.peers(in.Peers)
	t.attendance(in.Attendance)
	t.ratings(in)
}

// room makes room for all that a usual computation records: six inputs of each indicator, one of each survey element
// and the rest of a score.
func (t *tracer) room(in *Input) {
	const (
		rest, operandsEach = 12, 4
		idsEach, fieldEach = 7, 16
		labelsEach, words  = 4, 24
	)
	indicators, elements := len(in.Plan.Indicators), len(t.pack.elements)
	t.trace.Inputs = make([]TraceInput, 0, 6*indicators+elements+rest)
	t.operands = make([]string, 0, operandsEach*(indicators+elements)+rest)
	t.indicators = make([]indicatorIDs, 0, indicators)
	bytes := (elements + rest) * (usualNumber + usualNumber)
	for n := range in.Plan.Indicators {
		i := &in.Plan.Indicators[n]
		bytes += idsEach*(len(i.ID)+fieldEach) + labelsEach*(len(i.Description)+words)
	}
	t.texts.room(bytes)
}

// plan records what the plan says of the person.
func (t *tracer) plan(plan *Plan) {
	t.input(TraceInput{idUnit, plan.Unit, "Unit kerja", plan.Source})
	t.input(TraceInput{idMonths, t.texts.count(plan.Months), "Masa rencana kinerja dalam bulan", plan.Source})
	t.input(TraceInput{idUnitHead, strconv.FormatBool(plan.UnitHead), "Memimpin unit kerja", plan.Source})
	if plan.FunctionalLevel != "" {
		t.input(TraceInput{IDFunctionalLevel, string(plan.FunctionalLevel), "Jenjang jabatan fungsional", plan.Source})
	}
}

// survey records the number of responses and the sum of each element.
func (t *tracer) survey(s *Survey) {
	if s == nil {
		return
	}
	t.input(TraceInput{idSurveyCount, t.texts.count(s.Responses), "Jumlah responden survei kepuasan masyarakat", s.Source})
	for i, element := range t.pack.elements {
		t.input(TraceInput{element.sumID, t.texts.count(s.Sums[i].Sum), element.sumLabel, s.Source})
	}
}

// planned records the indicators of the plan, each with its realisation.
func (t *tracer) planned(in *Input) {
	reported := in.Realisations
	for n := range in.Plan.Indicators {
		i := &in.Plan.Indicators[n]
		ids := t.describe(i, in.Plan.Source)
		t.indicators = append(t.indicators, ids)
		r, ok := next(&reported, i)
		if ok {
			t.input(TraceInput{ids.realisation, t.texts.number(r.Value), t.texts.join("Realisasi ", ids.quoted), r.Source})
		}
	}
}

// describe records what the plan says of an indicator and returns the ids of it.
func (t *tracer) describe(i *Indicator, source string) indicatorIDs {
	id := func(field string) string { return t.texts.join(i.ID, field) }
	ids := indicatorIDs{
		realisation: id(fieldRealisation), achievement: id(stepAchievement),
		quoted: t.texts.join("“", strings.TrimSpace(i.Description), "”"),
	}
	t.input(TraceInput{id(FieldDescription), i.Description, "Uraian indikator", source})
	t.input(TraceInput{id(FieldUnit), i.Unit, "Satuan ukur", source})
	t.input(TraceInput{id(fieldFormula), string(i.Formula), "Rumus capaian", source})
	t.input(TraceInput{id(fieldSource), string(i.Source), "Asal realisasi", source})
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

// peers records how many peers have answered and what in sum, without a source that could be traced to anybody.
func (t *tracer) peers(peers *Peers) {
	if peers == nil {
		return
	}
	t.input(TraceInput{ID: idPeersCount, Value: t.texts.count(peers.Count), Label: "Jumlah rekan kerja yang menjawab"})
	t.input(TraceInput{ID: idPeersSum, Value: t.texts.count(peers.Sum), Label: "Jumlah semua jawaban rekan kerja"})
}

func (t *tracer) attendance(a *Attendance) {
	if a == nil {
		return
	}
	t.input(TraceInput{idPresentDays, t.texts.count(a.PresentDays), "Hari hadir", a.Source})
	t.input(TraceInput{idWorkingDays, t.texts.count(a.WorkingDays), "Hari kerja", a.Source})
}

// ratings records the ratings of the person and of the organisation.
func (t *tracer) ratings(in *Input) {
	if in.Rating != nil {
		r := in.Rating
		t.input(TraceInput{idResultRating, string(r.Result), "Rating hasil kerja", r.Source})
		t.input(TraceInput{idBehaviorRating, string(r.Behavior), "Rating perilaku kerja", r.Source})
	}
	if in.Organization != nil {
		o := in.Organization
		t.input(TraceInput{idOrganization, string(o.Level), "Rating kinerja organisasi", o.Source})
	}
}
