package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// revisionColumns are the columns of score_revisions but digest and record, which are read apart.
const revisionColumns = `r.person, r.revision, r.unit, r.state, r.predicate, r.result_rating, r.behavior_rating, r.achievement,
r.survey_index, r.credit, r.value, r.suggestion, r.segments, r.missing, r.rule_pack, r.rule_pack_hash, r.compute_time,
r.input_time, r.causes, r.final, r.rater, r.organization_ratings, r.attendance_recorder, r.earlier_authors`

// fromCurrent joins each score with its current revision.
const fromCurrent = ` FROM scores s JOIN score_revisions r
ON r.tenant = s.tenant AND r.period = s.period AND r.person = s.person AND r.revision = s.revision`

// writtenColumns are the columns of score_revisions in the order of appendScore.
const writtenColumns = `tenant, period, person, revision, unit, state, predicate, result_rating, behavior_rating, achievement,
survey_index, credit, value, suggestion, segments, missing, rule_pack, rule_pack_hash, digest, compute_time, input_time, record,
causes, final, rater, organization_ratings, attendance_recorder, earlier_authors`

// revisionWidth is how many columns writtenColumns names.
const revisionWidth = 28

func writeScores(ctx context.Context, tx *sqlkit.Tx, scores []app.Revision) error {
	heads := make([]head, len(scores))
	for i, score := range scores {
		heads[i] = head{score.Period.Tenant, score.Period.ID, score.Person, score.Revision}
	}
	err := scoreHeads().move(ctx, tx, heads)
	if err != nil {
		return err
	}
	for chunk := range chunks(scores, revisionWidth) {
		args := make([]any, 0, len(chunk)*revisionWidth)
		for _, score := range chunk {
			args, err = appendScore(args, score)
			if err != nil {
				return err
			}
		}
		err = scoreHeads().add(ctx, tx, writtenColumns, revisionWidth, args)
		if err != nil {
			return err
		}
	}
	return nil
}

func appendScore(args []any, s app.Revision) ([]any, error) {
	missing, err := encodeList(s.Missing, func(m domain.Missing) missingRow { return missingRow(m) })
	if err != nil {
		return nil, err
	}
	record, err := encodeRecord(s.Record)
	if err != nil {
		return nil, err
	}
	causes, err := encodeCauses(s.Causes)
	if err != nil {
		return nil, err
	}
	final, err := encodeFinal(s.Final)
	if err != nil {
		return nil, err
	}
	rated, err := encodeList(s.OrganizationRatings, func(r app.OrganizationRating) ratedRow { return ratedRow(r) })
	if err != nil {
		return nil, err
	}
	earlier, err := encodeList(s.Earlier, func(a app.Authors) authorsRow { return authorsRow(a) })
	if err != nil {
		return nil, err
	}
	return append(args, s.Period.Tenant, s.Period.ID, s.Person, s.Revision, s.Unit, string(s.State), string(s.Predicate),
		string(s.ResultRating), string(s.BehaviorRating), s.Achievement, s.SurveyIndex, s.Credit, s.Value, string(s.Suggestion),
		s.Segments, missing, s.RulePack, s.RulePackHash, s.Digest(), sqlkit.Micros(s.ComputeTime), sqlkit.Micros(s.InputTime), record,
		causes, final, s.Rater, rated, s.AttendanceRecorder, earlier), nil
}

