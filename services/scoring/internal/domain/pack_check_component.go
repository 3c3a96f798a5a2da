package domain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/spelling"
)

const (
	maxMinutes   = 24 * 60
	maxTaskSteps = 100
	maxTasks     = 1_000_000
	maxVariants  = 50
)

func (c *checker) components() {
	c.count("components", len(c.def.Components), maxComponents)
	seen := map[string]bool{}
	for i := range c.def.Components {
		path, one := at("components", i), &c.def.Components[i]
		switch {
		case !componentID.MatchString(one.ID):
			c.add(path+".id", "“%s” bukan pengenal komponen; pakai huruf kecil, angka, atau garis bawah, diawali huruf, paling panjang 30", one.ID)
		case slices.Contains(reservedComponents, one.ID):
			c.add(path+".id", "“%s” dipakai oleh jejak perhitungan untuk hal lain; pilih pengenal lain", one.ID)
		}
		c.once(path+".id", seen, one.ID)
		c.label(path+".label", one.Label)
		c.text(path+".text", one.Text)
		c.basis(path, one.Basis, one.Source)
		c.when(path+".when", one.When)
		c.policy(path, one.Missing, one.MissingReason)
		c.places(path+".places", one.Places)
		c.bounds(path, one.Floor, one.Cap, one.Places)
		c.way(path, i)
	}
	c.panelsAgree()
}

// when checks to whom a component applies.
func (c *checker) when(path string, condition *Condition) {
	if condition == nil {
		return
	}
	c.condition(path, condition)
	if len(condition.Has) > 0 {
		c.add(path+".has", "hanya untuk weighted.variants; hapus")
	}
	if condition.empty() {
		c.add(path, "tidak menyebut apa pun; isi positions, families, atau units, atau hapus when")
	}
}

// condition checks the codes that a condition names; what `has` names is checked where it may stand.
func (c *checker) condition(path string, condition *Condition) {
	codes(c, path+".positions", positionWords, condition.Positions)
	codes(c, path+".families", familyWords, condition.Families)
	codes(c, path+".units", unitKindWords, condition.Units)
}

func (w *Condition) empty() bool {
	return len(w.Positions) == 0 && len(w.Families) == 0 && len(w.Units) == 0 && len(w.Has) == 0
}

// ways returns the names of the ways that the component gives, in the order of the language.
func (c *Component) ways() []string {
	var given []string
	for _, way := range []struct {
		name string
		is   bool
	}{
		{"indicators", c.Indicators != nil},
		{"panel", c.Panel != nil},
		{"survey", c.Survey != nil},
		{"attendance", c.Attendance != nil},
		{"rating", c.Rating != nil},
		{"behavior", c.Behavior != nil},
		{"organization", c.Organization != nil},
		{"contributions", c.Contributions != nil},
		{"innovations", c.Innovations != nil},
		{"tasks", c.Tasks != nil},
		{"prior", c.Prior != nil},
		{"weighted", c.Weighted != nil},
		{"sum", c.Sum != nil},
	} {
		if way.is {
			given = append(given, way.name)
		}
	}
	return given
}

// way checks that a component has exactly one way, and the terms of it.
func (c *checker) way(path string, i int) {
	one := &c.def.Components[i]
	given := one.ways()
	if len(given) == 0 {
		c.add(path, "belum ada cara menghitung; tulis satu dari indicators, panel, survey, attendance, rating, behavior, organization, contributions, innovations, tasks, prior, weighted, atau sum")
	}
	if len(given) > 1 {
		c.add(path+"."+given[1], "komponen ini sudah dihitung dengan %s; pakai satu cara saja (kini: %s)", given[0], strings.Join(given, ", "))
	}
	c.factWay(path, one)
	if one.Weighted != nil {
		c.weighted(path+".weighted", i)
	}
	if one.Sum != nil {
		c.count(path+".sum.of", len(one.Sum.Of), maxList)
		c.earlier(path+".sum.of", i, one.Sum.Of)
	}
}

// factWay checks the ways that read facts.
func (c *checker) factWay(path string, one *Component) {
	if one.Indicators != nil {
		c.indicators(path+".indicators", one.Indicators)
	}
	if one.Panel != nil {
		c.panel(path+".panel", one.Panel)
	}
	if one.Survey != nil && !c.def.hasSurvey() {
		c.add(path+".survey", "ketentuan survei belum ada; tambahkan bagian survey")
	}
	if one.Attendance != nil && (one.Attendance.MinutesPerDay < 0 || one.Attendance.MinutesPerDay > maxMinutes) {
		c.add(path+".attendance.minutes_per_day", "%d bukan jumlah menit kerja sehari; pakai 1 sampai %d, atau 0 bila keterlambatan tidak dihitung",
			one.Attendance.MinutesPerDay, maxMinutes)
	}
	if one.Rating != nil {
		code(c, path+".rating.of", ratingKindWords, one.Rating.Of)
		amounts(c, path+".rating.values", expectationWords, one.Rating.Values)
	}
	if one.Organization != nil {
		amounts(c, path+".organization.values", organizationWords, one.Organization.Values)
	}
	if one.Innovations != nil {
		amounts(c, path+".innovations.points", reachWords, one.Innovations.Points)
	}
	if one.Tasks != nil {
		c.tasks(path+".tasks.steps", one.Tasks.Steps)
	}
}

