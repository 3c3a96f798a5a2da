package app

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Mismatch is a revision of a score or satisfaction index that is not what the facts and the decisions give, and no fact is
// on its way that could explain it.
type Mismatch struct {
	// ID is unique within the tenant; ids rise with time.
	ID     string
	Period domain.Period
	// Person is the id of the owner of a score, Unit that of the unit of an index; the other one is empty.
	Person, Unit string
	// Revision is the one that differs, CurrentRevision the one that there is now; 0 where there is none.
	Revision, CurrentRevision int64
	// StoredDigest and ComputedDigest are those of the stored result, empty where there is none that can be read,
	// and of the one that comes out, empty where none does; where these are the same, the sums of what is stored as final and
	// of what was decided.
	StoredDigest, ComputedDigest string
	FindTime                     time.Time
}

// Sample is the current revision of a score or index as the standing check needs it; zero where there is none.
type Sample struct {
	Revision int64
	// Digest is the one that was written with the result, RowDigest that of the result as it is stored now; empty when
	// that cannot be read.
	Digest, RowDigest string
	// Facts is the digest of the facts that it was made of.
	Facts string
	// Final is the sum of what is stored as final of a score; empty while nothing is.
	Final string
}

// Mismatches keeps what the standing check found, and gives it scores to look at.
type Mismatches interface {
	// ScoredPeriods must return the periods that have a score or an index.
	ScoredPeriods(ctx context.Context) ([]domain.Period, error)
	// CountScores must return how many people of the period have a score.
	CountScores(ctx context.Context, period domain.Period) (int, error)
	// ScoredPerson must return the id of the person who has the score after the first offset ones, in the order of the ids;
	// "" when there are no more.
	ScoredPerson(ctx context.Context, period domain.Period, offset int) (string, error)
	// SampleOf must return the current revisions of those of the people who have a score, by person; at most MaxPeople.
	SampleOf(ctx context.Context, period domain.Period, people []string) (map[string]Sample, error)
	// SampleOfIndexes must return the current revisions of the indexes of those of the units that have one, by unit.
	SampleOfIndexes(ctx context.Context, period domain.Period, units []string) (map[string]Sample, error)
	// AddMismatch must keep the mismatch and report true, or do nothing and report false when there is one of this revision.
	AddMismatch(ctx context.Context, m Mismatch) (bool, error)
	// Mismatches must return at most limit mismatches of the tenant, newest first, older than the given id; "" begins with
	// the newest.
	Mismatches(ctx context.Context, tenant, before string, limit int) ([]Mismatch, error)
}

// IndexFacts identifies the facts that an index was made of.
func IndexFacts(i *domain.Index) string {
	survey := &domain.Survey{Source: i.Source, Responses: i.Responses}
	for _, mean := range i.Elements {
		survey.Sums = append(survey.Sums, domain.ElementSum{Element: mean.Element, Sum: mean.Sum})
	}
	facts := domain.Input{Segments: []domain.Segment{{Survey: survey}}}
	return facts.Digest()
}
