package app

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/tariff"
)

// maxTables is how many parsed tables are kept in memory.
const maxTables = 256

// Allowances is the use cases of allowance tables and slips. It must not be copied.
type Allowances struct {
	Store  AllowanceStore
	Months Months
	// Show settles who may see what, and has the clock.
	Show *Show

	parsed tables
}

// tables keeps parsed tables by the hash of their content.
type tables struct {
	mu  sync.Mutex
	all map[string]*tariff.File
}

// parse returns the table of a stored version, whose content was checked when it was written.
func (a *Allowances) parse(t AllowanceTable) (*allowance.Table, error) {
	a.parsed.mu.Lock()
	file, ok := a.parsed.all[t.Hash]
	a.parsed.mu.Unlock()
	if ok {
		return &file.Table, nil
	}
	file, problems := tariff.Parse(t.Content)
	if len(problems) > 0 || file.Hash != t.Hash {
		return nil, fmt.Errorf("%w: the stored content of version %d of %s is not valid any more", ErrUncomputable, t.Version, t.ID)
	}
	a.parsed.mu.Lock()
	defer a.parsed.mu.Unlock()
	if a.parsed.all == nil || len(a.parsed.all) >= maxTables {
		a.parsed.all = map[string]*tariff.File{}
	}
	a.parsed.all[t.Hash] = file
	return &file.Table, nil
}

// month is one month of a tenant with the table in force.
type month struct {
	tenant string
	month  allowance.Month
	key    TableKey
	hash   string
	table  *allowance.Table
}

// inForce returns the month with its table, or ErrNoTable.
func (a *Allowances) inForce(ctx context.Context, tenant string, of allowance.Month) (month, error) {
	stored, err := a.Store.TableInForce(ctx, tenant, of.FirstDay())
	if isNotFound(err) {
		return month{}, ErrNoTable
	}
	if err != nil {
		return month{}, err
	}
	table, err := a.parse(stored)
	return month{tenant: tenant, month: of, key: stored.TableKey, hash: stored.Hash, table: table}, err
}

// compute returns the current slips of people, in the order of their facts. Those that differ from the newest revision,
// or were made by another table, are stored as the next one.
func (a *Allowances) compute(ctx context.Context, m month, facts []PersonMonth) ([]StoredSlip, error) {
	people := make([]string, len(facts))
	for i, f := range facts {
		people[i] = f.Person
	}
	current, err := a.Store.Slips(ctx, m.tenant, m.month, people)
	if err != nil {
		return nil, err
	}
	predicates, err := a.predicates(ctx, m, people)
	if err != nil {
		return nil, err
	}
	slips := make([]StoredSlip, len(facts))
	var changed []StoredSlip
	for i, f := range facts {
		f.Facts.Month = m.month
		err = a.judge(ctx, &f.Facts, predicates[f.Person])
		if err != nil {
			return nil, fmt.Errorf("predicate of a month: %w", err)
		}
		slip, err := a.slip(m, f)
		if err != nil {
			return nil, fmt.Errorf("slip of a month: %w", err)
		}
		before, ok := current[f.Person]
		if ok && before.Digest == slip.Digest && before.TableHash == slip.TableHash && before.Table == slip.Table {
			slips[i] = before
			continue
		}
		slip.Revision = before.Revision + 1
		slips[i] = slip
		changed = append(changed, slip)
	}
	if len(changed) == 0 {
		return slips, nil
	}
	return slips, a.Store.AddSlips(ctx, changed)
}

// slip computes one slip, without a revision.
func (a *Allowances) slip(m month, f PersonMonth) (StoredSlip, error) {
	slip, err := allowance.Compute(m.table, f.Facts)
	if err != nil {
		return StoredSlip{}, err
	}
	raw, err := slip.Encode()
	if err != nil {
		return StoredSlip{}, err
	}
	return StoredSlip{
		SlipKey: SlipKey{Tenant: m.tenant, Person: f.Person, Month: m.month}, Table: m.key, TableHash: m.hash,
		Facts: f.Facts, FactsRevision: f.Revision, Slip: slip, Digest: allowance.Digest(raw), ComputeTime: a.Show.Clock.Now(),
	}, nil
}

// predicates returns those of the year that the table asks for. The period of a year has the year as its id.
func (a *Allowances) predicates(ctx context.Context, m month, people []string) (map[string]HeldPredicate, error) {
	if m.table.Predicate == nil {
		return nil, nil
	}
	year := m.month.Year
	if m.table.Predicate.Year == allowance.YearPrevious {
		year--
	}
	return a.Store.Predicates(ctx, domain.Period{Tenant: m.tenant, ID: strconv.Itoa(year)}, people)
}

// judge gives facts the predicate that holds, if there is one, as its rules call it where this deployment carries them.
func (a *Allowances) judge(ctx context.Context, f *allowance.Facts, held HeldPredicate) error {
	if held.Predicate == "" {
		return nil
	}
	f.Predicate, f.PredicateProvisional = held.Predicate, !held.Fixed
	var err error
	f.PredicateWord, err = word(ctx, a.Show.Packs, held.RulePack, held.Predicate)
	return err
}
