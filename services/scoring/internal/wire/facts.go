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
		UnitKind:        codeOf[domain.UnitKind](in.GetUnitKind(), prefixKind),
		UnitHead:        in.GetUnitHead(),
		Position:        codeOf[domain.PositionKind](in.GetPositionKind(), prefixKind),
		Family:          codeOf[domain.JobFamily](in.GetJobFamily(), prefixJobFamily),
		FunctionalLevel: codeOf[domain.FunctionalLevel](in.GetFunctionalLevel(), prefixFunctionalLevel),
		Months:          int64(in.GetMonths()),
	}
	for _, result := range in.GetResults() {
		for _, indicator := range result.GetIndicators() {
			plan.Indicators = append(plan.Indicators, indicatorOf(result, indicator))
		}
	}
	return app.PlanFacts{Plan: plan, ApproveTime: timeOf(in.GetApproveTime())}
}

func indicatorOf(result *planningv1.Result, i *planningv1.Indicator) domain.Indicator {
	return domain.Indicator{
		ID:          "results/" + result.GetId() + "/indicators/" + i.GetId(),
		Description: i.GetDescription(),
		Unit:        i.GetUnitOfMeasure(),
		Work:        work(result.GetKind()),
		Aspect:      codeOf[domain.Aspect](i.GetAspect(), prefixAspect),
		Level:       codeOf[domain.Level](i.GetLevel(), prefixLevel),
		Formula:     codeOf[domain.Formula](i.GetFormula(), prefixFormula),
		Target:      amount(i.GetTarget()),
		Low:         amount(i.GetTargetLow()),
		High:        amount(i.GetTargetHigh()),
		Attainable:  i.GetMaxAttainable(),
		Weight:      amount(result.GetWeight()),
		Source:      source(i.GetSource()),
	}
}

// work returns the kind of a result; main work, which is the usual, needs no word.
func work(kind planningv1.Result_Kind) domain.Work {
	if kind == planningv1.Result_KIND_MAIN {
		return ""
	}
	return codeOf[domain.Work](kind, prefixKind)
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
	facts := app.PersonFacts{PlanResults: resultsOf(in), Plan: in.GetPlan(), LatestTime: timeOf(in.GetLatestTime())}
	for _, earlier := range in.GetEarlierPlans() {
		if facts.Earlier == nil {
			facts.Earlier = make(map[string]app.PlanResults, len(in.GetEarlierPlans()))
		}
		facts.Earlier[earlier.GetPlan()] = resultsOf(earlier)
	}
	return facts
}

// planFacts is a message with the facts that belong to one plan.
type planFacts interface {
	GetRealisations() []*assessmentv1.Realisation
	GetRating() *assessmentv1.Rating
	GetBehavior() *assessmentv1.BehaviorValue
	GetAttendance() *assessmentv1.Attendance
	GetPanels() []*assessmentv1.Panel
	GetContributions() []*assessmentv1.Contribution
	GetInnovations() *assessmentv1.Innovations
	GetAdditionalTasks() *assessmentv1.AdditionalTasks
	GetPrior() *assessmentv1.PriorValue
}

func resultsOf(in planFacts) app.PlanResults {
	return app.PlanResults{
		Realisations: realisationsOf(in.GetRealisations()), Rating: ratingOf(in.GetRating()), Behavior: behaviorOf(in.GetBehavior()),
		Attendance: attendanceOf(in.GetAttendance()), Panels: panelsOf(in.GetPanels()),
		Contributions: contributionsOf(in.GetContributions()), Innovations: innovationsOf(in.GetInnovations()),
		Tasks: tasksOf(in.GetAdditionalTasks()), Prior: priorOf(in.GetPrior()),
		Authors: app.Authors{Rater: resource.ID(in.GetRating().GetRater()), AttendanceRecorder: in.GetAttendance().GetRecorder()},
	}
}

func contributionsOf(all []*assessmentv1.Contribution) []domain.Contribution {
	var contributions []domain.Contribution
	for _, c := range all {
		contributions = append(contributions, domain.Contribution{
			Goal: c.GetObjective(), Description: c.GetDescription(), Share: given(c.GetShare()), Achievement: given(c.GetAchievement()),
			Source: c.GetObjective(),
		})
	}
	return contributions
}

