package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

const (
	insertSlip = `INSERT INTO allowance_slip_revisions (tenant, month, person, revision, table_id, table_version, table_hash,
facts_revision, facts, slip, digest, compute_time) VALUES `
	// slipWidth is how many columns insertSlip fills.
	slipWidth = 12

	slipColumns = `r.person, r.revision, r.table_id, r.table_version, r.table_hash, r.facts_revision, r.facts, r.slip, r.digest, r.compute_time`

	// fromCurrentSlip joins each slip with its current revision.
	fromCurrentSlip = ` FROM allowance_slips s JOIN allowance_slip_revisions r
ON r.tenant = s.tenant AND r.month = s.month AND r.person = s.person AND r.revision = s.revision`
)

// AddSlips adds revisions; see app.AllowanceStore.
func (s *Store) AddSlips(ctx context.Context, slips []app.StoredSlip) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		for chunk := range chunks(slips, slipWidth) {
			err := addSlips(ctx, tx, chunk)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("add allowance slips: %w", err)
	}
	return nil
}

// addSlips moves the heads of slips by one, and makes those of first revisions, and adds the revisions.
func addSlips(ctx context.Context, tx *sqlkit.Tx, slips []app.StoredSlip) error {
	heads, args := make([]any, 0, len(slips)*headWidth), make([]any, 0, len(slips)*slipWidth)
	for _, slip := range slips {
		facts, err := encode(slip.Facts)
		if err != nil {
			return err
		}
		raw, err := slip.Slip.Encode()
		if err != nil {
			return err
		}
		heads = append(heads, slip.Tenant, slip.Month.String(), slip.Person, slip.Revision)
		args = append(args, slip.Tenant, slip.Month.String(), slip.Person, slip.Revision, slip.Table.ID, slip.Table.Version, slip.TableHash,
			slip.FactsRevision, facts, string(raw), slip.Digest, sqlkit.Micros(slip.ComputeTime))
	}
	moved, err := sqlkit.Affected(tx.ExecContext(ctx, "INSERT INTO allowance_slips (tenant, month, person, revision) VALUES "+
		sqlkit.Values(len(slips), headWidth, 1)+" ON CONFLICT (tenant, month, person) DO UPDATE SET revision = excluded.revision"+
		" WHERE allowance_slips.revision = excluded.revision - 1", heads...))
	if err != nil {
		return err
	}
	if moved != int64(len(slips)) {
		return app.ErrStale
	}
	_, err = tx.ExecContext(ctx, insertSlip+sqlkit.Values(len(slips), slipWidth, 1), args...)
	if tx.Dialect().UniqueViolation(err) {
		return app.ErrStale
	}
	return err
}

// Slips returns current slips; see app.AllowanceStore.
func (s *Store) Slips(ctx context.Context, tenant string, month allowance.Month, people []string) (map[string]app.StoredSlip, error) {
	all := make(map[string]app.StoredSlip, len(people))
	for chunk := range chunks(people, 2) {
		query := "SELECT " + slipColumns + fromCurrentSlip + " WHERE s.tenant = $1 AND s.month = $2 AND s.person IN " + sqlkit.In(len(chunk), 3)
		args := inPeriod(domain.Period{Tenant: tenant, ID: month.String()}, chunk)
		err := s.each(ctx, query, args, func(rows *sql.Rows) error {
			slip := app.StoredSlip{SlipKey: app.SlipKey{Tenant: tenant, Month: month}}
			err := scanSlip(rows, &slip)
			all[slip.Person] = slip
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read allowance slips: %w", err)
		}
	}
	return all, nil
}

// Slip returns a revision of a slip; see app.AllowanceStore.
func (s *Store) Slip(ctx context.Context, key app.SlipKey, revision int64) (app.StoredSlip, error) {
	query := "SELECT " + slipColumns + " FROM allowance_slip_revisions r WHERE r.tenant = $1 AND r.month = $2 AND r.person = $3" +
		" AND (r.revision = $4 OR $4 = 0) ORDER BY r.revision DESC LIMIT 1"
	slip := app.StoredSlip{SlipKey: key}
	err := scanSlip(s.db.Read().QueryRowContext(ctx, query, key.Tenant, key.Month.String(), key.Person, revision), &slip)
	if errors.Is(err, sql.ErrNoRows) {
		return app.StoredSlip{}, app.ErrNotFound
	}
	if err != nil {
		return app.StoredSlip{}, fmt.Errorf("read allowance slip: %w", err)
	}
	return slip, nil
}

// scanSlip reads slipColumns.
func scanSlip(row scanner, s *app.StoredSlip) error {
	var facts, slip string
	var computed int64
	s.Table.Tenant = s.Tenant
	err := row.Scan(&s.Person, &s.Revision, &s.Table.ID, &s.Table.Version, &s.TableHash, &s.FactsRevision, &facts, &slip, &s.Digest, &computed)
	if err != nil {
		return err
	}
	s.ComputeTime = sqlkit.Time(computed)
	err = decode(facts, &s.Facts)
	if err != nil {
		return err
	}
	s.Slip, err = allowance.Decode([]byte(slip))
	return err
}

// Predicates returns what holds for people; see app.AllowanceStore.
func (s *Store) Predicates(ctx context.Context, period domain.Period, people []string) (map[string]app.HeldPredicate, error) {
	all := make(map[string]app.HeldPredicate, len(people))
	for chunk := range chunks(people, 2) {
		query := "SELECT s.person, r.predicate, r.final, r.rule_pack" + fromCurrent + " WHERE s.tenant = $1 AND s.period = $2 AND s.person IN " +
			sqlkit.In(len(chunk), 3) + " AND (r.final <> '' OR (r.state = '" + string(domain.StateComplete) + "' AND r.predicate <> ''))"
		err := s.each(ctx, query, inPeriod(period, chunk), func(rows *sql.Rows) error {
			var person, fixed string
			var held app.HeldPredicate
			err := rows.Scan(&person, &held.Predicate, &fixed, &held.RulePack)
			if err != nil {
				return err
			}
			final, err := decodeFinal(fixed)
			if final != nil {
				held.Predicate, held.Fixed = final.Predicate, true
			}
			all[person] = held
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read predicates: %w", err)
		}
	}
	return all, nil
}
