package wire

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/testing/protocmp"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

var now = time.Date(2026, 3, 15, 3, 0, 0, 0, time.UTC)

// outputs are the fields that the service sets, so that reading a request leaves them out.
func outputs(m proto.Message, more ...protoreflect.Name) cmp.Option {
	names := append([]protoreflect.Name{"name", "etag", "create_time"}, more...)
	return protocmp.IgnoreFields(m, names...)
}

// whole fails the test when a field of the message, or of one in it, is not set.
func whole(t *testing.T, m protoreflect.Message, except ...protoreflect.Name) {
	t.Helper()
	skip := map[protoreflect.Name]bool{}
	for _, name := range except {
		skip[name] = true
	}
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if skip[f.Name()] {
			continue
		}
		if !m.Has(f) {
			t.Errorf("%s is not set", f.FullName())
			continue
		}
		if f.Message() == nil || f.Message().ParentFile().Package() != "kinerja.planning.v1" {
			continue
		}
		if f.IsList() {
			whole(t, m.Get(f).List().Get(0).Message())
			continue
		}
		whole(t, m.Get(f).Message())
	}
}

func TestMessagesAreReadAndWrittenWhole(t *testing.T) {
	t.Parallel()
	read := func() *Reading { return &Reading{Tenant: "3374", Period: "2026"} }
	day := func(d int32) *date.Date { return &date.Date{Year: 2026, Month: 1, Day: d} }
	t.Run("unit", func(t *testing.T) {
		t.Parallel()
		given := &planningv1.Unit{DisplayName: "Puskesmas", Kind: planningv1.Unit_KIND_HEALTH_CENTER, ParentUnit: "tenants/3374/units/dinkes", Remote: new(false)}
		u := read().Unit("pkm", given)
		u.Revision, u.CreateTime = 1, now
		whole(t, Unit(u).ProtoReflect())
		check(t, given, Unit(u), outputs(given))
	})
	t.Run("position", func(t *testing.T) {
		t.Parallel()
		given := &planningv1.Position{
			Title: "Perawat", Unit: "tenants/3374/units/pkm", Kind: planningv1.Position_KIND_FUNCTIONAL,
			FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA, SuperiorPosition: "tenants/3374/positions/kepala", UnitHead: true,
			JobFamily: planningv1.Position_JOB_FAMILY_TEACHER,
		}
		p := read().Position("perawat", given)
		p.Revision, p.CreateTime = 1, now
		whole(t, Position(p).ProtoReflect())
		check(t, given, Position(p), outputs(given))
	})
	t.Run("person", func(t *testing.T) {
		t.Parallel()
		given := &planningv1.Person{DisplayName: "Budi", Employment: planningv1.Person_EMPLOYMENT_PPPK, Nip: "199001012025212001", Grade: "IX"}
		p := read().Person("budi", given)
		p.Revision, p.CreateTime = 1, now
		whole(t, Person(p).ProtoReflect())
		check(t, given, Person(p), outputs(given, "rank"))
	})
	t.Run("assignment", func(t *testing.T) {
		t.Parallel()
		given := &planningv1.Assignment{
			Person: "tenants/3374/people/budi", Position: "tenants/3374/positions/perawat",
			Kind: planningv1.Assignment_KIND_DAILY_ACTING, StartDate: day(1), EndDate: day(31),
		}
		a := read().Assignment("a1", given)
		a.Revision, a.CreateTime = 1, now
		whole(t, Assignment(a).ProtoReflect())
		check(t, given, Assignment(a), outputs(given))
	})
	t.Run("period", func(t *testing.T) {
		t.Parallel()
		given := &planningv1.Period{DisplayName: "2026", StartDate: day(1), EndDate: day(31), RulePack: "rulePacks/x-1/versions/1"}
		p := read().NewPeriod("2026", given)
		p.State, p.Revision, p.CreateTime = domain.PeriodOpen, 1, now
		whole(t, Period(p).ProtoReflect())
		check(t, given, Period(p), outputs(given, "state"))
	})
	t.Run("objective", func(t *testing.T) {
		t.Parallel()
		given := &planningv1.Objective{Unit: "tenants/3374/units/pkm", Title: "Sasaran"}
		o := read().Objective("o1", given)
		o.Revision, o.CreateTime = 1, now
		whole(t, Objective(o).ProtoReflect())
		check(t, given, Objective(o), outputs(given))
	})
	t.Run("tenant", func(t *testing.T) {
		t.Parallel()
		whole(t, Tenant(domain.Tenant{ID: "3374", DisplayName: "Kota Semarang", Population: 1, Revision: 1, CreateTime: now}).ProtoReflect())
	})
}

