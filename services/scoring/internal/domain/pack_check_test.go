package domain_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// definition returns a fresh copy of what a pack states.
func definition(t *testing.T, path string) domain.Definition {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := pack.Parse(content, nil)
	if err != nil {
		t.Fatal(err)
	}
	return file.Pack.Definition()
}

const (
	banded = "../pack/testdata/language/small.yaml"
	matrix = "../pack/packs/permenpanrb-6-2022.v1.yaml"
)

// dec and ref are numbers of a pack.
func dec(text string) decimal.Decimal  { return decimal.MustParse(text) }
func ref(text string) *decimal.Decimal { return new(dec(text)) }

// faulty is a change of a pack that makes it invalid, with the paths and a part of the message of every problem.
type faulty struct {
	name   string
	change func(d *domain.Definition)
	want   []string
}

func refuses(t *testing.T, path string, cases []faulty) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := definition(t, path)
			c.change(&d)
			_, err := domain.NewPack(d, "hash")
			invalid, ok := errors.AsType[*domain.PackError](err)
			if !ok || !errors.Is(err, domain.ErrInvalidPack) {
				t.Fatalf("error is %v, want a PackError", err)
			}
			var got []string
			for i, problem := range invalid.Problems {
				said := problem.Path + ": " + problem.Message
				if i < len(c.want) {
					path, message, _ := strings.Cut(c.want[i], ": ")
					if path == problem.Path && strings.Contains(problem.Message, message) {
						said = c.want[i]
					}
				}
				got = append(got, said)
				if !strings.Contains(err.Error(), problem.Path+": "+problem.Message) {
					t.Errorf("the text of the error lacks %s", problem.Path)
				}
			}
			diff := cmp.Diff(c.want, got)
			if diff != "" {
				t.Fatalf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNewPack_refuses_a_wrong_head(t *testing.T) {
	t.Parallel()
	refuses(t, banded, []faulty{
		{"an_id_with_a_slash", func(d *domain.Definition) { d.ID = "a/b" }, []string{"id: bukan pengenal paket"}},
		{"version_zero", func(d *domain.Definition) { d.Version = 0 }, []string{"version: 0 bukan nomor versi"}},
		{"a_version_too_high", func(d *domain.Definition) { d.Version = 1_000_000 }, []string{"version: bukan nomor versi"}},
		{"a_base_without_version", func(d *domain.Definition) { d.Base = "rulePacks/x" }, []string{"base: bukan nama paket"}},
		{"no_name", func(d *domain.Definition) { d.DisplayName = " " }, []string{"display_name: belum diisi"}},
		{"a_name_too_long", func(d *domain.Definition) { d.DisplayName = strings.Repeat("é", 201) }, []string{"display_name: lebih dari 200 huruf"}},
		{"a_name_in_two_lines", func(d *domain.Definition) { d.DisplayName = "a\nb" }, []string{"display_name: satu baris"}},
		{"a_notice_in_two_lines", func(d *domain.Definition) { d.Notice = "a\nb" }, []string{"notice: satu baris"}},
		{"no_date", func(d *domain.Definition) { d.EffectiveFrom = "1 Januari" }, []string{"effective_from: bukan tanggal"}},
		{"an_impossible_end", func(d *domain.Definition) { d.EffectiveUntil = "2026-02-30" }, []string{"effective_until: bukan tanggal"}},
		{"an_end_before_the_beginning", func(d *domain.Definition) { d.EffectiveUntil = "2025-12-31" }, []string{"effective_until: mendahului"}},
		{"no_source_of_law", func(d *domain.Definition) { d.LegalSources = nil }, []string{
			"legal_sources: belum diisi", "rules[8].source: tidak ada di legal_sources", "components[2].source: tidak ada di legal_sources",
		}},
		{"a_source_twice", func(d *domain.Definition) { d.LegalSources = append(d.LegalSources, d.LegalSources[0]) }, []string{"legal_sources[1].key: dua kali"}},
		{"a_source_without_texts", func(d *domain.Definition) { d.LegalSources[0].Short, d.LegalSources[0].Title = "", "" }, []string{
			"legal_sources[0].short: belum diisi", "legal_sources[0].title: belum diisi",
		}},
		{"a_key_with_blanks", func(d *domain.Definition) {
			d.LegalSources = append(d.LegalSources, domain.LegalSource{Key: "a b", Short: "A", Title: "A"})
		}, []string{
			"legal_sources[1].key: bukan kunci",
		}},
	})
}

func TestNewPack_refuses_wrong_rules(t *testing.T) {
	t.Parallel()
	refuses(t, banded, []faulty{
		{"a_rule_that_is_missing", func(d *domain.Definition) { d.Rules = d.Rules[1:] }, []string{"rules: achievement.normal belum ada, padahal dipakai oleh setiap paket"}},
		{"a_rule_that_nothing_reaches", func(d *domain.Definition) { d.Achievement.Cap = nil }, []string{"rules[5].id: tidak dipakai"}},
		{"an_unknown_rule", func(d *domain.Definition) { d.Rules[0].ID = "peers.median" }, []string{"rules[0].id: bukan aturan yang dikenal", "rules: achievement.normal belum ada"}},
		{"a_rule_twice", func(d *domain.Definition) { d.Rules = append(d.Rules, d.Rules[0]) }, []string{"rules[11].id: dua kali"}},
		{"rounding_without_places", func(d *domain.Definition) { d.Rules[0].Places = nil }, []string{"rules[0].places: belum ada"}},
		{"places_where_nothing_is_rounded", func(d *domain.Definition) { d.Rules[4].Places = new(2) }, []string{"rules[4].places: tidak membulatkan"}},
		{"too_many_places", func(d *domain.Definition) { d.Rules[0].Places = new(9) }, []string{"rules[0].places: 9 bukan jumlah angka"}},
		{"negative_places", func(d *domain.Definition) { d.Rules[1].Places = new(-1) }, []string{"rules[1].places: -1 bukan jumlah angka"}},
		{"no_label_and_no_text", func(d *domain.Definition) { d.Rules[0].Label, d.Rules[0].Text = "", "" }, []string{"rules[0].label: belum diisi", "rules[0].text: belum diisi"}},
		{"an_unknown_basis", func(d *domain.Definition) { d.Rules[0].Basis = "guess" }, []string{"rules[0].basis: pilih law, evidence, atau policy"}},
		{"law_without_source", func(d *domain.Definition) { d.Rules[0].Basis = domain.BasisLaw }, []string{"rules[0].source: basis law memerlukan"}},
		{"an_unknown_source", func(d *domain.Definition) { d.Rules[0].Source = "perda" }, []string{"rules[0].source: tidak ada di legal_sources"}},
		{"a_suggestion_by_law", func(d *domain.Definition) { d.Rules[7].Basis, d.Rules[7].Source = domain.BasisLaw, "perbup-1" }, []string{"rules[7].basis: bukan ketentuan peraturan"}},
		{"inputs_of_a_matrix", func(d *domain.Definition) { d.Inputs = []domain.InputRule{{}} }, []string{"inputs: hanya dipakai oleh predicate.matrix"}},
	})
	refuses(t, matrix, []faulty{
		{"an_input_that_is_missing", func(d *domain.Definition) { d.Inputs = d.Inputs[1:] }, []string{"inputs: rating.result belum ada"}},
		{"a_rating_that_does_not_block", func(d *domain.Definition) { d.Inputs[0].Missing = domain.PolicyExclude }, []string{"inputs[0].missing: pilih block"}},
		{"an_organisation_of_zero", func(d *domain.Definition) { d.Inputs[2].Missing = domain.PolicyZero }, []string{"inputs[2].missing: pilih exclude, block, atau provisional"}},
		{"an_unknown_input", func(d *domain.Definition) {
			d.Inputs = append(d.Inputs, domain.InputRule{ID: "weather", Label: "Cuaca"})
		}, []string{"inputs[3].id: tidak dikenal"}},
		{"an_input_twice_without_label", func(d *domain.Definition) {
			d.Inputs = append(d.Inputs, domain.InputRule{ID: domain.InputResultRating, Missing: domain.PolicyBlock})
		}, []string{"inputs[3].id: dua kali", "inputs[3].label: belum diisi"}},
	})
}

func TestNewPack_refuses_wrong_achievements(t *testing.T) {
	t.Parallel()
	refuses(t, banded, []faulty{
		{"a_negative_cap", func(d *domain.Definition) { d.Achievement.Cap = ref("-1") }, []string{"achievement.cap: bukan bilangan", "achievement.cap: tidak lebih besar", "components[0].indicators.curve[0]: tidak pernah dipakai", "components[0].indicators.curve[1]: tidak pernah dipakai", "components[0].indicators.curve[2]: tidak pernah dipakai"}},
		{"a_cap_finer_than_achievements", func(d *domain.Definition) { d.Achievement.Cap = ref("120.555") }, []string{"achievement.cap: lebih banyak angka di belakang koma"}},
		{"a_floor_above_the_cap", func(d *domain.Definition) { d.Achievement.Floor = ref("120") }, []string{
			"achievement.cap: tidak lebih besar daripada floor", "components[0].indicators.curve[0]: tidak pernah dipakai karena capaian paling rendah", "components[0].indicators.curve[1]: tidak pernah dipakai karena capaian paling rendah",
		}},
		{"no_policy", func(d *domain.Definition) { d.Achievement.Missing = "" }, []string{"achievement.missing: belum diisi"}},
		{"an_unknown_policy", func(d *domain.Definition) { d.Achievement.Missing = "guess" }, []string{"achievement.missing: pilih exclude, block, provisional, atau zero"}},
		{"zero_without_reason", func(d *domain.Definition) { d.Achievement.Missing = domain.PolicyZero }, []string{"achievement.missing_reason: belum diisi"}},
		{"a_reason_without_zero", func(d *domain.Definition) { d.Achievement.MissingReason = "x" }, []string{"achievement.missing_reason: hanya untuk missing: zero"}},
		{"no_label", func(d *domain.Definition) { d.Achievement.MissingLabel = "" }, []string{"achievement.missing_label: belum diisi"}},
		{"an_empty_efficiency", func(d *domain.Definition) { d.Achievement.Efficiency = &domain.EfficiencyTerms{} }, []string{
			"rules: achievement.efficiency belum ada", "achievement.efficiency.aspects: belum diisi", "achievement.efficiency.factor: lebih dari 0",
		}},
		{"an_unknown_aspect", func(d *domain.Definition) {
			d.Achievement.Efficiency = &domain.EfficiencyTerms{Aspects: []domain.Aspect{"time", "time", "space"}, Factor: dec("1.76"), Limit: dec("-1"), Top: dec("10001")}
		}, []string{
			"rules: achievement.efficiency belum ada", "achievement.efficiency.aspects[1]: dua kali", "achievement.efficiency.aspects[2]: tidak dikenal",
			"achievement.efficiency.limit: bukan bilangan", "achievement.efficiency.top: bukan bilangan",
		}},
	})
}

func TestNewPack_refuses_wrong_components(t *testing.T) {
	t.Parallel()
	second := func(change func(c *domain.Component)) func(*domain.Definition) {
		return func(d *domain.Definition) { change(&d.Components[1]) }
	}
	way := func(change func(c *domain.Component)) func(*domain.Definition) {
		return second(func(c *domain.Component) { c.Behavior = nil; change(c) })
	}
	refuses(t, banded, []faulty{
		{"none", func(d *domain.Definition) { d.Components = nil }, []string{
			"rules[6].id: tidak dipakai", "components: belum diisi", "shown.value: tidak ada", "shown.achievement: tidak ada", "predicate.bands.of: tidak ada", "suggestion.of: tidak ada",
		}},
		{"an_id_in_capitals", second(func(c *domain.Component) { c.ID = "Attitude" }), []string{
			"components[1].id: bukan pengenal komponen", "components[2].weighted.of[1].component: tidak ada", "components[2].weighted.variants[0].of[1].component: tidak ada",
		}},
		{"an_id_of_a_trace", second(func(c *domain.Component) { c.ID = "achievement" }), []string{
			"components[1].id: dipakai oleh jejak", "components[2].weighted.of[1].component: tidak ada", "components[2].weighted.variants[0].of[1].component: tidak ada",
		}},
		{"an_id_twice", second(func(c *domain.Component) { c.ID = "plan" }), []string{
			"components[1].id: dua kali", "components[2].weighted.of[1].component: tidak ada", "components[2].weighted.variants[0].of[1].component: tidak ada",
		}},
		{"no_texts", second(func(c *domain.Component) { c.Label, c.Text = "", "" }), []string{"components[1].label: belum diisi", "components[1].text: belum diisi"}},
		{"law_without_source", second(func(c *domain.Component) { c.Basis = domain.BasisLaw }), []string{"components[1].source: basis law memerlukan"}},
		{"an_unknown_policy", second(func(c *domain.Component) { c.Missing = "guess" }), []string{"components[1].missing: tidak dikenal"}},
		{"zero_without_reason", second(func(c *domain.Component) { c.Missing = domain.PolicyZero }), []string{"components[1].missing_reason: belum diisi"}},
		{"too_many_places", second(func(c *domain.Component) { c.Places = 9 }), []string{"components[1].places: 9 bukan jumlah angka"}},
		{"a_cap_without_its_rule", second(func(c *domain.Component) { c.Cap = ref("100") }), []string{"rules: component.cap belum ada, padahal dipakai oleh cap sebuah komponen"}},
		{"a_floor_finer_than_places", second(func(c *domain.Component) { c.Floor = ref("0.005") }), []string{"rules: component.floor belum ada", "components[1].floor: lebih banyak angka"}},
		{"an_empty_condition", second(func(c *domain.Component) { c.When = &domain.Condition{} }), []string{"components[1].when: tidak menyebut apa pun"}},
		{"a_condition_on_components", second(func(c *domain.Component) { c.When = &domain.Condition{Has: []string{"plan"}} }), []string{"components[1].when.has: hanya untuk weighted.variants"}},
		{"unknown_codes", second(func(c *domain.Component) {
			c.When = &domain.Condition{Positions: []domain.PositionKind{"king"}, Families: []domain.JobFamily{"smith"}, Units: []domain.UnitKind{"castle"}}
		}), []string{"components[1].when.positions[0]: tidak dikenal", "components[1].when.families[0]: tidak dikenal", "components[1].when.units[0]: tidak dikenal"}},
		{"no_way", second(func(c *domain.Component) { c.Behavior = nil }), []string{"components[1]: belum ada cara menghitung"}},
		{"two_ways", second(func(c *domain.Component) { c.Tasks = &domain.TasksWay{Steps: []domain.TaskStep{{From: 1}}} }), []string{"components[1].tasks: sudah dihitung dengan behavior"}},
		{"a_survey_without_terms", way(func(c *domain.Component) { c.Survey = &domain.SurveyWay{} }), []string{"components[1].survey: ketentuan survei belum ada"}},
		{"a_day_of_25_hours", way(func(c *domain.Component) { c.Attendance = &domain.AttendanceWay{MinutesPerDay: 1500} }), []string{"components[1].attendance.minutes_per_day: bukan jumlah menit"}},
		{"an_unknown_rating", way(func(c *domain.Component) { c.Rating = &domain.RatingWay{Of: "x"} }), []string{
			"components[1].rating.of: pilih result atau behavior", "components[1].rating.values: above", "components[1].rating.values: meets", "components[1].rating.values: below",
		}},
		{"a_rating_beside", way(func(c *domain.Component) {
			c.Rating = &domain.RatingWay{Of: domain.RatingResult, Values: map[domain.Expectation]decimal.Decimal{"above": dec("1"), "meets": dec("-1"), "below": dec("0"), "beside": dec("1")}}
		}), []string{"components[1].rating.values.beside: tidak dikenal", "components[1].rating.values.meets: bukan bilangan"}},
		{"an_organisation_without_values", way(func(c *domain.Component) {
			c.Organization = &domain.OrganizationWay{Values: map[domain.OrganizationLevel]decimal.Decimal{"excellent": dec("1"), "good": dec("1"), "needs_improvement": dec("1"), "poor": dec("1")}}
		}), []string{"components[1].organization.values: very_poor"}},
		{"innovations_of_one_reach", way(func(c *domain.Component) {
			c.Innovations = &domain.InnovationsWay{Points: map[domain.Reach]decimal.Decimal{"unit": dec("1"), "agency": dec("1")}}
		}), []string{"components[1].innovations.points: national"}},
		{"tasks_without_steps", way(func(c *domain.Component) { c.Tasks = &domain.TasksWay{} }), []string{"components[1].tasks.steps: belum diisi"}},
		{"tasks_in_disorder", way(func(c *domain.Component) {
			c.Tasks = &domain.TasksWay{Steps: []domain.TaskStep{{From: -1, Points: dec("1")}, {From: 3, Points: dec("-1")}, {From: 2, Points: dec("1")}}}
		}), []string{"components[1].tasks.steps[0].from: bukan jumlah tugas", "components[1].tasks.steps[1].points: bukan bilangan", "components[1].tasks.steps[2].from: 2 tidak lebih besar daripada 3"}},
		{"a_task_too_many", way(func(c *domain.Component) {
			c.Tasks = &domain.TasksWay{Steps: []domain.TaskStep{{From: 1_000_001, Points: dec("1")}}}
		}), []string{"components[1].tasks.steps[0].from: 1000001 bukan jumlah tugas"}},
		{"a_rater_too_many", way(func(c *domain.Component) {
			c.Panel = &domain.PanelWay{Group: domain.GroupPeers, Minimum: 1_000_001, AnswerMax: 4}
		}), []string{"components[1].panel.minimum: 1000001 bukan jumlah penilai"}},
		{"raters_so_few_that_they_can_be_told", way(func(c *domain.Component) {
			c.Panel = &domain.PanelWay{Group: domain.GroupPublic, Minimum: 2, AnswerMax: 4}
		}), []string{"components[1].panel.minimum: 2 terlalu sedikit karena jawaban dapat dilacak kepada pemberinya; pakai 3 atau lebih"}},
		{"no_superior", way(func(c *domain.Component) {
			c.Panel = &domain.PanelWay{Group: domain.GroupSuperior, AnswerMax: 4}
		}), []string{"components[1].panel.minimum: 0 bukan jumlah penilai"}},
		{"a_panel_of_nobody", way(func(c *domain.Component) {
			c.Panel = &domain.PanelWay{Group: "x", AnswerMin: 4, AnswerMax: 4, Scale: ref("0")}
		}), []string{
			"components[1].panel.group: tidak dikenal", "components[1].panel.minimum: 0 bukan jumlah penilai", "components[1].panel.answer_min: bukan rentang", "components[1].panel.scale: lebih dari 0",
		}},
		{"panels_that_disagree", func(d *domain.Definition) {
			d.Components[0].Indicators, d.Components[1].Behavior = nil, nil
			d.Components[0].Panel = &domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMax: 4}
			d.Components[1].Panel = &domain.PanelWay{Group: domain.GroupPeers, Minimum: 4, AnswerMax: 4}
		}, []string{"components[1].panel: harus sama dengan komponen “plan”"}},
		{"an_empty_sum", way(func(c *domain.Component) { c.Sum = &domain.SumWay{} }), []string{"components[1].sum.of: belum diisi"}},
		{"a_sum_of_later_and_unknown_ones", way(func(c *domain.Component) {
			c.Sum = &domain.SumWay{Of: []string{"plan", "plan", "attitude", "total", "x"}}
		}), []string{
			"components[1].sum.of[1]: dua kali", "components[1].sum.of[2]: membaca dirinya sendiri", "components[1].sum.of[3]: sesudah komponen ini", "components[1].sum.of[4]: tidak ada",
		}},
	})
}

