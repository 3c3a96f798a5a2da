package app_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

const (
	semarang = "rulePacks/semarang/versions/1"
	marelan  = "rulePacks/marelan/versions/1"
	law2021  = "rulePacks/permenpanrb-8-2021/versions/1"
)

func dec(text string) decimal.Decimal { return decimal.MustParse(text) }

// rulesOf returns an embedded rule pack.
func rulesOf(t *testing.T, name string) *domain.Pack {
	t.Helper()
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := packs.Pack(name)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// survey returns a survey with the same sum of each element.
func survey(responses, sum int64) *domain.Survey {
	s := &domain.Survey{Responses: responses}
	for _, element := range domaintest.Elements {
		s.Sums = append(s.Sums, domain.ElementSum{Element: element, Sum: sum})
	}
	return s
}

// factCases change one fact each; change does the same to the facts themselves, which have no source then.
var factCases = []struct {
	name, pack string
	changes    app.Changes
	change     func(in *domain.Segment)
}{
	{
		"attendance", semarang,
		app.Changes{Attendance: &domain.Attendance{WorkingDays: 240, PresentDays: 240, LateMinutes: 450, Source: "x"}},
		func(in *domain.Segment) {
			in.Attendance = &domain.Attendance{WorkingDays: 240, PresentDays: 240, LateMinutes: 450}
		},
	},
	{
		"panels", marelan,
		app.Changes{Panels: []domain.Panel{
			{Group: domain.GroupPublic, Count: 5, Questions: 2, Sum: 30}, {Group: domain.GroupPeers, Count: 3, Questions: 7, Sum: 84},
		}},
		func(in *domain.Segment) {
			in.Panels = []domain.Panel{
				{Group: domain.GroupPeers, Count: 3, Questions: 7, Sum: 84}, {Group: domain.GroupPublic, Count: 5, Questions: 2, Sum: 30},
			}
		},
	},
	{
		"a_panel_beside_the_others", marelan,
		app.Changes{Panels: []domain.Panel{{Group: domain.GroupPublic, Count: 5, Questions: 2, Sum: 30}}},
		func(in *domain.Segment) {
			in.Panels = append(slices.Clone(in.Panels), domain.Panel{Group: domain.GroupPublic, Count: 5, Questions: 2, Sum: 30})
		},
	},
	{
		"too_few_raters", marelan,
		app.Changes{Panels: []domain.Panel{{Group: domain.GroupPeers, Count: 2, Questions: 7, Sum: 56}}},
		func(in *domain.Segment) { in.Panels = nil },
	},
	{
		"survey", marelan,
		app.Changes{Survey: survey(20, 80)},
		func(in *domain.Segment) { in.Survey = survey(20, 80) },
	},
	{
		"behavior", "rulePacks/pp-46-2011/versions/1",
		app.Changes{BehaviorValue: &domain.Behavior{Value: dec("97.5"), Source: "x"}},
		func(in *domain.Segment) { in.Behavior = &domain.Behavior{Value: dec("97.5")} },
	},
	{
		"contributions", semarang,
		app.Changes{Contributions: []domain.Contribution{
			{Goal: "o2", Description: "Kota layak anak", Share: dec("30"), Achievement: dec("80"), Source: "o2"},
			{Goal: "o1", Description: "Kota sehat", Share: dec("10"), Achievement: dec("50"), Source: "o1"},
		}},
		func(in *domain.Segment) {
			in.Contributions = []domain.Contribution{
				{Goal: "o1", Description: "Kota sehat", Share: dec("10"), Achievement: dec("50")},
				{Goal: "o2", Description: "Kota layak anak", Share: dec("30"), Achievement: dec("80")},
			}
		},
	},
	{
		"innovations", semarang,
		app.Changes{Innovations: &domain.Innovations{
			Counts: []domain.InnovationCount{{Reach: domain.ReachAgency, Count: 1}}, Source: "x",
		}},
		func(in *domain.Segment) {
			in.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachAgency, Count: 1}}}
		},
	},
	{
		"tasks", "rulePacks/pp-46-2011/versions/1",
		app.Changes{Tasks: &domain.Tasks{Count: 7, Source: "x"}},
		func(in *domain.Segment) { in.Tasks = &domain.Tasks{Count: 7} },
	},
	{
		"prior", "rulePacks/integrasi-2021/versions/1",
		app.Changes{Prior: &domain.Prior{Value: dec("88.5"), Source: "x"}},
		func(in *domain.Segment) { in.Prior = &domain.Prior{Value: dec("88.5")} },
	},
}

