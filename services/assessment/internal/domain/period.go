package domain

// Period is the assessment period that a fact belongs to, as planning keeps it.
type Period struct {
	// Start is the first day, End the first day after it.
	Start Date
	End   Date
	// Closed periods take no facts.
	Closed bool
}

// Open returns ErrPeriodClosed, about the resource name of the period, when the period is closed.
func (p Period) Open(name string) error {
	if p.Closed {
		return About(ErrPeriodClosed, name)
	}
	return nil
}

// Plan is what the facts need to know of an approved plan: where the realisation of each indicator comes from.
type Plan struct {
	// ID within the period.
	ID string
	// Indicators by their path in the plan, results/{result}/indicators/{indicator}.
	Indicators map[string]Source
}

// Source says where the realisation of an indicator comes from.
type Source int

const (
	// SourceReported means the progress reports of the owner.
	SourceReported Source = iota
	// SourceSurvey means the satisfaction index of the owner's unit.
	SourceSurvey
)
