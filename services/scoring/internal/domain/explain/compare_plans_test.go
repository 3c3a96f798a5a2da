package explain_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
)

// assigned returns the facts of a plan for so many months in the unit of its name, with one indicator, which every plan calls the
// same. It is achieved in plan a by 80 percent, in others in full.
func assigned(name string, months int64, goals ...domain.Contribution) domain.Segment {
	const id = "results/r1/indicators/i1"
	realised := decimal.Hundred
	if name == "a" {
		realised = decimal.MustParse("80")
	}
	return domain.Segment{
		Plan: domain.Plan{
			Source: "plans/" + name, Unit: name, Months: months,
			Indicators: []domain.Indicator{{
				ID: id, Description: "Uraian " + name, Unit: "pasien", Formula: domain.FormulaNormal, Target: decimal.Hundred, Source: domain.SourceReported,
			}},
		},
		Realisations:  []domain.Realisation{{Indicator: id, Value: realised}},
		Contributions: goals,
	}
}

func aim(name, achievement string) domain.Contribution {
	return domain.Contribution{Goal: name, Description: "Sasaran " + name, Share: decimal.Ten, Achievement: decimal.MustParse(achievement)}
}

// come is what is said of a plan that was not there.
func come(of, name, months, followed string) []string {
	const begins = " semula belum ada dan sekarang "
	achieved := fmt.Sprintf("100; bersama perubahan lain, capaian indikator “Uraian %s” semula belum ada dan sekarang 100,0000%%.", name)
	return []string{
		of + "unit kerja" + begins + name + ".",
		of + "masa rencana kinerja dalam bulan" + begins + months + followed + ".",
		of + "memimpin unit kerja" + begins + "tidak.",
		of + "uraian indikator" + begins + "“Uraian " + name + "”.",
		of + "satuan ukur “Uraian " + name + "”" + begins + "“pasien”.",
		of + "rumus capaian “Uraian " + name + "”" + begins + "makin tinggi makin baik.",
		of + "asal realisasi “Uraian " + name + "”" + begins + "laporan kemajuan.",
		of + "target “Uraian " + name + "”" + begins + achieved,
		of + "realisasi “Uraian " + name + "”" + begins + achieved,
	}
}

// gone is what is said of a plan that is not there any more.
func gone(of, name, months, realised, followed string) []string {
	const ends = " dan sekarang tidak ada"
	achieved := fmt.Sprintf(ends+"; bersama perubahan lain, capaian indikator “Uraian %s” semula %s,0000%%"+ends+".", name, realised)
	return []string{
		of + "unit kerja semula " + name + ends + ".",
		of + "masa rencana kinerja dalam bulan semula " + months + ends + followed + ".",
		of + "memimpin unit kerja semula tidak" + ends + ".",
		of + "uraian indikator semula “Uraian " + name + "”" + ends + ".",
		of + "satuan ukur “Uraian " + name + "” semula “pasien”" + ends + ".",
		of + "rumus capaian “Uraian " + name + "” semula makin tinggi makin baik" + ends + ".",
		of + "asal realisasi “Uraian " + name + "” semula laporan kemajuan" + ends + ".",
		of + "target “Uraian " + name + "” semula 100" + achieved,
		of + "realisasi “Uraian " + name + "” semula " + realised + achieved,
	}
}