// tried are facts that every fact of factCases can be changed of: of two plans, so that the first has to stay as it is.
func tried() domain.Input {
	first, last := domaintest.Nurse().Segments[0], domaintest.Nurse().Segments[0]
	first.Plan.Months, last.Plan.Months = 6, 6
	last.Behavior = &domain.Behavior{Value: dec("80")}
	last.Contributions = []domain.Contribution{
		{Goal: "o1", Description: "Kota sehat", Share: dec("40"), Achievement: dec("96"), Source: "o1"},
	}
	last.Tasks = &domain.Tasks{Count: 1}
	last.Prior = &domain.Prior{Value: dec("70")}
	return domain.Input{Segments: []domain.Segment{first, last}}
}

func TestSimulate_with_another_fact_is_the_computation_with_it(t *testing.T) {
	t.Parallel()
	for _, c := range factCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			show, was := keptBy(t, c.pack, tried(), func(*domain.Score) {})
			in := tried()
			c.change(&in.Segments[1])
			want, err := domain.Compute(rulesOf(t, c.pack), in)
			if err != nil {
				t.Fatal(err)
			}
			got, err := show.Simulate(access.Trusted(t.Context()), period, "ani", c.changes)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got.Score.Result); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			rules := rulesOf(t, c.pack)
			differences := explain.Changes(explain.Side{Result: &was, Rules: rules}, explain.Side{Result: &want, Rules: rules}, nil)
			if diff := cmp.Diff(differences, got.Differences); diff != "" || len(got.Differences) == 0 {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
			if was.Value == want.Value {
				t.Errorf("the fact leaves the value at %q", was.Value)
			}
			stored, err := show.Score(access.Trusted(t.Context()), period, "ani")
			if err != nil || stored.Digest() != was.Digest() {
				t.Errorf("the stored score has changed, %v", err)
			}
		})
	}
}

// violationsOf returns the texts of the violations of a fault by field.
func violationsOf(t *testing.T, err error, reason fault.Reason) map[string]string {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Reason != reason {
		t.Fatalf("error is %v, want %s", err, reason)
	}
	got := map[string]string{}
	for _, v := range f.Violations {
		got[v.Field] = string(v.Reason) + ": " + v.Local()
	}
	return got
}

