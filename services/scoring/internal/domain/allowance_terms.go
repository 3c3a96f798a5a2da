package domain

import "github.com/govalues/decimal"

// AllowanceTerms divide the additional income (TPP) of a month.
type AllowanceTerms struct {
	// Text is the rule in words, in Indonesian.
	Text string `yaml:"text"`
	// Basis is why it holds; Source is the key of the regulation, empty when none speaks of it.
	Basis  Basis  `yaml:"basis"`
	Source string `yaml:"source"`
	// Parts are the shares; their percentages add up to 100.
	Parts []AllowancePart `yaml:"parts"`
}

// AllowancePart is a named share of the additional income.
type AllowancePart struct {
	// ID is unique among the parts: a-z, 0-9 and _, beginning with a letter, at most 30 characters.
	ID    string `yaml:"id"`
	Label string `yaml:"label"`
	// Percent is above 0, with at most two digits after the point.
	Percent decimal.Decimal  `yaml:"percent"`
	Measure AllowanceMeasure `yaml:"measure"`
}

// AllowanceMeasure is what a part of the additional income is paid for.
type AllowanceMeasure string

// The three measures.
const (
	// MeasureProductivity pays by the productivity of the month.
	MeasureProductivity AllowanceMeasure = "productivity"
	// MeasureAttendance pays in full before deductions.
	MeasureAttendance AllowanceMeasure = "attendance"
	// MeasureFixed pays in full.
	MeasureFixed AllowanceMeasure = "fixed"
)
