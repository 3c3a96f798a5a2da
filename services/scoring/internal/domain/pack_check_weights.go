package domain

import "slices"

func (c *checker) weighted(path string, i int) {
	way := c.def.Components[i].Weighted
	c.weights(path+".of", i, way.Of)
	if len(way.Variants) > maxVariants {
		c.add(path+".variants", "ada %d, padahal paling banyak %d", len(way.Variants), maxVariants)
	}
	for n := range way.Variants {
		variant, variantPath := &way.Variants[n], at(path+".variants", n)
		c.label(variantPath+".label", variant.Label)
		c.condition(variantPath+".when", &variant.When)
		c.earlier(variantPath+".when.has", i, variant.When.Has)
		c.weights(variantPath+".of", i, variant.Of)
		if variant.When.empty() {
			c.add(variantPath+".when", "tidak menyebut apa pun, sehingga bobot lain tidak pernah dipakai; isi syaratnya atau pindahkan bobot ini ke of")
			continue
		}
		when := c.def.Components[i].When
		if when != nil && variant.When.excludes(when) {
			c.add(variantPath+".when", "tidak pernah terpenuhi karena bertentangan dengan when komponen ini; perbaiki atau hapus")
		}
		for before := range n {
			if variant.When.implies(&way.Variants[before].When) {
				c.add(variantPath+".when", "tidak pernah dipakai karena varian %s sudah berlaku lebih dahulu; ubah urutan atau hapus", ordinal(before))
				break
			}
		}
	}
}

func (c *checker) weights(path string, reader int, weights []Weight) {
	c.count(path, len(weights), maxList)
	seen := map[string]bool{}
	for i, weight := range weights {
		c.before(at(path, i)+".component", reader, weight.Component)
		c.once(at(path, i)+".component", seen, weight.Component)
		c.positive(at(path, i)+".weight", weight.Weight)
	}
}

// implies reports whether the other condition, which is not empty, holds whenever this one does.
func (w *Condition) implies(other *Condition) bool {
	return !other.empty() && narrower(w.Positions, other.Positions) && narrower(w.Families, other.Families) &&
		narrower(w.Units, other.Units) && narrower(w.Has, other.Has)
}

// narrower reports whether whatever list a admits, list b admits; an empty list admits everything.
func narrower[T comparable](a, b []T) bool {
	if len(b) == 0 {
		return true
	}
	outside := func(one T) bool { return !slices.Contains(b, one) }
	return len(a) > 0 && !slices.ContainsFunc(a, outside)
}

// excludes reports whether both conditions can never hold together.
func (w *Condition) excludes(other *Condition) bool {
	return apart(w.Positions, other.Positions) || apart(w.Families, other.Families) || apart(w.Units, other.Units)
}

// apart reports whether nothing is admitted by both lists.
func apart[T comparable](a, b []T) bool {
	common := func(one T) bool { return slices.Contains(b, one) }
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, common)
}
