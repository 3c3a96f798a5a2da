package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// PriorWay takes over the value of an earlier assessment, such as that of the first half of a year in which the rules
// changed.
type PriorWay struct{}

// Prior is the value of an earlier assessment that is taken over, an amount. Nothing that its owner does changes it any
// more.
type Prior struct {
	Value decimal.Decimal
	// Source is the revision of the score that it was read from.
	Source string
}

// priorWay takes the value of an earlier assessment.
type priorWay struct{}

func (priorWay) compute(c *computation, k *component) finding {
	if c.in.Prior == nil {
		return finding{}
	}
	return k.quotient(c, c.in.Prior.Value, decimal.One, c.list(idPriorValue))
}

// check adds what is wrong with the value.
func (p *Prior) check(ps *problems) {
	if p != nil && !num.IsAmount(p.Value) {
		ps.amount(idPriorValue, "harus 0 atau lebih")
	}
}