// Heads returns what is current of the people's scores; see app.Store.
func (s *Store) Heads(ctx context.Context, period domain.Period, people []string) (map[string]app.Head, error) {
	heads := make(map[string]app.Head, len(people))
	for chunk := range chunks(people, 2) { // half of the placeholders; the period has two of its own
		err := s.heads(ctx, heads, "IN "+sqlkit.In(len(chunk), 3), inPeriod(period, chunk))
		if err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// HeadsBetween returns what is current of the scores of a range of people; see app.Store.
func (s *Store) HeadsBetween(ctx context.Context, period domain.Period, first, last string) (map[string]app.Head, error) {
	heads := make(map[string]app.Head, app.MaxPeople)
	return heads, s.heads(ctx, heads, "BETWEEN $3 AND $4", []any{period.Tenant, period.ID, first, last})
}

// heads adds the current revisions of the people that the condition names. One of which a mismatch is kept, or of which
// nobody can read what is final, has no digest: the column may be right while the rest of the row is not, and a recompute must
// write it anew.
func (s *Store) heads(ctx context.Context, into map[string]app.Head, people string, args []any) error {
	query := `SELECT s.person, s.revision, CASE WHEN m.revision IS NULL THEN r.digest ELSE '' END, r.unit, r.predicate, r.value,
r.achievement, r.credit, r.final` + fromCurrent + ` LEFT JOIN score_mismatches m
ON m.tenant = s.tenant AND m.period = s.period AND m.person = s.person AND m.revision = s.revision` +
		" WHERE s.tenant = $1 AND s.period = $2 AND s.person " + people
	err := s.each(ctx, query, args, func(rows *sql.Rows) error {
		var person, final string
		var h app.Head
		err := rows.Scan(&person, &h.Revision, &h.Digest, &h.Unit, &h.Predicate, &h.Value, &h.Achievement, &h.Credit, &final)
		if err != nil {
			return err
		}
		h.Final, err = decodeFinal(final)
		if errors.Is(err, app.ErrDamaged) {
			h.Digest, err = "", nil // what was decided tells it
		}
		into[person] = h
		return err
	})
	if err != nil {
		return fmt.Errorf("read current scores: %w", err)
	}
	return nil
}

// Score returns the current revision with its record; see app.Store.
func (s *Store) Score(ctx context.Context, period domain.Period, person string) (app.Revision, error) {
	return s.revision(ctx, period, fromCurrent+" WHERE s.tenant = $1 AND s.period = $2 AND s.person = $3",
		period.Tenant, period.ID, person)
}

// ScoreAt returns the last revision until the time with its record; see app.Store.
func (s *Store) ScoreAt(ctx context.Context, period domain.Period, person string, at time.Time) (app.Revision, error) {
	return s.revision(ctx, period, " FROM score_revisions r WHERE r.tenant = $1 AND r.period = $2 AND r.person = $3"+
		" AND r.compute_time <= $4 ORDER BY r.revision DESC LIMIT 1", period.Tenant, period.ID, person, sqlkit.Micros(at))
}

// Revision returns one revision with its record; see app.Store.
func (s *Store) Revision(ctx context.Context, period domain.Period, person string, revision int64) (app.Revision, error) {
	return s.revision(ctx, period, " FROM score_revisions r WHERE r.tenant = $1 AND r.period = $2 AND r.person = $3 AND r.revision = $4",
		period.Tenant, period.ID, person, revision)
}

// revision reads the one revision that the rest of the query finds, with its record.
func (s *Store) revision(ctx context.Context, period domain.Period, rest string, args ...any) (app.Revision, error) {
	score := app.Revision{Score: domain.Score{Period: period}}
	var record string
	row := s.db.Read().QueryRowContext(ctx, "SELECT "+revisionColumns+", r.record"+rest, args...)
	err := scanScore(row, &score, &record)
	if errors.Is(err, sql.ErrNoRows) {
		return app.Revision{}, app.ErrNotFound
	}
	if err != nil {
		return app.Revision{}, fmt.Errorf("read score: %w", err)
	}
	score.Record, err = decodeRecord(record)
	if err != nil {
		return app.Revision{}, fmt.Errorf("read score: %w", err)
	}
	return score, nil
}

// Scores returns a page of current revisions; see app.Store.
func (s *Store) Scores(ctx context.Context, period domain.Period, after string, limit int) ([]app.Revision, error) {
	query := "SELECT " + revisionColumns + ", ''" + fromCurrent +
		" WHERE s.tenant = $1 AND s.period = $2 AND s.person > $3 ORDER BY s.person LIMIT $4"
	return s.scores(ctx, period, query, period.Tenant, period.ID, after, limit)
}

// Revisions returns a page of revisions of one score; see app.Store.
func (s *Store) Revisions(ctx context.Context, period domain.Period, person string, page app.RevisionPage) ([]app.Revision, error) {
	record := "''"
	if page.Records {
		record = "r.record"
	}
	query := "SELECT " + revisionColumns + ", " + record + " FROM score_revisions r" +
		" WHERE r.tenant = $1 AND r.period = $2 AND r.person = $3 AND (r.revision < $4 OR $4 = 0) ORDER BY r.revision DESC LIMIT $5"
	return s.scores(ctx, period, query, period.Tenant, period.ID, person, page.Below, page.Limit)
}

// scores lists what the query finds: revisionColumns and the record, which is empty where it is not wanted.
func (s *Store) scores(ctx context.Context, period domain.Period, query string, args ...any) ([]app.Revision, error) {
	var scores []app.Revision
	err := s.each(ctx, query, args, func(rows *sql.Rows) error {
		score := app.Revision{Score: domain.Score{Period: period}}
		var record string
		err := scanScore(rows, &score, &record)
		if err != nil {
			return err
		}
		if record != "" {
			score.Record, err = decodeRecord(record)
		}
		if errors.Is(err, app.ErrDamaged) {
			err = nil // whoever reads the one revision is told
		}
		scores = append(scores, score)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list scores: %w", err)
	}
	return scores, nil
}

// scanner is a row, alone or of several.
type scanner interface {
	Scan(into ...any) error
}

// scanScore reads revisionColumns, and then whatever else the row has.
func scanScore(row scanner, s *app.Revision, more ...any) error {
	var missing, causes, final, rated, earlier string
	var computed, input int64
	err := row.Scan(append([]any{
		&s.Person, &s.Revision, &s.Unit, &s.State, &s.Predicate, &s.ResultRating, &s.BehaviorRating, &s.Achievement,
		&s.SurveyIndex, &s.Credit, &s.Value, &s.Suggestion, &s.Segments, &missing, &s.RulePack, &s.RulePackHash, &computed, &input,
		&causes, &final, &s.Rater, &rated, &s.AttendanceRecorder, &earlier,
	}, more...)...)
	if err != nil {
		return err
	}
	s.ComputeTime, s.InputTime = sqlkit.Time(computed), sqlkit.Time(input)
	s.Missing, err = decodeList(missing, func(row missingRow) domain.Missing { return domain.Missing(row) })
	if err != nil {
		return err
	}
	s.Causes, err = decodeCauses(causes)
	if err != nil {
		return err
	}
	s.OrganizationRatings, err = decodeList(rated, func(row ratedRow) app.OrganizationRating { return app.OrganizationRating(row) })
	if err != nil {
		return err
	}
	s.Earlier, err = decodeList(earlier, func(row authorsRow) app.Authors { return app.Authors(row) })
	if err != nil {
		return err
	}
	s.Final, err = decodeFinal(final)
	return err
}

// each calls scan for every row of the query.
func (s *Store) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := s.db.Read().QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		err = scan(rows)
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// inPeriod returns the arguments of a query for ids within a period.
func inPeriod(period domain.Period, ids []string) []any {
	args := make([]any, 0, len(ids)+2)
	args = append(args, period.Tenant, period.ID)
	for _, id := range ids {
		args = append(args, id)
	}
	return args
}
