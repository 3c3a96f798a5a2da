package domain

import (
	"strconv"

	"github.com/govalues/decimal"
)

// Inputs lists the facts of the trace in canonical order, each ID once. Replay reads what is written here.
func (t *Trace) Inputs() []TraceInput {
	var l inputs
	for i := range t.Facts.Segments {
		if len(t.Facts.Segments) > 1 {
			l.prefix = SegmentPrefix(i)
		}
		l.segment(&t.Facts.Segments[i])
	}
	return l.all
}

// inputs is a list of facts that grows.
type inputs struct {
	// prefix is before every id.
	prefix string
	all    []TraceInput
}

func (l *inputs) segment(s *Segment) {
	l.plan(&s.Plan)
	l.survey(s.Survey)
	l.indicators(s)
	l.panels(s.Panels)
	l.attendance(s.Attendance)
	l.contributions(s.Contributions)
	l.others(s)
	l.ratings(s)
}

func (l *inputs) text(id, value, label, source string) {
	l.all = append(l.all, TraceInput{l.prefix + id, value, label, source})
}

// code lists a code, unless it is empty.
func (l *inputs) code(id, code, label, source string) {
	if code != "" {
		l.text(id, code, label, source)
	}
}

func (l *inputs) count(id string, n int64, label, source string) {
	l.text(id, count(n), label, source)
}

func (l *inputs) number(id string, d decimal.Decimal, label, source string) {
	l.text(id, d.String(), label, source)
}

// plan lists what the plan says of the person.
func (l *inputs) plan(plan *Plan) {
	l.text(idUnit, plan.Unit, "Unit kerja", plan.Source)
	l.count(idMonths, plan.Months, "Masa rencana kinerja dalam bulan", plan.Source)
	l.text(idUnitHead, strconv.FormatBool(plan.UnitHead), "Memimpin unit kerja", plan.Source)
	l.code(IDFunctionalLevel, string(plan.FunctionalLevel), "Jenjang jabatan fungsional", plan.Source)
	l.code(idPosition, string(plan.Position), "Kelompok jabatan", plan.Source)
	l.code(idFamily, string(plan.Family), "Rumpun jabatan", plan.Source)
	l.code(idUnitKind, string(plan.UnitKind), "Jenis unit kerja", plan.Source)
}

// survey lists the number of responses and the sum of each element.
func (l *inputs) survey(s *Survey) {
	if s == nil {
		return
	}
	l.count(idSurveyCount, s.Responses, "Jumlah responden survei kepuasan masyarakat", s.Source)
	for _, entry := range s.Sums {
		l.count(idSurveySum+string(entry.Element), entry.Sum, "Jumlah nilai unsur "+entry.Element.Word(), s.Source)
	}
}

// indicators lists the indicators of the plan, each with its realisation, those of a result after its weight.
func (l *inputs) indicators(s *Segment) {
	reported, last := s.Realisations, ""
	for n := range s.Plan.Indicators {
		i := &s.Plan.Indicators[n]
		group, _ := cutIndicator(i.ID)
		if group != last && !i.Weight.IsZero() {
			l.number(resultOf(group)+fieldWeight, i.Weight, weightLabel(i), s.Plan.Source)
		}
		last = group
		l.indicator(i, s.Plan.Source)
		r := next(&reported, i)
		if r != nil {
			l.number(i.ID+fieldRealisation, r.Value, "Realisasi "+quoted(i.Description), r.Source)
		}
	}
}

