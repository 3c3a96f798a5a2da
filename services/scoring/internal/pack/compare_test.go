package pack

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// replaced returns the small pack with passages replaced, each of which must occur once.
func replaced(t testing.TB, pairs ...string) *File {
	t.Helper()
	content := string(small(t))
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(content, pairs[i]) != 1 {
			t.Fatalf("%q occurs %d times", pairs[i], strings.Count(content, pairs[i]))
		}
		content = strings.Replace(content, pairs[i], pairs[i+1], 1)
	}
	file, err := Parse([]byte(content), nil)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestCompare_says(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		pairs []string
		want  []string
	}{
		{"nothing_of_a_file_that_only_looks_different", []string{"places: 2\n    behavior: {}", "places:   2 # dua\n    behavior: {}", "low: 110}", "low: 110.00}"}, nil},
		{
			"a_weight",
			[]string{"      of:\n        - {component: plan, weight: 70}\n        - {component: attitude, weight: 30}", "      of:\n        - {component: plan, weight: 60}\n        - {component: attitude, weight: 40}"},
			[]string{
				"components[2].weighted.of[0].weight Bobot komponen “Capaian rencana kinerja” dalam komponen “Nilai kinerja” berubah dari 70 menjadi 60.",
				"components[2].weighted.of[1].weight Bobot komponen “Perilaku” dalam komponen “Nilai kinerja” berubah dari 30 menjadi 40.",
			},
		},
		{
			"a_number_of_four_digits_and_a_version",
			[]string{"version: 1\n", "version: 2026\n", "  cap: 120\n", "  cap: 1500.50\n"},
			[]string{"version Versi berubah dari 1 menjadi 2026.", "achievement.cap Capaian tertinggi dalam ketentuan capaian indikator berubah dari 120 menjadi 1.500,5."},
		},
		{
			"a_component",
			[]string{"  - id: total\n", "  - {id: tugas, label: Tugas tambahan, text: poin, basis: evidence, missing: exclude, places: 0, tasks: {steps: [{from: 1, points: 1}]}}\n  - id: total\n"},
			[]string{"components[2] Komponen “Tugas tambahan” ditambahkan."},
		},
		{
			"a_policy",
			[]string{"missing: provisional", "missing: exclude"},
			[]string{"achievement.missing Tanpa realisasi, indikator kini dikeluarkan dari perhitungan; sebelumnya dikeluarkan dari perhitungan dan nilainya sementara."},
		},
		{
			"a_policy_of_a_component",
			[]string{"    missing: block\n    places: 2\n    behavior", "    missing: provisional\n    places: 2\n    behavior"},
			[]string{"components[1].missing Tanpa bahan perhitungan, komponen “Perilaku” kini dikeluarkan dari perhitungan dan nilainya sementara; sebelumnya membuat nilai belum lengkap tanpa predikat."},
		},
		{
			"a_rounding",
			[]string{"    places: 2\n    behavior", "    places: 4\n    behavior"},
			[]string{"components[1].places Pembulatan komponen “Perilaku” berubah dari 2 menjadi 4 angka di belakang koma."},
		},
		{
			"a_cap",
			[]string{"  cap: 120\n", "  cap: 150.5\n"},
			[]string{"achievement.cap Capaian tertinggi dalam ketentuan capaian indikator berubah dari 120 menjadi 150,5."},
		},
		{
			"a_threshold",
			[]string{"{rating: meets, from: 90}", "{rating: meets, from: 95}"},
			[]string{"suggestion.thresholds[1].from Batas bawah saran rating Sesuai Ekspektasi berubah dari 90 menjadi 95."},
		},
		{
			"a_band",
			[]string{"{predicate: good, from: 90}", "{predicate: good, from: 91}", "{predicate: very_good, from: 110, innovation: true}", "{predicate: very_good, from: 110}"},
			[]string{
				"predicate.bands.bands[0] Predikat Sangat Baik dengan inovasi dihapus.",
				"predicate.bands.bands[0] Predikat Sangat Baik ditambahkan mulai dari 110.",
				"predicate.bands.bands[1].from Batas bawah predikat Baik berubah dari 90 menjadi 91.",
			},
		},
		{
			"a_band_in_the_words_of_the_pack",
			[]string{"      - {predicate: very_poor}\n", "      - {predicate: very_poor}\n  words: {needs_improvement: Cukup}\n", "{predicate: needs_improvement, from: 70}", "{predicate: needs_improvement, from: 75}"},
			[]string{
				"predicate.bands.bands[2].from Batas bawah predikat Cukup berubah dari 70 menjadi 75.",
				"predicate.words.needs_improvement Sebutan predikat untuk Cukup dalam ketentuan predikat kini “Cukup”; sebelumnya tidak ada.",
			},
		},
		{
			"a_way",
			[]string{"    behavior: {}\n", "    panel: {group: peers, minimum: 3, answer_min: 1, answer_max: 4, scale: 100}\n"},
			[]string{
				"components[1].panel Cara dari penilai komponen “Perilaku” ditambahkan.",
				"components[1].behavior Cara dari nilai perilaku komponen “Perilaku” dihapus.",
			},
		},
		{
			"a_curve",
			[]string{"low: 60, high: 100", "low: 65, high: 100"},
			[]string{"components[0].indicators.curve[1].low Nilai pada batas bawah bagian ke-2 kurva nilai komponen “Capaian rencana kinerja” berubah dari 60 menjadi 65."},
		},
		{
			"an_order",
			[]string{"        - {component: plan, weight: 70}\n        - {component: attitude, weight: 30}", "        - {component: attitude, weight: 30}\n        - {component: plan, weight: 70}"},
			[]string{"components[2].weighted.of Urutan bobot komponen “Nilai kinerja” berubah."},
		},
		{
			"an_example",
			[]string{"behavior: 78.67", "behavior: 80"},
			[]string{"examples[0] Contoh “target tercapai” diubah."},
		},
		{
			"what_is_shown",
			[]string{"achievement: plan}", "achievement: attitude}"},
			[]string{"shown.achievement Capaian dalam angka yang ditampilkan berubah dari “Capaian rencana kinerja” menjadi “Perilaku”."},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, change := range Compare(replaced(t), replaced(t, c.pairs...)) {
				got = append(got, change.Path+" "+change.Sentence)
			}
			diff := cmp.Diff(c.want, got)
			if diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestCompare_reads_well compares a pack with its child, there and back.
func TestCompare_reads_well(t *testing.T) {
	t.Parallel()
	older := replaced(t)
	newer, problems := child(t)
	if newer == nil {
		t.Fatal(lines(problems))
	}
	var text strings.Builder
	for _, pair := range [][2]*File{{older, newer}, {newer, older}} {
		for _, change := range Compare(pair[0], pair[1]) {
			text.WriteString(change.Path + "\n  " + change.Sentence + "\n")
		}
		text.WriteByte('\n')
	}
	fresh(t, "testdata/language/compare.golden", []byte(text.String()))
}

func TestCompare_says_which_cell_of_a_matrix_is_different(t *testing.T) {
	t.Parallel()
	matrix := func(cell domain.Predicate) domain.Definition {
		return domain.Definition{Predicate: domain.PredicateTerms{Matrix: map[domain.Expectation]map[domain.Expectation]domain.Predicate{
			domain.ExpectationAbove: {domain.ExpectationBelow: cell},
		}}}
	}
	got := compareDefinitions(matrix(domain.PredicatePoor), matrix(domain.PredicateGood))
	want := []Change{{
		Path:     "predicate.matrix.above.below",
		Sentence: "Predikat untuk (Di Atas Ekspektasi, Di Bawah Ekspektasi) berubah dari Kurang/Misconduct menjadi Baik.",
	}}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}

// TestCompare_misses_nothing changes each scalar of each shipped pack, one at a time.
func TestCompare_misses_nothing(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	files := append([]*File{replaced(t)}, catalog.Files()...)
	for _, file := range files {
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			t.Parallel()
			changes := Compare(file, file)
			if len(changes) > 0 {
				t.Fatalf("a pack differs from itself: %v", changes)
			}
			def := file.Pack.Definition()
			if file.bases > 0 { // what it inherits is changed with its base
				def.Rules, def.Predicate, def.Survey, def.Credit = nil, domain.PredicateTerms{}, domain.SurveyTerms{}, domain.CreditTerms{}
				def.Distribution = nil
			}
			count := 0
			mutate(clone(reflect.ValueOf(def)), "", func(string, reflect.Value) { count++ })
			for n := range count {
				changed := clone(reflect.ValueOf(def))
				i := 0
				where := ""
				mutate(changed, "", func(path string, v reflect.Value) {
					if i == n {
						where = path
						other(v)
					}
					i++
				})
				newer, ok := changed.Interface().(domain.Definition)
				if !ok {
					t.Fatal("not a definition")
				}
				if len(compareDefinitions(def, newer)) == 0 {
					t.Errorf("a change of %s goes unsaid", where)
				}
			}
			if count < 80 {
				t.Fatalf("only %d scalars", count)
			}
		})
	}
}

