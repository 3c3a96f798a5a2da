package allowance

import (
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Follow returns where a table that names a rule pack divides otherwise than that pack; rules is nil when there is none
// with the name. Labels may differ, and so may the order.
func (t *Table) Follow(rules *domain.Pack) []Problem {
	c := &checker{}
	switch {
	case t.RulePack == "":
		return nil
	case rules == nil:
		c.add("rule_pack", "is no rule pack", "bukan nama paket aturan yang sudah terbit; tulis rulePacks/{id}/versions/{versi} atau hapus")
		return c.problems
	case rules.Definition().Allowance == nil:
		c.add("rule_pack", "states no parts of the allowance", "menyebut paket aturan yang tidak memuat pembagian TPP; hapus rule_pack")
		return c.problems
	}
	c.follow(t.Parts, rules.Definition().Allowance.Parts)
	return c.problems
}

func (c *checker) follow(parts []Part, want []domain.AllowancePart) {
	for i, part := range parts {
		n := slices.IndexFunc(want, func(w domain.AllowancePart) bool { return w.ID == part.ID })
		if n < 0 {
			c.add(at("parts", i, "id"), "is no part of the rule pack", "tidak ada pada pembagian TPP paket aturan; hapus bagian ini")
			continue
		}
		if part.Percent.Cmp(want[n].Percent) != 0 {
			percent := want[n].Percent.Trim(0).String()
			c.add(at("parts", i, "percent"), "is not the "+percent+" of the rule pack", "berbeda dari paket aturan; tulis "+percent)
		}
		if part.Measure != want[n].Measure {
			measure := string(want[n].Measure)
			c.add(at("parts", i, "measure"), "is not the "+measure+" of the rule pack", "berbeda dari paket aturan; tulis "+measure)
		}
	}
	for _, w := range want {
		if !slices.ContainsFunc(parts, func(part Part) bool { return part.ID == w.ID }) {
			c.add("parts", "lacks "+w.ID+" of the rule pack", "belum memuat bagian "+w.ID+" dari paket aturan")
		}
	}
}
