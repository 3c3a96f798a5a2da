package domain

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
)

// Result is what a rule pack makes of an input. Its numbers are decimals as text, with the digits that the pack keeps.
type Result struct {
	// RulePack and RulePackHash pin the rules.
	RulePack     string
	RulePackHash string
	// Unit is the id of the unit of the plan.
	Unit  string
	State State
	// Predicate is empty while the state is incomplete.
	Predicate Predicate
	// ResultRating and BehaviorRating are empty while they are not known. That of a unit head follows from the rating
	// of the organisation.
	ResultRating   Expectation
	BehaviorRating Expectation
	// Achievement is in percent, evidence only; empty while no indicator has a realisation.
	Achievement string
	// SurveyIndex is that of the unit; empty while it has none.
	SurveyIndex string
	// Credit is empty without a functional position or a predicate.
	Credit string
	// Missing lists the facts that are not there, in the order of the computation.
	Missing []Missing
	Trace   Trace
}

// Missing is a fact that is not there, with what was done about it.
type Missing struct {
	// Input is the id of the fact.
	Input string
	// Description says in Indonesian what it is.
	Description string
	Policy      Policy
}

// Digest identifies the result: two results have the same digest only when all their fields, the trace included, are
// the same.
func (r *Result) Digest() string {
	d := newDigest()
	d.texts(r.RulePack, r.RulePackHash, r.Unit, string(r.State), string(r.Predicate), string(r.ResultRating),
		string(r.BehaviorRating), r.Achievement, r.SurveyIndex, r.Credit)
	d.number(len(r.Missing))
	for _, m := range r.Missing {
		d.texts(m.Input, m.Description, string(m.Policy))
	}
	d.trace(r.Trace)
	return d.sum()
}

// digest hashes texts with their lengths, so that no two sequences of texts run together.
type digest struct {
	h       hash.Hash
	scratch []byte
}

func newDigest() *digest { return &digest{h: sha256.New()} }

func (d *digest) trace(t Trace) {
	d.number(len(t.Inputs))
	for _, in := range t.Inputs {
		d.texts(in.ID, in.Value, in.Label, in.Source)
	}
	d.number(len(t.Steps))
	for _, step := range t.Steps {
		d.texts(step.ID, step.Rule, step.Result, step.Label)
		d.number(step.Places)
		d.number(len(step.Operands))
		d.texts(step.Operands...)
	}
}

func (d *digest) texts(texts ...string) {
	for _, text := range texts {
		d.scratch = binary.AppendUvarint(d.scratch[:0], uint64(len(text)))
		d.scratch = append(d.scratch, text...)
		d.h.Write(d.scratch)
	}
}

func (d *digest) number(n int) {
	d.scratch = binary.AppendVarint(d.scratch[:0], int64(n))
	d.h.Write(d.scratch)
}

func (d *digest) sum() string { return hex.EncodeToString(d.h.Sum(nil)) }
