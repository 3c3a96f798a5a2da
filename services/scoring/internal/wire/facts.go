package wire

import (
	"github.com/govalues/decimal"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// PlanOf returns the plan of a message, its indicators in the order of the plan.
func PlanOf(in *planningv1.PlanInput) app.PlanFacts {
	plan := domain.Plan{
		Source:          in.GetPlan(),
		Unit:            resource.ID(in.GetUnit()),
		UnitHead:        in.GetUnitHead(),
		FunctionalLevel: codeOf[domain.FunctionalLevel](in.GetFunctionalLevel(), prefixFunctionalLevel),
		Months:          int64(in.GetMonths()),
	}
	for _, result := range in.GetResults() {
		for _, indicator := range result.GetIndicators() {
			plan.Indicators = append(plan.Indicators, indicatorOf(result.GetId(), indicator))
		}
	}
	return app.PlanFacts{Plan: plan, ApproveTime: timeOf(in.GetApproveTime())}
}

func indicatorOf(result string, i *planningv1.Indicator) domain.Indicator {
	return domain.Indicator{
		ID:          "results/" + result + "/indicators/" + i.GetId(),
		Description: i.GetDescription(),
		Unit:        i.GetUnitOfMeasure(),
		Formula:     codeOf[domain.Formula](i.GetFormula(), prefixFormula),
		Target:      amount(i.GetTarget()),
		Low:         amount(i.GetTargetLow()),
		High:        amount(i.GetTargetHigh()),
		Source:      source(i.GetSource()),
	}
}

// amount returns the number of a text, 0 for none. A text that is no amount becomes −1, which the domain refuses.
func amount(text string) decimal.Decimal {
	if text == "" {
		return decimal.Decimal{}
	}
	number, err := num.ParseAmount(text)
	if err != nil {
		return num.Int(-1)
	}
	return number
}

// PersonFactsOf returns the facts of a message about a person.
func PersonFactsOf(in *assessmentv1.PersonInput) app.PersonFacts {
	facts := app.PersonFacts{LatestTime: timeOf(in.GetLatestTime())}
	for _, r := range in.GetRealisations() {
		value := amount(r.GetValue())
		if r.GetValue() == "" {
			value = num.Int(-1) // a realisation without a value is not one of zero
		}
		facts.Realisations = append(facts.Realisations, domain.Realisation{
			Indicator: r.GetIndicator(), Value: value, Source: r.GetProgressReport(),
		})
	}
	if r := in.GetRating(); r != nil {
		facts.Rating = &domain.Rating{
			Result:   codeOf[domain.Expectation](r.GetResultRating(), prefixExpectation),
			Behavior: codeOf[domain.Expectation](r.GetBehaviorRating(), prefixExpectation),
			Source:   r.GetName(),
		}
	}
	for _, p := range in.GetPanels() {
		if p.GetGroup() == assessmentv1.RaterGroup_RATER_GROUP_PEERS {
			facts.Peers = &domain.Peers{Count: int64(p.GetCount()), Sum: p.GetSum()}
		}
	}
	if a := in.GetAttendance(); a != nil {
		facts.Attendance = &domain.Attendance{
			WorkingDays: int64(a.GetWorkingDays()), PresentDays: int64(a.GetPresentDays()), Source: a.GetName(),
		}
	}
	return facts
}

// UnitFactsOf returns the facts of a message about a unit.
func UnitFactsOf(in *assessmentv1.UnitInput) app.UnitFacts {
	facts := app.UnitFacts{LatestTime: timeOf(in.GetLatestTime())}
	if in.GetSurvey() != "" {
		facts.Survey = &domain.Survey{Source: in.GetSurvey(), Responses: int64(in.GetResponseCount())}
		for _, tally := range in.GetElements() {
			facts.Survey.Sums = append(facts.Survey.Sums, domain.ElementSum{
				Element: codeOf[domain.SurveyElement](tally.GetElement(), prefixElement), Sum: tally.GetSum(),
			})
		}
	}
	if o := in.GetOrganizationRating(); o != nil {
		facts.Organization = &domain.Organization{
			Level: codeOf[domain.OrganizationLevel](o.GetLevel(), prefixOrganization), Source: o.GetName(),
		}
	}
	return facts
}
