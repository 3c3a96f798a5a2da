package store

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// recordRow is the form in which the record of a computation is kept, as JSON. Each row has the fields of its type of
// the domain, so that the compiler finds one that a conversion would forget.
type recordRow struct {
	Plan         planRow          `json:"plan"`
	Realisations []realisationRow `json:"realisations,omitempty"`
	Rating       *ratingRow       `json:"rating,omitempty"`
	Peers        *peersRow        `json:"peers,omitempty"`
	Attendance   *attendanceRow   `json:"attendance,omitempty"`
	Survey       *surveyRow       `json:"survey,omitempty"`
	Organization *organizationRow `json:"organization,omitempty"`
	Results      []string         `json:"results"`
}

type planRow struct {
	Source          string                 `json:"source"`
	Unit            string                 `json:"unit"`
	UnitHead        bool                   `json:"unit_head,omitempty"`
	FunctionalLevel domain.FunctionalLevel `json:"functional_level,omitempty"`
	Months          int64                  `json:"months"`
	Indicators      []indicatorRow         `json:"indicators,omitempty"`
}

// indicatorRow leaves out what a formula does not have: a target or a range.
type indicatorRow struct {
	ID          string          `json:"id"`
	Description string          `json:"description"`
	Unit        string          `json:"unit"`
	Formula     domain.Formula  `json:"formula"`
	Target      decimal.Decimal `json:"target,omitzero"`
	Low         decimal.Decimal `json:"low,omitzero"`
	High        decimal.Decimal `json:"high,omitzero"`
	Source      domain.Source   `json:"source"`
}

type realisationRow struct {
	Indicator string          `json:"indicator"`
	Value     decimal.Decimal `json:"value"`
	Source    string          `json:"source"`
}

type ratingRow struct {
	Result   domain.Expectation `json:"result"`
	Behavior domain.Expectation `json:"behavior"`
	Source   string             `json:"source"`
}

type peersRow struct {
	Count int64 `json:"count"`
	Sum   int64 `json:"sum"`
}

type attendanceRow struct {
	WorkingDays int64  `json:"working_days"`
	PresentDays int64  `json:"present_days"`
	Source      string `json:"source"`
}

type surveyRow struct {
	Source    string   `json:"source"`
	Responses int64    `json:"responses"`
	Sums      []sumRow `json:"sums"`
}

type sumRow struct {
	Element domain.SurveyElement `json:"element"`
	Sum     int64                `json:"sum"`
}

type organizationRow struct {
	Level  domain.OrganizationLevel `json:"level"`
	Source string                   `json:"source"`
}

func encodeRecord(r domain.Record) (string, error) {
	facts := r.Facts
	row := recordRow{
		Plan: planRow{
			facts.Plan.Source, facts.Plan.Unit, facts.Plan.UnitHead, facts.Plan.FunctionalLevel, facts.Plan.Months,
			rows(facts.Plan.Indicators, func(i domain.Indicator) indicatorRow { return indicatorRow(i) }),
		},
		Realisations: rows(facts.Realisations, func(r domain.Realisation) realisationRow { return realisationRow(r) }),
		Rating:       (*ratingRow)(facts.Rating),
		Peers:        (*peersRow)(facts.Peers),
		Attendance:   (*attendanceRow)(facts.Attendance),
		Organization: (*organizationRow)(facts.Organization),
		Results:      r.Results,
	}
	if facts.Survey != nil {
		sums := rows(facts.Survey.Sums, func(s domain.ElementSum) sumRow { return sumRow(s) })
		row.Survey = &surveyRow{facts.Survey.Source, facts.Survey.Responses, sums}
	}
	return encode(row)
}

func decodeRecord(text string) (domain.Record, error) {
	var row recordRow
	err := decode(text, &row)
	if err != nil {
		return domain.Record{}, err
	}
	plan := row.Plan
	facts := domain.Input{
		Plan: domain.Plan{
			Source: plan.Source, Unit: plan.Unit, UnitHead: plan.UnitHead, FunctionalLevel: plan.FunctionalLevel, Months: plan.Months,
			Indicators: rows(plan.Indicators, func(i indicatorRow) domain.Indicator { return domain.Indicator(i) }),
		},
		Realisations: rows(row.Realisations, func(r realisationRow) domain.Realisation { return domain.Realisation(r) }),
		Rating:       (*domain.Rating)(row.Rating),
		Peers:        (*domain.Peers)(row.Peers),
		Attendance:   (*domain.Attendance)(row.Attendance),
		Organization: (*domain.Organization)(row.Organization),
	}
	if row.Survey != nil {
		sums := rows(row.Survey.Sums, func(s sumRow) domain.ElementSum { return domain.ElementSum(s) })
		facts.Survey = &domain.Survey{Source: row.Survey.Source, Responses: row.Survey.Responses, Sums: sums}
	}
	return domain.Record{Facts: facts, Results: row.Results}, nil
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
