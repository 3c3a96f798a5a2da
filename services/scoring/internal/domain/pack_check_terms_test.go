package domain_test

import (
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestNewPack_refuses_wrong_curves(t *testing.T) {
	t.Parallel()
	curve := func(change func(parts []domain.CurvePart) []domain.CurvePart) func(*domain.Definition) {
		return func(d *domain.Definition) {
			d.Components[0].Indicators.Curve = change(d.Components[0].Indicators.Curve)
		}
	}
	const path = "components[0].indicators.curve"
	refuses(t, banded, []faulty{
		{"no_floor_below_it", func(d *domain.Definition) { d.Achievement.Floor = nil }, []string{"rules[4].id: tidak dipakai", path + ": tidak mencakup capaian di bawah 0"}},
		{"a_beginning_above_the_floor", curve(func(p []domain.CurvePart) []domain.CurvePart { return p[1:] }), []string{path + "[0].from: bagian pertama mulai dari 60"}},
		{"a_gap", curve(func(p []domain.CurvePart) []domain.CurvePart { p[1].From = dec("60.01"); return p }), []string{path + "[1].from: mulai dari 60.00"}},
		{"an_overlap", curve(func(p []domain.CurvePart) []domain.CurvePart { p[1].From = dec("59.99"); return p }), []string{path + "[1].from: tidak menyambung"}},
		{"finer_achievements", func(d *domain.Definition) { d.Rules[0].Places = new(3) }, []string{path + "[1].from: mulai dari 59.991", path + "[2].from: mulai dari 100.001"}},
		{"an_end", curve(func(p []domain.CurvePart) []domain.CurvePart { p[2].To = ref("120"); p[2].High = dec("120"); return p }), []string{path + "[2].to: bagian terakhir harus tanpa batas atas"}},
		{"no_end_in_between", curve(func(p []domain.CurvePart) []domain.CurvePart { p[0].To = nil; return p }), []string{path + "[0].to: belum ada", path + "[0].high: tidak dipakai"}},
		{"a_part_backwards", curve(func(p []domain.CurvePart) []domain.CurvePart { p[1].To = ref("50"); return p }), []string{path + "[1].to: tukar keduanya", path + "[2].from: tidak menyambung"}},
		{"a_point_with_two_values", curve(func(p []domain.CurvePart) []domain.CurvePart { p[1].To = ref("60"); return p }), []string{path + "[1].high: hanya satu angka", path + "[2].from: tidak menyambung"}},
		{"a_part_above_the_cap", func(d *domain.Definition) { d.Achievement.Cap = ref("100") }, []string{path + "[2]: tidak pernah dipakai karena capaian paling tinggi 100"}},
		{"numbers_that_are_none", curve(func(p []domain.CurvePart) []domain.CurvePart {
			p[0].Low, p[0].High, p[0].Attainable = dec("-1"), dec("20000"), ref("0.00001")
			return p
		}), []string{path + "[0].low: bukan bilangan", path + "[0].high: bukan bilangan", path + "[0].attainable: bukan bilangan"}},
		{"too_many_parts", curve(func([]domain.CurvePart) []domain.CurvePart {
			var parts []domain.CurvePart
			for i := range 201 {
				parts = append(parts, domain.CurvePart{From: dec("0"), To: ref("0")})
				if i > 0 {
					parts[i].From, parts[i].To = hundredths(i), new(hundredths(i))
				}
			}
			parts[200].To = nil
			return parts
		}), []string{path + ": ada 201, padahal paling banyak 200"}},
		{"an_unknown_way_to_combine", func(d *domain.Definition) { d.Components[0].Indicators.Combine = "max" }, []string{"components[0].indicators.combine: tidak dikenal"}},
		{"unknown_selections", func(d *domain.Definition) {
			way := d.Components[0].Indicators
			way.Works, way.Aspects, way.Levels = []domain.Work{"x"}, []domain.Aspect{"y"}, []domain.Level{"z"}
		}, []string{"components[0].indicators.works[0]: tidak dikenal", "components[0].indicators.aspects[0]: tidak dikenal", "components[0].indicators.levels[0]: tidak dikenal"}},
	})
}

func hundredths(i int) decimal.Decimal { return decimal.MustNew(int64(i), 2) }

func TestNewPack_refuses_wrong_categories(t *testing.T) {
	t.Parallel()
	terms := func(change func(c *domain.CategoryTerms)) func(*domain.Definition) {
		return func(d *domain.Definition) {
			way := d.Components[0].Indicators
			way.Curve, way.Combine = nil, domain.CombineCategories
			way.Categories = &domain.CategoryTerms{
				Bands: []domain.CategoryBand{{Category: "very_good", From: ref("101")}, {Category: "good", From: ref("80")}, {Category: "poor"}},
				Combine: []domain.CategoryCombination{
					{Category: "poor", AtLeast: map[domain.Predicate]int{"poor": 1}}, {Category: "very_good", AtLeast: map[domain.Predicate]int{"very_good": 2}}, {Category: "good"},
				},
				Values: map[domain.Predicate]decimal.Decimal{"very_good": dec("120"), "good": dec("100"), "poor": dec("60")},
			}
			change(way.Categories)
		}
	}
	const path = "components[0].indicators.categories"
	refuses(t, banded, []faulty{
		{"none", func(d *domain.Definition) { d.Components[0].Indicators.Combine = domain.CombineCategories }, []string{path + ": belum ada"}},
		{"those_of_a_mean", func(d *domain.Definition) { d.Components[0].Indicators.Categories = &domain.CategoryTerms{} }, []string{path + ": hanya untuk combine: categories"}},
		{"beside_a_curve", func(d *domain.Definition) {
			parts := d.Components[0].Indicators.Curve
			terms(func(*domain.CategoryTerms) {})(d)
			d.Components[0].Indicators.Curve = parts
		}, []string{"components[0].indicators.curve: tidak dipakai bersama"}},
		{"empty", terms(func(c *domain.CategoryTerms) { *c = domain.CategoryTerms{} }), []string{path + ".bands: belum diisi", path + ".combine: belum diisi"}},
		{"a_band_twice", terms(func(c *domain.CategoryTerms) { c.Bands[1].Category = "very_good" }), []string{path + ".bands[1].category: dua kali"}},
		{"a_band_without_bound", terms(func(c *domain.CategoryTerms) { c.Bands[0].From = nil }), []string{path + ".bands[0].from: hanya yang terakhir"}},
		{"a_last_band_with_bound", terms(func(c *domain.CategoryTerms) { c.Bands[2].From = ref("10") }), []string{path + ".bands[2].from: yang terakhir harus tanpa batas bawah"}},
		{"bands_in_disorder", terms(func(c *domain.CategoryTerms) { c.Bands[1].From = ref("101") }), []string{path + ".bands[1].from: tidak di bawah 101"}},
		{"a_band_above_the_cap", terms(func(c *domain.CategoryTerms) { c.Bands[0].From = ref("121") }), []string{path + ".bands[0].from: tidak pernah tercapai"}},
		{"a_band_at_the_floor", terms(func(c *domain.CategoryTerms) { c.Bands[1].From = ref("0") }), []string{path + ".bands[1].from: selalu tercapai"}},
		{"a_combination_of_what_is_not_there", terms(func(c *domain.CategoryTerms) { c.Combine[0].AtLeast = map[domain.Predicate]int{"very_poor": 1} }), []string{path + ".combine[0].at_least.very_poor: tidak ada di bands"}},
		{"a_combination_of_none", terms(func(c *domain.CategoryTerms) { c.Combine[0].AtLeast["poor"] = 0 }), []string{
			path + ".combine[0].at_least.poor: bukan jumlah indikator", path + ".combine[1]: ketentuan ke-1 sudah cocok", path + ".combine[2]: ketentuan ke-1 sudah cocok",
		}},
		{"a_last_one_with_a_condition", terms(func(c *domain.CategoryTerms) { c.Combine[2].AtLeast = map[domain.Predicate]int{"good": 1} }), []string{path + ".combine[2].at_least: harus selalu cocok"}},
		{"one_without_condition_before", terms(func(c *domain.CategoryTerms) { c.Combine[1].AtLeast = nil }), []string{path + ".combine[1].at_least: belum ada"}},
		{"one_behind_a_wider_one", terms(func(c *domain.CategoryTerms) { c.Combine[1].AtLeast = map[domain.Predicate]int{"poor": 2} }), []string{path + ".combine[1]: ketentuan ke-1 sudah cocok"}},
		{"a_category_without_value", terms(func(c *domain.CategoryTerms) { delete(c.Values, "good") }), []string{path + ".values: nilai untuk good belum ada"}},
		{"a_value_without_category", terms(func(c *domain.CategoryTerms) { c.Values["very_poor"] = dec("1") }), []string{path + ".values.very_poor: tidak pernah diberikan"}},
		{"a_value_beside", terms(func(c *domain.CategoryTerms) { c.Values["x"] = dec("-1") }), []string{path + ".values.x: tidak dikenal", path + ".values.x: bukan bilangan"}},
	})
}

func TestNewPack_refuses_wrong_predicates(t *testing.T) {
	t.Parallel()
	bands := func(change func(b *domain.BandsTerms)) func(*domain.Definition) {
		return func(d *domain.Definition) { change(d.Predicate.Bands) }
	}
	const path = "predicate.bands"
	refuses(t, banded, []faulty{
		{"none", func(d *domain.Definition) { d.Predicate = domain.PredicateTerms{} }, []string{"rules[8].id: tidak dipakai", "predicate: belum diisi", "segments.predicate: memerlukan predicate.bands"}},
		{"of_an_unknown_component", bands(func(b *domain.BandsTerms) { b.Of = "x" }), []string{path + ".of: tidak ada", "segments.predicate: shown.value harus sama"}},
		{"more_places_than_the_component", bands(func(b *domain.BandsTerms) { b.Places = new(3) }), []string{"rules: predicate.round belum ada", path + ".places: lebih banyak daripada 2"}},
		{"other_places_than_the_rule", func(d *domain.Definition) {
			d.Predicate.Bands.Places = new(0)
			round := d.Rules[0]
			round.ID = domain.RulePredicateRound
			d.Rules = append(d.Rules, round)
		}, []string{"rules[11].places: berbeda dari predicate.bands.places 0"}},
		{"no_bands", bands(func(b *domain.BandsTerms) { b.Bands = nil }), []string{path + ".bands: belum diisi"}},
		{"an_unknown_predicate", bands(func(b *domain.BandsTerms) { b.Bands[1].Predicate = "x" }), []string{path + ".bands[1].predicate: tidak dikenal"}},
		{"a_last_band_with_a_condition", bands(func(b *domain.BandsTerms) { b.Bands[4].Innovation = true }), []string{path + ".bands[4].innovation: berlaku tanpa syarat"}},
		{"a_last_band_with_a_bound", bands(func(b *domain.BandsTerms) { b.Bands[4].From = ref("1") }), []string{path + ".bands[4].from: yang terakhir harus tanpa batas bawah"}},
		{"no_bound_in_between", bands(func(b *domain.BandsTerms) { b.Bands[2].From = nil }), []string{path + ".bands[2].from: hanya yang terakhir"}},
		{"disorder", bands(func(b *domain.BandsTerms) { b.Bands[2].From = ref("90") }), []string{path + ".bands[2].from: tidak di bawah 90"}},
		{"an_innovation_behind_a_wider_band", bands(func(b *domain.BandsTerms) { b.Bands[0], b.Bands[1] = b.Bands[1], b.Bands[0] }), []string{path + ".bands[1]: ketentuan ke-1 sudah cocok"}},
		{"a_band_above_the_cap", func(d *domain.Definition) {
			d.Components[2].Cap = ref("100")
			limit := d.Rules[4]
			limit.ID = domain.RuleComponentCap
			d.Rules = append(d.Rules, limit)
		}, []string{path + ".bands[0].from: tidak pernah tercapai"}},
		{"words_of_nothing", func(d *domain.Definition) { d.Predicate.Words = map[domain.Predicate]string{"x": ""} }, []string{"predicate.words.x: tidak dikenal", "predicate.words.x: belum diisi"}},
		{"words_that_are_the_same", func(d *domain.Definition) { d.Predicate.Words = map[domain.Predicate]string{"good": "Sangat Baik"} }, []string{"predicate.words: very_good dan good sama-sama berbunyi"}},
		{"a_head_without_matrix", func(d *domain.Definition) {
			d.UnitHead.Ratings = map[domain.OrganizationLevel]domain.Expectation{"excellent": "above", "good": "meets", "needs_improvement": "below", "poor": "below", "very_poor": "x"}
		}, []string{"rules: unit_head.result_rating belum ada", "unit_head.ratings: hanya dipakai oleh predicate.matrix", "unit_head.ratings.very_poor: tidak dikenal"}},
		{"shown_components_that_are_not_there", func(d *domain.Definition) { d.Shown.Achievement = "x" }, []string{"shown.achievement: tidak ada"}},
		{"bands_of_what_is_not_for_everybody", func(d *domain.Definition) {
			d.Components[2].When = &domain.Condition{Positions: []domain.PositionKind{domain.PositionFunctional}}
		}, []string{"components[2].when: predikat ditentukan oleh komponen ini (predicate.bands.of), sehingga pegawai lain tidak berpredikat"}},
		{"bands_of_what_is_left_out", func(d *domain.Definition) { d.Components[2].Missing = domain.PolicyExclude }, []string{
			"components[2].missing: “exclude” tidak mungkin karena predikat ditentukan oleh komponen ini (predicate.bands.of); pilih block atau zero",
		}},
		{"bands_of_what_may_come_later", func(d *domain.Definition) { d.Components[2].Missing = domain.PolicyProvisional }, []string{"components[2].missing: “provisional” tidak mungkin"}},
		{"no_policy_for_segments", func(d *domain.Definition) { d.Segments.Predicate = "" }, []string{"segments.predicate: belum diisi"}},
		{"thresholds_of_nothing", func(d *domain.Definition) { d.Suggestion.Of = "" }, []string{"rules[7].id: tidak dipakai", "suggestion.of: belum diisi"}},
		{"no_thresholds", func(d *domain.Definition) { d.Suggestion.Thresholds = nil }, []string{"suggestion.thresholds: belum diisi"}},
		{"thresholds_upside_down", func(d *domain.Definition) {
			s := d.Suggestion.Thresholds
			s[0].Rating, s[1].Rating = s[1].Rating, s[0].Rating
		}, []string{"suggestion.thresholds[1].rating: tukar"}},
		{"thresholds_in_disorder", func(d *domain.Definition) { d.Suggestion.Thresholds[1].From = ref("102") }, []string{"suggestion.thresholds[1].from: tidak di bawah 101"}},
	})
	refuses(t, matrix, []faulty{
		{"a_missing_row", func(d *domain.Definition) { delete(d.Predicate.Matrix, "below") }, []string{"predicate.matrix: below (Di Bawah Ekspektasi) belum ada"}},
		{"a_missing_cell", func(d *domain.Definition) { delete(d.Predicate.Matrix["above"], "meets") }, []string{"predicate.matrix.above: meets (Sesuai Ekspektasi) belum ada"}},
		{"an_unknown_cell", func(d *domain.Definition) { d.Predicate.Matrix["above"]["meets"] = "x" }, []string{"predicate.matrix.above.meets: tidak dikenal"}},
		{"bands_beside", func(d *domain.Definition) {
			d.Predicate.Bands = &domain.BandsTerms{Of: "plan", Bands: []domain.PredicateBand{{Predicate: "good"}}}
		}, []string{"rules: predicate.bands belum ada", "predicate.bands: sudah ditentukan oleh matrix", "components[0].missing: “exclude” tidak mungkin"}},
		{"a_level_of_the_organisation_without_rating", func(d *domain.Definition) { delete(d.UnitHead.Ratings, "poor") }, []string{"unit_head.ratings: poor (Kurang) belum ada"}},
	})
}

func TestNewPack_refuses_wrong_surveys_and_credits(t *testing.T) {
	t.Parallel()
	refuses(t, matrix, []faulty{
		{"only_a_part_of_a_survey", func(d *domain.Definition) { d.Survey = domain.SurveyTerms{MinimumResponses: 1} }, []string{
			"survey.answer_min: bukan rentang", "survey.answer_max: 0 menolak jawaban", "survey.elements: belum diisi", "survey.factor: lebih dari 0", "survey.printed_weight: lebih dari 0", "survey.bands: belum diisi",
		}},
		{"no_responses", func(d *domain.Definition) { d.Survey.MinimumResponses = 0 }, []string{"survey.minimum_responses: 0 bukan jumlah responden"}},
		{"answers_too_high", func(d *domain.Definition) { d.Survey.AnswerMax = 101 }, []string{"survey.answer_min: bukan rentang", "survey.bands[3].to: indeks paling tinggi 2525"}},
		{"an_unknown_element", func(d *domain.Definition) { d.Survey.Elements[0] = "parking" }, []string{
			"survey.elements[0]: tidak dikenal", "survey.elements: requirements (Persyaratan) belum ada",
		}},
		{"an_element_twice", func(d *domain.Definition) { d.Survey.Elements[0] = "procedure" }, []string{
			"survey.elements[1]: dua kali", "survey.elements: requirements (Persyaratan) belum ada",
		}},
		{"elements_that_are_not_asked_about", func(d *domain.Definition) { d.Survey.Elements = d.Survey.Elements[:7] }, []string{
			"survey.elements: complaints (Penanganan pengaduan, saran, dan masukan) belum ada, padahal ditanyakan setiap survei, sehingga indeks tidak dapat dihitung; tambahkan",
			"survey.elements: facilities (Sarana dan prasarana) belum ada",
		}},
		{"answers_that_are_refused", func(d *domain.Definition) { d.Survey.AnswerMin, d.Survey.AnswerMax = 2, 3 }, []string{
			"survey.answer_min: 2 menolak jawaban yang sah karena survei dijawab dengan angka 1 sampai 4; pakai 1",
			"survey.answer_max: 3 menolak jawaban yang sah karena survei dijawab dengan angka 1 sampai 4; pakai 4",
		}},
		{"a_gap", func(d *domain.Definition) { d.Survey.Bands[2].From = dec("76.62") }, []string{"survey.bands[2].from: mulai dari 76.61"}},
		{"a_band_backwards", func(d *domain.Definition) { d.Survey.Bands[3].To = dec("80") }, []string{"survey.bands[3].to: tukar keduanya", "survey.bands[3].to: indeks paling tinggi 100 tidak tercakup"}},
		{"a_beginning_too_high", func(d *domain.Definition) { d.Survey.Bands[0].From = dec("26") }, []string{"survey.bands[0].from: indeks paling rendah 25 tidak tercakup"}},
		{"a_grade_twice_without_label", func(d *domain.Definition) { d.Survey.Bands[1].Grade, d.Survey.Bands[1].Label = "D", "" }, []string{"survey.bands[1].label: belum diisi", "survey.bands[1].grade: dua kali"}},
		{"a_year_of_13_months", func(d *domain.Definition) { d.Credit.MonthsPerYear = 13 }, []string{"credit.months_per_year: 13 bukan jumlah bulan"}},
		{"a_predicate_without_percentage", func(d *domain.Definition) { delete(d.Credit.Percents, "good") }, []string{"credit.percents: good (Baik) belum ada"}},
		{"a_coefficient_of_zero", func(d *domain.Definition) { d.Credit.Coefficients["mahir"] = dec("0") }, []string{"credit.coefficients.mahir: lebih dari 0"}},
		{"a_coefficient_too_fine", func(d *domain.Definition) { d.Credit.Coefficients["mahir"] = dec("12.50001") }, []string{"credit.coefficients.mahir: bukan bilangan"}},
		{"only_a_part_of_credit", func(d *domain.Definition) { d.Credit.Coefficients = nil }, []string{
			"credit.coefficients: pemula", "credit.coefficients: terampil", "credit.coefficients: mahir", "credit.coefficients: penyelia",
			"credit.coefficients: ahli_pertama", "credit.coefficients: ahli_muda", "credit.coefficients: ahli_madya", "credit.coefficients: ahli_utama",
		}},
	})
}

func TestNewPack_takes_a_pack_without_survey_and_credit(t *testing.T) {
	t.Parallel()
	d := definition(t, matrix)
	d.Survey, d.Credit = domain.SurveyTerms{}, domain.CreditTerms{}
	var kept []domain.Rule
	for _, rule := range d.Rules {
		if d.Reaches(rule.ID) || rule.ID == domain.RuleSurveyMean {
			kept = append(kept, rule)
		}
	}
	d.Rules = kept
	for i := range d.Components {
		if d.Components[i].Survey != nil {
			d.Components[i].Survey, d.Components[i].Behavior = nil, &domain.BehaviorWay{}
		}
	}
	_, err := domain.NewPack(d, "hash")
	if err == nil {
		t.Fatal("a rule of surveys was taken in a pack without")
	}
	d.Rules = d.Rules[:0]
	for _, rule := range kept {
		if d.Reaches(rule.ID) {
			d.Rules = append(d.Rules, rule)
		}
	}
	_, err = domain.NewPack(d, "hash")
	if err != nil {
		t.Fatal(err)
	}
}
