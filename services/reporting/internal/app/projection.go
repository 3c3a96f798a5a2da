package app

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// change is a row as it was read and as it is now.
type change[T any] struct{ was, is T }

// projection is one attempt to take events in.
type projection struct {
	tx Tx
	at time.Time
	// all are the facts of all events; their rows are shown. fresh are those that had not been taken in before.
	all, fresh Facts
	// tenants are the known names of the tenants.
	tenants map[string]string
	reports map[domain.PersonKey]*change[domain.Report]
	tallies map[domain.UnitKey]*change[domain.Tally]
	// left are units that somebody has left.
	left set[domain.UnitKey]
	// summaries tells whether a summary has changed.
	summaries bool
}

func newProjection(tx Tx, at time.Time) *projection {
	return &projection{
		tx: tx, at: at,
		reports: map[domain.PersonKey]*change[domain.Report]{},
		tallies: map[domain.UnitKey]*change[domain.Tally]{},
		left:    set[domain.UnitKey]{},
	}
}

func (p *projection) run(ctx context.Context, consumer string, events []Event) error {
	err := p.begin(ctx, consumer, events)
	if err != nil {
		return err
	}
	err = p.loadReports(ctx)
	if err != nil {
		return err
	}
	deltas := p.fold()
	err = p.loadTallies(ctx, deltas)
	if err != nil {
		return err
	}
	p.count(deltas)
	err = p.name(ctx)
	if err != nil {
		return err
	}
	return p.save(ctx)
}

// begin enters the tenants, claims the events and takes over the names.
func (p *projection) begin(ctx context.Context, consumer string, events []Event) error {
	ids := make([]string, len(events))
	entering := make([]Named, 0, len(events))
	for i := range events {
		ids[i] = events[i].ID
		entering = append(entering, Named{Ref: Ref{Tenant: events[i].Tenant, ID: domain.WholeTenant}})
		entering = append(entering, events[i].Facts.Tenants...)
	}
	var err error
	p.tenants, err = p.tx.Enter(ctx, newest(entering))
	if err != nil {
		return err
	}
	fresh, err := p.tx.Claim(ctx, consumer, ids, p.at)
	if err != nil {
		return err
	}
	for i := range events {
		p.all.add(&events[i].Facts)
		if fresh[events[i].ID] {
			p.fresh.add(&events[i].Facts)
		}
	}
	err = p.tx.SaveNames(ctx, Units, newest(p.fresh.Units))
	if err != nil {
		return err
	}
	return p.tx.SaveNames(ctx, People, newest(p.fresh.People))
}

// loadReports reads the reports that the facts are about.
func (p *projection) loadReports(ctx context.Context) error {
	keys := set[domain.PersonKey]{}
	for i := range p.all.Plans {
		keys.add(p.all.Plans[i].Key)
	}
	for i := range p.all.Scores {
		keys.add(p.all.Scores[i].Key)
	}
	found, err := p.tx.Reports(ctx, keys.list())
	if err != nil {
		return err
	}
	ofPeople, err := p.tx.ReportsOf(ctx, People, refs(p.all.People).list())
	if err != nil {
		return err
	}
	inUnits, err := p.tx.ReportsOf(ctx, Units, refs(p.all.Units).list())
	if err != nil {
		return err
	}
	for _, rows := range [][]domain.Report{found, ofPeople, inUnits} {
		for i := range rows {
			p.reports[rows[i].Key] = &change[domain.Report]{was: rows[i], is: rows[i]}
		}
	}
	return nil
}

// report returns the row of the key, a new one when there is none.
func (p *projection) report(key domain.PersonKey) *change[domain.Report] {
	row, ok := p.reports[key]
	if !ok {
		empty := domain.Report{Key: key}
		row = &change[domain.Report]{was: empty, is: empty}
		p.reports[key] = row
	}
	return row
}

// fold applies the fresh facts and returns what that does to the counts.
func (p *projection) fold() domain.Deltas {
	for i := range p.fresh.Plans {
		p.report(p.fresh.Plans[i].Key).is.ApplyPlan(p.fresh.Plans[i])
	}
	for i := range p.fresh.Scores {
		p.report(p.fresh.Scores[i].Key).is.ApplyScore(p.fresh.Scores[i])
	}
	deltas := domain.Deltas{}
	for key, row := range p.reports {
		deltas.Add(&row.was, &row.is)
		if row.was.Plan.Revision > 0 && row.was.Unit != row.is.Unit {
			p.left.add(domain.UnitKey{Tenant: key.Tenant, Period: key.Period, Unit: row.was.Unit})
		}
	}
	return deltas
}

// loadTallies reads the tallies that change, and those whose views must be put again.
func (p *projection) loadTallies(ctx context.Context, deltas domain.Deltas) error {
	named := refs(p.all.Units)
	for _, t := range p.fresh.Tenants {
		named.add(Ref{Tenant: t.Tenant, ID: domain.WholeTenant})
	}
	inUnits, err := p.tx.TalliesOf(ctx, named.list())
	if err != nil {
		return err
	}
	keys := set[domain.UnitKey]{}
	for i := range inUnits {
		keys.add(inUnits[i].Key.PeriodKey().Whole())
	}
	for key := range deltas {
		keys.add(key)
		keys.add(key.PeriodKey().Whole())
	}
	for i := range p.all.Surveys {
		key := p.all.Surveys[i].Key
		keys.add(key)
		keys.add(key.PeriodKey().Whole())
	}
	for _, key := range p.countedAgain() {
		keys.add(key)
	}
	found, err := p.tx.Tallies(ctx, keys.list())
	if err != nil {
		return err
	}
	for key := range keys {
		p.tallies[key] = &change[domain.Tally]{was: domain.Tally{Key: key}, is: domain.Tally{Key: key}}
	}
	for _, rows := range [][]domain.Tally{found, inUnits} {
		for i := range rows {
			p.tallies[rows[i].Key] = &change[domain.Tally]{was: rows[i], is: rows[i]}
		}
	}
	return nil
}

