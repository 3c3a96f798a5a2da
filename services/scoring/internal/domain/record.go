package domain

import (
	"fmt"
)

// Record is what is kept of a computation: the facts that it used and the result of each of its steps. The rest of its
// trace (ids, operands, labels, rounding) follows from them and the rule pack.
type Record struct {
	// Facts are canonical: in the order of plan and pack, without what the rules do not use, such as the answers of too
	// few peers. What they point at is shared with the input and must not be changed.
	Facts Input
	// Results are those of the steps, in the order in which they were made: compact numbers or codes. They must not be
	// changed.
	Results []byte
}

// Trace returns the trace of the computation that left the record; p must be its rule pack. The results are the
// recorded ones, whatever the rules of today would make of the facts. It returns ErrInvalidTrace for a record that no
// computation with the pack could have left.
func (r Record) Trace(p *Pack) (Trace, error) {
	result, err := Compute(p, r.Facts)
	if err != nil {
		return Trace{}, fmt.Errorf("%w: %w", ErrInvalidTrace, err)
	}
	var t texts
	if !t.fill(result.Trace.Steps, r.Results) {
		return Trace{}, fmt.Errorf("%w: the results are not those of %d steps", ErrInvalidTrace, len(result.Trace.Steps))
	}
	return result.Trace, nil
}

// Predicates returns the predicate of each segment of the computation that left the record, empty for one without; p must
// be its rule pack. Its errors are those of Trace.
func (r Record) Predicates(p *Pack) ([]Predicate, error) {
	trace, err := r.Trace(p)
	if err != nil {
		return nil, err
	}
	predicates := make([]Predicate, len(r.Facts.Segments))
	for i := range predicates {
		id := idPredicate
		if len(predicates) > 1 {
			id = SegmentPrefix(i) + idPredicate
		}
		for _, step := range trace.Steps {
			if step.ID == id {
				predicates[i] = Predicate(step.Result)
			}
		}
	}
	return predicates, nil
}
