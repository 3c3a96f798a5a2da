package explain_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

func TestChanges_of_fields(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name          string
		before, after domain.Result
		want          string
	}{
		{
			"rule_pack",
			domain.Result{RulePack: "rulePacks/binjai/versions/1"},
			domain.Result{RulePack: "rulePacks/binjai/versions/2"},
			"Paket aturan berubah dari binjai versi 1 menjadi binjai versi 2.",
		},
		{
			"state",
			domain.Result{State: domain.StateIncomplete},
			domain.Result{State: domain.StateComplete},
			"Status nilai berubah dari belum lengkap menjadi lengkap.",
		},
		{"value", domain.Result{Value: "96.20"}, domain.Result{Value: "1003.5"}, "Nilai berubah dari 96,20 menjadi 1.003,5."},
		{
			"suggestion",
			domain.Result{},
			domain.Result{Suggestion: domain.ExpectationAbove},
			"Rating hasil kerja yang disarankan semula belum ada dan sekarang Di Atas Ekspektasi.",
		},
		{
			"suggestion_gone",
			domain.Result{Suggestion: domain.ExpectationMeets},
			domain.Result{},
			"Rating hasil kerja yang disarankan semula Sesuai Ekspektasi dan sekarang tidak ada.",
		},
		{"segments", domain.Result{Segments: 1}, domain.Result{Segments: 2}, "Jumlah penugasan berubah dari 1 menjadi 2."},
		{"survey_index", domain.Result{SurveyIndex: "81.94"}, domain.Result{SurveyIndex: "82.00"}, "Indeks kepuasan masyarakat berubah dari 81,94 menjadi 82,00."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff([]string{c.want}, said(changes(nil, &c.before, &c.after))); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestChanges_of_facts(t *testing.T) {
	t.Parallel()
	rules := rules(t, "permenpanrb-8-2021").Pack
	facts := func() domain.Input {
		in := named(domaintest.Nurse())
		in.Segments[0].Contributions = []domain.Contribution{{
			Goal: "tenants/3402/periods/2026/objectives/o1", Description: "Stunting turun", Share: decimal.MustParse("20"), Achievement: decimal.MustParse("95"),
		}}
		in.Segments[0].Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: 1}}}
		in.Segments[0].Tasks = &domain.Tasks{Count: 1}
		in.Segments[0].Prior = &domain.Prior{Value: decimal.MustParse("88.25"), Source: "scores/p1/revisions/4"}
		return in
	}
	cases := []struct {
		name   string
		change func(*domain.Segment)
		want   string
	}{
		{"panels", func(s *domain.Segment) { s.Panels[0].Sum = 105 }, "Jumlah semua jawaban: rekan kerja berubah dari 91 menjadi 105"},
		{"count_of_raters", func(s *domain.Segment) { s.Panels[0].Count = 5 }, "Jumlah penjawab: rekan kerja berubah dari 4 menjadi 5"},
		{
			"share_of_a_goal", func(s *domain.Segment) { s.Contributions[0].Share = decimal.MustParse("25.5") },
			"Porsi kontribusi pada sasaran “Stunting turun” berubah dari 20 menjadi 25,5",
		},
		{
			"another_goal", func(s *domain.Segment) {
				s.Contributions[0].Goal, s.Contributions[0].Description = "tenants/3402/periods/2026/objectives/o2", "Layanan cepat"
			},
			"Capaian sasaran “Layanan cepat” semula belum ada dan sekarang 95",
		},
		{"innovations", func(s *domain.Segment) { s.Innovations.Counts[0].Count = 2 }, "Inovasi terverifikasi tingkat unit kerja berubah dari 1 menjadi 2"},
		{"tasks", func(s *domain.Segment) { s.Tasks.Count = 3 }, "Jumlah tugas tambahan berubah dari 1 menjadi 3"},
		{
			"prior", func(s *domain.Segment) {
				s.Prior = &domain.Prior{Value: decimal.MustParse("90"), Source: s.Prior.Source}
			},
			"Nilai penilaian terdahulu berubah dari 88,25 menjadi 90",
		},
		{
			"position", func(s *domain.Segment) { s.Plan.Position = domain.PositionSupervisor },
			"Kelompok jabatan berubah dari Pejabat Fungsional menjadi Pejabat Pengawas",
		},
		{"family", func(s *domain.Segment) { s.Plan.Family = domain.FamilyTeacher }, "Rumpun jabatan berubah dari tenaga kesehatan menjadi guru"},
		{"unit_kind", func(s *domain.Segment) { s.Plan.UnitKind = domain.UnitSchool }, "Jenis unit kerja berubah dari Puskesmas menjadi sekolah"},
		{"head", func(s *domain.Segment) { s.Plan.UnitHead = true }, "Memimpin unit kerja berubah dari tidak menjadi ya"},
		{"aspect", func(s *domain.Segment) { s.Plan.Indicators[0].Aspect = domain.AspectCost }, "Aspek indikator “Uraian 1” berubah dari kuantitas menjadi biaya"},
		{"level", func(s *domain.Segment) { s.Plan.Indicators[0].Level = domain.LevelOutput }, "Tingkat indikator “Uraian 1” semula belum ada dan sekarang keluaran"},
		{
			"work", func(s *domain.Segment) { s.Plan.Indicators[0].Work = domain.WorkAdditional },
			"Jenis hasil kerja “Uraian 1” semula belum ada dan sekarang hasil kerja tambahan",
		},
		{
			"source", func(s *domain.Segment) {
				s.Plan.Indicators[0].Source, s.Realisations = domain.SourceSurveyIndex, s.Realisations[1:]
			},
			"Asal realisasi “Uraian 1” berubah dari laporan kemajuan menjadi indeks kepuasan masyarakat",
		},
		{"a_description_that_is_a_code", func(s *domain.Segment) { s.Plan.Indicators[0].Description = "range" }, "Uraian indikator berubah dari “Uraian 1” menjadi “range”"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := facts()
			c.change(&in.Segments[0])
			before, after := compute(t, rules, facts()), compute(t, rules, in)
			all := said(changes(rules, &before, &after))
			for _, sentence := range all {
				if strings.HasPrefix(sentence, c.want) && strings.ContainsAny(sentence[len(c.want):len(c.want)+1], ".,;") {
					return
				}
			}
			t.Errorf("no sentence begins with %q:\n%s", c.want, strings.Join(all, "\n"))
		})
	}
}

