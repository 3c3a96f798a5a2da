package explain

import (
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// Subject is what is explained: a result and what people have fixed about it.
type Subject struct {
	domain.Result
	// Ruling is nil while the score is not final.
	Ruling *Ruling
}

// Ruling is a final predicate with the decision that has fixed it. The date is that of AdoptTime in its location.
type Ruling struct {
	decision.Final
	Decision decision.Decision
}

// What is said of a predicate that the rules give and nobody has fixed.
const (
	movable = " belum ditetapkan oleh pejabat penilai kinerja dan masih dapat berubah."
	unfixed = "Predikat kinerja berikut ini" + movable
)

// Unmoved is said before what rules give for somebody whose predicate people have fixed.
const Unmoved = "Hasil menurut aturan berikut ini tidak mengubah predikat yang telah ditetapkan."

// ruled says what people have fixed, without naming anybody, or that they have fixed nothing yet.
func (r *renderer) ruled(subject Subject) []string {
	of := subject.Ruling
	switch {
	case of == nil && subject.Predicate == "":
		return nil // that there is none says more
	case of == nil:
		return []string{unfixed}
	}
	how := map[decision.Kind]string{
		decision.KindFinalize:   ", sesuai dengan hasil menurut aturan",
		decision.KindOverride:   ", menggantikan predikat menurut aturan",
		decision.KindCorrection: ", mengoreksi penetapan sebelumnya",
	}[of.Decision.Kind]
	if of.Approver != "" {
		how += ", dengan persetujuan pejabat lain"
	}
	sentences := []string{
		"Predikat kinerja " + r.pack.Word(of.Predicate) + " telah ditetapkan oleh pejabat yang berwenang pada tanggal " +
			local.Date(of.AdoptTime) + how + ".",
	}
	if of.Decision.Reason != "" {
		sentences = append(sentences, "Alasan penetapan: “"+strings.TrimRight(of.Decision.Reason, ".")+"”.")
	}
	if of.Decision.Ground != "" {
		sentences = append(sentences, "Koreksi ini didasarkan pada "+of.Decision.Ground.Word()+".")
	}
	if of.Decision.Reference != "" {
		sentences = append(sentences, "Rujukan penetapan: “"+of.Decision.Reference+"”.")
	}
	if of.Credit != "" {
		sentences = append(sentences, "Angka kredit yang berlaku menurut penetapan: "+number(of.Credit)+".")
	}
	if of.Outdated {
		sentences = append(sentences,
			"Hasil perhitungan terkini berbeda dari dasar penetapan. Predikat yang ditetapkan tetap berlaku sampai dikoreksi.")
	}
	return append(sentences, Unmoved)
}
