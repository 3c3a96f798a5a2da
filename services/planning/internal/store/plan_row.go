package store

import (
	"encoding/json"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

const planColumns = `tenant, period, plan, person, position, position_title, position_kind, functional_level, unit_head,
	unit, results, state, return_reason, approver, submit_time, approve_time, create_time, update_time, revision`

// planWidth is the number of planColumns.
const planWidth = 19

// resultRow and indicatorRow are the stored form of results.
type resultRow struct {
	ID             string         `json:"id"`
	Kind           string         `json:"kind"`
	Title          string         `json:"title"`
	SuperiorPlan   string         `json:"superior_plan,omitempty"`
	SuperiorResult string         `json:"superior_result,omitempty"`
	Objective      string         `json:"objective,omitempty"`
	Indicators     []indicatorRow `json:"indicators,omitempty"`
	Weight         string         `json:"weight,omitempty"`
}

type indicatorRow struct {
	ID            string `json:"id"`
	Aspect        string `json:"aspect"`
	Description   string `json:"description"`
	UnitOfMeasure string `json:"unit_of_measure"`
	Formula       string `json:"formula"`
	Target        string `json:"target,omitempty"`
	TargetLow     string `json:"target_low,omitempty"`
	TargetHigh    string `json:"target_high,omitempty"`
	Source        string `json:"source"`
	Level         string `json:"level,omitempty"`
	MaxAttainable bool   `json:"max_attainable,omitempty"`
}

func resultsText(results []domain.Result) (string, error) {
	rows := make([]resultRow, len(results))
	for i, r := range results {
		rows[i] = resultRow{
			ID: r.ID, Kind: string(r.Kind), Title: r.Title, SuperiorPlan: r.SuperiorResult.Plan,
			SuperiorResult: r.SuperiorResult.Result, Objective: r.Objective, Weight: r.Weight,
		}
		for _, ind := range r.Indicators {
			rows[i].Indicators = append(rows[i].Indicators, indicatorRow{
				ID: ind.ID, Aspect: string(ind.Aspect), Description: ind.Description, UnitOfMeasure: ind.UnitOfMeasure,
				Formula: string(ind.Formula), Target: ind.Target, TargetLow: ind.TargetLow, TargetHigh: ind.TargetHigh,
				Source: string(ind.Source), Level: string(ind.Level), MaxAttainable: ind.MaxAttainable,
			})
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("encode results: %w", err)
	}
	return string(text), nil
}

func resultsOf(text []byte) ([]domain.Result, error) {
	var rows []resultRow
	err := json.Unmarshal(text, &rows)
	if err != nil {
		return nil, fmt.Errorf("decode results: %w", err)
	}
	results := make([]domain.Result, len(rows))
	for i, r := range rows {
		results[i] = domain.Result{
			ID: r.ID, Kind: domain.ResultKind(r.Kind), Title: r.Title,
			SuperiorResult: domain.ResultRef{Plan: r.SuperiorPlan, Result: r.SuperiorResult},
			Objective:      r.Objective,
			Weight:         r.Weight,
			Indicators:     make([]domain.Indicator, len(r.Indicators)),
		}
		for j, ind := range r.Indicators {
			results[i].Indicators[j] = domain.Indicator{
				ID: ind.ID, Aspect: domain.Aspect(ind.Aspect), Description: ind.Description, UnitOfMeasure: ind.UnitOfMeasure,
				Formula: domain.Formula(ind.Formula), Target: ind.Target, TargetLow: ind.TargetLow, TargetHigh: ind.TargetHigh,
				Source: domain.Source(ind.Source), Level: domain.Level(ind.Level), MaxAttainable: ind.MaxAttainable,
			}
		}
	}
	return results, nil
}

func planArgs(p domain.PlanData) ([]any, error) {
	results, err := resultsText(p.Results)
	if err != nil {
		return nil, err
	}
	return []any{
		p.Tenant, p.Period, p.ID, p.Person, p.Post.Position, p.Post.Title, string(p.Post.Kind), string(p.Post.FunctionalLevel),
		p.Post.UnitHead, p.Post.Unit, results, string(p.State), p.ReturnReason, p.Approver, sqlkit.Micros(p.SubmitTime),
		sqlkit.Micros(p.ApproveTime), sqlkit.Micros(p.CreateTime), sqlkit.Micros(p.UpdateTime), p.Revision,
	}, nil
}

func scanPlan(s scanner) (domain.PlanData, error) { return scanPlanAnd(s) }

// scanPlanAnd scans planColumns and the columns that follow them.
func scanPlanAnd(s scanner, more ...any) (domain.PlanData, error) {
	var p domain.PlanData
	var results []byte
	var submit, approve, create, update int64
	err := s.Scan(append([]any{
		&p.Tenant, &p.Period, &p.ID, &p.Person, &p.Post.Position, &p.Post.Title, &p.Post.Kind, &p.Post.FunctionalLevel,
		&p.Post.UnitHead, &p.Post.Unit, &results, &p.State, &p.ReturnReason, &p.Approver, &submit, &approve, &create, &update,
		&p.Revision,
	}, more...)...)
	if err != nil {
		return p, err
	}
	p.SubmitTime, p.ApproveTime = sqlkit.Time(submit), sqlkit.Time(approve)
	p.CreateTime, p.UpdateTime = sqlkit.Time(create), sqlkit.Time(update)
	p.Results, err = resultsOf(results)
	return p, err
}
