package allowance

import (
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// months in Indonesian.
var months = [...]string{
	"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
}

// Title returns the month in Indonesian: Juli 2026.
func (m Month) Title() string { return months[m.Month-1] + " " + strconv.Itoa(m.Year) }

// Sentences returns the whole slip in Indonesian: a sentence for each line, each missing fact and the total.
func (s *Slip) Sentences() []string {
	var all []string
	for _, line := range s.Lines {
		all = append(all, line.sentence(s.Regulation))
	}
	for _, m := range s.Missing {
		all = append(all, m.sentence())
	}
	if s.State == StateBlocked {
		all = append(all, "TPP bulan "+s.Month.Title()+" belum dapat dihitung karena data yang wajib belum lengkap.")
	} else {
		all = append(all, "TPP bulan "+s.Month.Title()+" sebelum pajak dan iuran: "+local.Rupiah(s.Total)+".")
	}
	if s.Notice != nil {
		all = append(all, s.Notice.sentence())
	}
	return all
}

func (n *Notice) sentence() string {
	what := "Akumulasi tidak masuk kerja tanpa alasan yang sah tahun ini " + local.Count(n.Days) + " hari kerja"
	if n.Consecutive {
		what = "Tidak masuk kerja tanpa alasan yang sah terus-menerus selama " + local.Count(n.Days) + " hari kerja"
	}
	return what + "; menurut " + n.Source + " hal itu dapat berakibat: " + n.Label +
		". Hukuman disiplin hanya berlaku dengan keputusan pejabat yang berwenang."
}

func (l Line) sentence(regulation string) string {
	var text string
	switch l.Kind {
	case KindBase:
		return l.Label + ": " + local.Rupiah(l.Amount) + " per bulan (" + regulation + ")."
	case KindPart:
		text = "Bagian " + l.Label + ": " + l.formula() + " = " + local.Rupiah(l.Amount) + "."
	case KindDeduction:
		text = "Potongan " + strings.TrimPrefix(l.ID, "deductions/") + " (" + l.Label + "): " + l.formula() + " = " + local.Rupiah(l.Amount) + "."
	case KindLimit:
		text = l.Label + " mengembalikan " + local.Rupiah(l.Amount) + "."
	case KindFactor:
		text = l.Label + " (" + l.Operands[0].Value + "): " + l.Operands[1].text() + " × " + l.Operands[2].text() + " mengubah jumlah sebesar " + local.Rupiah(l.Amount) + "."
	case KindSanction:
		text = "Hukuman disiplin (" + l.Label + ") karena akumulasi " + l.Operands[0].text() + " tidak masuk kerja tanpa alasan yang sah: " +
			l.Operands[1].text() + " × " + l.Operands[2].text() + " = " + local.Rupiah(l.Amount) + "."
	case KindFullAbsence:
		text = l.Label + " (" + l.Operands[0].text() + " dari " + l.Operands[1].text() + "), sehingga TPP tidak dibayarkan: " + local.Rupiah(l.Amount) + "."
	}
	if l.Note != "" {
		text += " " + l.Note
	}
	return text
}

// formula multiplies the operands; working days divide.
func (l Line) formula() string {
	var b strings.Builder
	for i, o := range l.Operands {
		switch {
		case i == 0:
		case o.Unit == UnitWorkingDays:
			b.WriteString(" ÷ ")
		default:
			b.WriteString(" × ")
		}
		b.WriteString(o.text())
	}
	return b.String()
}

func (o Operand) text() string {
	switch o.Unit {
	case UnitRupiah:
		return local.Rupiah(o.Value)
	case UnitPercent:
		return local.Number(o.Value) + "%"
	case "":
		return o.Value
	}
	return local.Number(o.Value) + " " + o.Unit
}

func (m Missing) sentence() string {
	switch m.Policy {
	case PolicyZero:
		return m.Description + " tidak diketahui; menurut tabel TPP, yang bergantung padanya tidak dibayarkan."
	case PolicyFull:
		return m.Description + " tidak diketahui; menurut tabel TPP, yang bergantung padanya dibayarkan penuh."
	case PolicyBlock:
	}
	return m.Description + " tidak diketahui, padahal wajib ada."
}
