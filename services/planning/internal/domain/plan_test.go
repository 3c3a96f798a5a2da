package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

func indicator(change func(*domain.Indicator)) domain.Indicator {
	i := domain.Indicator{
		ID: "i1", Aspect: "QUANTITY", Description: "Pasien terlayani", UnitOfMeasure: "pasien",
		Formula: domain.FormulaNormal, Target: "1200",
	}
	change(&i)
	return i
}

func result(indicators ...domain.Indicator) domain.Result {
	return domain.Result{ID: "r1", Kind: "MAIN", Title: "Pelayanan rawat jalan", Indicators: indicators}
}

func TestCleanResults(t *testing.T) {
	t.Parallel()
	one := func(change func(*domain.Indicator)) []domain.Result {
		return []domain.Result{result(indicator(change))}
	}
	ranged := func(low, high string) []domain.Result {
		return one(func(i *domain.Indicator) {
			i.Formula, i.Target, i.TargetLow, i.TargetHigh = domain.FormulaRange, "", low, high
		})
	}
	target := func(text string) []domain.Result { return one(func(i *domain.Indicator) { i.Target = text }) }
	weighted := func(kind domain.ResultKind, weight string) []domain.Result {
		r := result()
		r.Kind, r.Weight = kind, weight
		return []domain.Result{r}
	}
	const at = "plan.results[0].indicators[0]"
	cases := map[string]struct {
		given []domain.Result
		want  []string
	}{
		"a_whole_result":              {one(func(*domain.Indicator) {}), nil},
		"no_unit_of_measure":          {one(func(i *domain.Indicator) { i.UnitOfMeasure = "" }), []string{at + ".unit_of_measure unit_of_measure"}},
		"a_blank_unit_of_measure":     {one(func(i *domain.Indicator) { i.UnitOfMeasure = " \t" }), []string{at + ".unit_of_measure unit_of_measure"}},
		"a_blank_description":         {one(func(i *domain.Indicator) { i.Description = "   " }), []string{at + ".description required"}},
		"no_target":                   {target(""), []string{at + ".target target required"}},
		"a_target_of_0":               {target("0.0000"), []string{at + ".target target not_positive"}},
		"the_smallest_target":         {target("0.0001"), nil},
		"the_largest_target":          {target("999999999999.9999"), nil},
		"thirteen_digits":             {target("1000000000000"), []string{at + ".target decimal"}},
		"five_decimals":               {target("1.00001"), []string{at + ".target decimal"}},
		"a_sign":                      {target("-1"), []string{at + ".target decimal"}},
		"a_plus":                      {target("+1"), []string{at + ".target decimal"}},
		"an_exponent":                 {target("1e3"), []string{at + ".target decimal"}},
		"a_comma":                     {target("1,5"), []string{at + ".target decimal"}},
		"a_blank":                     {target(" 1"), []string{at + ".target decimal"}},
		"no_digit_before_the_point":   {target(".5"), []string{at + ".target decimal"}},
		"no_digit_after_the_point":    {target("5."), []string{at + ".target decimal"}},
		"a_range":                     {ranged("80", "90.5"), nil},
		"a_range_of_nothing":          {ranged("90", "90.0"), []string{at + ".target_high target bounds"}},
		"a_range_backwards":           {ranged("90", "80"), []string{at + ".target_high target bounds"}},
		"a_range_compared_as_numbers": {ranged("9", "10"), nil},
		"a_range_without_low":         {ranged("", "90"), []string{at + ".target_low target required"}},
		"a_range_from_0":              {ranged("0", "90"), []string{at + ".target_low target not_positive"}},
		"a_range_with_a_target": {one(func(i *domain.Indicator) {
			i.Formula, i.TargetLow, i.TargetHigh = domain.FormulaRangeLowerIsBetter, "1", "2"
		}), []string{at + ".target target not_allowed"}},
		"a_target_with_a_range":                 {one(func(i *domain.Indicator) { i.TargetLow, i.TargetHigh = "1", "2" }), []string{at + ".target_low target not_allowed", at + ".target_high target not_allowed"}},
		"lower_is_better_needs_a_target":        {one(func(i *domain.Indicator) { i.Formula, i.Target = domain.FormulaLowerIsBetter, "" }), []string{at + ".target target required"}},
		"additional_work_with_a_weight":         {weighted(domain.ResultAdditional, "4.2"), nil},
		"additional_work_without_a_weight":      {weighted(domain.ResultAdditional, ""), nil},
		"main_work_with_a_weight":               {weighted("MAIN", "4.2"), []string{"plan.results[0].weight weight not_allowed"}},
		"a_weight_of_0":                         {weighted(domain.ResultAdditional, "0.0"), []string{"plan.results[0].weight weight not_positive"}},
		"a_weight_that_is_no_number":            {weighted(domain.ResultAdditional, "4,2"), []string{"plan.results[0].weight decimal"}},
		"two_results_of_one_id":                 {[]domain.Result{result(), result()}, []string{"plan.results[1].id duplicate"}},
		"two_indicators_of_one_id":              {[]domain.Result{result(indicator(func(*domain.Indicator) {}), indicator(func(*domain.Indicator) {}))}, []string{"plan.results[0].indicators[1].id duplicate"}},
		"a_result_without_indicator_in_a_draft": {[]domain.Result{result()}, nil},
		"everything_wrong_at_once": {
			[]domain.Result{
				{ID: "r1", Title: " "},
				result(indicator(func(i *domain.Indicator) { i.UnitOfMeasure, i.Target = "", "x" })),
			},
			[]string{
				"plan.results[0].title required", "plan.results[1].id duplicate",
				"plan.results[1].indicators[0].unit_of_measure unit_of_measure", "plan.results[1].indicators[0].target decimal",
			},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, v := domain.CleanResults(c.given)
			diff := cmp.Diff(c.want, broken(v))
			if diff != "" {
				t.Fatal(diff)
			}
		})
	}
	t.Run("numbers_become_canonical_and_the_source_reported", func(t *testing.T) {
		t.Parallel()
		given := target("0012.5000")
		out, v := domain.CleanResults(given)
		if len(v) > 0 || out[0].Indicators[0].Target != "12.5" || out[0].Indicators[0].Source != domain.SourceReported {
			t.Fatalf("got %+v, %v", out, v)
		}
		if given[0].Indicators[0].Target != "0012.5000" {
			t.Fatal("what was given has changed")
		}
	})
}

