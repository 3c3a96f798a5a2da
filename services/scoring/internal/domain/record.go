package domain

import "fmt"

// Record is what is kept of a computation: the facts that it used and the result of each of its steps. The rest of its
// trace (ids, operands, labels, rounding) follows from them and the rule pack.
type Record struct {
	// Facts are canonical: in the order of plan and pack, without what the rules do not use, such as the answers of too
	// few peers. What they point at is shared with the input and must not be changed.
	Facts Input
	// Results are those of the steps, in the order in which they were made: numbers or codes.
	Results []string
}

// Trace returns the trace of the computation that left the record; p must be its rule pack. The results are the
// recorded ones, whatever the rules of today would make of the facts. It returns ErrInvalidTrace for a record that no
// computation with the pack could have left.
func (r Record) Trace(p *Pack) (Trace, error) {
	result, err := Compute(p, r.Facts)
	if err != nil {
		return Trace{}, fmt.Errorf("%w: %w", ErrInvalidTrace, err)
	}
	steps := result.Trace.Steps
	if len(steps) != len(r.Results) {
		return Trace{}, fmt.Errorf("%w: %d results for %d steps", ErrInvalidTrace, len(r.Results), len(steps))
	}
	for i := range steps {
		steps[i].Result = r.Results[i]
	}
	return result.Trace, nil
}