// indicator lists what the plan says of an indicator. The description comes first.
func (l *inputs) indicator(i *Indicator, source string) {
	about := quoted(i.Description)
	l.text(i.ID+FieldDescription, i.Description, "Uraian indikator", source)
	l.text(i.ID+FieldUnit, i.Unit, "Satuan ukur", source)
	l.text(i.ID+fieldFormula, string(i.Formula), "Rumus capaian", source)
	l.text(i.ID+fieldSource, string(i.Source), "Asal realisasi", source)
	l.code(i.ID+fieldWork, string(i.Work), "Jenis hasil kerja", source)
	l.code(i.ID+fieldAspect, string(i.Aspect), "Aspek indikator", source)
	l.code(i.ID+fieldLevel, string(i.Level), "Tingkat indikator", source)
	if i.Attainable {
		l.text(i.ID+fieldAttainable, strconv.FormatBool(true), "Target merupakan batas tertinggi", source)
	}
	if i.Formula.ranged() {
		l.number(i.ID+fieldTargetLow, i.Low, "Batas bawah target "+about, source)
		l.number(i.ID+fieldTargetHigh, i.High, "Batas atas target "+about, source)
	} else {
		l.number(i.ID+fieldTarget, i.Target, "Target "+about, source)
	}
}

// weightLabel says of which result a weight is, by its first indicator.
func weightLabel(i *Indicator) string {
	return "Bobot lingkup penugasan hasil kerja dengan indikator " + quoted(i.Description)
}

// panels lists how many of each group have answered and what in sum, without a source that could be traced to anybody.
func (l *inputs) panels(panels []Panel) {
	for i := range panels {
		panel := &panels[i]
		id, word := idPanels+string(panel.Group), panel.Group.Word()
		l.count(id+fieldCount, panel.Count, "Jumlah penjawab: "+word, "")
		l.count(id+fieldQuestions, panel.Questions, "Jumlah pertanyaan kepada "+word, "")
		l.count(id+fieldSum, panel.Sum, "Jumlah semua jawaban: "+word, "")
	}
}

func (l *inputs) attendance(a *Attendance) {
	if a == nil {
		return
	}
	l.count(idPresentDays, a.PresentDays, "Hari hadir", a.Source)
	l.count(idWorkingDays, a.WorkingDays, "Hari kerja", a.Source)
	l.count(idLateMinutes, a.LateMinutes, "Menit terlambat dan pulang lebih awal", a.Source)
}

// contributions lists the goals, counted from 1.
func (l *inputs) contributions(contributions []Contribution) {
	for n := range contributions {
		goal := &contributions[n]
		id := idContribution(n)
		l.text(id+fieldGoal, goal.Goal, "Sasaran organisasi", goal.Source)
		l.text(id+FieldDescription, goal.Description, "Uraian sasaran organisasi", goal.Source)
		l.number(id+fieldShare, goal.Share, "Porsi kontribusi pada sasaran", goal.Source)
		l.number(id+fieldAchievement, goal.Achievement, "Capaian sasaran", goal.Source)
	}
}

// idContribution returns the id of the n-th goal, before its fields.
func idContribution(n int) string { return idContributions + strconv.Itoa(n+1) }

// others lists innovations, tasks, the numeric value of behaviour and that of an earlier assessment.
func (l *inputs) others(s *Segment) {
	if s.Innovations != nil {
		for _, entry := range s.Innovations.Counts {
			label := "Inovasi terverifikasi tingkat " + entry.Reach.Word()
			l.count(idInnovations+string(entry.Reach), entry.Count, label, s.Innovations.Source)
		}
	}
	if s.Tasks != nil {
		l.count(idTasks, s.Tasks.Count, "Jumlah tugas tambahan", s.Tasks.Source)
	}
	if s.Behavior != nil {
		l.number(idBehaviorValue, s.Behavior.Value, "Nilai perilaku kerja", s.Behavior.Source)
	}
	if s.Prior != nil {
		l.number(idPriorValue, s.Prior.Value, "Nilai penilaian terdahulu", s.Prior.Source)
	}
}

// ratings lists the ratings of the person and of the organisation.
func (l *inputs) ratings(s *Segment) {
	if s.Rating != nil {
		l.code(idResultRating, string(s.Rating.Result), "Rating hasil kerja", s.Rating.Source)
		l.text(idBehaviorRating, string(s.Rating.Behavior), "Rating perilaku kerja", s.Rating.Source)
	}
	if s.Organization != nil {
		l.text(idOrganization, string(s.Organization.Level), "Rating kinerja organisasi", s.Organization.Source)
	}
}
