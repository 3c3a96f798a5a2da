package explain_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func packs(t *testing.T) []*pack.File {
	t.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Files()
}

// rules returns the file of the pack with this id.
func rules(t *testing.T, id string) *pack.File {
	t.Helper()
	files := packs(t)
	return files[slices.IndexFunc(files, func(f *pack.File) bool { return f.Pack.Definition().ID == id })]
}

// never says that somebody waits for the ways to a predicate.
func never() bool { return false }

func compute(t *testing.T, p *domain.Pack, in domain.Input) domain.Result {
	t.Helper()
	result, err := domain.Compute(p, in)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// golden compares a text with its golden file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		err := os.WriteFile(path, []byte(got), 0o600)
		if err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Fatalf("text (-want +got):\n%s", diff)
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	file := rules(t, "permenpanrb-6-2022")
	cases := []struct {
		name  string
		given domain.Segment
	}{
		{"complete", evidence()},
		{"nothing_but_a_plan", domain.Segment{Plan: plan()}},
		{"unit_head", head()},
		{"without_organization_rating", withoutOrganization()},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			result := compute(t, file.Pack, domain.Input{Segments: []domain.Segment{c.given}})
			golden(t, c.name, strings.Join(explain.Sentences(file.Pack, explain.Subject{Result: result}), "\n")+"\n")
		})
	}
}

// TestAt explains worked examples of every rule pack. Each line begins with the least depth that says it.
func TestAt(t *testing.T) {
	t.Parallel()
	cases := map[string][]string{
		"permenpanrb-6-2022": {"perawat ahli pertama: di atas, sesuai; capaian hanya bukti pendukung", "pimpinan unit kerja tanpa rating organisasi"},
		"marelan": {
			"guru dinilai orang tua dan murid", "pindah dari kelurahan ke kecamatan dan naik jenjang pada bulan keenam", "mutu paling tinggi 110",
		},
		"kepahiang": {"kepala dinas, hasil program lebih berbobot"},
		"semarang":  {"pelaksana, mutu dan waktu lebih berbobot", "tambahan untuk inovasi paling tinggi 5"},
		"bantul":    {"perawat puskesmas, kepuasan lebih berbobot"},
		"binjai":    {"tenaga kesehatan, dengan kepuasan masyarakat"},
		"permenpanrb-8-2021": {
			"kepala dinas kesehatan, dengan penilaian rekan kerja: 60 banding 40", "perawat puskesmas, dengan penilaian bawahan: 60 banding 40",
			"dua penugasan ditimbang dengan bulannya", "predikat Sangat Kurang",
		},
		"pp-46-2011": {"dua kegiatan dan satu tugas tambahan; 90,0778 dibulatkan menjadi 90", "efisiensi waktu", "perilaku kerja paling tinggi 100"},
		"integrasi-2021": {
			"perawat puskesmas, kedua paruh dinilai", "perawat puskesmas yang baru diangkat, tanpa penilaian Januari–Juni",
			"dua penugasan Juli–Desember, nilai Januari–Juni pada keduanya",
		},
		"evaluasi-2022": {"perawat ahli pertama: predikat Baik, tanpa angka kredit"},
	}
	for id, names := range cases {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			file := rules(t, id)
			var text strings.Builder
			for _, name := range names {
				at := slices.IndexFunc(file.Examples, func(e pack.Example) bool { return e.Name == name })
				if at < 0 {
					t.Fatalf("%s has no example %q", id, name)
				}
				write(&text, file.Pack, name, compute(t, file.Pack, file.Examples[at].Given.Input(file.Pack)))
			}
			golden(t, "at_"+id, text.String())
		})
	}
}

// TestAt_names_the_innovations_that_a_band_asks_for has a value of 0.7 × 109.0148 + 0.3 × 120, with and without an idea.
func TestAt_names_the_innovations_that_a_band_asks_for(t *testing.T) {
	t.Parallel()
	file := rules(t, "permenpanrb-8-2021")
	in := file.Examples[0].Given.Input(file.Pack)
	in.Segments[0].Behavior = &domain.Behavior{Value: decimal.MustParse("120")}
	for count, want := range map[int64]string{
		0: " tanpa ide baru atau cara baru yang bermanfaat menghasilkan predikat Baik", 2: " menghasilkan predikat Sangat Baik",
	} {
		in.Segments[0].Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: count}}}
		got := explain.At(file.Pack, explain.Subject{Result: compute(t, file.Pack, in)}, explain.Summary)[0].Sentences[1:]
		sentence := fmt.Sprintf("Nilai kinerja 112,3104%s (PP 30/2019). Diperhitungkan: "+
			"Inovasi terverifikasi tingkat unit kerja (%d); Inovasi terverifikasi tingkat instansi (0); Inovasi terverifikasi tingkat nasional (0).", want, count)
		if diff := cmp.Diff([]string{sentence}, got); diff != "" {
			t.Errorf("sentences (-want +got):\n%s", diff)
		}
	}
}