// discreetPanel is the fewest raters among whom an answer cannot be traced to the one who gave it. A superior is known anyway.
const discreetPanel = 3

func (c *checker) panel(path string, panel *PanelWay) {
	code(c, path+".group", groupWords, panel.Group)
	switch {
	case panel.Minimum < 1 || panel.Minimum > maxTasks:
		c.add(path+".minimum", "%d bukan jumlah penilai; pakai 1 sampai %d", panel.Minimum, maxTasks)
	case panel.Minimum < discreetPanel && panel.Group != GroupSuperior:
		c.add(path+".minimum", "%d terlalu sedikit karena jawaban dapat dilacak kepada pemberinya; pakai %d atau lebih", panel.Minimum, discreetPanel)
	}
	c.answers(path, panel.AnswerMin, panel.AnswerMax)
	if panel.Scale != nil {
		c.positive(path+".scale", *panel.Scale)
	}
}

// maxAnswer bounds the answers of an instrument.
const maxAnswer = 100

func (c *checker) answers(path string, lowest, highest int64) {
	if lowest < 0 || highest > maxAnswer || lowest >= highest {
		c.add(path+".answer_min", "jawaban %d sampai %d bukan rentang; answer_min harus di bawah answer_max, keduanya 0 sampai %d", lowest, highest, maxAnswer)
	}
}

// panelsAgree demands that components of one group of raters take the same answers from the same number of raters:
// they read the same fact, and a lower minimum would show what a higher one protects.
func (c *checker) panelsAgree() {
	first := map[Group]int{}
	for i := range c.def.Components {
		panel := c.def.Components[i].Panel
		if panel == nil {
			continue
		}
		n, before := first[panel.Group]
		if !before {
			first[panel.Group] = i
			continue
		}
		other := c.def.Components[n].Panel
		if panel.Minimum != other.Minimum || panel.AnswerMin != other.AnswerMin || panel.AnswerMax != other.AnswerMax {
			c.add(at("components", i)+".panel", "minimum, answer_min, dan answer_max harus sama dengan komponen “%s” karena kelompok penilainya sama",
				c.def.Components[n].ID)
		}
	}
}

func (c *checker) tasks(path string, steps []TaskStep) {
	c.count(path, len(steps), maxTaskSteps)
	for i, step := range steps {
		c.amount(at(path, i)+".points", step.Points)
		switch {
		case step.From < 0 || step.From > maxTasks:
			c.add(at(path, i)+".from", "%d bukan jumlah tugas; pakai 0 sampai %d", step.From, maxTasks)
		case i > 0 && step.From <= steps[i-1].From:
			c.add(at(path, i)+".from", "%d tidak lebih besar daripada %d di langkah sebelumnya; urutkan dari yang terkecil", step.From, steps[i-1].From)
		}
	}
}

// earlier demands that a component reads only components before it, each once, so that no cycle is possible.
func (c *checker) earlier(path string, reader int, ids []string) {
	seen := map[string]bool{}
	for i, id := range ids {
		c.before(at(path, i), reader, id)
		c.once(at(path, i), seen, id)
	}
}

func (c *checker) before(path string, reader int, id string) {
	position, known := c.index[id]
	switch {
	case !known:
		c.unknown(path, id)
	case position == reader:
		c.add(path, "komponen “%s” membaca dirinya sendiri; pakai komponen sebelumnya", id)
	case position > reader:
		c.add(path, "komponen “%s” berada sesudah komponen ini; pindahkan ke atas", id)
	}
}

// unknown refuses the id of a component that is not there, and says which one may be meant.
func (c *checker) unknown(path, id string) {
	ids := make([]string, len(c.def.Components))
	for i := range ids {
		ids[i] = c.def.Components[i].ID
	}
	like := spelling.Nearest(id, ids)
	if like == "" {
		c.add(path, "komponen “%s” tidak ada; perbaiki pengenalnya", id)
		return
	}
	c.add(path, "komponen “%s” tidak ada; mungkin maksudnya “%s”", id, like)
}

// component demands the id of any component.
func (c *checker) component(path, id string) (*Component, bool) {
	position, known := c.index[id]
	if !known {
		c.unknown(path, id)
		return nil, false
	}
	return &c.def.Components[position], true
}

// ordinal is a position as people count.
func ordinal(i int) string { return "ke-" + strconv.Itoa(i+1) }