// TestChanges_of_plans_and_goals has facts whose ids are those of other facts in the other result.
func TestChanges_of_plans_and_goals(t *testing.T) {
	t.Parallel()
	rules := rules(t, "permenpanrb-6-2022").Pack
	const joined = "angka gabungan beberapa penugasan Capaian rencana kinerja "
	cases := []struct {
		name          string
		before, after []domain.Segment
		want          []string
	}{
		{
			"one_plan_becomes_two",
			[]domain.Segment{assigned("a", 12)},
			[]domain.Segment{assigned("a", 8), assigned("b", 4)},
			slices.Concat([]string{
				"Capaian rencana kinerja berubah dari 80,00% menjadi 86,67%.",
				"Jumlah penugasan berubah dari 1 menjadi 2.",
				"Penugasan ke-1: masa rencana kinerja dalam bulan berubah dari 12 menjadi 8; bersama perubahan lain, " + joined + "semula belum ada dan sekarang 86,67.",
			}, come("Penugasan ke-2: ", "b", "4", "; bersama perubahan lain, "+joined+"semula belum ada dan sekarang 86,67")),
		},
		{
			"two_plans_become_one",
			[]domain.Segment{assigned("a", 8), assigned("b", 4)},
			[]domain.Segment{assigned("b", 12)},
			slices.Concat([]string{
				"Capaian rencana kinerja berubah dari 86,67% menjadi 100,00%.",
				"Jumlah penugasan berubah dari 2 menjadi 1.",
				"Masa rencana kinerja dalam bulan berubah dari 4 menjadi 12.",
			}, gone("Penugasan yang semula ke-1: ", "a", "8", "80", "; bersama perubahan lain, "+joined+"semula 86,67 dan sekarang tidak ada")),
		},
		{
			"one_of_two_plans_is_replaced",
			[]domain.Segment{assigned("a", 8), assigned("b", 4)},
			[]domain.Segment{assigned("a", 8), assigned("c", 4)},
			slices.Concat(come("Penugasan ke-2: ", "c", "4", ""), gone("Penugasan yang semula ke-2: ", "b", "4", "100", "")),
		},
		{
			"the_only_plan_is_replaced",
			[]domain.Segment{assigned("a", 12)},
			[]domain.Segment{assigned("b", 12)},
			slices.Concat(
				[]string{"Capaian rencana kinerja berubah dari 80,00% menjadi 100,00%."},
				come("Penugasan yang baru: ", "b", "12", ""), gone("Penugasan yang semula ke-1: ", "a", "12", "80", ""),
			),
		},
		{
			"a_goal_comes_before_another",
			[]domain.Segment{assigned("a", 12, aim("b", "95"))},
			[]domain.Segment{assigned("a", 12, aim("a", "80"), aim("b", "95"))},
			[]string{
				"Sasaran organisasi semula belum ada dan sekarang “Sasaran a”.",
				"Uraian sasaran organisasi semula belum ada dan sekarang “Sasaran a”.",
				"Porsi kontribusi pada sasaran “Sasaran a” semula belum ada dan sekarang 10.",
				"Capaian sasaran “Sasaran a” semula belum ada dan sekarang 80.",
			},
		},
		{
			"a_goal_is_gone_before_another_that_changes",
			[]domain.Segment{assigned("a", 12, aim("a", "80"), aim("b", "95"))},
			[]domain.Segment{assigned("a", 12, aim("b", "96"))},
			[]string{
				"Capaian sasaran “Sasaran b” berubah dari 95 menjadi 96.",
				"Sasaran organisasi semula “Sasaran a” dan sekarang tidak ada.",
				"Uraian sasaran organisasi semula “Sasaran a” dan sekarang tidak ada.",
				"Porsi kontribusi pada sasaran “Sasaran a” semula 10 dan sekarang tidak ada.",
				"Capaian sasaran “Sasaran a” semula 80 dan sekarang tidak ada.",
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			before, after := compute(t, rules, domain.Input{Segments: c.before}), compute(t, rules, domain.Input{Segments: c.after})
			for range 2 { // what is compared stays as it is
				if diff := cmp.Diff(c.want, said(changes(rules, &before, &after))); diff != "" {
					t.Errorf("sentences (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// TestChanges_of_the_plan_that_is_left says what followed for this plan, of whose steps some are called as those of all plans were.
func TestChanges_of_the_plan_that_is_left(t *testing.T) {
	t.Parallel()
	rules := rules(t, "permenpanrb-6-2022").Pack
	plan := func(name string, months int64) domain.Segment {
		s := domaintest.Nurse().Segments[0]
		s.Plan.Source, s.Plan.Months = name, months
		return s
	}
	before := compute(t, rules, domain.Input{Segments: []domain.Segment{plan("a", 8), plan("b", 4)}})
	after := compute(t, rules, domain.Input{Segments: []domain.Segment{plan("b", 12)}})
	const want = "Masa rencana kinerja dalam bulan berubah dari 4 menjadi 12, sehingga angka kredit berubah dari 4,17 menjadi 12,50."
	if got := said(changes(rules, &before, &after)); !slices.Contains(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
