package rig

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	// chunk is how many people are read and written together, as scoring does it.
	chunk = 500
	// maxArgs is how many placeholders a statement has at most, as scoring does it.
	maxArgs = 500

	headColumns     = "tenant, period, person, revision"
	revisionColumns = `tenant, period, person, revision, unit, state, predicate, result_rating, behavior_rating, achievement,
survey_index, credit, value, suggestion, segments, missing, rule_pack, rule_pack_hash, digest, compute_time, input_time, record,
causes, final`
	personColumn = 2
)

// Floor reads the inputs of everybody of the tenant's period by the calls that scoring makes, and writes the rows that
// scoring writes, in the same batches and one batch while the next is read. Nothing is computed, compared or told: every
// row is that of the template but for the person. It returns how many people there were.
func (r *Rig) Floor(ctx context.Context, period string, template []any) (int, error) {
	people, token, err := r.page(ctx, period, "")
	if err != nil {
		return 0, err
	}
	total := 0
	var ready []string
	for len(people) > 0 || len(ready) > 0 {
		var wg sync.WaitGroup
		var readErr, writeErr, pageErr error
		reading := people
		wg.Go(func() {
			readErr = r.read(ctx, period, reading)
			people = nil
			if token != "" && readErr == nil {
				people, token, pageErr = r.page(ctx, period, token)
			}
		})
		if len(ready) > 0 {
			writeErr = r.write(ctx, template, ready)
			total += len(ready)
		}
		wg.Wait()
		err = errors.Join(readErr, writeErr, pageErr)
		if err != nil {
			return total, err
		}
		ready = reading
	}
	return total, nil
}

// Template returns the row of the current revision of a person.
func (r *Rig) Template(ctx context.Context, person string) ([]any, error) {
	row := make([]any, len(strings.Split(revisionColumns, ",")))
	into := make([]any, len(row))
	for i := range row {
		into[i] = &row[i]
	}
	err := r.Scoring.Read().QueryRowContext(ctx, "SELECT "+revisionColumns+
		" FROM score_revisions WHERE person = $1 ORDER BY revision DESC LIMIT 1", person).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%s has no score", person)
	}
	return row, err
}

func (r *Rig) page(ctx context.Context, period, token string) ([]string, string, error) {
	page, err := r.Plans.ListPlannedPeople(ctx, &planningv1.ListPlannedPeopleRequest{Parent: period, PageSize: chunk, PageToken: token})
	return page.GetPeople(), page.GetNextPageToken(), err
}

// read asks for the plans and for the facts, at the same time.
func (r *Rig) read(ctx context.Context, period string, people []string) error {
	if len(people) == 0 {
		return nil
	}
	var wg sync.WaitGroup
	var planErr error
	wg.Go(func() {
		_, planErr = r.Plans.BatchGetPlanInputs(ctx, &planningv1.BatchGetPlanInputsRequest{Parent: period, People: people})
	})
	_, err := r.Facts.BatchGetAssessmentInputs(ctx, &assessmentv1.BatchGetAssessmentInputsRequest{Parent: period, People: people})
	wg.Wait()
	return errors.Join(planErr, err)
}

// write writes heads and revisions in one transaction.
func (r *Rig) write(ctx context.Context, row []any, names []string) error {
	heads, revisions := make([][]any, len(names)), make([][]any, len(names))
	for i, name := range names {
		person := name[strings.LastIndexByte(name, '/')+1:]
		revisions[i] = slices.Clone(row)
		revisions[i][personColumn], revisions[i][personColumn+1] = person, int64(1)
		heads[i] = revisions[i][:personColumn+2]
	}
	return r.Scoring.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		err := insert(ctx, tx, "scores ("+headColumns+")", heads)
		if err != nil {
			return err
		}
		return insert(ctx, tx, "score_revisions ("+revisionColumns+")", revisions)
	})
}

func insert(ctx context.Context, tx *sqlkit.Tx, into string, rows [][]any) error {
	width := len(rows[0])
	for part := range slices.Chunk(rows, maxArgs/width) {
		_, err := tx.ExecContext(ctx, "INSERT INTO "+into+" VALUES "+sqlkit.Values(len(part), width, 1), slices.Concat(part...)...)
		if err != nil {
			return err
		}
	}
	return nil
}
