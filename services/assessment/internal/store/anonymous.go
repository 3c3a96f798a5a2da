package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	insertPeerReview = `INSERT INTO peer_reviews (tenant, period, person, rater_mark,
service_oriented, accountable, competent, harmonious, loyal, adaptive, collaborative, day, request_mark)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

	selectPeerReview = `SELECT period, person,
service_oriented, accountable, competent, harmonious, loyal, adaptive, collaborative
FROM peer_reviews WHERE tenant = $1 AND request_mark = $2`

	// Makes the row of the tally, or waits until no other transaction changes it.
	lockPeerTally = `INSERT INTO peer_tallies (tenant, period, person) VALUES ($1, $2, $3)
ON CONFLICT (tenant, period, person) DO UPDATE SET answers = peer_tallies.answers`

	releasePeerTally = `UPDATE peer_tallies SET
(answers, service_oriented, accountable, competent, harmonious, loyal, adaptive, collaborative, day) =
(SELECT COUNT(*), SUM(service_oriented), SUM(accountable), SUM(competent), SUM(harmonious), SUM(loyal), SUM(adaptive),
SUM(collaborative), MAX(day) FROM peer_reviews WHERE tenant = $1 AND period = $2 AND person = $3)
WHERE tenant = $1 AND period = $2 AND person = $3 AND answers + $4 <=
(SELECT COUNT(*) FROM peer_reviews WHERE tenant = $1 AND period = $2 AND person = $3)`
)

// errTaken says that a key exists, until it is known which one.
var errTaken = errors.New("store: a key is taken")

// AddPeerReview implements app.Store.
func (s *Store) AddPeerReview(ctx context.Context, r domain.PeerReview) error {
	args := []any{r.Tenant, r.Period, r.Person, r.Rater[:]}
	for _, answer := range r.Answers {
		args = append(args, answer)
	}
	err := s.insertOnce(ctx, anonymous{
		insertion: insertion{
			query: insertPeerReview,
			args:  append(args, r.Day.String(), markOf(r.Request)),
			taken: errTaken,
			fact:  r.Fact(),
			tells: func(ctx context.Context, tx *sqlkit.Tx) (bool, error) { return releasePeers(ctx, tx, r) },
		},
		request: r.Request,
		lookup:  selectPeerReview,
		want:    append([]string{r.Period, r.Person}, texts(r.Answers[:])...),
	})
	if errors.Is(err, errTaken) {
		return domain.ErrPeerReviewExists
	}
	return err
}

// releasePeers shows all answers about the person once a step of them waits, and reports whether it did. It runs in the
// transaction that added an answer: the lock is a statement of its own, so that on PostgreSQL the next one counts the
// answers of all who had the lock before.
func releasePeers(ctx context.Context, tx *sqlkit.Tx, r domain.PeerReview) (bool, error) {
	_, err := tx.ExecContext(ctx, lockPeerTally, r.Tenant, r.Period, r.Person)
	if err != nil {
		return false, fmt.Errorf("lock the tally of peers: %w", err)
	}
	released, err := sqlkit.Affected(tx.ExecContext(ctx, releasePeerTally, r.Tenant, r.Period, r.Person, domain.PeerStep))
	if err != nil {
		return false, fmt.Errorf("release the tally of peers: %w", err)
	}
	return released > 0, nil
}

// anonymous is an insertion that is known again by the mark of its request.
type anonymous struct {
	insertion
	request domain.RequestMark
	// lookup selects, by tenant and mark, the columns that want has for this request.
	lookup string
	want   []string
}

// insertOnce adds the row. When a row with the mark of the request is there it adds nothing, and returns nil if that row
// is the same and domain.ErrRequestReused if not. Another key that is taken is errTaken.
func (s *Store) insertOnce(ctx context.Context, a anonymous) error {
	err := s.insert(ctx, a.insertion)
	if !errors.Is(err, errTaken) || a.request.IsZero() {
		return err
	}
	// Rows are never changed, so what is read after the refusal is what was in the way.
	got := make([]string, len(a.want))
	dest := make([]any, len(got))
	for i := range got {
		dest[i] = &got[i]
	}
	err = s.db.Read().QueryRowContext(ctx, a.lookup, a.fact.Tenant, a.request[:]).Scan(dest...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return errTaken
	case err != nil:
		return fmt.Errorf("find repeated request: %w", err)
	case !slices.Equal(got, a.want):
		return domain.ErrRequestReused
	default:
		return nil
	}
}

// markOf returns the stored form of a mark: NULL for none, because those are all distinct.
func markOf(m domain.RequestMark) any {
	if m.IsZero() {
		return nil
	}
	return m[:]
}

func texts(numbers []int) []string {
	all := make([]string, 0, len(numbers))
	for _, n := range numbers {
		all = append(all, strconv.Itoa(n))
	}
	return all
}
