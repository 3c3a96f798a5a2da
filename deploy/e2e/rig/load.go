package rig

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// loadBatch is how many people one statement adds.
const loadBatch = 10_000

// copied are the tables of which each added person gets the rows of the nurse of the demonstration; the columns of own
// hold the id of the person.
var copied = []struct {
	table string
	own   []string
	other string
}{
	{"people", []string{"person"}, "tenant, display_name, employment, rank, grade, assignment_locks, revision, create_time"},
	{"assignments", []string{"person", "assignment"}, "tenant, position, kind, start_date, end_date, revision, create_time"},
	{"plans", []string{"person", "plan"}, `tenant, period, position, position_title, position_kind, functional_level, unit_head, unit,
results, state, return_reason, approver, submit_time, approve_time, create_time, update_time, revision`},
	{"current_progress", []string{"person"}, "tenant, period, indicator, realisation, report_id, report_time"},
	{"ratings", []string{"person"}, "tenant, period, revision, rater, result_rating, behavior_rating, feedback, feedback_date, update_time"},
	{"attendances", []string{"person"}, "tenant, period, revision, working_days, present_days, unexcused_days, late_minutes, update_time"},
}

// Add adds people straight to the databases of planning and assessment, each with the plan and the facts of the nurse of
// the demonstration, so that scoring has not heard of them. It may be called once.
func (r *Rig) Add(b testing.TB, people int) {
	b.Helper()
	for _, c := range copied {
		db := r.Planning
		if c.table == "current_progress" || c.table == "ratings" || c.table == "attendances" {
			db = r.Assessment
		}
		ids := strings.Repeat("'x' || CAST(1000000 + n.i AS TEXT), ", len(c.own))
		columns, nip := strings.Join(c.own, ", "), ""
		if c.table == "people" { // the number is unique in the tenant where it is not empty
			columns, nip = columns+", nip", "'', "
		}
		query := fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
			INSERT INTO %s (%s, %s) SELECT %s%s%s FROM n CROSS JOIN %s t WHERE t.person = $3`,
			c.table, columns, c.other, ids, nip, prefixed(c.other), c.table)
		for from := 0; from < people; from += loadBatch {
			must(b, db.Write(b.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
				_, err := tx.ExecContext(ctx, query, from, min(from+loadBatch, people), demo.NurseID)
				return err
			}))
		}
	}
	r.analyze(b)
}

// analyze lets PostgreSQL know how large the tables are, as it does by itself after a while.
func (r *Rig) analyze(b testing.TB) {
	b.Helper()
	for _, db := range []*sqlkit.DB{r.Planning, r.Assessment, r.Scoring} {
		must(b, db.Write(b.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			_, err := tx.ExecContext(ctx, "ANALYZE")
			return err
		}))
	}
}

func prefixed(columns string) string {
	names := strings.Split(columns, ",")
	for i, name := range names {
		names[i] = "t." + strings.TrimSpace(name)
	}
	return strings.Join(names, ", ")
}

// Forget removes every score, as if none had ever been computed.
func (r *Rig) Forget(b testing.TB) {
	b.Helper()
	must(b, r.Scoring.Write(b.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM score_revisions")
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM scores")
		return err
	}))
}