// clone copies a value with everything that it points to.
func clone(v reflect.Value) reflect.Value {
	fresh := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fresh.Set(reflect.New(v.Type().Elem()))
			fresh.Elem().Set(clone(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			fresh.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			fresh.Index(i).Set(clone(v.Index(i)))
		}
	case reflect.Map:
		if !v.IsNil() {
			fresh.Set(reflect.MakeMap(v.Type()))
		}
		for _, key := range v.MapKeys() {
			fresh.SetMapIndex(key, clone(v.MapIndex(key)))
		}
	case reflect.Struct:
		if v.Type() == decimalType {
			fresh.Set(v)
			break
		}
		for i := range v.NumField() {
			fresh.Field(i).Set(clone(v.Field(i)))
		}
	default:
		fresh.Set(v)
	}
	return fresh
}

// mutate shows every scalar of a value to each, which may change it.
func mutate(v reflect.Value, path string, each func(path string, v reflect.Value)) {
	switch {
	case v.Type() == decimalType:
		each(path, v)
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			mutate(v.Elem(), path, each)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			mutate(v.Field(i), path+"."+v.Type().Field(i).Name, each)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			mutate(v.Index(i), path+"["+strconv.Itoa(i)+"]", each)
		}
	case v.Kind() == reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			entry := clone(v.MapIndex(key))
			mutate(entry, path+"."+key.String(), each)
			v.SetMapIndex(key, entry)
		}
	default:
		each(path, v)
	}
}

// other changes a scalar.
func other(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	default:
		d, ok := v.Interface().(decimal.Decimal)
		sum, err := d.Add(decimal.One)
		if ok && err == nil {
			v.Set(reflect.ValueOf(sum))
		}
	}
}

// changedAt returns a definition of which the n-th scalars are others.
func changedAt(def domain.Definition, by map[int]scalar) domain.Definition {
	changed := clone(reflect.ValueOf(def))
	n := 0
	mutate(changed, "", func(_ string, v reflect.Value) {
		s, ok := by[n]
		n++
		switch {
		case !ok:
		case v.Type() == decimalType:
			v.Set(reflect.ValueOf(s.decimal()))
		case v.CanInt():
			v.SetInt(s.value)
		case v.Kind() == reflect.Bool:
			v.SetBool(!v.Bool())
		case v.Kind() == reflect.String:
			v.SetString(v.String() + "x")
		}
	})
	definition, ok := changed.Interface().(domain.Definition)
	if !ok {
		panic("not a definition")
	}
	return definition
}
