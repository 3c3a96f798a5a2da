package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
)

// Way says one way to a predicate.
func Way(pack *domain.Pack, goal domain.Predicate, way reach.Way) string {
	numbers, ratings := way.Changes, []reach.Change(nil)
	if way.Suggested {
		at := slices.IndexFunc(way.Changes, func(c reach.Change) bool { return c.ID == domain.InputResultRating })
		numbers, ratings = way.Changes[:at], way.Changes[at:]
	}
	what := "Predikat " + pack.Word(goal) + " atau lebih baik tercapai bila "
	switch {
	case way.Suggested:
		what = "Paket aturan menyarankan rating hasil kerja yang diperlukan untuk predikat " + pack.Word(goal) + " bila "
	case goal == domain.Predicates()[0]:
		what = "Predikat " + pack.Word(goal) + " tercapai bila "
	}
	if way.Kind == reach.KindTogether {
		what += fmt.Sprintf("capaian setiap indikator sekurang-kurangnya %d%% atau pada batas tertingginya, yaitu ", way.Level)
	}
	sentence := what + list(changesOf(numbers)) + "."
	if way.Suggested {
		sentence += " Predikat itu sendiri tercapai bila " + list(changesOf(ratings)) + "." +
			" Saran ini merupakan kebijakan; rating tetap ditetapkan oleh pejabat penilai kinerja."
	}
	return sentence
}

func changesOf(all []reach.Change) []string {
	texts := make([]string, len(all))
	for i, c := range all {
		texts[i] = change(c)
	}
	return texts
}

// change says one change within a sentence.
func change(c reach.Change) string {
	label, from, to := "realisasi indikator “"+strings.TrimSpace(c.Label)+"”", number(c.From), number(c.To)
	unit := ""
	if c.Unit != "" {
		unit = " " + c.Unit
	}
	switch c.ID {
	case domain.InputResultRating:
		label, from, to = "rating hasil kerja", domain.Expectation(c.From).Word(), domain.Expectation(c.To).Word()
	case domain.InputBehaviorRating:
		label, from, to = "rating perilaku kerja", domain.Expectation(c.From).Word(), domain.Expectation(c.To).Word()
	case domain.InputOrganization:
		label, from, to = "rating kinerja organisasi", domain.OrganizationLevel(c.From).Word(), domain.OrganizationLevel(c.To).Word()
	}
	if c.From == "" {
		return fmt.Sprintf("%s yang kini belum ada menjadi %s%s", label, to, unit)
	}
	return fmt.Sprintf("%s berubah dari %s menjadi %s%s", label, from, to, unit)
}

// Notes says what else to know about ways to a predicate from a result of the pack. One that the rules give and nobody has
// fixed is not said to be reached without what it waits for.
func Notes(pack *domain.Pack, of domain.Result, answer reach.Answer) []string {
	var notes []string
	switch {
	case answer.Reached && answer.Final:
		notes = append(notes, "Predikat ini sudah tercapai.")
	case answer.Reached:
		r := renderer{pack: pack}
		notes = append([]string{"Predikat ini sudah tercapai, tetapi" + movable}, r.lacks(of.Missing, Summary)...)
	}
	if answer.Final {
		notes = append(notes, "Predikat telah ditetapkan oleh pejabat yang berwenang dan hanya dapat berubah melalui koreksi penetapan.")
	}
	if answer.Reached || answer.Final {
		return notes
	}
	switch {
	case answer.Innovation:
		notes = append(notes, "Tidak ada perubahan rating atau realisasi yang dengan sendirinya mencapai predikat ini; "+
			"predikat ini hanya diberikan bila ada ide baru atau cara baru yang bermanfaat dan terverifikasi.")
	case len(answer.Ways) == 0:
		notes = append(notes, "Tidak ada perubahan rating atau realisasi yang dengan sendirinya mencapai predikat ini; "+
			"lihat masukan yang belum ada.")
	}
	segments := of.Record.Facts.Segments
	plan := &segments[len(segments)-1].Plan
	for _, id := range answer.Short {
		for i := range plan.Indicators {
			if plan.Indicators[i].ID == id {
				notes = append(notes, fmt.Sprintf("Realisasi indikator “%s” saja tidak cukup.", strings.TrimSpace(plan.Indicators[i].Description)))
			}
		}
	}
	return notes
}