func TestSimulate_names_every_fact_that_cannot_be_at_once(t *testing.T) {
	t.Parallel()
	show, _ := keptBy(t, semarang, tried(), func(*domain.Score) {})
	const twelve, ribuan = "paling banyak 12 angka di depan dan 4 angka di belakang titik, ", "misalnya 92.35, tanpa pemisah ribuan."
	none := dec("-1")
	odd := survey(10, 30)
	odd.Sums[1].Element = odd.Sums[0].Element
	_, err := show.Simulate(access.Trusted(t.Context()), period, "ani", app.Changes{
		Realisations: []app.ChangedRealisation{{Indicator: "results/r9/indicators/i1", Value: "1"}},
		Attendance:   &domain.Attendance{WorkingDays: 20, PresentDays: 21},
		Panels: []domain.Panel{
			{Group: domain.GroupPublic, Count: 5, Questions: 1, Sum: 500},
			{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 200},
			{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 84},
		},
		Survey:        odd,
		BehaviorValue: &domain.Behavior{Value: none},
		Contributions: []domain.Contribution{
			{Goal: "o1", Share: dec("0"), Achievement: none}, {Goal: "o1", Share: dec("1"), Achievement: dec("1")},
		},
		Prior: &domain.Prior{Value: none},
	})
	want := map[string]string{
		"realisations[0].indicator": "REFERENCE_NOT_FOUND: Data results/r9/indicators/i1 yang dirujuk pada isian realisations[0].indicator tidak ditemukan. Pilih data yang sudah terdaftar.",
		"attendance.present_days":   "INVALID_ARGUMENT: Isian attendance.present_days tidak sah: hari hadir harus 0 sampai jumlah hari kerja, dan hari kerja paling sedikit 1.",
		"panels[0].group": "INVALID_ARGUMENT: Jawaban masyarakat pada isian panels[0].group tidak dibaca oleh paket aturan semarang versi 1 untuk pegawai ini. " +
			"Hapus isian ini.",
		"panels[1].sum": "INVALID_ARGUMENT: Isian panels[1].sum tidak sah: jumlah jawaban tidak sesuai dengan banyaknya penilai dan pertanyaan serta " +
			"pilihan jawabannya.",
		"panels[2].group":              "INVALID_ARGUMENT: Kelompok penilai pada isian panels[2].group disebut lebih dari satu kali.",
		"survey.elements":              "INVALID_ARGUMENT: Isian survey.elements tidak sah: unsur Sistem, mekanisme, dan prosedur memiliki 0 jumlah nilai, bukan satu.",
		"behavior.value":               "INVALID_DECIMAL: Nilai perilaku kerja diisi dengan bilangan desimal 0 atau lebih, " + twelve + ribuan,
		"contributions[0].share":       "INVALID_DECIMAL: Porsi kontribusi diisi dengan bilangan desimal lebih dari 0, " + twelve + ribuan,
		"contributions[0].achievement": "INVALID_DECIMAL: Capaian sasaran diisi dengan bilangan desimal 0 atau lebih, " + twelve + ribuan,
		"contributions[1].objective":   "INVALID_ARGUMENT: Sasaran pada isian contributions[1].objective disebut lebih dari satu kali.",
		"behavior":                     "INVALID_ARGUMENT: Nilai perilaku kerja pada isian behavior tidak dibaca oleh paket aturan semarang versi 1 untuk pegawai ini. Hapus isian ini.",
		"prior": "INVALID_ARGUMENT: Nilai penilaian terdahulu pada isian prior tidak dibaca oleh paket aturan semarang versi 1 untuk pegawai ini. " +
			"Hapus isian ini.",
		"prior.value": "INVALID_DECIMAL: Nilai penilaian terdahulu diisi dengan bilangan desimal 0 atau lebih, " + twelve + ribuan,
	}
	if diff := cmp.Diff(want, violationsOf(t, err, fault.ReasonInvalidArgument)); diff != "" {
		t.Errorf("violations (-want +got):\n%s", diff)
	}
}

func TestSimulate_tells_what_was_changed_from_what_was_not(t *testing.T) {
	t.Parallel()
	in := tried()
	for i := range in.Segments {
		in.Segments[i].Panels[0].Sum = in.Segments[i].Panels[0].Count * in.Segments[i].Panels[0].Questions * 6 // of 7
	}
	show, _ := keptBy(t, law2021, in, func(*domain.Score) {})
	_, err := show.Simulate(access.Trusted(t.Context()), period, "ani", app.Changes{
		RulePack: rulePack, Panels: []domain.Panel{{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 180}},
	})
	want := map[string]string{
		"rule_pack": "RULE_PACK_MISFIT: Penugasan ke-1: jawaban rekan kerja tidak sesuai dengan pilihan jawaban menurut paket aturan ini.",
		"panels[0].sum": "INVALID_ARGUMENT: Isian panels[0].sum tidak sah: jumlah jawaban tidak sesuai dengan banyaknya penilai dan pertanyaan serta " +
			"pilihan jawabannya.",
	}
	if diff := cmp.Diff(want, violationsOf(t, err, fault.ReasonInvalidArgument)); diff != "" {
		t.Errorf("violations (-want +got):\n%s", diff)
	}
}

func TestSimulate_bounds_goals_and_numbers(t *testing.T) {
	t.Parallel()
	show, _ := keptBy(t, semarang, tried(), func(*domain.Score) {})
	ctx := access.Trusted(t.Context())
	many := app.Changes{}
	for i := range 100 {
		many.Contributions = append(many.Contributions, domain.Contribution{
			Goal: "g" + string(rune('A'+i)), Description: "Sasaran", Share: dec("1"), Achievement: dec("1"),
		})
	}
	_, err := show.Simulate(ctx, period, "ani", many)
	want := map[string]string{"contributions": "INVALID_ARGUMENT: Isian contributions tidak sah: lebih dari 100 tujuan."}
	if diff := cmp.Diff(want, violationsOf(t, err, fault.ReasonInvalidArgument)); diff != "" {
		t.Errorf("violations of one goal too many (-want +got):\n%s", diff)
	}
	const large = "RULE_PACK_MISFIT: Angka terlalu besar untuk dihitung menurut paket aturan ini. Periksa kembali angkanya."
	_, err = show.Simulate(ctx, period, "ani", app.Changes{
		Contributions: []domain.Contribution{
			{Goal: "o1", Description: "Kota sehat", Share: dec("999999999999"), Achievement: dec("999999999999")},
		},
		Innovations: &domain.Innovations{},
	})
	want = map[string]string{"contributions": large, "innovations": large}
	if diff := cmp.Diff(want, violationsOf(t, err, fault.ReasonRulePackMisfit)); diff != "" {
		t.Errorf("violations of a number too large (-want +got):\n%s", diff)
	}
}