// TestAt_says_that_an_idea_is_not_known leaves open what the predicate would be with one, whatever else is known.
func TestAt_says_that_an_idea_is_not_known(t *testing.T) {
	t.Parallel()
	file := rules(t, "permenpanrb-8-2021")
	in := file.Examples[0].Given.Input(file.Pack)
	in.Segments[0].Behavior, in.Segments[0].Innovations = &domain.Behavior{Value: decimal.MustParse("120")}, nil
	result := compute(t, file.Pack, in)
	var got []string
	for _, section := range explain.At(file.Pack, explain.Subject{Result: result}, explain.Summary)[:2] {
		got = append(got, section.Sentences...)
	}
	want := []string{
		"Predikat kinerja berikut ini belum ditetapkan oleh pejabat penilai kinerja dan masih dapat berubah.",
		"Nilai kinerja 112,3104 menghasilkan predikat Baik (PP 30/2019).",
		"Keterangan tentang ide baru atau cara baru yang bermanfaat belum ada; selama itu, predikat hanya bersifat sementara.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
	second := in.Segments[0]
	second.Innovations = &domain.Innovations{}
	in.Segments = append(in.Segments, second)
	for _, sentence := range explain.At(file.Pack, explain.Subject{Result: compute(t, file.Pack, in)}, explain.Summary)[0].Sentences {
		if strings.Contains(sentence, "tanpa ide baru") {
			t.Errorf("%q, although nobody knows of the first assignment", sentence)
		}
	}
}

// write writes everything that is said of a result.
func write(text *strings.Builder, p *domain.Pack, name string, result domain.Result) {
	fmt.Fprintf(text, "=== %s\n", name)
	least := map[string]int{}
	for _, depth := range []explain.Depth{explain.Full, explain.Standard, explain.Summary} {
		for _, section := range explain.At(p, explain.Subject{Result: result}, depth) {
			for _, sentence := range section.Sentences {
				least[sentence] = int(depth)
			}
		}
	}
	for _, section := range explain.At(p, explain.Subject{Result: result}, explain.Full) {
		fmt.Fprintf(text, "%s:\n", section.Title)
		for _, sentence := range section.Sentences {
			fmt.Fprintf(text, "%s %s\n", []string{"ringkas", "standar", "lengkap"}[least[sentence]], sentence)
		}
	}
	profile := explain.ProfileOf(p, result)
	fmt.Fprintf(text, "Kekuatan:\n%s\nKelemahan:\n%s\n\n", strings.Join(profile.Strengths, "\n"), strings.Join(profile.Weaknesses, "\n"))
}

func plan() domain.Plan {
	number := decimal.MustParse
	return domain.Plan{
		Source: "plans/p1", Unit: "units/u1", FunctionalLevel: domain.LevelAhliPertama, Months: 8,
		Indicators: []domain.Indicator{
			{
				ID: "results/r1/indicators/i1", Description: "Jumlah pasien dilayani", Unit: "pasien",
				Formula: domain.FormulaNormal, Target: number("1200"), Source: domain.SourceReported,
			},
			{
				ID: "results/r1/indicators/i2", Description: "Waktu tunggu", Unit: "menit",
				Formula: domain.FormulaLowerIsBetter, Target: number("10"), Source: domain.SourceReported,
			},
			{
				ID: "results/r1/indicators/i3", Description: "Cakupan imunisasi", Unit: "persen",
				Formula: domain.FormulaRange, Low: number("80"), High: number("90"), Source: domain.SourceReported,
			},
			{
				ID: "results/r2/indicators/i1", Description: "Waktu penyusunan laporan", Unit: "bulan",
				Formula: domain.FormulaRangeLowerIsBetter, Low: number("7"), High: number("8"), Source: domain.SourceReported,
			},
			{
				ID: "results/r2/indicators/i2", Description: "Jumlah laporan", Unit: "dokumen",
				Formula: domain.FormulaNormal, Target: number("12"), Source: domain.SourceReported,
			},
		},
	}
}

// evidence has every fact but the realisation of the last indicator.
func evidence() domain.Segment {
	in := domain.Segment{
		Plan:         plan(),
		Rating:       &domain.Rating{Result: domain.ExpectationAbove, Behavior: domain.ExpectationMeets},
		Organization: &domain.Organization{Level: domain.OrganizationGood},
		Panels:       []domain.Panel{{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 91}},
		Attendance:   &domain.Attendance{WorkingDays: 240, PresentDays: 230},
		Survey:       &domain.Survey{Responses: 20},
	}
	for _, element := range []domain.SurveyElement{
		domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
		domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
	} {
		in.Survey.Sums = append(in.Survey.Sums, domain.ElementSum{Element: element, Sum: 71})
	}
	for i, value := range []string{"1320", "25.5", "92", "6.5"} {
		in.Realisations = append(in.Realisations, domain.Realisation{
			Indicator: in.Plan.Indicators[i].ID, Value: decimal.MustParse(value),
		})
	}
	return in
}

func head() domain.Segment {
	in := domain.Segment{Plan: domain.Plan{Months: 12, UnitHead: true}}
	in.Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationAbove}
	in.Organization = &domain.Organization{Level: domain.OrganizationExcellent}
	return in
}

func withoutOrganization() domain.Segment {
	in := domain.Segment{Plan: domain.Plan{Months: 12}}
	in.Rating = &domain.Rating{Result: domain.ExpectationBelow, Behavior: domain.ExpectationBelow}
	return in
}
