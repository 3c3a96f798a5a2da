package explain

import (
	"errors"
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

// Uncomputable says in Indonesian why a rule pack cannot compute the facts of a person: which do not fit it and how, one
// sentence each, at most five; or that a number grows too large.
func Uncomputable(err error) []string {
	wrong, refused := errors.AsType[*domain.FlawsError](err)
	if !refused {
		return []string{"Angkanya terlalu besar untuk dihitung menurut paket aturan ini."}
	}
	flaws := wrong.Flaws[:min(len(wrong.Flaws), maxReasons)]
	reasons := make([]string, len(flaws))
	for i, flaw := range flaws {
		reasons[i] = strings.TrimSuffix(Misfit(flaw.ID), ".") + ": " + flaw.Text + "."
	}
	return reasons
}

// sentence begins a sentence with the plan that it is about, or else with a capital.
func sentence(id, text string) string {
	of := during(id)
	if of == "" {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return of + text
}