// asking returns the law with another number of raters and of respondents below which it withholds their answers, and with
// more components, of which the last is shown as the value.
func asking(t *testing.T, least int64, more ...domain.Component) *domain.Pack {
	t.Helper()
	rules := rulesOf(t, rulePack)
	def := rules.Definition()
	def.Survey.MinimumResponses = least
	def.Components = slices.Concat(def.Components, more)
	for i := range def.Components {
		if def.Components[i].Panel != nil && def.Components[i].Panel.Group == domain.GroupPeers {
			panel := *def.Components[i].Panel
			panel.Minimum = least
			def.Components[i].Panel = &panel
		}
	}
	if len(more) > 0 {
		def.Shown.Value = more[len(more)-1].ID
	}
	changed, err := domain.NewPack(def, rules.Hash())
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// TestSimulate_shows_nothing_that_is_withheld has three peers where the rules of the score ask for four.
func TestSimulate_shows_nothing_that_is_withheld(t *testing.T) {
	t.Parallel()
	ctx := access.Trusted(t.Context())
	in := domaintest.Nurse()
	in.Segments[0].Panels = []domain.Panel{{Group: domain.GroupPeers, Count: 3, Questions: 7, Sum: 61}}
	strict := asking(t, 4)
	computed, err := domain.Compute(strict, in)
	if err != nil {
		t.Fatal(err)
	}
	show, _ := keptBy(t, rulePack, in, func(s *domain.Score) { s.Result = computed })
	const lax = "rulePacks/lax/versions/1"
	show.Packs = byName{rulePack: strict, lax: asking(t, 3)}
	own := domain.Panel{Group: domain.GroupPeers, Count: 3, Questions: 7, Sum: 70}
	enough := domain.Panel{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 100}
	cases := []struct {
		name    string
		changes app.Changes
		want    []domain.Panel
	}{
		{"by_laxer_rules", app.Changes{RulePack: lax}, nil},
		{"beside_another_fact", app.Changes{Survey: survey(20, 80)}, nil},
		{"as_few_as_there_are", app.Changes{Panels: []domain.Panel{own}}, nil},
		{"made_up", app.Changes{Panels: []domain.Panel{enough}}, []domain.Panel{enough}},
		{"made_up_by_laxer_rules", app.Changes{RulePack: lax, Panels: []domain.Panel{own}}, []domain.Panel{own}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := show.Simulate(ctx, period, "ani", c.changes)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.Score.Trace.Facts.Segments[0].Panels); diff != "" {
				t.Errorf("panels (-want +got):\n%s", diff)
			}
			for _, d := range got.Differences {
				if d.ID == "panels/peers/sum" && d.Before != "" {
					t.Errorf("the stored sum is told: %+v", d)
				}
			}
		})
	}
}

// TestSimulate_shows_no_survey_that_is_withheld has ten responses where the rules of the score ask for eleven.
func TestSimulate_shows_no_survey_that_is_withheld(t *testing.T) {
	t.Parallel()
	strict := asking(t, 11)
	computed, err := domain.Compute(strict, domaintest.Nurse())
	if err != nil {
		t.Fatal(err)
	}
	show, _ := kept(t, func(s *domain.Score) { s.Result = computed })
	show.Packs = byName{rulePack: strict, marelan: rulesOf(t, marelan)}
	got, err := show.Simulate(access.Trusted(t.Context()), period, "ani", app.Changes{RulePack: marelan})
	if err != nil || got.Score.SurveyIndex != "" || got.Score.Trace.Facts.Segments[0].Survey != nil {
		t.Errorf("index is %q, %v", got.Score.SurveyIndex, err)
	}
}

// byName are rules by their names.
type byName map[string]*domain.Pack

func (b byName) Pack(_ context.Context, name string) (*domain.Pack, error) { return b[name], nil }
