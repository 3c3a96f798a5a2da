package credit

import "github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"

// Sentences returns the statement in Indonesian: a sentence for each line, and what promotions need.
func (s *Statement) Sentences() []string {
	if len(s.Lines) == 0 {
		return []string{"Belum ada penilaian kinerja yang tercatat, sehingga belum ada angka kredit."}
	}
	all := make([]string, 0, len(s.Lines)+4)
	for _, line := range s.Lines {
		all = append(all, line.sentence())
	}
	all = append(all, "Angka kredit kumulatif seluruh periode: "+local.Number(s.Cumulative)+" ("+Source+").")
	if s.Level != "" {
		all = append(all, "Angka kredit kumulatif pada jenjang "+s.Level.Word()+": "+local.Number(s.LevelCumulative)+".")
		all = append(all, s.Rank.sentence("Kenaikan pangkat"))
	}
	if s.Next != nil {
		all = append(all, s.Next.sentence("Kenaikan ke jenjang berikutnya"))
	}
	return append(all, "Angka kredit sebelum periode pertama yang tercatat tidak termasuk di sini.")
}

func (l Line) sentence() string {
	period := "Periode " + l.Period + ": "
	switch l.State {
	case StateNotFunctional:
		return period + "bukan jabatan fungsional, sehingga tidak memperoleh angka kredit."
	case StateNoPredicate:
		return period + "jenjang " + l.Level.Word() + "; predikat kinerja belum ada, sehingga belum ada angka kredit."
	case StateNotConverted:
		return period + "jenjang " + l.Level.Word() + "; paket aturan periode ini tidak memuat konversi predikat ke angka kredit menurut " +
			Source + ", sehingga tidak dihitung di sini."
	case StateRulesUnknown:
		return period + "jenjang " + l.Level.Word() + "; paket aturan periode ini tidak tersedia pada layanan ini, sehingga belum dihitung di sini."
	case StateCounted, StateProvisional:
	}
	text := period + "jenjang " + l.Level.Word() + ", predikat " + l.Rules.Word(l.Predicate) + ": " + local.Number(l.Percent) + "% × " + local.Number(l.Coefficient) +
		" × " + local.Count(l.Months) + "/" + local.Count(l.MonthsPerYear) + " = " + local.Number(l.Credit)
	if l.State == StateProvisional {
		return text + ", belum diperhitungkan karena predikat ini belum ditetapkan oleh pejabat penilai kinerja."
	}
	return text + "; kumulatif " + local.Number(l.Cumulative) + "."
}

func (n *Need) sentence(what string) string {
	if n.Lacking == hundredths(0).String() {
		return what + " memerlukan " + local.Number(n.Needed) + " pada jenjang ini: terpenuhi."
	}
	return what + " memerlukan " + local.Number(n.Needed) + " pada jenjang ini: kurang " + local.Number(n.Lacking) + "."
}
