package domain_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

func TestNewPack_refuses_wrong_distributions(t *testing.T) {
	t.Parallel()
	limits := func(change func(l *distribution.Limits)) func(*domain.Definition) {
		return func(d *domain.Definition) { change(d.Distribution) }
	}
	rule := func(change func(r *distribution.Rule)) func(*domain.Definition) {
		return limits(func(l *distribution.Limits) { change(&l.Levels["good"][1]) })
	}
	const path, lower = "distribution", "distribution.levels.good[1]"
	refuses(t, matrix, []faulty{
		{"nothing", func(d *domain.Definition) { d.Distribution = &distribution.Limits{} }, []string{
			path + ".source: belum diisi", path + ".small_unit: 0 bukan batas unit kecil; pakai 1 sampai 30 pegawai", path + ".levels: excellent (Istimewa) belum ada",
			path + ".levels: good (Baik) belum ada", path + ".levels: needs_improvement", path + ".levels: poor", path + ".levels: very_poor",
		}},
		{"a_source_in_two_lines", limits(func(l *distribution.Limits) { l.Source = "a\nb" }), []string{path + ".source: satu baris"}},
		{"small_units_too_large", limits(func(l *distribution.Limits) { l.SmallUnit = 31 }), []string{path + ".small_unit: 31 bukan"}},
		{"an_unknown_level", limits(func(l *distribution.Limits) { l.Levels["other"] = l.Levels["poor"][:1] }), []string{
			path + ".levels.other: tidak dikenal; pilih excellent, good,", path + ".levels.poor[0].id: dua kali",
		}},
		{"a_level_without_rules", limits(func(l *distribution.Limits) { l.Levels["good"] = nil }), []string{path + ".levels.good: belum diisi"}},
		{"too_many_rules", limits(func(l *distribution.Limits) {
			for len(l.Levels["good"]) < 21 {
				r := l.Levels["good"][0]
				r.ID = strings.Repeat("x", len(l.Levels["good"]))
				l.Levels["good"] = append(l.Levels["good"], r)
			}
		}), []string{path + ".levels.good: ada 21, padahal paling banyak 20"}},
		{"a_rule_of_nothing", rule(func(r *distribution.Rule) { *r = distribution.Rule{} }), []string{
			lower + ".id: “” bukan pengenal", lower + ".predicates: belum diisi", lower + ": tidak membatasi apa pun", lower + ".text: belum diisi", lower + ".source: belum diisi",
		}},
		{"an_id_of_another_level", rule(func(r *distribution.Rule) { r.ID = "excellent.very_good.most" }), []string{lower + ".id: dua kali"}},
		{"an_id_with_capitals", rule(func(r *distribution.Rule) { r.ID = "Pasal1" }), []string{lower + ".id: “Pasal1” bukan pengenal"}},
		{"an_id_too_long", rule(func(r *distribution.Rule) { r.ID = strings.Repeat("a", 61) }), []string{lower + ".id: bukan pengenal"}},
		{"an_unknown_predicate", rule(func(r *distribution.Rule) { r.Predicates = []distribution.Predicate{"good", "fine"} }), []string{
			lower + ".predicates[1]: “fine” tidak dikenal; pilih very_good, good, needs_improvement, poor, atau very_poor",
		}},
		{"a_predicate_twice", rule(func(r *distribution.Rule) { r.Predicates = []distribution.Predicate{"poor", "poor"} }), []string{lower + ".predicates[1]: dua kali"}},
		{"a_share_above_everybody", rule(func(r *distribution.Rule) { r.MaxPercent = new(int64(101)) }), []string{lower + ".max_percent: 101 bukan persentase"}},
		{"a_share_below_nobody", rule(func(r *distribution.Rule) { r.MinPercent = new(int64(-1)) }), []string{lower + ".min_percent: -1 bukan persentase"}},
		{"rules_that_nobody_can_keep_together", limits(func(l *distribution.Limits) {
			l.Levels["good"][0].MaxPercent, l.Levels["good"][0].MinPercent = nil, new(int64(60))
			l.Levels["good"][1].MinPercent = new(int64(41))
		}), []string{path + ".levels.good: ketentuan untuk Baik tidak mungkin dipenuhi bersamaan oleh 100 pegawai"}},
	})
}

func TestNewPack_takes_a_pack_without_distribution_and_one_at_its_bounds(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(d *domain.Definition){
		"none":                     func(d *domain.Definition) { d.Distribution = nil },
		"the_smallest_small_unit":  func(d *domain.Definition) { d.Distribution.SmallUnit = 1 },
		"the_largest_small_unit":   func(d *domain.Definition) { d.Distribution.SmallUnit = 30 },
		"an_id_of_60_letters":      func(d *domain.Definition) { d.Distribution.Levels["good"][1].ID = strings.Repeat("a", 60) },
		"shares_that_fit_together": func(d *domain.Definition) { d.Distribution.Levels["good"][1].MinPercent = new(int64(100)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := definition(t, matrix)
			change(&d)
			_, err := domain.NewPack(d, "hash")
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestDistribution_has_the_codes_of_scores holds the codes of patterns to those of the predicates and ratings that they
// are compared with.
func TestDistribution_has_the_codes_of_scores(t *testing.T) {
	t.Parallel()
	var predicates []domain.Predicate
	for _, p := range distribution.Predicates() {
		predicates = append(predicates, domain.Predicate(p))
	}
	diff := cmp.Diff(domain.Predicates(), predicates)
	if diff != "" {
		t.Errorf("predicates:\n%s", diff)
	}
	var levels []domain.OrganizationLevel
	for _, l := range distribution.Levels() {
		levels = append(levels, domain.OrganizationLevel(l))
	}
	diff = cmp.Diff(domain.OrganizationLevels(), levels)
	if diff != "" {
		t.Errorf("levels:\n%s", diff)
	}
}