func innovationsOf(i *assessmentv1.Innovations) *domain.Innovations {
	if i == nil {
		return nil
	}
	return &domain.Innovations{Source: i.GetSource(), Counts: []domain.InnovationCount{
		{Reach: domain.ReachUnit, Count: int64(i.GetUnitCount())},
		{Reach: domain.ReachAgency, Count: int64(i.GetAgencyCount())},
		{Reach: domain.ReachNational, Count: int64(i.GetNationalCount())},
	}}
}

func tasksOf(t *assessmentv1.AdditionalTasks) *domain.Tasks {
	if t == nil {
		return nil
	}
	return &domain.Tasks{Count: int64(t.GetCount()), Source: t.GetSource()}
}

func priorOf(p *assessmentv1.PriorValue) *domain.Prior {
	if p == nil {
		return nil
	}
	return &domain.Prior{Value: given(p.GetValue()), Source: p.GetSource()}
}

// given returns the number of a text that must be there: one without digits is no zero, so the domain refuses it.
func given(text string) decimal.Decimal {
	if text == "" {
		return num.Int(-1)
	}
	return amount(text)
}

func realisationsOf(all []*assessmentv1.Realisation) []domain.Realisation {
	var realisations []domain.Realisation
	for _, r := range all {
		realisations = append(realisations, domain.Realisation{
			Indicator: r.GetIndicator(), Value: given(r.GetValue()), Source: r.GetProgressReport(),
		})
	}
	return realisations
}

func ratingOf(r *assessmentv1.Rating) *domain.Rating {
	if r == nil {
		return nil
	}
	return &domain.Rating{
		Result:   codeOf[domain.Expectation](r.GetResultRating(), prefixExpectation),
		Behavior: codeOf[domain.Expectation](r.GetBehaviorRating(), prefixExpectation),
		Source:   r.GetName(),
	}
}

func behaviorOf(b *assessmentv1.BehaviorValue) *domain.Behavior {
	if b == nil {
		return nil
	}
	return &domain.Behavior{Value: given(b.GetValue()), Source: b.GetSource()}
}

func attendanceOf(a *assessmentv1.Attendance) *domain.Attendance {
	if a == nil {
		return nil
	}
	return &domain.Attendance{
		WorkingDays: int64(a.GetWorkingDays()), PresentDays: int64(a.GetPresentDays()), LateMinutes: int64(a.GetLateMinutes()),
		Source: a.GetName(),
	}
}

func panelsOf(all []*assessmentv1.Panel) []domain.Panel {
	var panels []domain.Panel
	for _, p := range all {
		panels = append(panels, panelOf(p))
	}
	return panels
}

func panelOf(p *assessmentv1.Panel) domain.Panel {
	return domain.Panel{
		Group: codeOf[domain.Group](p.GetGroup(), prefixGroup), Count: int64(p.GetCount()), Questions: int64(p.GetQuestions()),
		Sum: p.GetSum(),
	}
}

// surveyed is a message with the outcome of a survey.
type surveyed interface {
	GetResponseCount() int32
	GetElements() []*assessmentv1.SurveyElementTally
}

func surveyOf(name string, in surveyed) *domain.Survey {
	survey := &domain.Survey{Source: name, Responses: int64(in.GetResponseCount())}
	for _, tally := range in.GetElements() {
		survey.Sums = append(survey.Sums, domain.ElementSum{
			Element: codeOf[domain.SurveyElement](tally.GetElement(), prefixElement), Sum: tally.GetSum(),
		})
	}
	return survey
}

// UnitFactsOf returns the facts of a message about a unit.
func UnitFactsOf(in *assessmentv1.UnitInput) app.UnitFacts {
	facts := app.UnitFacts{LatestTime: timeOf(in.GetLatestTime())}
	if in.GetSurvey() != "" {
		facts.Survey = surveyOf(in.GetSurvey(), in)
	}
	if o := in.GetOrganizationRating(); o != nil {
		facts.Organization = &domain.Organization{
			Level: codeOf[domain.OrganizationLevel](o.GetLevel(), prefixOrganization), Source: o.GetName(),
		}
		facts.OrganizationRater = o.GetRater()
	}
	return facts
}
