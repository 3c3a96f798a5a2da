package explain

import (
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Misfit says in Indonesian which fact of a person a rule pack cannot compute with; id is that of the flaw.
func Misfit(id string) string {
	fact := id[len(domain.SegmentOf(id)):]
	group, ok := strings.CutPrefix(fact, domain.IDPanels)
	switch {
	case ok:
		return sentence(id, "jawaban "+domain.Group(group).Word()+" tidak sesuai dengan pilihan jawaban menurut paket aturan ini.")
	case fact == domain.IDSurvey:
		return sentence(id, "hasil survei kepuasan masyarakat tidak sesuai dengan unsur atau pilihan jawaban menurut paket aturan ini.")
	}
	return sentence(id, "data penilaian tidak sesuai dengan ketentuan paket aturan ini.")
}

// sentence begins a sentence with the plan that it is about, or else with a capital.
func sentence(id, text string) string {
	of := during(id)
	if of == "" {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return of + text
}
