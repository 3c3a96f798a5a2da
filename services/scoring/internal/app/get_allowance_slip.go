package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

// slipAttempts is how often a computation is repeated that another one overtook.
const slipAttempts = 3

// Slip returns a revision of the slip of a person, or the current one for 0, to those who may see it.
func (a *Allowances) Slip(ctx context.Context, key SlipKey, revision int64) (StoredSlip, error) {
	err := a.Show.allowed(ctx, key.Tenant, key.Person)
	if err != nil {
		return StoredSlip{}, err
	}
	if revision > 0 {
		return a.Store.Slip(ctx, key, revision)
	}
	return untilCurrent(func() (StoredSlip, error) {
		m, err := a.inForce(ctx, key.Tenant, key.Month)
		if err != nil {
			return StoredSlip{}, err
		}
		facts, err := a.Months.Month(ctx, key)
		if err != nil {
			return StoredSlip{}, err
		}
		slips, err := a.compute(ctx, m, []PersonMonth{facts})
		if err != nil {
			return StoredSlip{}, err
		}
		return slips[0], nil
	})
}

// SlipPage is a page of the slips of a month.
type SlipPage struct {
	Slips []StoredSlip
	// Next is assessment's token of the next page; empty on the last.
	Next string
}

// Slips returns the current slips of a page of the people whose facts of the month were delivered, by person.
func (a *Allowances) Slips(ctx context.Context, tenant string, of allowance.Month, page MonthPage) (SlipPage, error) {
	return untilCurrent(func() (SlipPage, error) {
		m, err := a.inForce(ctx, tenant, of)
		if err != nil {
			return SlipPage{}, err
		}
		facts, next, err := a.Months.Months(ctx, tenant, of, page)
		if err != nil {
			return SlipPage{}, err
		}
		slips, err := a.compute(ctx, m, facts)
		return SlipPage{Slips: slips, Next: next}, err
	})
}

// untilCurrent repeats a computation that another one has overtaken.
func untilCurrent[T any](compute func() (T, error)) (T, error) {
	var result T
	var err error
	for range slipAttempts {
		result, err = compute()
		if !errors.Is(err, ErrStale) {
			break
		}
	}
	return result, err
}

// SlipVerification is what came of repeating the computation of a slip.
type SlipVerification struct {
	Revision int64
	Verified bool
	// Stored and Computed are the digests of both.
	Stored, Computed string
}

// VerifySlip repeats the computation of a stored revision, the newest for 0, from its facts and its table alone, for those
// who may see it.
func (a *Allowances) VerifySlip(ctx context.Context, key SlipKey, revision int64) (SlipVerification, error) {
	err := a.Show.allowed(ctx, key.Tenant, key.Person)
	if err != nil {
		return SlipVerification{}, err
	}
	stored, err := a.Store.Slip(ctx, key, revision)
	if err != nil {
		return SlipVerification{}, err
	}
	table, err := a.Store.Table(ctx, stored.Table)
	if err != nil {
		return SlipVerification{}, fmt.Errorf("%w: table of revision %d: %w", ErrUncomputable, stored.Revision, err)
	}
	parsed, err := a.parse(table)
	if err != nil {
		return SlipVerification{}, err
	}
	m := month{tenant: key.Tenant, month: key.Month, key: table.TableKey, hash: table.Hash, table: parsed}
	repeated, err := a.slip(m, PersonMonth{Person: key.Person, Facts: stored.Facts})
	if err != nil {
		return SlipVerification{}, fmt.Errorf("repeat the computation: %w", err)
	}
	raw, err := stored.Slip.Encode()
	if err != nil {
		return SlipVerification{}, err
	}
	digest := allowance.Digest(raw)
	return SlipVerification{
		Revision: stored.Revision, Stored: digest, Computed: repeated.Digest,
		Verified: digest == stored.Digest && digest == repeated.Digest && table.Hash == stored.TableHash,
	}, nil
}

func isNotFound(err error) bool { return errors.Is(err, ErrNotFound) }
