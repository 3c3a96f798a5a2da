package store

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// recordRow is the form in which the record of a computation is kept, as JSON with short keys, because there are many.
// Each row has the fields of its type of the domain, so that the compiler finds one that a conversion would forget.
type recordRow struct {
	Segments []segmentRow `json:"s"`
	Results  []byte       `json:"r"`
}

type segmentRow struct {
	Plan          planRow           `json:"p"`
	Realisations  []realisationRow  `json:"r,omitempty"`
	Rating        *ratingRow        `json:"g,omitempty"`
	Behavior      *behaviorRow      `json:"b,omitempty"`
	Panels        []panelRow        `json:"q,omitempty"`
	Attendance    *attendanceRow    `json:"a,omitempty"`
	Survey        *surveyRow        `json:"v,omitempty"`
	Organization  *organizationRow  `json:"o,omitempty"`
	Contributions []contributionRow `json:"c,omitempty"`
	Innovations   *innovationsRow   `json:"n,omitempty"`
	Tasks         *tasksRow         `json:"t,omitempty"`
	Prior         *priorRow         `json:"e,omitempty"`
}

type planRow struct {
	Source          string                 `json:"s"`
	Unit            string                 `json:"u"`
	UnitKind        domain.UnitKind        `json:"k,omitempty"`
	UnitHead        bool                   `json:"h,omitempty"`
	Position        domain.PositionKind    `json:"p,omitempty"`
	Family          domain.JobFamily       `json:"f,omitempty"`
	FunctionalLevel domain.FunctionalLevel `json:"l,omitempty"`
	Months          int64                  `json:"m"`
	Indicators      []indicatorRow         `json:"i,omitempty"`
}

// indicatorRow leaves out what an indicator does not have, such as a target or a range.
type indicatorRow struct {
	ID          string          `json:"i"`
	Description string          `json:"d"`
	Unit        string          `json:"u"`
	Work        domain.Work     `json:"k,omitempty"`
	Aspect      domain.Aspect   `json:"a,omitempty"`
	Level       domain.Level    `json:"l,omitempty"`
	Formula     domain.Formula  `json:"f"`
	Target      decimal.Decimal `json:"t,omitzero"`
	Low         decimal.Decimal `json:"lo,omitzero"`
	High        decimal.Decimal `json:"hi,omitzero"`
	Attainable  bool            `json:"x,omitempty"`
	Weight      decimal.Decimal `json:"w,omitzero"`
	Source      domain.Source   `json:"s"`
}

type realisationRow struct {
	Indicator string          `json:"i"`
	Value     decimal.Decimal `json:"v"`
	Source    string          `json:"s"`
}

type ratingRow struct {
	Result   domain.Expectation `json:"r"`
	Behavior domain.Expectation `json:"b"`
	Source   string             `json:"s"`
}

type behaviorRow struct {
	Value  decimal.Decimal `json:"v"`
	Source string          `json:"s"`
}

type panelRow struct {
	Group     domain.Group `json:"g"`
	Count     int64        `json:"n"`
	Questions int64        `json:"q"`
	Sum       int64        `json:"s"`
}

type attendanceRow struct {
	WorkingDays int64  `json:"w"`
	PresentDays int64  `json:"p"`
	LateMinutes int64  `json:"l,omitempty"`
	Source      string `json:"s"`
}

type surveyRow struct {
	Source    string   `json:"s"`
	Responses int64    `json:"n"`
	Sums      []sumRow `json:"e"`
}

type sumRow struct {
	Element domain.SurveyElement `json:"e"`
	Sum     int64                `json:"s"`
}

type organizationRow struct {
	Level  domain.OrganizationLevel `json:"l"`
	Source string                   `json:"s"`
}

type contributionRow struct {
	Goal        string          `json:"g"`
	Description string          `json:"d"`
	Share       decimal.Decimal `json:"w"`
	Achievement decimal.Decimal `json:"a"`
	Source      string          `json:"s"`
}

type innovationsRow struct {
	Counts []innovationRow `json:"n"`
	Source string          `json:"s"`
}

type innovationRow struct {
	Reach domain.Reach `json:"r"`
	Count int64        `json:"n"`
}

type tasksRow struct {
	Count  int64  `json:"n"`
	Source string `json:"s"`
}

type priorRow struct {
	Value  decimal.Decimal `json:"v"`
	Source string          `json:"s"`
}
