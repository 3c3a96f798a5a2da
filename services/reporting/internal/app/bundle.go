package app

import (
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// bundle collects views to be put, each with the debt that it pays.
type bundle struct {
	documents Documents
	entries   []view.Entry
	debts     []Debt
}

func (b *bundle) person(r *domain.Report) error {
	document, err := b.documents.Person(r)
	if err != nil {
		return fmt.Errorf("make report of a person: %w", err)
	}
	b.entries = append(b.entries, view.Entry{Key: personView(r.Key), Revision: r.Revision, Value: document})
	b.debts = append(b.debts, Debt{Kind: PersonView, Key: r.Key.PeriodKey(), ID: r.Key.Person, Revision: r.Revision})
	return nil
}

func (b *bundle) unit(t *domain.Tally) error {
	document, err := b.documents.Unit(t)
	if err != nil {
		return fmt.Errorf("make report of a unit: %w", err)
	}
	b.entries = append(b.entries, view.Entry{Key: unitView(t.Key), Revision: t.Revision, Value: document})
	b.debts = append(b.debts, Debt{Kind: UnitView, Key: t.Key.PeriodKey(), ID: t.Key.Unit, Revision: t.Revision})
	return nil
}

func (b *bundle) summary(s *domain.Summary) error {
	document, err := b.documents.Summary(s)
	if err != nil {
		return fmt.Errorf("make a summary: %w", err)
	}
	key := s.Whole.Key.PeriodKey()
	b.entries = append(b.entries, view.Entry{Key: summaryView(key), Revision: s.Whole.Revision, Value: document})
	b.debts = append(b.debts, Debt{Kind: SummaryView, Key: key, Revision: s.Whole.Revision})
	return nil
}
