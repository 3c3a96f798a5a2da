package rpc

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// sources returns the files of a directory that are no tests.
func sources(t *testing.T, dir string) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, raw, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// values returns the value specifications of the constants or variables of the files.
func values(files []*ast.File, kind token.Token) []*ast.ValueSpec {
	var specs []*ast.ValueSpec
	for _, file := range files {
		for _, d := range file.Decls {
			general, ok := d.(*ast.GenDecl)
			if !ok || general.Tok != kind {
				continue
			}
			for _, s := range general.Specs {
				spec, ok := s.(*ast.ValueSpec)
				if ok {
					specs = append(specs, spec)
				}
			}
		}
	}
	return specs
}

func TestEveryRuleOfTheDomainHasARow(t *testing.T) {
	t.Parallel()
	rules := 0
	for _, spec := range values(sources(t, "../domain"), token.CONST) {
		kind, ok := spec.Type.(*ast.Ident)
		if !ok || kind.Name != "Rule" {
			continue
		}
		literal, _ := spec.Values[0].(*ast.BasicLit)
		rule, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		rules++
		row, ok := reasons[domain.Rule(rule)]
		if !ok || !fault.Known(row.reason) {
			t.Errorf("rule %s has no row", rule)
		}
	}
	if rules == 0 || rules != len(reasons) {
		t.Errorf("%d rules and %d rows", rules, len(reasons))
	}
}

func TestEverySentinelHasARow(t *testing.T) {
	t.Parallel()
	names := 0
	for _, dir := range []string{"../domain", "../app"} {
		for _, spec := range values(sources(t, dir), token.VAR) {
			if strings.HasPrefix(spec.Names[0].Name, "Err") {
				names++
			}
		}
	}
	if names == 0 || names != len(sentinels) {
		t.Errorf("%d sentinels and %d rows", names, len(sentinels))
	}
	for sentinel, reason := range sentinels {
		f, ok := fault.As(fail(errors.Join(sentinel), target{name: "tenants/3374"}))
		if !ok || f.Reason != reason || f.Meta["resource"] != "tenants/3374" {
			t.Errorf("%v became %v", sentinel, f)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	problems := []string{
		"", domain.NumberLength, domain.NumberBirthDate, domain.NumberAppointmentMonth, domain.NumberAppointmentYear,
		domain.NumberAppointmentAge, domain.NumberAppointmentAhead, domain.NumberSex, domain.NumberSequence,
		domain.NumberNotAllowed, domain.LevelRequired, domain.DateMissing, domain.DateUnreal, domain.DateNotAfterStart,
		domain.DateTooLong, domain.GradeNotOfPNS, domain.GradeNotOfPPPK, domain.TargetRequired, domain.TargetNotAllowed, domain.TargetNotPositive, domain.TargetBounds,
	}
	for rule := range reasons {
		for _, problem := range problems {
			d := domain.Detail{"problem": problem, "of": domain.OverlapPerson, "from": "APPROVED", "verb": "update", "path": "state", "other": "unit"}
			v := violation(domain.RuleError{Field: "plan.some_field", Rule: rule, Detail: d}, target{parent: "tenants/3374"})
			for _, text := range []string{v.Text(), v.Local()} {
				if !strings.HasSuffix(text, ".") || strings.Contains(text, "  ") || strings.ContainsAny(text, "{}[]") {
					t.Errorf("%s %v: %q is no clean sentence", rule, d, text)
				}
			}
			if v.Text() == v.Local() {
				t.Errorf("%s %v: the Indonesian text is English", rule, d)
			}
		}
	}
}

func TestFail(t *testing.T) {
	t.Parallel()
	create := target{name: "tenants/3374/units/pkm", parent: "tenants/3374"}
	cases := map[string]struct {
		err      error
		reason   fault.Reason
		kind     fault.Kind
		resource string
	}{
		"a_parent_that_is_not_there": {app.ErrNotFound, fault.ReasonNotFound, fault.KindNotFound, "tenants/3374"},
		"what_is_there_already":      {app.ErrExists, fault.ReasonAlreadyExists, fault.KindExists, "tenants/3374/units/pkm"},
		"an_overlap": {
			domain.Refuse(domain.RuleOverlap, "assignment", "a1", "of", "person"), fault.ReasonAssignmentOverlap, fault.KindExists,
			"tenants/3374/assignments/a1",
		},
		"a_field_that_suits_not_what_is_there": {
			domain.RuleErrors{domain.At("period.start_date", domain.RulePeriodOverlap, "period", "2026")},
			fault.ReasonPeriodOverlap, fault.KindExists,
			"tenants/3374/periods/2026",
		},
		"a_plan_that_lacks_results": {
			domain.RuleErrors{domain.At("results", domain.RulePlanIncomplete)}, fault.ReasonPlanIncomplete, fault.KindPrecondition, "",
		},
		"two_rules": {
			domain.RuleErrors{domain.At("a", domain.RuleRequired), domain.At("b", domain.RuleReference)}, fault.ReasonInvalidArgument, fault.KindInvalid, "",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, ok := fault.As(fail(c.err, create))
			if !ok || f.Reason != c.reason || f.Kind != c.kind || f.Meta["resource"] != c.resource {
				t.Fatalf("got %+v", f)
			}
		})
	}
	other := errors.New("disk full")
	if !errors.Is(fail(other, create), other) {
		t.Fatal("an error of the engine was lost")
	}
}
