package events

const (
	// Service is the name of the service in subjects, sources and metrics.
	Service = "scoring"
	// MaxBytes is the size of the largest event.
	MaxBytes = 1 << 20
)

// Source is a stream that the service consumes: its durable, and the subjects that can change a score.
type Source struct {
	Stream   string
	Durable  string
	Subjects []string
}

// Sources returns what the service consumes. A durable's name also names its claims of events.
func Sources() []Source {
	return []Source{
		{
			Stream: "KINERJA_PLANNING", Durable: "scoring-planning",
			Subjects: []string{"kinerja.planning.v1.*.plan.changed", "kinerja.planning.v1.*.assignment.changed"},
		},
		{
			Stream: "KINERJA_ASSESSMENT", Durable: "scoring-assessment",
			Subjects: []string{
				"kinerja.assessment.v1.*.progress.reported",
				"kinerja.assessment.v1.*.rating.changed",
				"kinerja.assessment.v1.*.peer.answered",
				"kinerja.assessment.v1.*.attendance.changed",
				"kinerja.assessment.v1.*.fact.changed",
				"kinerja.assessment.v1.*.survey.opened",
				"kinerja.assessment.v1.*.survey.answered",
				"kinerja.assessment.v1.*.organization-rating.changed",
			},
		},
	}
}
