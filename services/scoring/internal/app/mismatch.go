package app

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Mismatch is a revision that is not what the facts give, and no fact is on its way that could explain it.
type Mismatch struct {
	// ID is unique within the tenant; ids rise with time.
	ID     string
	Period domain.Period
	Person string
	// Revision is the one that differs, CurrentRevision the one that the score has now; 0 where there is no score.
	Revision, CurrentRevision int64
	// StoredDigest and ComputedDigest are those of the stored result, empty where there is none that can be read,
	// and of the one that comes out.
	StoredDigest, ComputedDigest string
	FindTime                     time.Time
}

// SampleScore is the current revision of a score as the standing check needs it; zero where there is no score.
type SampleScore struct {
	Revision int64
	// Digest is the one that was written with the result, RowDigest that of the result as it is stored now; empty when
	// that cannot be read.
	Digest, RowDigest string
	// Facts is the digest of the facts that it was made of.
	Facts string
	// Final is the sum of what is stored as final; empty while nothing is.
	Final string
}

// Mismatches keeps what the standing check found, and gives it scores to look at.
type Mismatches interface {
	// ScoredPeriods must return the periods that have a score.
	ScoredPeriods(ctx context.Context) ([]domain.Period, error)
	// CountScores must return how many people of the period have a score.
	CountScores(ctx context.Context, period domain.Period) (int, error)
	// ScoredPerson must return the id of the person who has the score after the first offset ones, in the order of the ids;
	// "" when there are no more.
	ScoredPerson(ctx context.Context, period domain.Period, offset int) (string, error)
	// SampleOf must return the current revisions of those of the people who have a score, by person; at most MaxPeople.
	SampleOf(ctx context.Context, period domain.Period, people []string) (map[string]SampleScore, error)
	// AddMismatch must keep the mismatch and report true, or do nothing and report false when there is one of this revision.
	AddMismatch(ctx context.Context, m Mismatch) (bool, error)
	// Mismatches must return at most limit mismatches of the tenant, newest first, older than the given id; "" begins with
	// the newest.
	Mismatches(ctx context.Context, tenant, before string, limit int) ([]Mismatch, error)
}
