package app_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		spoil func(*domain.Score)
		want  app.Verification
	}{
		{"what_was_computed", func(*domain.Score) {}, app.Verification{Revision: 1, Verified: true}},
		{
			"a_field_was_changed", func(s *domain.Score) { s.Credit = "18.75" },
			app.Verification{Revision: 1, Differences: []domain.Difference{
				{ID: "credit", Label: "Angka kredit", Before: "18.75", After: "12.50"},
			}},
		},
		{
			"the_result_of_a_step_was_changed", func(s *domain.Score) { s.Record.Results = domaintest.WithFirst("9.999", s.Record.Results) },
			app.Verification{Revision: 1},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			show, _ := kept(t, c.spoil)
			got, err := show.Verify(access.Trusted(t.Context()), period, "ani", 0)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("verification (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVerify_and_Simulate_need_the_rules_of_the_score(t *testing.T) {
	t.Parallel()
	show, _ := kept(t, func(s *domain.Score) { s.RulePackHash = "0" })
	ctx := access.Trusted(t.Context())
	_, err := show.Verify(ctx, period, "ani", 0)
	if !errors.Is(err, app.ErrUncomputable) {
		t.Errorf("verify: %v, want ErrUncomputable", err)
	}
	_, err = show.Simulate(ctx, period, "ani", app.Changes{})
	if !errors.Is(err, app.ErrUncomputable) {
		t.Errorf("simulate: %v, want ErrUncomputable", err)
	}
}

func TestSimulate(t *testing.T) {
	t.Parallel()
	show, computed := kept(t, func(*domain.Score) {})
	ctx := access.Trusted(t.Context())
	t.Run("nothing_changed_is_the_same", func(t *testing.T) {
		t.Parallel()
		got, err := show.Simulate(ctx, period, "ani", app.Changes{})
		if err != nil || got.Score.Digest() != computed.Digest() || len(got.Differences) != 0 {
			t.Errorf("differences are %v, %v", got.Differences, err)
		}
	})
	t.Run("a_rating_changed", func(t *testing.T) {
		t.Parallel()
		got, err := show.Simulate(ctx, period, "ani", app.Changes{Behavior: domain.ExpectationAbove})
		if err != nil || got.Score.Predicate != domain.PredicateVeryGood || got.Score.Revision != 0 {
			t.Errorf("predicate is %q at revision %d, %v", got.Score.Predicate, got.Score.Revision, err)
		}
	})
	t.Run("realisations_that_cannot_be", func(t *testing.T) {
		t.Parallel()
		const indicator, surveyed = "results/r1/indicators/i1", "results/r3/indicators/i3"
		in := domaintest.Nurse()
		in.Segments[0].Plan.Indicators[8].Source = domain.SourceSurveyIndex
		in.Segments[0].Realisations = in.Segments[0].Realisations[:8]
		show, _ := keptBy(t, rulePack, in, func(*domain.Score) {})
		_, err := show.Simulate(ctx, period, "ani", app.Changes{Realisations: []app.ChangedRealisation{
			{Indicator: indicator, Value: "1"},
			{Indicator: indicator, Value: "1"},
			{Indicator: surveyed, Value: "1"},
			{Indicator: "results/r9/indicators/i1", Value: "1"},
			{Indicator: "results/r1/indicators/i2", Value: "-1"},
		}})
		f, ok := fault.As(err)
		if !ok {
			t.Fatalf("error is %v", err)
		}
		got := map[string]string{}
		for _, v := range f.Violations {
			got[v.Field] = string(v.Reason) + ": " + v.Local()
		}
		want := map[string]string{
			"realisations[1].indicator": "INVALID_ARGUMENT: Indikator pada isian realisations[1].indicator disebut lebih dari satu kali.",
			"realisations[2].indicator": "INVALID_ARGUMENT: Realisasi indikator ini diambil dari hasil survei kepuasan masyarakat sehingga tidak dapat disimulasikan. Pilih indikator lain.",
			"realisations[3].indicator": "REFERENCE_NOT_FOUND: Data results/r9/indicators/i1 yang dirujuk pada isian realisations[3].indicator tidak ditemukan. Pilih data yang sudah terdaftar.",
			"realisations[4].value": "INVALID_DECIMAL: Realisasi diisi dengan bilangan desimal 0 atau lebih, paling banyak 12 angka di depan dan 4 angka di belakang titik, " +
				"misalnya 92.35, tanpa pemisah ribuan.",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("violations (-want +got):\n%s", diff)
		}
	})
	stored, err := show.Score(ctx, period, "ani")
	if err != nil || stored.Revision != 1 {
		t.Errorf("stored revision is %d, %v", stored.Revision, err)
	}
}

func TestSimulate_says_what_does_not_fit_the_rules(t *testing.T) {
	t.Parallel()
	ctx := access.Trusted(t.Context())
	cases := []struct {
		name    string
		pack    string
		change  func(in *domain.Segment)
		changes app.Changes
		want    map[string]string
	}{
		{
			"answers_on_another_scale", "rulePacks/permenpanrb-8-2021/versions/1",
			func(in *domain.Segment) { in.Panels[0].Sum = in.Panels[0].Count * in.Panels[0].Questions * 6 },
			app.Changes{RulePack: rulePack},
			map[string]string{"Jawaban rekan kerja tidak sesuai dengan pilihan jawaban menurut paket aturan ini.": "rule_pack"},
		},
		{
			"a_realisation_too_large", rulePack,
			func(in *domain.Segment) { in.Plan.Indicators[0].Target = decimal.MustParse("0.0001") },
			app.Changes{Realisations: []app.ChangedRealisation{{Indicator: "results/r1/indicators/i1", Value: "999999999999"}}},
			map[string]string{"Angka terlalu besar untuk dihitung menurut paket aturan ini. Periksa kembali angkanya.": "realisations"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := domaintest.Nurse()
			c.change(&in.Segments[0])
			show, _ := keptBy(t, c.pack, in, func(*domain.Score) {})
			_, err := show.Simulate(ctx, period, "ani", c.changes)
			f, ok := fault.As(err)
			if !ok || f.Reason != fault.ReasonRulePackMisfit {
				t.Fatalf("error is %v", err)
			}
			got := map[string]string{}
			for _, v := range f.Violations {
				got[v.Local()] = v.Field
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}