func TestPlansAreReadAndWrittenWhole(t *testing.T) {
	t.Parallel()
	given := []*planningv1.Result{{
		Id: "r1", Kind: planningv1.Result_KIND_ADDITIONAL, Title: "Pelayanan",
		SuperiorResult: "tenants/3374/periods/2026/plans/p0/results/1", Objective: "tenants/3374/periods/2026/objectives/o1",
		Indicators: []*planningv1.Indicator{{
			Id: "i1", Aspect: planningv1.Indicator_ASPECT_TIME, Description: "Lama tunggu", UnitOfMeasure: "menit",
			Formula: planningv1.Indicator_FORMULA_RANGE_LOWER_IS_BETTER, Target: "1", TargetLow: "2", TargetHigh: "3",
			Source: planningv1.Indicator_SOURCE_SURVEY_INDEX, Level: planningv1.Indicator_LEVEL_OUTCOME, MaxAttainable: true,
		}},
		Weight: "4.2",
	}}
	r := &Reading{Tenant: "3374", Period: "2026"}
	p := domain.PlanData{
		PlanKey: domain.PlanKey{Tenant: "3374", Period: "2026", ID: "p1"}, Person: "budi",
		Post:    domain.Post{Position: "perawat", Title: "Perawat", Unit: "pkm", Kind: domain.PositionFunctional, FunctionalLevel: "MAHIR", UnitHead: true},
		Results: r.Results(given), State: domain.PlanApproved, ReturnReason: "Lengkapi", Approver: "ani", SubmitTime: now,
		ApproveTime: now, CreateTime: now, UpdateTime: now, Revision: 3,
	}
	if len(r.Problems) > 0 {
		t.Fatal(r.Problems)
	}
	message := Plan(p)
	whole(t, message.ProtoReflect())
	diff := cmp.Diff(given, message.GetResults(), protocmp.Transform())
	if diff != "" {
		t.Fatal(diff)
	}
	period := domain.Period{
		RulePack: "rulePacks/x-1/versions/1", Interval: domain.Interval{Start: domain.Date{Year: 2026, Month: 1, Day: 1}, End: domain.Date{Year: 2027, Month: 1, Day: 1}},
	}
	whole(t, PlanInputs(period, []app.ScoringInput{{Plan: p, UnitKind: "SCHOOL", Family: "TEACHER", Months: 12}}).ProtoReflect())
}

func check(t *testing.T, want, got proto.Message, ignore cmp.Option) {
	t.Helper()
	diff := cmp.Diff(want, got, protocmp.Transform(), ignore)
	if diff != "" {
		t.Fatal(diff)
	}
}