func TestNewPack_refuses_wrong_weights(t *testing.T) {
	t.Parallel()
	total := func(change func(w *domain.WeightedWay)) func(*domain.Definition) {
		return func(d *domain.Definition) { change(d.Components[2].Weighted) }
	}
	variant := func(when domain.Condition) domain.WeightVariant {
		return domain.WeightVariant{Label: "x", When: when, Of: []domain.Weight{{Component: "plan", Weight: dec("1")}}}
	}
	teachers := domain.Condition{Families: []domain.JobFamily{domain.FamilyTeacher}}
	refuses(t, banded, []faulty{
		{"no_weights", total(func(w *domain.WeightedWay) { w.Of = nil }), []string{"components[2].weighted.of: belum diisi"}},
		{"a_weight_of_zero", total(func(w *domain.WeightedWay) { w.Of[0].Weight = dec("0") }), []string{"components[2].weighted.of[0].weight: lebih dari 0"}},
		{"a_weight_too_fine", total(func(w *domain.WeightedWay) { w.Of[0].Weight = dec("0.00001") }), []string{"components[2].weighted.of[0].weight: bukan bilangan"}},
		{"a_component_twice", total(func(w *domain.WeightedWay) { w.Of[1].Component = "plan" }), []string{"components[2].weighted.of[1].component: dua kali"}},
		{"itself", total(func(w *domain.WeightedWay) { w.Of[1].Component = "total" }), []string{"components[2].weighted.of[1].component: membaca dirinya sendiri"}},
		{"a_variant_for_everybody", total(func(w *domain.WeightedWay) { w.Variants[0] = variant(domain.Condition{}) }), []string{"components[2].weighted.variants[0].when: tidak menyebut apa pun"}},
		{"a_variant_without_label", total(func(w *domain.WeightedWay) { w.Variants[0].Label = "" }), []string{"components[2].weighted.variants[0].label: belum diisi"}},
		{"a_variant_behind_a_wider_one", total(func(w *domain.WeightedWay) {
			narrow := teachers
			narrow.Units = []domain.UnitKind{domain.UnitSchool}
			w.Variants = append(w.Variants, variant(narrow))
		}), []string{"components[2].weighted.variants[1].when: varian ke-1 sudah berlaku"}},
		{"a_variant_that_contradicts_the_component", func(d *domain.Definition) {
			d.Components[2].When = &domain.Condition{Families: []domain.JobFamily{domain.FamilyHealth}}
		}, []string{
			"components[2].weighted.variants[0].when: bertentangan dengan when",
			"components[2].when: predikat ditentukan oleh komponen ini (predicate.bands.of), sehingga pegawai lain tidak berpredikat tanpa sebab yang disebut; hapus when",
		}},
		{"a_variant_by_a_later_component", total(func(w *domain.WeightedWay) { w.Variants[0] = variant(domain.Condition{Has: []string{"total"}}) }), []string{
			"components[2].weighted.variants[0].when.has[0]: membaca dirinya sendiri",
		}},
	})
}

func TestNewPack_takes_variants_that_overlap_in_part(t *testing.T) {
	t.Parallel()
	d := definition(t, banded)
	way := d.Components[2].Weighted
	for _, when := range []domain.Condition{
		{Families: []domain.JobFamily{domain.FamilyTeacher, domain.FamilyHealth}}, // wider than the one before
		{Units: []domain.UnitKind{domain.UnitSchool}},
		{Has: []string{"plan"}, Units: []domain.UnitKind{domain.UnitVillage}},
		{Has: []string{"plan", "attitude"}, Units: []domain.UnitKind{domain.UnitVillage}},
		{Positions: []domain.PositionKind{domain.PositionFunctional}},
	} {
		way.Variants = append(way.Variants, domain.WeightVariant{Label: "x", When: when, Of: way.Of})
	}
	_, err := domain.NewPack(d, "hash")
	if err != nil {
		t.Fatal(err)
	}
}