func TestCheckReferences(t *testing.T) {
	t.Parallel()
	known := domain.ResultRef{Plan: "p1", Result: "r1"}
	results := []domain.Result{
		{SuperiorResult: known, Objective: "o1"},
		{},
		{SuperiorResult: domain.ResultRef{Plan: "p1", Result: "r2"}, Objective: "o2"},
	}
	got := domain.CheckReferences(results, domain.References{
		SuperiorResults: map[domain.ResultRef]bool{known: true}, Objectives: map[string]bool{"o1": true},
	})
	diff := cmp.Diff([]string{"plan.results[2].superior_result reference", "plan.results[2].objective reference"}, broken(got))
	if diff != "" {
		t.Fatal(diff)
	}
}

func TestPlanStates(t *testing.T) {
	t.Parallel()
	const draft, submitted, returned, approved = domain.PlanDraft, domain.PlanSubmitted, domain.PlanReturned, domain.PlanApproved
	at := now.Add(time.Hour)
	verbs := map[domain.PlanVerb]func(*domain.Plan) (domain.PlanChanged, error){
		domain.VerbUpdate:  func(p *domain.Plan) (domain.PlanChanged, error) { return p.Update(p.Data().Results, "who", at) },
		domain.VerbSubmit:  func(p *domain.Plan) (domain.PlanChanged, error) { return p.Submit("who", at) },
		domain.VerbApprove: func(p *domain.Plan) (domain.PlanChanged, error) { return p.Approve("chief", "who", at) },
		domain.VerbReturn:  func(p *domain.Plan) (domain.PlanChanged, error) { return p.Return("Lengkapi bukti", "who", at) },
	}
	// An empty state means that the verb is refused.
	table := map[domain.PlanState]map[domain.PlanVerb]domain.PlanState{
		draft:     {domain.VerbUpdate: draft, domain.VerbSubmit: submitted, domain.VerbApprove: "", domain.VerbReturn: ""},
		submitted: {domain.VerbUpdate: "", domain.VerbSubmit: "", domain.VerbApprove: approved, domain.VerbReturn: returned},
		returned:  {domain.VerbUpdate: returned, domain.VerbSubmit: submitted, domain.VerbApprove: "", domain.VerbReturn: ""},
		approved:  {domain.VerbUpdate: "", domain.VerbSubmit: "", domain.VerbApprove: "", domain.VerbReturn: ""},
	}
	for from, row := range table {
		for verb, want := range row {
			t.Run(string(from)+"_"+string(verb), func(t *testing.T) {
				t.Parallel()
				p := domain.HydratePlan(domain.PlanData{
					State: from, Revision: 4, UpdateTime: now, Results: []domain.Result{result(indicator(func(*domain.Indicator) {}))},
				})
				changed, err := verbs[verb](p)
				if want == "" {
					b, ok := errors.AsType[domain.RuleError](err)
					if !ok || b.Rule != domain.RulePlanState || b.Detail["from"] != string(from) || b.Detail["verb"] != string(verb) {
						t.Fatalf("got %v", err)
					}
					if d := p.Data(); d.State != from || d.Revision != 4 {
						t.Fatal("a refused plan has changed")
					}
					return
				}
				d := p.Data()
				if err != nil || d.State != want || d.Revision != 5 || !d.UpdateTime.Equal(at) {
					t.Fatalf("got %v, %+v", err, d)
				}
				diff := cmp.Diff(domain.PlanChanged{Plan: d, Actor: "who"}, changed)
				if diff != "" {
					t.Fatal(diff)
				}
			})
		}
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	post := domain.Position{
		ID: "nurse", Title: "Perawat Ahli Muda", Unit: "clinic", Kind: domain.PositionFunctional, FunctionalLevel: "AHLI_MUDA", UnitHead: true,
	}
	draft := domain.Draft{Key: domain.PlanKey{Tenant: "3374", Period: "2026", ID: "p1"}, Person: "budi", Post: post, Actor: "who"}
	t.Run("a_draft_keeps_the_post_of_its_owner", func(t *testing.T) {
		t.Parallel()
		p, changed := domain.NewPlan(draft, now)
		want := domain.PlanData{
			PlanKey: draft.Key, Person: "budi", State: domain.PlanDraft, CreateTime: now, UpdateTime: now, Revision: 1,
			Post: domain.Post{
				Position: "nurse", Title: "Perawat Ahli Muda", Unit: "clinic", Kind: domain.PositionFunctional,
				FunctionalLevel: "AHLI_MUDA", UnitHead: true,
			},
		}
		diff := cmp.Diff(want, p.Data()) + cmp.Diff(domain.PlanChanged{Plan: want, Actor: "who"}, changed)
		if diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("only_civil_servants_have_plans", func(t *testing.T) {
		t.Parallel()
		got := broken(domain.CheckOwner(domain.Person{Employment: domain.EmploymentNonASN}))
		diff := cmp.Diff([]string{"plan.person not_civil_servant"}, got)
		if diff != "" || domain.CheckOwner(domain.Person{Employment: domain.EmploymentPPPK}) != nil {
			t.Fatal(diff)
		}
	})
	t.Run("an_empty_plan_cannot_be_submitted", func(t *testing.T) {
		t.Parallel()
		p, _ := domain.NewPlan(draft, now)
		_, err := p.Submit("who", now)
		v, _ := errors.AsType[domain.RuleErrors](err)
		diff := cmp.Diff([]string{"results plan_incomplete"}, broken(v))
		if diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("every_result_without_indicator_is_told", func(t *testing.T) {
		t.Parallel()
		d := draft
		d.Results = []domain.Result{result(), result(indicator(func(*domain.Indicator) {})), result()}
		p, _ := domain.NewPlan(d, now)
		_, err := p.Submit("who", now)
		v, _ := errors.AsType[domain.RuleErrors](err)
		diff := cmp.Diff([]string{"results[0].indicators plan_incomplete", "results[2].indicators plan_incomplete"}, broken(v))
		if diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("approval_and_return_leave_who_when_and_why", func(t *testing.T) {
		t.Parallel()
		p := domain.HydratePlan(domain.PlanData{State: domain.PlanSubmitted})
		_, err := p.Approve("chief", "who", now)
		d := p.Data()
		if err != nil || d.Approver != "chief" || !d.ApproveTime.Equal(now) {
			t.Fatalf("got %v, %+v", err, d)
		}
		p = domain.HydratePlan(domain.PlanData{State: domain.PlanSubmitted})
		_, err = p.Return("  Lengkapi target  ", "who", now)
		if err != nil || p.Data().ReturnReason != "Lengkapi target" {
			t.Fatalf("got %v, %q", err, p.Data().ReturnReason)
		}
	})
	t.Run("a_return_needs_a_reason", func(t *testing.T) {
		t.Parallel()
		p := domain.HydratePlan(domain.PlanData{State: domain.PlanSubmitted})
		_, err := p.Return("     ", "who", now)
		v, _ := errors.AsType[domain.RuleErrors](err)
		diff := cmp.Diff([]string{"reason required"}, broken(v))
		if diff != "" || p.Data().State != domain.PlanSubmitted {
			t.Fatal(diff)
		}
	})
}
