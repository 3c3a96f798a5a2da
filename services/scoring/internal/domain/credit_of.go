package domain

import "fmt"

// CreditOf returns the angka kredit of the facts with a predicate that people decided, by the terms of the pack; empty
// without a functional position. in must be the facts of a record.
func CreditOf(p *Pack, in Input, predicate Predicate) (string, error) {
	c := computation{pack: p, in: in, texts: &texts{}}
	c.result.Predicate = predicate
	err := c.credit()
	if err != nil {
		return "", fmt.Errorf("angka kredit with %s: %w", p.Name(), err)
	}
	return c.result.Credit, nil
}
