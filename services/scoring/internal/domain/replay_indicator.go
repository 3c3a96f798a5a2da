package domain

import (
	"strconv"
	"strings"
)

// indicator reads a record of one field of one indicator, or of the weight of the result of those that follow. The
// description, which comes first, adds the indicator to the plan.
func (r *reader) indicator(t TraceInput) {
	id := IndicatorOf(t.ID)
	result, weight := strings.CutSuffix(t.ID, fieldWeight)
	if weight && id == "" {
		r.weighed, r.weight = result+"/"+indicatorsPrefix, r.decimal(t)
		return
	}
	field := strings.TrimPrefix(t.ID, id)
	if field == FieldDescription {
		i := Indicator{ID: id, Description: t.Value}
		if r.weighed != "" && strings.HasPrefix(id, r.weighed) {
			i.Weight = r.weight
		}
		r.in.Plan.Indicators = append(r.in.Plan.Indicators, i)
		return
	}
	last := len(r.in.Plan.Indicators) - 1
	if last < 0 || r.in.Plan.Indicators[last].ID != id {
		r.ps.add(t.ID, "uraiannya tidak disebut lebih dahulu")
		return
	}
	i := &r.in.Plan.Indicators[last]
	switch field {
	case FieldUnit:
		i.Unit = t.Value
	case fieldFormula:
		i.Formula = Formula(t.Value)
	case fieldSource:
		i.Source = Source(t.Value)
	case fieldWork:
		i.Work = Work(t.Value)
	case fieldAspect:
		i.Aspect = Aspect(t.Value)
	case fieldLevel:
		i.Level = Level(t.Value)
	case fieldAttainable:
		i.Attainable = t.Value == strconv.FormatBool(true)
	default:
		r.amount(i, field, t)
	}
}

// amount reads a record of a number of an indicator.
func (r *reader) amount(i *Indicator, field string, t TraceInput) {
	switch field {
	case fieldTarget:
		i.Target = r.decimal(t)
	case fieldTargetLow:
		i.Low = r.decimal(t)
	case fieldTargetHigh:
		i.High = r.decimal(t)
	case fieldRealisation:
		r.in.Realisations = append(r.in.Realisations, Realisation{Indicator: i.ID, Value: r.decimal(t), Source: t.Source})
	default:
		r.ps.add(t.ID, "bukan bagian indikator")
	}
}
