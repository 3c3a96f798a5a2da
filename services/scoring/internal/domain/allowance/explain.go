package allowance

import (
	"strconv"
	"strings"
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
		all = append(all, "TPP bulan "+s.Month.Title()+" sebelum pajak dan iuran: "+rupiah(s.Total)+".")
	}
	if s.Notice != nil {
		all = append(all, "Akumulasi tidak masuk kerja tanpa alasan yang sah tahun ini "+localCount(s.Notice.Days)+" hari kerja; menurut "+
			s.Notice.Source+" hal itu dapat berakibat: "+s.Notice.Label+". Hukuman disiplin hanya berlaku dengan keputusan pejabat yang berwenang.")
	}
	return all
}

func (l Line) sentence(regulation string) string {
	var text string
	switch l.Kind {
	case KindBase:
		return l.Label + ": " + rupiah(l.Amount) + " per bulan (" + regulation + ")."
	case KindPart:
		text = "Bagian " + l.Label + ": " + l.formula() + " = " + rupiah(l.Amount) + "."
	case KindDeduction:
		text = "Potongan " + strings.TrimPrefix(l.ID, "deductions/") + " (" + l.Label + "): " + l.formula() + " = " + rupiah(l.Amount) + "."
	case KindLimit:
		text = l.Label + " mengembalikan " + rupiah(l.Amount) + "."
	case KindFactor:
		text = l.Label + " (" + l.Operands[0].Value + "): " + l.Operands[1].text() + " × " + l.Operands[2].text() + " mengubah jumlah sebesar " + rupiah(l.Amount) + "."
	case KindSanction:
		text = "Hukuman disiplin (" + l.Label + ") karena akumulasi " + l.Operands[0].text() + " tidak masuk kerja tanpa alasan yang sah: " +
			l.Operands[1].text() + " × " + l.Operands[2].text() + " = " + rupiah(l.Amount) + "."
	case KindFullAbsence:
		text = l.Label + " (" + l.Operands[0].text() + " dari " + l.Operands[1].text() + "), sehingga TPP tidak dibayarkan: " + rupiah(l.Amount) + "."
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
		return rupiah(o.Value)
	case UnitPercent:
		return localNumber(o.Value) + "%"
	case "":
		return o.Value
	}
	return localNumber(o.Value) + " " + o.Unit
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

// rupiah writes an amount as in Indonesia: −1320.5 is −Rp1.320,5. A fraction stays one.
func rupiah(plain string) string {
	digits, negative := strings.CutPrefix(plain, "-")
	if negative {
		return "−Rp" + localNumber(digits)
	}
	return "Rp" + localNumber(digits)
}

// group is how many digits stand between two dots.
const group = 3

// localNumber writes a plain decimal, or a fraction of two, as in Indonesia: 1320.5 is 1.320,5.
func localNumber(plain string) string {
	numerator, denominator, fraction := strings.Cut(plain, "/")
	if fraction {
		return localNumber(numerator) + "/" + localNumber(denominator)
	}
	digits, negative := strings.CutPrefix(plain, "-")
	units, places, pointed := strings.Cut(digits, ".")
	var b strings.Builder
	if negative {
		b.WriteString("−")
	}
	for i, digit := range units {
		if i > 0 && (len(units)-i)%group == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(digit)
	}
	if pointed {
		b.WriteByte(',')
		b.WriteString(places)
	}
	return b.String()
}

func localCount(n int64) string { return localNumber(strconv.FormatInt(n, 10)) }
