package allowance

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

// Title returns the month in Indonesian: Juli 2026.
func (m Month) Title() string { return local.Month(m.Month) + " " + strconv.Itoa(m.Year) }

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
		all = append(all, "TPP bulan "+s.Month.Title()+" sebelum pajak dan iuran: "+local.Rupiah(s.Total)+s.rounding()+".")
	}
	if s.State == StateProvisional {
		all = append(all, "Jumlah ini bersifat sementara sampai predikat kinerja ditetapkan oleh pejabat penilai kinerja.")
	}
	if s.Notice != nil {
		all = append(all, s.Notice.sentence())
	}
	return all
}

// rounding says why the amounts of the lines do not add up to the total, which they need not where that alone is rounded; it is
// empty when they do.
func (s *Slip) rounding() string {
	sum := new(big.Rat)
	for _, line := range s.Lines {
		amount, ok := new(big.Rat).SetString(line.Amount)
		if ok && line.Kind != KindBase {
			sum.Add(sum, amount)
		}
	}
	total, ok := new(big.Rat).SetString(s.Total)
	if !ok || sum.Cmp(total) == 0 {
		return ""
	}
	_, fraction, _ := strings.Cut(s.Total, ".")
	return ", dibulatkan satu kali pada jumlah; angka baris yang masing-masing sudah dibulatkan berjumlah " +
		local.Rupiah(sum.FloatString(len(fraction)))
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
		text = "Bagian " + l.Label + ": " + l.equation(l.Operands) + "."
	case KindDeduction:
		text = "Potongan " + strings.TrimPrefix(l.ID, "deductions/") + " (" + l.Label + "): " + l.equation(l.Operands) + "."
	case KindLimit:
		text = l.Label + " mengembalikan " + local.Rupiah(l.Amount) + "."
	case KindFactor:
		text = l.Label + " (" + l.Operands[0].Value + "): " + l.Operands[1].text() + " × " + l.Operands[2].text() + " mengubah jumlah sebesar " + local.Rupiah(l.Amount) + "."
	case KindSanction:
		text = "Hukuman disiplin (" + l.Label + ") karena akumulasi " + l.Operands[0].text() + " tidak masuk kerja tanpa alasan yang sah: " +
			l.equation(l.Operands[1:]) + "."
	case KindFullAbsence:
		text = l.Label + " (" + l.Operands[0].text() + " dari " + l.Operands[1].text() + "), sehingga TPP tidak dibayarkan: " + local.Rupiah(l.Amount) + "."
	}
	if l.Note != "" {
		text += " " + l.Note
	}
	return text
}

// equation returns the product of operands and the amount, and the amount alone where it is not their product: the note then
// says why.
func (l Line) equation(operands []Operand) string {
	amount := local.Rupiah(l.Amount)
	exact, ok := new(big.Rat).SetString(l.Exact)
	if !ok || exact.Abs(exact).Cmp(product(operands)) != 0 {
		return amount
	}
	var b strings.Builder
	for i, o := range operands {
		switch {
		case i == 0:
		case o.Unit == UnitWorkingDays:
			b.WriteString(" ÷ ")
		default:
			b.WriteString(" × ")
		}
		b.WriteString(o.text())
	}
	return b.String() + " = " + amount
}

// product multiplies operands; working days divide. An operand that is no number, or no days, makes it 0.
func product(operands []Operand) *big.Rat {
	all := whole(1)
	for _, o := range operands {
		value, ok := new(big.Rat).SetString(o.Value)
		switch {
		case !ok || value.Sign() == 0:
			return new(big.Rat)
		case o.Unit == UnitPercent:
			value.Quo(value, whole(100))
		case o.Unit == UnitWorkingDays:
			value.Inv(value)
		}
		all.Mul(all, value)
	}
	return all
}

func (o Operand) text() string {
	switch o.Unit {
	case UnitRupiah:
		return o.rupiah()
	case UnitPercent:
		return local.Number(o.Value) + "%"
	case "":
		return o.Value
	}
	return local.Number(o.Value) + " " + o.Unit
}

// rupiah returns the amount as people write money: one that is not exact in hundredths is rounded and marked.
func (o Operand) rupiah() string {
	value, ok := new(big.Rat).SetString(o.Value)
	if !ok {
		return local.Rupiah(o.Value)
	}
	rounded, err := round(value, 2)
	if err != nil || ratio(rounded).Cmp(value) == 0 {
		return local.Rupiah(o.Value)
	}
	return "± " + local.Rupiah(rounded.String())
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
