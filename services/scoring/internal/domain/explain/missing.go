package explain

import (
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// lack says what is missing and what was done without it.
func (r *renderer) lack(m domain.Missing) string {
	id := strings.TrimPrefix(m.Input, domain.SegmentOf(m.Input))
	switch m.Policy {
	case domain.PolicyBlock:
		return m.Description + " belum ada, sehingga predikat belum dapat ditetapkan."
	case domain.PolicyProvisional:
		return m.Description + " belum ada; selama itu, predikat hanya bersifat sementara."
	case domain.PolicyZero:
		reason := r.pack.Definition().Achievement.MissingReason
		if k := r.pack.Component(id); k != nil {
			reason = k.MissingReason
		}
		return m.Description + " belum ada dan dihitung nol: " + reason + "."
	case domain.PolicyExclude: // said below, in the words that fit the fact
	}
	if domain.IsIndicator(id) {
		return m.Description + " belum ada: indikator ini tidak dihitung nol, melainkan dikeluarkan; " +
			"rata-rata hanya diambil dari indikator yang memiliki realisasi."
	}
	return m.Description + " belum ada: tidak dihitung nol, melainkan dikeluarkan dari perhitungan."
}
