package wire

import (
	"regexp"
	"strconv"
	"strings"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

var resultID = regexp.MustCompile(`^[a-z0-9]{1,20}$`)

// Plan returns the message of the plan.
func Plan(p domain.PlanData) *planningv1.Plan {
	name := PlanName(p.Tenant, p.Period, p.ID)
	return &planningv1.Plan{
		Name:         name,
		Person:       PersonName(p.Tenant, p.Person),
		Position:     PositionName(p.Tenant, p.Post.Position),
		Unit:         UnitName(p.Tenant, p.Post.Unit),
		Results:      results(p),
		State:        PlanState(p.State),
		ReturnReason: p.ReturnReason,
		Approver:     PersonName(p.Tenant, p.Approver),
		SubmitTime:   timestamp(p.SubmitTime),
		ApproveTime:  timestamp(p.ApproveTime),
		Etag:         etag.Of(name, p.Revision),
		CreateTime:   timestamp(p.CreateTime),
		UpdateTime:   timestamp(p.UpdateTime),
	}
}

// PlanInput returns the message of the plan as scoring needs it.
func PlanInput(in app.ScoringInput) *planningv1.PlanInput {
	p := in.Plan
	return &planningv1.PlanInput{
		Person:          PersonName(p.Tenant, p.Person),
		Unit:            UnitName(p.Tenant, p.Post.Unit),
		Plan:            PlanName(p.Tenant, p.Period, p.ID),
		PlanRevision:    p.Revision,
		PositionKind:    positionKind(p.Post.Kind),
		FunctionalLevel: functionalLevel(p.Post.FunctionalLevel),
		UnitHead:        p.Post.UnitHead,
		UnitKind:        valueOf[planningv1.Unit_Kind](planningv1.Unit_Kind_value, in.UnitKind, kindPrefix),
		JobFamily:       jobFamily(in.Family),
		Months:          in.Months,
		Results:         results(p),
		ApproveTime:     timestamp(p.ApproveTime),
	}
}

// PlanInputs returns the messages of the inputs with their period.
func PlanInputs(p domain.Period, inputs []app.ScoringInput) *planningv1.BatchGetPlanInputsResponse {
	out := &planningv1.BatchGetPlanInputsResponse{
		Inputs:    make([]*planningv1.PlanInput, len(inputs)),
		RulePack:  p.RulePack,
		StartDate: dateMessage(p.Interval.Start),
		EndDate:   dateMessage(p.Interval.End),
	}
	for i, in := range inputs {
		out.Inputs[i] = PlanInput(in)
	}
	return out
}

func results(p domain.PlanData) []*planningv1.Result {
	out := make([]*planningv1.Result, len(p.Results))
	for i, r := range p.Results {
		out[i] = &planningv1.Result{
			Id:             r.ID,
			Kind:           valueOf[planningv1.Result_Kind](planningv1.Result_Kind_value, r.Kind, kindPrefix),
			Title:          r.Title,
			SuperiorResult: below(PlanName(p.Tenant, p.Period, r.SuperiorResult.Plan), "results", r.SuperiorResult.Result),
			Objective:      ObjectiveName(p.Tenant, p.Period, r.Objective),
			Indicators:     make([]*planningv1.Indicator, len(r.Indicators)),
			Weight:         r.Weight,
		}
		for j, ind := range r.Indicators {
			out[i].Indicators[j] = indicator(ind)
		}
	}
	return out
}

func indicator(i domain.Indicator) *planningv1.Indicator {
	return &planningv1.Indicator{
		Id:            i.ID,
		Aspect:        valueOf[planningv1.Indicator_Aspect](planningv1.Indicator_Aspect_value, i.Aspect, aspectPrefix),
		Description:   i.Description,
		UnitOfMeasure: i.UnitOfMeasure,
		Formula:       valueOf[planningv1.Indicator_Formula](planningv1.Indicator_Formula_value, i.Formula, formulaPrefix),
		Target:        i.Target,
		TargetLow:     i.TargetLow,
		TargetHigh:    i.TargetHigh,
		Source:        valueOf[planningv1.Indicator_Source](planningv1.Indicator_Source_value, i.Source, sourcePrefix),
		Level:         valueOf[planningv1.Indicator_Level](planningv1.Indicator_Level_value, i.Level, reachPrefix),
		MaxAttainable: i.MaxAttainable,
	}
}

// Results reads the results of a plan to create or update.
func (r *Reading) Results(messages []*planningv1.Result) []domain.Result {
	out := make([]domain.Result, len(messages))
	for i, m := range messages {
		at := "plan.results[" + strconv.Itoa(i) + "]"
		out[i] = domain.Result{
			ID:             m.GetId(),
			Kind:           textOf[domain.ResultKind](m.GetKind(), kindPrefix),
			Title:          m.GetTitle(),
			SuperiorResult: r.resultRef(at+".superior_result", m.GetSuperiorResult()),
			Objective:      r.Ref(at+".objective", ObjectivePattern, m.GetObjective()),
			Indicators:     make([]domain.Indicator, len(m.GetIndicators())),
			Weight:         m.GetWeight(),
		}
		for j, ind := range m.GetIndicators() {
			out[i].Indicators[j] = domain.Indicator{
				ID:            ind.GetId(),
				Aspect:        textOf[domain.Aspect](ind.GetAspect(), aspectPrefix),
				Description:   ind.GetDescription(),
				UnitOfMeasure: ind.GetUnitOfMeasure(),
				Formula:       textOf[domain.Formula](ind.GetFormula(), formulaPrefix),
				Target:        ind.GetTarget(),
				TargetLow:     ind.GetTargetLow(),
				TargetHigh:    ind.GetTargetHigh(),
				Source:        textOf[domain.Source](ind.GetSource(), sourcePrefix),
				Level:         textOf[domain.Level](ind.GetLevel(), reachPrefix),
				MaxAttainable: ind.GetMaxAttainable(),
			}
		}
	}
	return out
}

// resultRef reads the name of a result, whose id may be shorter than those of other resources.
func (r *Reading) resultRef(field, name string) domain.ResultRef {
	if name == "" {
		return domain.ResultRef{}
	}
	plan, id, _ := strings.Cut(name, "/results/")
	if !resultID.MatchString(id) || !resource.Matches(PlanPattern, plan) {
		r.problem(domain.At(field, domain.RuleName, "pattern", ResultPattern))
		return domain.ResultRef{}
	}
	plan = r.Ref(field, PlanPattern, plan)
	if plan == "" {
		return domain.ResultRef{}
	}
	return domain.ResultRef{Plan: plan, Result: id}
}
