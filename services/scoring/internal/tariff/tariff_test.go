package tariff_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/tariff"
)

// kepahiang is a table that is shipped as an example.
const kepahiang = "../../tables/kepahiang-60-40.yaml"

func content(t testing.TB, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestTables computes every example of the shipped tables and of testdata, which an official can read and sign.
func TestTables(t *testing.T) {
	t.Parallel()
	// How many examples each has, so that none is lost.
	want := map[string]int{
		"../../tables/kepahiang-60-40.yaml": 5, "../../tables/per-hari.yaml": 3,
		"testdata/permentan-68-2012.yaml": 11, "testdata/kemenkeu.yaml": 12, "testdata/pola-umum.yaml": 13, "testdata/daerah.yaml": 5,
		"testdata/pp-94-2021.yaml": 30, "testdata/produktivitas.yaml": 13, "testdata/predikat.yaml": 7, "testdata/kebijakan.yaml": 9, "testdata/dasar-potongan.yaml": 5,
	}
	got := map[string]int{}
	for _, pattern := range []string{"../../tables/*.yaml", "testdata/*.yaml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			file, problems := tariff.Parse(content(t, path))
			for _, p := range problems {
				t.Errorf("%s: %s\n%s", path, p.Text, p.Local)
			}
			if file == nil {
				continue
			}
			got[path] = len(file.Examples)
			for _, e := range file.Examples {
				if e.Name == "" || e.Source == "" {
					t.Errorf("%s: an example has no name or no source: %+v", path, e)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("examples (-want +got):\n%s", diff)
	}
}

func TestParse_takes_a_byte_order_mark(t *testing.T) {
	t.Parallel()
	file, problems := tariff.Parse("\ufeff" + content(t, kepahiang))
	if file == nil || len(problems) > 0 {
		t.Errorf("problems %+v", problems)
	}
}

func TestParse_says_where_and_in_Indonesian_what_is_wrong(t *testing.T) {
	t.Parallel()
	good := content(t, kepahiang)
	replace := func(old, instead string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the table has no %q", old)
		}
		return strings.Replace(good, old, instead, 1)
	}
	cases := []struct {
		name, given string
		// want are the Indonesian texts.
		want []string
	}{
		{"an_unknown_key", replace("limit_percent", "limit_persen"), []string{
			"Baris 31, kolom 1: Isian limit_persen: kunci “limit_persen” tidak dikenal; mungkin maksudnya “limit_percent”.",
		}},
		{"a_repeated_key", replace("limit_percent: 100", "name: Lagi"), []string{"Baris 31, kolom 1: Isian name: kunci “name” ditulis dua kali; hapus salah satunya."}},
		{"broken_yaml", replace("parts:", "parts: ["), []string{"Baris 18, kolom 1: Isi tabel: susunan YAML salah: periksa lekukan, kurung, tanda kutip, dan titik dua."}},
		{
			"words_and_lists_for_numbers_all_at_once",
			strings.NewReplacer("rupiah: 4250000", "rupiah: 4.250.000", "percent: 0.5, of: part, part: discipline}\n  - {code: TL2",
				"percent: lima, of: part, part: discipline}\n  - {code: TL2", "limit_percent: 100", "limit_percent: [100]",
				`total: "2447500.00"`, "total: 2447500.00").Replace(good),
			[]string{
				"Baris 9, kolom 48: Isian amounts[1].rupiah: “4.250.000” bukan bilangan bulat; tulis angka saja tanpa tanda kutip dan tanpa tanda desimal.",
				"Baris 19, kolom 74: Isian deductions[0].percent: “lima” bukan bilangan; tulis angka tanpa tanda kutip, dengan titik sebagai tanda desimal.",
				"Baris 31, kolom 16: Isian limit_percent: “[100]” bukan bilangan; tulis angka tanpa tanda kutip, dengan titik sebagai tanda desimal.",
				"Baris 55, kolom 14: Isian examples[0].expected.total: “2447500.00” bukan teks; tulis di dalam tanda kutip.",
			},
		},
		{
			"shares_that_do_not_add_up", replace("percent: 40", "percent: 39.5"),
			[]string{"Baris 11, kolom 1: Isian parts berjumlah 99,5%, seharusnya tepat 100%."},
		},
		{
			"days_in_a_row_without_number_and_consequence", replace("consecutive: {from: 10, label: Pemberhentian dan penghentian pembayaran gaji mulai bulan berikutnya}", `consecutive: {from: 0, label: ""}`),
			[]string{
				"Baris 46, kolom 33: Isian sanctions.consecutive.label wajib diisi, paling banyak 200 karakter.",
				"Baris 46, kolom 23: Isian sanctions.consecutive.from harus 1 sampai 366 hari.",
			},
		},
		{
			"everything_wrong_at_once",
			strings.NewReplacer("2500000", "0", "places: 2", "places: 1", "part: discipline}\n  - {code: TL2", "part: other}\n  - {code: TL2",
				"percent: 1.25, of: part, part: discipline}\n  - {code: TL4", "of: part, part: discipline}\n  - {code: TL4").Replace(good),
			[]string{
				"Baris 8, kolom 50: Isian amounts[0].rupiah harus berupa rupiah penuh 1 sampai 999999999.",
				"Baris 19, kolom 95: Isian deductions[0].part harus menyebut id salah satu parts.",
				"Baris 21, kolom 5: Isian deductions[2].percent wajib diisi; tulis 0 apabila tidak ada potongan.",
				"Baris 48, kolom 20: Isian rounding.places harus 0 (rupiah penuh) atau 2 (dua angka di belakang koma).",
			},
		},
		{
			"bases_of_deductions_that_are_none",
			strings.NewReplacer("percent: 0.5, of: part, part: discipline}\n  - {code: TL2", "percent: 0.5, of: part}\n  - {code: TL2",
				"percent: 1, of: part, part: discipline}\n  - {code: TL3", "percent: 1, of: week, part: discipline}\n  - {code: TL3",
				"percent: 1.25, of: part, part: discipline}\n  - {code: TL4", "percent: 1.25, of: month, part: other}\n  - {code: TL4").Replace(good),
			[]string{
				"Baris 19, kolom 5: Isian deductions[0].part wajib diisi untuk of: part; untuk persen dari TPP sebulan tulis of: month.",
				"Baris 20, kolom 82: Isian deductions[1].of harus salah satu dari: part, month, day.",
				"Baris 21, kolom 98: Isian deductions[2].part harus menyebut id salah satu parts.",
			},
		},
		{"nothing", "", []string{
			"Isi tabel: berkas kosong; tulis isinya.",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, problems := tariff.Parse(c.given)
			var got []string
			for _, p := range problems {
				got = append(got, p.Local)
				if p.Text == "" || p.Example {
					t.Errorf("problem %+v", p)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParse_refuses_examples_that_come_out_otherwise(t *testing.T) {
	t.Parallel()
	given := strings.NewReplacer(`total: "2447500.00"`, `total: "2447500"`, `"-12500.00"`, `"12500.00"`, "[attendance]", "[productivity]").
		Replace(content(t, kepahiang))
	file, problems := tariff.Parse(given)
	if file == nil || len(problems) != 2 {
		t.Fatalf("problems %+v", problems)
	}
	for i, want := range []string{
		"total tertulis “2447500”, hasil hitungan “2447500.00”; deductions/TL3 tertulis “12500.00”, hasil hitungan “-12500.00”.",
		"missing tertulis “productivity”, hasil hitungan “attendance”.",
	} {
		if !problems[i].Example || problems[i].Line == 0 || !strings.HasSuffix(problems[i].Local, want) {
			t.Errorf("problem %+v, want %s", problems[i], want)
		}
	}
}

func TestFollow(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		// change are pairs of the shipped table and what is there instead.
		change []string
		want   []string
	}{
		{"the_shipped_table_has_the_parts_of_its_pack", nil, nil},
		{"other_labels", []string{"label: Disiplin kerja", "label: Kehadiran"}, nil},
		{"no_rule_pack", []string{"rule_pack: rulePacks/kepahiang/versions/1\n", "", "percent: 60", "percent: 50", "percent: 40", "percent: 50"}, nil},
		{"other_shares", []string{"percent: 60", "percent: 59.5", "percent: 40", "percent: 40.50"}, []string{
			"Baris 14, kolom 14: Isian parts[0].percent berbeda dari paket aturan; tulis 60.",
			"Baris 17, kolom 54: Isian parts[1].percent berbeda dari paket aturan; tulis 40.",
		}},
		{"another_measure", []string{"percent: 40, measure: attendance", "percent: 40, measure: fixed"}, []string{
			"Baris 17, kolom 67: Isian parts[1].measure berbeda dari paket aturan; tulis attendance.",
		}},
		{"a_part_too_many_and_one_missing", []string{"id: discipline", "id: presence", "part: discipline", "part: presence", "parts/discipline", "parts/presence"}, []string{
			"Baris 17, kolom 10: Isian parts[1].id tidak ada pada pembagian TPP paket aturan; hapus bagian ini.",
			"Baris 11, kolom 1: Isian parts belum memuat bagian discipline dari paket aturan.",
		}},
		{"an_unknown_pack", []string{"kepahiang/versions/1", "kepahiang/versions/9"}, []string{
			"Baris 49, kolom 12: Isian rule_pack bukan nama paket aturan yang sudah terbit; tulis rulePacks/{id}/versions/{versi} atau hapus.",
		}},
		{"a_pack_without_parts", []string{"rulePacks/kepahiang/", "rulePacks/bantul/"}, []string{
			"Baris 49, kolom 12: Isian rule_pack menyebut paket aturan yang tidak memuat pembagian TPP; hapus rule_pack.",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file, problems := tariff.Parse(strings.NewReplacer(c.change...).Replace(content(t, kepahiang)))
			for _, p := range problems {
				if !p.Example { // with other shares the examples come out otherwise
					t.Fatalf("problem %+v", p)
				}
			}
			rules, err := catalog.Pack(file.Table.RulePack)
			if err != nil {
				rules = nil
			}
			var got []string
			for _, p := range file.Follow(rules) {
				got = append(got, p.Local)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFollow_writes_a_share_as_the_table_must_have_it(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := catalog.File("rulePacks/kepahiang/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer("productivity, label: Produktivitas kerja, percent: 60", "productivity, label: Produktivitas kerja, percent: 60.5",
		"label: Disiplin kerja, percent: 40", "label: Disiplin kerja, percent: 39.5").Replace(shipped.Content)
	rules, err := pack.Parse([]byte(changed), catalog.File)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := tariff.Parse(content(t, kepahiang))
	problems := file.Follow(rules.Pack)
	const want = "Baris 14, kolom 14: Isian parts[0].percent berbeda dari paket aturan; tulis 60.5."
	if len(problems) != 2 || problems[0].Local != want {
		t.Errorf("problems %+v, want %s", problems, want)
	}
}

func TestParse_refuses_what_would_take_long_to_read(t *testing.T) {
	t.Parallel()
	for name, given := range map[string]string{
		"bytes": strings.Repeat("a: b\n", 1<<14), "lines": strings.Repeat("#\n", 2000), "a_line": strings.Repeat("- ", 501),
		"brackets": strings.Repeat("[", 21),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, problems := tariff.Parse(given)
			if len(problems) != 1 || !strings.HasPrefix(problems[0].Local, "Isi tabel melebihi 65536 byte, 2000 baris") {
				t.Fatalf("problems %+v", problems)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(content(f, kepahiang))
	f.Add(content(f, "../../tables/per-hari.yaml"))
	f.Add("parts: [{percent: 1e99999}]")
	f.Add("amounts:\n !- {a: pelaksana}\n") // the library panics at this one
	f.Add("amounts: {a: b}\nparts: []\n---\n")
	f.Fuzz(func(t *testing.T, given string) {
		file, problems := tariff.Parse(given)
		if file == nil && len(problems) == 0 {
			t.Fatal("neither a file nor a problem")
		}
		for _, p := range problems {
			if p.Text == "" || p.Local == "" {
				t.Fatalf("a problem without text: %+v", p)
			}
		}
	})
}

// TestTable_that_rounds_once_says_so takes the shipped table by days in a month in which the lines do not add up to the total.
func TestTable_that_rounds_once_says_so(t *testing.T) {
	t.Parallel()
	file, problems := tariff.Parse(content(t, "../../tables/per-hari.yaml"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	slip, err := allowance.Compute(&file.Table, allowance.Facts{
		Month: allowance.Month{Year: 2026, Month: 7}, PositionClass: "pelaksana",
		Attendance: &allowance.Attendance{WorkingDays: 23, Counts: []allowance.Count{{Code: "TL", Count: 1}, {Code: "PSW", Count: 1}, {Code: "LEFT", Count: 1}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	sentences := slip.Sentences()
	want := "TPP bulan Juli 2026 sebelum pajak dan iuran: Rp4.782.609, dibulatkan satu kali pada jumlah; " +
		"angka baris yang masing-masing sudah dibulatkan berjumlah Rp4.782.608."
	if got := sentences[len(sentences)-1]; got != want {
		t.Fatalf("said %q", got)
	}
}
