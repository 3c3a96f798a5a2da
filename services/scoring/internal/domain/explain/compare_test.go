package explain_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

func TestChanges(t *testing.T) {
	t.Parallel()
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := packs.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		change func(in *domain.Segment)
		want   []string
	}{
		{"nothing", func(*domain.Segment) {}, nil},
		{
			"a_realisation", func(in *domain.Segment) { in.Realisations[0].Value = decimal.MustParse("1200") },
			[]string{
				"Capaian rencana kinerja berubah dari 99,76% menjadi 98,65%.",
				"Realisasi “Jumlah pasien dilayani” berubah dari 1.320 menjadi 1.200, " +
					"sehingga capaian indikator “Jumlah pasien dilayani” berubah dari 110,0000% menjadi 100,0000%.",
			},
		},
		{
			"both_ratings", func(in *domain.Segment) {
				in.Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationBelow, Source: "ratings/n"}
			},
			[]string{
				"Predikat kinerja pegawai berubah dari Baik menjadi Kurang/Misconduct.",
				"Rating hasil kerja yang berlaku berubah dari Di Atas Ekspektasi menjadi Sesuai Ekspektasi.",
				"Rating perilaku kerja yang berlaku berubah dari Sesuai Ekspektasi menjadi Di Bawah Ekspektasi.",
				"Angka kredit berubah dari 12,50 menjadi 6,25.",
				"Rating hasil kerja berubah dari Di Atas Ekspektasi menjadi Sesuai Ekspektasi; " +
					"bersama perubahan lain, predikat kinerja pegawai berubah dari Baik menjadi Kurang/Misconduct.",
				"Rating perilaku kerja berubah dari Sesuai Ekspektasi menjadi Di Bawah Ekspektasi; " +
					"bersama perubahan lain, predikat kinerja pegawai berubah dari Baik menjadi Kurang/Misconduct.",
			},
		},
		{
			"the_rating_of_the_organisation_is_gone", func(in *domain.Segment) { in.Organization = nil },
			[]string{
				"Status nilai berubah dari lengkap menjadi sementara.",
				"Rating kinerja organisasi semula Baik dan sekarang tidak ada.",
			},
		},
		{
			"the_plan_says_otherwise", func(in *domain.Segment) {
				in.Plan.Unit, in.Plan.FunctionalLevel = "puskesmas-kenanga", domain.LevelAhliMuda
				in.Plan.Indicators[0].Unit = "orang"
			},
			[]string{
				"Angka kredit berubah dari 12,50 menjadi 25,00.",
				"Unit kerja berubah dari 01kq6xwz7r5p3k1j8h6g4f2d0s menjadi puskesmas-kenanga.",
				"Jenjang jabatan fungsional berubah dari Ahli Pertama menjadi Ahli Muda, " +
					"sehingga koefisien angka kredit tahunan menurut jenjang berubah dari 12,5 menjadi 25.",
				"Satuan ukur “Jumlah pasien dilayani” berubah dari “pasien” menjadi “orang”.",
			},
		},
		{
			"a_formula", func(in *domain.Segment) { in.Plan.Indicators[0].Formula = domain.FormulaLowerIsBetter },
			[]string{
				"Capaian rencana kinerja berubah dari 99,76% menjadi 97,54%.",
				"Rumus capaian “Jumlah pasien dilayani” berubah dari makin tinggi makin baik menjadi makin rendah makin baik.",
			},
		},
		{
			"hours_of_attendance", func(in *domain.Segment) { in.Attendance.PresentDays = 240 },
			[]string{"Hari hadir berubah dari 230 menjadi 240, sehingga persentase kehadiran berubah dari 95,83% menjadi 100,00%."},
		},
		{
			"attendance_is_gone", func(in *domain.Segment) { in.Attendance = nil },
			[]string{
				"Hari hadir semula 230 dan sekarang tidak ada; bersama perubahan lain, persentase kehadiran semula 95,83% dan sekarang tidak ada.",
				"Hari kerja semula 240 dan sekarang tidak ada; bersama perubahan lain, persentase kehadiran semula 95,83% dan sekarang tidak ada.",
				"Menit terlambat dan pulang lebih awal semula 0 dan sekarang tidak ada.",
			},
		},
	}
	before, err := domain.Compute(rules, domaintest.Nurse())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := domaintest.Nurse()
			c.change(&in.Segments[0])
			after, err := domain.Compute(rules, in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, said(changes(rules, &before, &after))); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("says_what_followed_from_a_fact_that_was_not_there", func(t *testing.T) {
		t.Parallel()
		in := domaintest.Nurse()
		in.Segments[0].Panels, in.Segments[0].Realisations = nil, in.Segments[0].Realisations[1:]
		without, err := domain.Compute(rules, in)
		if err != nil {
			t.Fatal(err)
		}
		const mean = " semula belum ada dan sekarang %s; bersama perubahan lain, rata-rata penilaian rekan kerja semula belum ada dan sekarang 3,25."
		want := []string{
			"Capaian rencana kinerja berubah dari 98,48% menjadi 99,76%.",
			"Realisasi “Jumlah pasien dilayani” semula belum ada dan sekarang 1.320, " +
				"sehingga capaian indikator “Jumlah pasien dilayani” semula belum ada dan sekarang 110,0000%.",
			fmt.Sprintf("Jumlah penjawab: rekan kerja"+mean, "4"),
			fmt.Sprintf("Jumlah pertanyaan kepada rekan kerja"+mean, "7"),
			fmt.Sprintf("Jumlah semua jawaban: rekan kerja"+mean, "91"),
		}
		if diff := cmp.Diff(want, said(changes(rules, &without, &before))); diff != "" {
			t.Errorf("sentences (-want +got):\n%s", diff)
		}
	})
	t.Run("calls_units_by_their_names_where_they_are_known", func(t *testing.T) {
		t.Parallel()
		in := domaintest.Nurse()
		in.Segments[0].Plan.Unit = "puskesmas-kenanga"
		after, err := domain.Compute(rules, in)
		if err != nil {
			t.Fatal(err)
		}
		units := explain.Units(&before, &after)
		if diff := cmp.Diff([]string{"01kq6xwz7r5p3k1j8h6g4f2d0s", "puskesmas-kenanga"}, units); diff != "" {
			t.Errorf("units (-want +got):\n%s", diff)
		}
		if same := explain.Units(&after, &after); len(same) > 0 {
			t.Errorf("units %v of nothing that changed", same)
		}
		want := "Unit kerja berubah dari 01kq6xwz7r5p3k1j8h6g4f2d0s menjadi Puskesmas Kenanga."
		got := explain.Changes(explain.Side{Result: &before}, explain.Side{Result: &after}, map[string]string{"puskesmas-kenanga": "Puskesmas Kenanga"})
		if len(got) != 1 || got[0].Sentence != want || got[0].After != "puskesmas-kenanga" {
			t.Errorf("changes %+v, want %s", got, want)
		}
		want = "Unit kerja berubah dari Subbagian Umum (01kq6xwz7r5p3k1j8h6g4f2d0s) menjadi Subbagian Umum (puskesmas-kenanga)."
		got = explain.Changes(explain.Side{Result: &before}, explain.Side{Result: &after}, map[string]string{units[0]: "Subbagian Umum", units[1]: "Subbagian Umum"})
		if got[0].Sentence != want {
			t.Errorf("%s, want %s", got[0].Sentence, want)
		}
	})
	t.Run("names_no_consequence_across_rules", func(t *testing.T) {
		t.Parallel()
		in := domaintest.Nurse()
		in.Segments[0].Attendance.PresentDays = 240
		after, err := domain.Compute(rules, in)
		if err != nil {
			t.Fatal(err)
		}
		after.RulePackHash = "another"
		if diff := cmp.Diff([]string{"Hari hadir berubah dari 230 menjadi 240."}, said(changes(rules, &before, &after))); diff != "" {
			t.Errorf("sentences (-want +got):\n%s", diff)
		}
	})
}