func TestReadingCollectsWhatIsWrongWithNames(t *testing.T) {
	t.Parallel()
	r := &Reading{Tenant: "3374", Period: "2026"}
	r.ID("unit_id", "Not An Id")
	r.Ref("a", UnitPattern, "units/x")
	r.Ref("b", UnitPattern, "tenants/3402/units/xx")
	r.Ref("c", ObjectivePattern, "tenants/3374/periods/2025/objectives/o1")
	r.RequiredRef("d", PersonPattern, "")
	r.resultRef("e", "tenants/3374/periods/2026/plans/p0/results/No")
	r.resultRef("f", "tenants/3374/periods/2026/plans/p0")
	r.resultRef("g", "tenants/3402/periods/2026/plans/p0/results/1")
	want := domain.RuleErrors{
		domain.At("unit_id", domain.RuleID),
		domain.At("a", domain.RuleName, "pattern", UnitPattern),
		domain.At("b", domain.RuleReference),
		domain.At("c", domain.RuleReference),
		domain.At("d", domain.RuleRequired),
		domain.At("e", domain.RuleName, "pattern", ResultPattern),
		domain.At("f", domain.RuleName, "pattern", ResultPattern),
		domain.At("g", domain.RuleReference),
	}
	diff := cmp.Diff(want, r.Problems)
	if diff != "" {
		t.Fatal(diff)
	}
	fine := &Reading{Tenant: "3374", Period: "2026"}
	if fine.ID("unit_id", "") != "" || fine.Ref("a", UnitPattern, "") != "" || fine.resultRef("e", "") != (domain.ResultRef{}) || fine.Problems != nil {
		t.Fatalf("what may be empty was refused: %v", fine.Problems)
	}
}

// Every value of an enum has a text of its own, and the constants of the domain are texts of values.
func TestEnums(t *testing.T) {
	t.Parallel()
	enums := map[protoreflect.EnumDescriptor][]string{
		planningv1.Unit_KIND_AGENCY.Descriptor():                nil,
		planningv1.Position_KIND_FUNCTIONAL.Descriptor():        {string(domain.PositionFunctional)},
		planningv1.Position_FUNCTIONAL_LEVEL_MAHIR.Descriptor(): nil,
		planningv1.Person_EMPLOYMENT_PNS.Descriptor():           {string(domain.EmploymentPNS), string(domain.EmploymentPPPK), string(domain.EmploymentNonASN)},
		planningv1.Assignment_KIND_ACTING.Descriptor():          {string(domain.AssignmentDefinitive), string(domain.AssignmentActing), string(domain.AssignmentDailyActing)},
		planningv1.Period_STATE_OPEN.Descriptor():               {string(domain.PeriodOpen), string(domain.PeriodClosed)},
		planningv1.Plan_STATE_DRAFT.Descriptor():                {string(domain.PlanDraft), string(domain.PlanSubmitted), string(domain.PlanReturned), string(domain.PlanApproved)},
		planningv1.Result_KIND_MAIN.Descriptor():                nil,
		planningv1.Indicator_ASPECT_COST.Descriptor():           nil,
		planningv1.Indicator_FORMULA_NORMAL.Descriptor():        {string(domain.FormulaNormal), string(domain.FormulaLowerIsBetter), string(domain.FormulaRange), string(domain.FormulaRangeLowerIsBetter)},
		planningv1.Indicator_SOURCE_REPORTED.Descriptor():       {string(domain.SourceReported)},
	}
	prefixes := map[protoreflect.Name]string{
		"Kind": kindPrefix, "FunctionalLevel": levelPrefix, "Employment": employmentPrefix, "State": statePrefix,
		"Aspect": aspectPrefix, "Formula": formulaPrefix, "Source": sourcePrefix,
	}
	for enum, constants := range enums {
		t.Run(string(enum.FullName()), func(t *testing.T) {
			t.Parallel()
			prefix := prefixes[enum.Name()]
			values := map[string]int32{}
			texts := map[string]bool{}
			for i := range enum.Values().Len() {
				v := enum.Values().Get(i)
				values[string(v.Name())] = int32(v.Number())
				text := textOf[string](named(v.Name()), prefix)
				if (text == "") != (v.Number() == 0) || texts[text] {
					t.Errorf("%s has the text %q", v.Name(), text)
				}
				texts[text] = true
			}
			for text := range texts {
				back := valueOf[int32](values, text, prefix)
				if (back == 0) != (text == "") {
					t.Errorf("%q is %d", text, back)
				}
			}
			for _, c := range constants {
				if !texts[c] {
					t.Errorf("the contract has no %s", c)
				}
			}
		})
	}
}

type named protoreflect.Name

func (n named) String() string { return string(n) }
