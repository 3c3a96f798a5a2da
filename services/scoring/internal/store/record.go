package store

import "github.com/kinerja-suite/kinerja/services/scoring/internal/domain"

func encodeRecord(r domain.Record) (string, error) {
	return encode(recordRow{Segments: rows(r.Facts.Segments, segmentOut), Results: r.Results})
}

func decodeRecord(text string) (domain.Record, error) {
	var row recordRow
	err := decode(text, &row)
	if err != nil {
		return domain.Record{}, err
	}
	return domain.Record{Facts: domain.Input{Segments: rows(row.Segments, segmentIn)}, Results: row.Results}, nil
}

func segmentOut(s domain.Segment) segmentRow {
	p := s.Plan
	row := segmentRow{
		Plan: planRow{
			p.Source, p.Unit, p.UnitKind, p.UnitHead, p.Position, p.Family, p.FunctionalLevel, p.Months,
			rows(p.Indicators, func(i domain.Indicator) indicatorRow { return indicatorRow(i) }),
		},
		Realisations:  rows(s.Realisations, func(r domain.Realisation) realisationRow { return realisationRow(r) }),
		Rating:        (*ratingRow)(s.Rating),
		Behavior:      (*behaviorRow)(s.Behavior),
		Panels:        rows(s.Panels, func(p domain.Panel) panelRow { return panelRow(p) }),
		Attendance:    (*attendanceRow)(s.Attendance),
		Organization:  (*organizationRow)(s.Organization),
		Contributions: rows(s.Contributions, func(c domain.Contribution) contributionRow { return contributionRow(c) }),
		Tasks:         (*tasksRow)(s.Tasks),
		Prior:         (*priorRow)(s.Prior),
	}
	if s.Survey != nil {
		sums := rows(s.Survey.Sums, func(s domain.ElementSum) sumRow { return sumRow(s) })
		row.Survey = &surveyRow{s.Survey.Source, s.Survey.Responses, sums}
	}
	if s.Innovations != nil {
		counts := rows(s.Innovations.Counts, func(c domain.InnovationCount) innovationRow { return innovationRow(c) })
		row.Innovations = &innovationsRow{counts, s.Innovations.Source}
	}
	return row
}

func segmentIn(row segmentRow) domain.Segment {
	p := row.Plan
	s := domain.Segment{
		Plan: domain.Plan{
			Source: p.Source, Unit: p.Unit, UnitKind: p.UnitKind, UnitHead: p.UnitHead, Position: p.Position, Family: p.Family,
			FunctionalLevel: p.FunctionalLevel, Months: p.Months,
			Indicators: rows(p.Indicators, func(i indicatorRow) domain.Indicator { return domain.Indicator(i) }),
		},
		Realisations:  rows(row.Realisations, func(r realisationRow) domain.Realisation { return domain.Realisation(r) }),
		Rating:        (*domain.Rating)(row.Rating),
		Behavior:      (*domain.Behavior)(row.Behavior),
		Panels:        rows(row.Panels, func(p panelRow) domain.Panel { return domain.Panel(p) }),
		Attendance:    (*domain.Attendance)(row.Attendance),
		Organization:  (*domain.Organization)(row.Organization),
		Contributions: rows(row.Contributions, func(c contributionRow) domain.Contribution { return domain.Contribution(c) }),
		Tasks:         (*domain.Tasks)(row.Tasks),
		Prior:         (*domain.Prior)(row.Prior),
	}
	if row.Survey != nil {
		sums := rows(row.Survey.Sums, func(s sumRow) domain.ElementSum { return domain.ElementSum(s) })
		s.Survey = &domain.Survey{Source: row.Survey.Source, Responses: row.Survey.Responses, Sums: sums}
	}
	if row.Innovations != nil {
		counts := rows(row.Innovations.Counts, func(c innovationRow) domain.InnovationCount { return domain.InnovationCount(c) })
		s.Innovations = &domain.Innovations{Counts: counts, Source: row.Innovations.Source}
	}
	return s
}

// rows converts each of a list; nil stays nil.
func rows[From, To any](list []From, convert func(From) To) []To {
	if list == nil {
		return nil
	}
	converted := make([]To, len(list))
	for i, entry := range list {
		converted[i] = convert(entry)
	}
	return converted
}