// changes returns what differs between two results of the same rules.
func changes(rules *domain.Pack, before, after *domain.Result) []explain.Change {
	return explain.Changes(explain.Side{Result: before, Rules: rules}, explain.Side{Result: after, Rules: rules}, nil)
}

func said(changes []explain.Change) []string {
	var all []string
	for _, c := range changes {
		all = append(all, c.Sentence)
	}
	return all
}

func TestFixed(t *testing.T) {
	t.Parallel()
	first := &decision.Final{Predicate: domain.PredicateGood, Basis: decision.Basis{Credit: "12.50"}, Decision: 1}
	outdated := *first
	outdated.Outdated = true
	second := &decision.Final{Predicate: domain.PredicatePoor, Basis: decision.Basis{Credit: "6.25"}, Decision: 2}
	cases := []struct {
		name          string
		before, after *decision.Final
		want          []string
	}{
		{"nothing", nil, nil, nil},
		{"the_same", first, first, nil},
		{
			"for_the_first_time", nil, first,
			[]string{
				"Nomor keputusan penetapan semula belum ada dan sekarang 1.",
				"Predikat yang ditetapkan semula belum ada dan sekarang Baik.",
				"Angka kredit menurut penetapan semula belum ada dan sekarang 12,50.",
			},
		},
		{"outdated", first, &outdated, []string{"Hasil perhitungan terkini berbeda dari dasar penetapan predikat."}},
		{"no_longer_outdated", &outdated, first, []string{"Hasil perhitungan terkini kembali sama dengan dasar penetapan predikat."}},
		{
			"corrected", &outdated, second,
			[]string{
				"Nomor keputusan penetapan berubah dari 1 menjadi 2.",
				"Predikat yang ditetapkan berubah dari Baik menjadi Kurang/Misconduct.",
				"Angka kredit menurut penetapan berubah dari 12,50 menjadi 6,25.",
				"Hasil perhitungan terkini kembali sama dengan dasar penetapan predikat.",
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, said(explain.Fixed(explain.Side{Final: c.before}, explain.Side{Final: c.after}))); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}
