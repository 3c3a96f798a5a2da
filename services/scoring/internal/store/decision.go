package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

var _ app.Decisions = (*Store)(nil)

const decisionColumns = `number, kind, state, predicate, reason, ground, reference, revision, author, propose_time, approver,
answer_reason, answer_time`

const insertDecision = `INSERT INTO score_decisions (tenant, period, person, ` + decisionColumns + `) VALUES
($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (tenant, period, person, number) DO NOTHING`

const answerDecision = `UPDATE score_decisions SET state = $5, approver = $6, answer_reason = $7, answer_time = $8
WHERE tenant = $1 AND period = $2 AND person = $3 AND number = $4 AND state = $9`

// AddDecision adds a decision; see app.Decisions.
func (s *Store) AddDecision(ctx context.Context, r app.Ruling) error {
	return ruled(s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error { return s.addDecision(ctx, tx, r) }))
}

func (s *Store) addDecision(ctx context.Context, tx *sqlkit.Tx, r app.Ruling) error {
	d := r.Decision
	return s.rule(ctx, tx, r, insertDecision, r.Period.Tenant, r.Period.ID, r.Person, d.Number, string(d.Kind), string(d.State),
		string(d.Predicate), d.Reason, string(d.Ground), d.Reference, d.Revision, d.Author, sqlkit.Micros(d.ProposeTime), d.Approver,
		d.AnswerReason, sqlkit.Micros(d.AnswerTime))
}

// AnswerDecision writes the answer to a decision; see app.Decisions.
func (s *Store) AnswerDecision(ctx context.Context, r app.Ruling) error {
	d := r.Decision
	return ruled(s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		return s.rule(ctx, tx, r, answerDecision, r.Period.Tenant, r.Period.ID, r.Person, d.Number, string(d.State), d.Approver,
			d.AnswerReason, sqlkit.Micros(d.AnswerTime), string(decision.StateProposed))
	}))
}

// ruled returns the error of a write; the sentinels of the use cases stay what they are.
func ruled(err error) error {
	if err != nil {
		return fmt.Errorf("write decision: %w", err)
	}
	return nil
}

// rule writes one row of a decision with the statement, then what the decision makes of the score. When the statement
// finds no row to write, or the score has moved, another writer was faster: the result is ErrStale.
func (s *Store) rule(ctx context.Context, tx *sqlkit.Tx, r app.Ruling, statement string, args ...any) error {
	n, err := sqlkit.Affected(tx.ExecContext(ctx, statement, args...))
	if err != nil {
		return err
	}
	if n == 0 {
		return app.ErrStale
	}
	if r.Adopted != nil {
		err = writeScores(ctx, tx, []app.Revision{*r.Adopted})
		if err != nil {
			return err
		}
	}
	return s.outbox.Append(ctx, tx, r.Publish...)
}

// Decision returns a decision; see app.Decisions.
func (s *Store) Decision(ctx context.Context, ref app.DecisionRef) (decision.Decision, error) {
	query := "SELECT " + decisionColumns + " FROM score_decisions WHERE tenant = $1 AND period = $2 AND person = $3 AND number = $4"
	d, err := scanDecision(s.db.Read().QueryRowContext(ctx, query, ref.Period.Tenant, ref.Period.ID, ref.Person, ref.Number))
	if errors.Is(err, sql.ErrNoRows) {
		return decision.Decision{}, app.ErrNotFound
	}
	if err != nil {
		return decision.Decision{}, fmt.Errorf("read decision: %w", err)
	}
	return d, nil
}

// Decisions returns a page of the decisions about a score; see app.Decisions.
func (s *Store) Decisions(ctx context.Context, period domain.Period, person string, page app.DecisionPage) ([]decision.Decision, error) {
	query := "SELECT " + decisionColumns + " FROM score_decisions WHERE tenant = $1 AND period = $2 AND person = $3" +
		" AND (number < $4 OR $4 = 0) ORDER BY number DESC LIMIT $5"
	all, err := s.decisions(ctx, query, []any{period.Tenant, period.ID, person, page.Below, page.Limit})
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	return all, nil
}

// Corrections returns those of one score that count; see app.Decisions.
func (s *Store) Corrections(ctx context.Context, period domain.Period, person string) ([]decision.Decision, error) {
	query := "SELECT " + decisionColumns + " FROM score_decisions WHERE tenant = $1 AND period = $2 AND person = $3" +
		" AND kind = $4 AND state IN ($5, $6) ORDER BY number"
	args := []any{
		period.Tenant, period.ID, person, string(decision.KindCorrection), string(decision.StateProposed), string(decision.StateAdopted),
	}
	all, err := s.decisions(ctx, query, args)
	if err != nil {
		return nil, fmt.Errorf("list corrections: %w", err)
	}
	return all, nil
}

// decisions reads rows of decisionColumns.
func (s *Store) decisions(ctx context.Context, query string, args []any) ([]decision.Decision, error) {
	var all []decision.Decision
	err := s.each(ctx, query, args, func(rows *sql.Rows) error {
		d, err := scanDecision(rows)
		all = append(all, d)
		return err
	})
	return all, err
}

// AdoptedDecisions returns the adopted decisions about the scores of people; see app.Store.
func (s *Store) AdoptedDecisions(ctx context.Context, period domain.Period, people []string) (map[string][]decision.Decision, error) {
	found := map[string][]decision.Decision{}
	for chunk := range chunks(people, 2) { // half of the placeholders; there are three others
		query := "SELECT " + decisionColumns + ", person FROM score_decisions WHERE tenant = $1 AND period = $2 AND person IN " +
			sqlkit.In(len(chunk), 3) + " AND state = $" + strconv.Itoa(len(chunk)+3) + " ORDER BY revision"
		args := append(inPeriod(period, chunk), string(decision.StateAdopted))
		err := s.each(ctx, query, args, func(rows *sql.Rows) error {
			var person string
			d, err := scanDecision(rows, &person)
			found[person] = append(found[person], d)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list adopted decisions: %w", err)
		}
	}
	return found, nil
}

// scanDecision reads decisionColumns, and then whatever else the row has.
func scanDecision(row scanner, more ...any) (decision.Decision, error) {
	var d decision.Decision
	var proposed, answered int64
	err := row.Scan(append([]any{
		&d.Number, &d.Kind, &d.State, &d.Predicate, &d.Reason, &d.Ground, &d.Reference, &d.Revision, &d.Author, &proposed, &d.Approver,
		&d.AnswerReason, &answered,
	}, more...)...)
	d.ProposeTime, d.AnswerTime = sqlkit.Time(proposed), sqlkit.Time(answered)
	return d, err
}
