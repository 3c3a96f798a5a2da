package domain

import "github.com/govalues/decimal"

const (
	// maxParts bounds the parts of the additional income.
	maxParts = 20
	// partPlaces is how many digits after the point the share of a part has.
	partPlaces = 2
)

// allowance checks the terms of the additional income of a pack that has them.
func (c *checker) allowance() {
	terms := c.def.Allowance
	if terms == nil {
		return
	}
	const path = "allowance"
	c.text(path+".text", terms.Text)
	c.basis(path, terms.Basis, terms.Source)
	c.count(path+".parts", len(terms.Parts), maxParts)
	seen, sum := map[string]bool{}, decimal.Zero
	for i := range terms.Parts {
		part, partPath := &terms.Parts[i], at(path+".parts", i)
		if !componentID.MatchString(part.ID) {
			c.add(partPath+".id", "“%s” bukan pengenal; pakai huruf kecil, angka, atau garis bawah, diawali huruf, paling banyak 30", part.ID)
		}
		c.once(partPath+".id", seen, part.ID)
		c.label(partPath+".label", part.Label)
		c.positive(partPath+".percent", part.Percent)
		if part.Percent.Trim(0).Scale() > partPlaces {
			c.add(partPath+".percent", "%s memiliki lebih dari %d angka di belakang koma", part.Percent, partPlaces)
		}
		code(c, partPath+".measure", measureWords, part.Measure)
		added, err := sum.Add(part.Percent)
		if err == nil {
			sum = added
		}
	}
	if len(terms.Parts) > 0 && !sum.Equal(decimal.Hundred) {
		c.add(path+".parts", "berjumlah %s%%, padahal harus tepat 100%%", sum.Trim(0))
	}
}