func TestChanges_of_one_of_several_assignments(t *testing.T) {
	t.Parallel()
	rules := rules(t, "permenpanrb-6-2022").Pack
	facts := func() domain.Input {
		in := domain.Input{Segments: []domain.Segment{domaintest.Nurse().Segments[0], domaintest.Nurse().Segments[0]}}
		in.Segments[0].Plan.Months, in.Segments[1].Plan.Months = 8, 4
		return in
	}
	in := facts()
	in.Segments[0].Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationBelow}
	before, after := compute(t, rules, facts()), compute(t, rules, in)
	want := []string{
		"Angka kredit berubah dari 12,50 menjadi 8,34.",
		"Penugasan ke-1: rating hasil kerja berubah dari Di Atas Ekspektasi menjadi Sesuai Ekspektasi; " +
			"bersama perubahan lain, predikat kinerja pegawai berubah dari Baik menjadi Kurang/Misconduct.",
		"Penugasan ke-1: rating perilaku kerja berubah dari Sesuai Ekspektasi menjadi Di Bawah Ekspektasi; " +
			"bersama perubahan lain, predikat kinerja pegawai berubah dari Baik menjadi Kurang/Misconduct.",
	}
	if diff := cmp.Diff(want, said(changes(rules, &before, &after))); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

// TestChanges_say_everything_in_words compares random facts of different people by every rule pack.
func TestChanges_say_everything_in_words(t *testing.T) {
	t.Parallel()
	vocabulary := codes()
	for _, file := range packs(t) {
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(3, 55))
			for range rounds {
				before := compute(t, file.Pack, named(domaintest.Input(r, file.Pack)))
				after := compute(t, file.Pack, named(domaintest.Input(r, file.Pack)))
				for _, change := range changes(file.Pack, &before, &after) {
					readable(t, vocabulary, change.Sentence)
				}
			}
		})
	}
}

// TestChanges_say_predicates_as_the_rules_of_each_side_do has results by older law, which calls predicates otherwise.
func TestChanges_say_predicates_as_the_rules_of_each_side_do(t *testing.T) {
	t.Parallel()
	old, older, law := rules(t, "permenpanrb-8-2021").Pack, rules(t, "pp-46-2011").Pack, rules(t, "permenpanrb-6-2022").Pack
	side := func(rules *domain.Pack, predicate domain.Predicate) explain.Side {
		return explain.Side{Result: &domain.Result{Predicate: predicate}, Final: &decision.Final{Predicate: predicate}, Rules: rules}
	}
	cases := []struct {
		name          string
		before, after explain.Side
		want          string
	}{
		{"by_pp_46_2011", side(older, domain.PredicateGood), side(older, domain.PredicateVeryPoor), "dari Baik menjadi Buruk."},
		{"by_permenpanrb_8_2021", side(old, domain.PredicateNeedsImprovement), side(old, domain.PredicateVeryPoor), "dari Cukup menjadi Sangat Kurang."},
		{"across_both", side(older, domain.PredicateVeryPoor), side(old, domain.PredicateNeedsImprovement), "dari Buruk menjadi Cukup."},
		{"into_the_law_in_force", side(old, domain.PredicatePoor), side(law, domain.PredicateNeedsImprovement), "dari Kurang menjadi Butuh Perbaikan."},
		{"by_rules_that_are_not_carried", side(nil, domain.PredicateVeryPoor), side(older, domain.PredicatePoor), "dari Sangat Kurang menjadi Kurang."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := []string{"Predikat yang ditetapkan berubah " + c.want, "Predikat kinerja pegawai berubah " + c.want}
			got := slices.Concat(explain.Fixed(c.before, c.after), explain.Changes(c.before, c.after, nil))
			if diff := cmp.Diff(want, said(got)); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestChanges_say_what_followed_as_the_rules_do(t *testing.T) {
	t.Parallel()
	def := rules(t, "permenpanrb-6-2022").Pack.Definition()
	def.Predicate.Words = rules(t, "permenpanrb-8-2021").Pack.Definition().Predicate.Words
	worded, err := domain.NewPack(def, "worded")
	if err != nil {
		t.Fatal(err)
	}
	in := domaintest.Nurse()
	in.Segments[0].Rating = &domain.Rating{Result: domain.ExpectationAbove, Behavior: domain.ExpectationBelow}
	before, after := compute(t, worded, domaintest.Nurse()), compute(t, worded, in)
	const want = "Rating perilaku kerja berubah dari Sesuai Ekspektasi menjadi Di Bawah Ekspektasi, " +
		"sehingga predikat kinerja pegawai berubah dari Baik menjadi Kurang."
	if got := said(changes(worded, &before, &after)); !slices.Contains(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