// countedAgain returns the tallies that events which had been taken in before may have changed: theirs are the units of
// the reports that such an event is about.
func (p *projection) countedAgain() []domain.UnitKey {
	if len(p.all.Plans) == len(p.fresh.Plans) && len(p.all.Scores) == len(p.fresh.Scores) {
		return nil
	}
	keys := set[domain.UnitKey]{}
	for key, row := range p.reports {
		if row.is.Unit != "" {
			keys.add(domain.UnitKey{Tenant: key.Tenant, Period: key.Period, Unit: row.is.Unit})
		}
	}
	return keys.list()
}

// count brings the tallies up to date.
func (p *projection) count(deltas domain.Deltas) {
	for key, by := range deltas {
		row := p.tallies[key]
		row.is.Counts = row.is.Counts.Plus(by)
	}
	for i := range p.fresh.Surveys {
		p.tallies[p.fresh.Surveys[i].Key].is.ApplySurvey(p.fresh.Surveys[i].Survey)
	}
}

// name gives names to the rows that are new, that moved, or whose names the events tell.
func (p *projection) name(ctx context.Context) error {
	told := map[Kind]set[Ref]{People: refs(p.all.People), Units: refs(p.all.Units)}
	people, units := set[Ref]{}, set[Ref]{}
	for key, row := range p.reports {
		person, unit := Ref{key.Tenant, key.Person}, Ref{key.Tenant, row.is.Unit}
		if row.was.Revision == 0 || told[People].has(person) {
			people.add(person)
		}
		if row.was.Revision == 0 || row.was.Unit != row.is.Unit || told[Units].has(unit) {
			units.add(unit)
		}
	}
	for key, row := range p.tallies {
		unit := Ref{key.Tenant, key.Unit}
		if key.Unit != domain.WholeTenant && (row.was.Revision == 0 || told[Units].has(unit)) {
			units.add(unit)
		}
	}
	ofPeople, err := p.tx.Names(ctx, People, people.list())
	if err != nil {
		return err
	}
	ofUnits, err := p.tx.Names(ctx, Units, units.list())
	if err != nil {
		return err
	}
	for key, row := range p.reports {
		person, unit := Ref{key.Tenant, key.Person}, Ref{key.Tenant, row.is.Unit}
		if people.has(person) {
			row.is.DisplayName = ofPeople[person]
		}
		if units.has(unit) {
			row.is.UnitDisplayName = ofUnits[unit]
		}
	}
	for key, row := range p.tallies {
		unit := Ref{key.Tenant, key.Unit}
		switch {
		case key.Unit == domain.WholeTenant:
			row.is.DisplayName = p.tenants[key.Tenant]
		case units.has(unit):
			row.is.DisplayName = ofUnits[unit]
		}
	}
	return nil
}

// save writes the rows that differ from what was read, each with its next revision.
func (p *projection) save(ctx context.Context) error {
	var reports []domain.Report
	for _, row := range p.reports {
		if row.is.Equal(&row.was) {
			continue
		}
		row.is.Revision, row.is.VisibleTime = domain.NextRevision(row.was.Revision, p.at), p.at
		reports = append(reports, row.is)
	}
	err := p.tx.SaveReports(ctx, reports)
	if err != nil {
		return err
	}
	tallies, debts := p.changedTallies()
	err = p.tx.SaveTallies(ctx, tallies)
	if err != nil {
		return err
	}
	p.summaries = len(tallies) > 0
	return p.tx.Owe(ctx, debts)
}

// changedTallies gives the changed tallies their next revision, and with a unit also its tenant, whose summary has a
// line for the unit. A changed summary is owed from the start, because it is put at intervals; so is the unit that
// somebody left, because a repetition of the event could not tell it any more.
func (p *projection) changedTallies() ([]domain.Tally, []Debt) {
	lines := set[domain.PeriodKey]{}
	for key, row := range p.tallies {
		if differs(row) {
			lines.add(key.PeriodKey())
		}
	}
	var changed []domain.Tally
	var debts []Debt
	for key, row := range p.tallies {
		whole := key.Unit == domain.WholeTenant
		if !differs(row) && (!whole || !lines.has(key.PeriodKey())) {
			continue
		}
		row.is.Revision, row.is.VisibleTime = domain.NextRevision(row.was.Revision, p.at), p.at
		changed = append(changed, row.is)
		switch {
		case whole:
			debts = append(debts, Debt{Kind: SummaryView, Key: key.PeriodKey(), Revision: row.is.Revision})
		case p.left.has(key):
			debts = append(debts, Debt{Kind: UnitView, Key: key.PeriodKey(), ID: key.Unit, Revision: row.is.Revision})
		}
	}
	return changed, debts
}

// differs reports whether a tally shows something else than what was read. One that was not there, and counts nobody
// and has no survey, is not made only to hold a name.
func differs(row *change[domain.Tally]) bool {
	if row.was.Revision == 0 && row.is.Counts == (domain.Counts{}) && row.is.Survey.Revision == 0 {
		return false
	}
	return !row.is.Equal(&row.was)
}
