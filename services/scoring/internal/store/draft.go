package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

var (
	_ app.DraftStore = (*Store)(nil)
	_ pack.Source    = (*Store)(nil)
)

// Draft returns a draft with its last trial; see app.DraftStore.
func (s *Store) Draft(ctx context.Context, tenant, id string) (app.Draft, error) {
	d := app.Draft{Tenant: tenant, ID: id}
	var created, updated int64
	var authors string
	err := s.db.Read().QueryRowContext(ctx, `SELECT content, author, authors, rule_pack, revision, create_time, update_time
FROM rule_pack_drafts WHERE tenant = $1 AND draft = $2`, tenant, id).
		Scan(&d.Content, &d.Author, &authors, &d.RulePack, &d.Revision, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return app.Draft{}, app.ErrNotFound
	}
	if err != nil {
		return app.Draft{}, fmt.Errorf("read draft: %w", err)
	}
	err = decode(authors, &d.Authors)
	if err != nil {
		return app.Draft{}, err
	}
	d.CreateTime, d.UpdateTime = sqlkit.Time(created), sqlkit.Time(updated)
	trials, err := s.trials(ctx, tenant, lastTrial, tenant, id)
	if err != nil {
		return app.Draft{}, err
	}
	if len(trials) > 0 {
		d.LastTrial = &trials[0]
	}
	return d, nil
}

const (
	ofTrials  = "SELECT period, content_hash, trier, try_time, summary FROM rule_pack_trials WHERE tenant = $1 AND draft = $2 "
	lastTrial = ofTrials + "ORDER BY number DESC LIMIT 1"
	// lastTrials are those of a content, one for each period.
	lastTrials = ofTrials + `AND number IN (
SELECT MAX(number) FROM rule_pack_trials WHERE tenant = $1 AND draft = $2 AND content_hash = $3 GROUP BY period) ORDER BY number DESC`
)

// Trials returns the last trial of a content on each period; see app.DraftStore.
func (s *Store) Trials(ctx context.Context, tenant, id, contentHash string) ([]app.TrialSummary, error) {
	return s.trials(ctx, tenant, lastTrials, tenant, id, contentHash)
}

// trials returns the trials of a draft of the tenant that the query selects.
func (s *Store) trials(ctx context.Context, tenant, query string, args ...any) ([]app.TrialSummary, error) {
	var trials []app.TrialSummary
	err := s.each(ctx, query, args, func(rows *sql.Rows) error {
		t := app.TrialSummary{Period: domain.Period{Tenant: tenant}}
		var at int64
		var summary []byte
		err := rows.Scan(&t.Period.ID, &t.ContentHash, &t.Trier, &at, &summary)
		if err != nil {
			return err
		}
		t.TryTime = sqlkit.Time(at)
		err = json.Unmarshal(summary, &t.TrialCounts)
		trials = append(trials, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read trials: %w", err)
	}
	return trials, nil
}

// Drafts returns a page of drafts; see app.DraftStore.
func (s *Store) Drafts(ctx context.Context, tenant, after string, limit int) ([]app.Draft, error) {
	var drafts []app.Draft
	err := s.each(ctx, `SELECT draft, author, authors, rule_pack, revision, create_time, update_time FROM rule_pack_drafts
WHERE tenant = $1 AND draft > $2 ORDER BY draft LIMIT $3`, []any{tenant, after, limit}, func(rows *sql.Rows) error {
		d := app.Draft{Tenant: tenant}
		var authors string
		var created, updated int64
		err := rows.Scan(&d.ID, &d.Author, &authors, &d.RulePack, &d.Revision, &created, &updated)
		if err != nil {
			return err
		}
		d.CreateTime, d.UpdateTime = sqlkit.Time(created), sqlkit.Time(updated)
		err = decode(authors, &d.Authors)
		drafts = append(drafts, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read drafts: %w", err)
	}
	return drafts, nil
}

// InsertDraft adds a draft; see app.DraftStore.
func (s *Store) InsertDraft(ctx context.Context, d app.Draft) error {
	authors, err := encode(d.Authors)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		added, err := sqlkit.Affected(tx.ExecContext(ctx, `INSERT INTO rule_pack_drafts
(tenant, draft, content, author, authors, rule_pack, revision, create_time, update_time) VALUES `+sqlkit.Values(1, 9, 1)+` ON CONFLICT DO NOTHING`,
			d.Tenant, d.ID, d.Content, d.Author, authors, d.RulePack, d.Revision, sqlkit.Micros(d.CreateTime), sqlkit.Micros(d.UpdateTime)))
		if err == nil && added == 0 {
			return app.ErrExists
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	return nil
}

// UpdateDraft replaces a draft; see app.DraftStore.
func (s *Store) UpdateDraft(ctx context.Context, d app.Draft) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error { return replaceDraft(ctx, tx, d) })
	if err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	return nil
}

func replaceDraft(ctx context.Context, tx *sqlkit.Tx, d app.Draft) error {
	authors, err := encode(d.Authors)
	if err != nil {
		return err
	}
	changed, err := sqlkit.Affected(tx.ExecContext(ctx, `UPDATE rule_pack_drafts
SET content = $1, author = $2, authors = $3, rule_pack = $4, revision = $5, update_time = $6 WHERE tenant = $7 AND draft = $8 AND revision = $9`,
		d.Content, d.Author, authors, d.RulePack, d.Revision, sqlkit.Micros(d.UpdateTime), d.Tenant, d.ID, d.Revision-1))
	if err == nil && changed == 0 {
		return app.ErrStale
	}
	return err
}

// AddTrial adds a trial; see app.DraftStore.
func (s *Store) AddTrial(ctx context.Context, tenant, id string, t app.TrialSummary) error {
	summary, err := json.Marshal(t.TrialCounts)
	if err != nil {
		return fmt.Errorf("encode trial: %w", err)
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		// Whoever tries the same draft at the same time waits here, so that nobody else takes the next number.
		_, err := tx.ExecContext(ctx, `UPDATE rule_pack_drafts SET revision = revision WHERE tenant = $1 AND draft = $2`, tenant, id)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO rule_pack_trials
(tenant, draft, number, period, content_hash, trier, try_time, summary)
SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6, $7 FROM rule_pack_trials WHERE tenant = $1 AND draft = $2`,
			tenant, id, t.Period.ID, t.ContentHash, t.Trier, sqlkit.Micros(t.TryTime), string(summary))
		return err
	})
	if err != nil {
		return fmt.Errorf("write trial: %w", err)
	}
	return nil
}

// Publish adds a rule pack and closes its draft; see app.DraftStore.
func (s *Store) Publish(ctx context.Context, d app.Draft, p app.Published) error {
	authors, err := encode(p.Authors)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		err := replaceDraft(ctx, tx, d)
		if err != nil {
			return err
		}
		added, err := sqlkit.Affected(tx.ExecContext(ctx, `INSERT INTO rule_packs
(name, tenant, draft, content, content_hash, author, authors, publisher, publish_time) VALUES `+sqlkit.Values(1, 9, 1)+` ON CONFLICT DO NOTHING`,
			p.Name, p.Tenant, p.Draft, p.Content, p.Hash, p.Author, authors, p.Publisher, sqlkit.Micros(p.PublishTime)))
		if err == nil && added == 0 {
			return app.ErrExists
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("publish rule pack: %w", err)
	}
	return nil
}

// StoredNames returns the names of what tenants have published; see pack.Source.
func (s *Store) StoredNames(ctx context.Context) ([]string, error) {
	var names []string
	err := s.each(ctx, "SELECT name FROM rule_packs ORDER BY name", nil, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read names of rule packs: %w", err)
	}
	return names, nil
}

// Stored returns what tenants have published under these names; see pack.Source.
func (s *Store) Stored(ctx context.Context, names []string) ([]pack.Stored, error) {
	var all []pack.Stored
	for chunk := range chunks(names, 1) {
		args := make([]any, len(chunk))
		for i, name := range chunk {
			args[i] = name
		}
		query := "SELECT name, tenant, content, publish_time FROM rule_packs WHERE name IN " + sqlkit.In(len(chunk), 1)
		err := s.each(ctx, query, args, func(rows *sql.Rows) error {
			var p pack.Stored
			var at int64
			err := rows.Scan(&p.Name, &p.Tenant, &p.Content, &at)
			p.PublishTime = sqlkit.Time(at)
			all = append(all, p)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read rule packs: %w", err)
		}
	}
	return all, nil
}
