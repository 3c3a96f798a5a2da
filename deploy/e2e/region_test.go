package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
)

// regionCase is what a region plans and assesses, and what must come out. Everywhere three peers give 75 of 21 × 4 points,
// which are 89.29 percent, 230 of 240 days less 900 minutes are attended, and the satisfaction index is 81.94.
type regionCase struct {
	name, tenant, pack string
	unitKind           string
	position           object
	indicators         []measured
	result, behavior   string
	// Wanted.
	score regionScore
	// sentence is the one about the value.
	sentence string
	// ways are those to Sangat Baik.
	ways [][]string
	// other is a rule pack to try, and otherValue what it would give.
	other, otherValue string
	// facts are others to try, and factsValue is what they would give.
	facts      object
	factsValue string
}

// regionScore is what a client sees of a score.
type regionScore struct {
	State, Predicate, SuggestedRating, Value, Achievement, SurveyIndex, Credit string
	Missing                                                                    []struct{ Input string }
}

func missingInputs(ids ...string) []struct{ Input string } {
	var missing []struct{ Input string }
	for _, id := range ids {
		missing = append(missing, struct{ Input string }{id})
	}
	return missing
}

const periodOfYear = "2026"

func rulePackOf(id string) string { return "rulePacks/" + id + "/versions/1" }

var regionCases = []regionCase{
	{
		name: "medan_marelan", tenant: "1271", pack: "marelan", unitKind: "KIND_VILLAGE",
		position: object{"title": "Petugas Pelayanan Kelurahan", "kind": "KIND_EXECUTOR", "jobFamily": "JOB_FAMILY_OTHER"},
		indicators: []measured{
			{"r1", "QUANTITY", "", "NORMAL", "Surat keterangan diterbitkan", "surat", "1200", "1260"}, // 105
			{"r1", "QUALITY", "", "NORMAL", "Surat tanpa kesalahan", "persen", "90", "93.6"},          // 104
			{"r1", "TIME", "", "LOWER_IS_BETTER", "Waktu penerbitan surat", "jam", "5", "4"},          // (2 − 4 / 5) × 100 = 120
		},
		result: "MEETS", behavior: "MEETS",
		// (105 + 104 + 120) / 3 = 109.67. The answers of the public are not there, so 90 of 100 parts of the weights remain:
		// (30 × 109.67 + 15 × 104 + 15 × 81.94 + 20 × 80 + 10 × 89.29) / 90 = 8572.1 / 90
		score: regionScore{
			State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: "EXPECTATION_ABOVE", Value: "95.25", Achievement: "109.67",
			SurveyIndex: "81.94", Missing: missingInputs("components/public"),
		},
		sentence: "Nilai bukti pendukung = 95,25, dari Capaian rencana kinerja (109,67; bobot 30); Mutu hasil kerja (104,00; bobot 15); " +
			"Indeks kepuasan masyarakat unit kerja (81,94; bobot 15); Penilaian pimpinan atas perilaku kerja (80,00; bobot 20); " +
			"Penilaian rekan kerja (89,29; bobot 10). Aturan: rata-rata tertimbang dari angka yang ada; semua bobot adalah contoh. " +
			"Dasar: bukti pendukung.",
		ways: [][]string{{"rating.result meets→above", "rating.behavior meets→above"}},
		// By Bantul's rules the pair of 105 and 104 is worth 104: (45 × 104 + 25 × 81.94 + 15 × 80) / 85 = 7928.5 / 85
		other: "bantul", otherValue: "93.28",
		// Five of the public give 15 of 5 × 4 points, 75 percent: (8572.1 + 10 × 75) / 100
		facts: object{"panels": []object{
			{"group": "RATER_GROUP_PUBLIC", "count": 5, "questions": 1, "sum": 15},
		}},
		factsValue: "93.22",
	},
	{
		name: "kepahiang", tenant: "1708", pack: "kepahiang", unitKind: "KIND_AGENCY",
		position: object{"title": "Petugas Perizinan", "kind": "KIND_EXECUTOR", "jobFamily": "JOB_FAMILY_LICENSING"},
		indicators: []measured{
			{"r1", "QUANTITY", "OUTPUT", "NORMAL", "Izin diterbitkan", "izin", "500", "480"},                // 96
			{"r1", "TIME", "OUTPUT", "LOWER_IS_BETTER", "Waktu penerbitan izin", "hari", "5", "5"},          // 100
			{"r1", "QUALITY", "OUTCOME", "NORMAL", "Pelaku usaha yang beroperasi", "persen", "75", "72"},    // 96
			{"r2", "QUANTITY", "OUTPUT", "NORMAL", "Pelaku usaha didampingi", "pelaku usaha", "200", "190"}, // 95
			{"r2", "QUALITY", "OUTCOME", "NORMAL", "Pelaku usaha naik kelas", "persen", "60", "63"},         // 105
		},
		result: "MEETS", behavior: "MEETS",
		// Output ((96 + 100) / 2 + 95) / 2 = 96.5; outcome (96 + 105) / 2 = 100.5; speed 100; superior 80. For licensing
		// (30 × 96.5 + 30 × 100.5 + 20 × 100 + 20 × 80) / 100 = 95.1. The plan is (96 + 100 + 96 + 95 + 105) / 5.
		score: regionScore{
			State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: "EXPECTATION_MEETS", Value: "95.10", Achievement: "98.40",
			SurveyIndex: "81.94",
		},
		sentence: "Nilai bukti pendukung = 95,10, dari Capaian keluaran program (96,50; bobot 30); Capaian hasil program (100,50; bobot 30); " +
			"Kecepatan pelayanan perizinan dan dokumen (100,00; bobot 20); Penilaian pimpinan atas perilaku kerja (80,00; bobot 20). " +
			"Aturan: rata-rata tertimbang dari angka yang ada; semua bobot adalah contoh. Dasar: bukti pendukung.",
		// Above is suggested from 100 of the results without the behaviour, that is from 9999.5 hundredths before rounding:
		// 40 × 96.5 + 40 × 100.5 + 20 × 100 = 9880, of which 6020 stand without output and 5860 without outcome.
		//   Permits x: ((x / 5 + 100) / 2 + 95) / 2 × 40 ≥ 3979.5 for x ≥ 539.75.
		//   Days: 4 are 120, output 101.5, speed 120: 4060 + 4020 + 2400 = 10480.
		//   In operation y: (y / 0.75 + 105) / 2 × 40 ≥ 4139.5 for y ≥ 76.5. Coached: (98 + z / 2) / 2 × 40 ≥ 3979.5 for z ≥ 201.95.
		//   Grown w: (96 + w / 0.6) / 2 × 40 ≥ 4139.5 for w ≥ 66.6.
		//   All at 97: 3910 + 4046.8 + 2000 = 9956.8, too few; at 98, with 74 in operation, 3940 + 4073.2 + 2000 = 10013.2.
		ways: [][]string{
			{"rating.result meets→above", "rating.behavior meets→above"},
			rated("results/r1/indicators/i1 480→540"),
			rated("results/r1/indicators/i2 5→4"),
			rated("results/r1/indicators/i3 72→77"),
			rated("results/r2/indicators/i1 190→202"),
			rated("results/r2/indicators/i2 63→67"),
			rated("results/r1/indicators/i1 480→490", "results/r1/indicators/i3 72→74", "results/r2/indicators/i1 190→196"),
		},
		// By Binjai's rules plan and peers are known: (50 × 98.4 + 15 × 89.29) / 65 = 6259.35 / 65
		other: "binjai", otherValue: "96.30",
	},
	{
		name: "kota_semarang", tenant: "3374", pack: "semarang", unitKind: "KIND_AGENCY",
		position: object{
			"title": "Analis Kebijakan Ahli Muda", "kind": "KIND_FUNCTIONAL", "functionalLevel": "FUNCTIONAL_LEVEL_AHLI_MUDA",
			"jobFamily": "JOB_FAMILY_OTHER",
		},
		indicators: semarangIndicators,
		result:     "ABOVE", behavior: "MEETS",
		// Attendance (230 × 450 − 900) / (240 × 450) = 95. Quality (102.2222 + 100) / 2 = 101.11, time 110. Without the
		// contribution (40 × 101.11 + 25 × 110) / 65 = 104.53; (20 × 95 + 80 × 104.53) / 100 = 102.62. Ahli Muda, Baik: 25.
		score: regionScore{
			State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: "EXPECTATION_ABOVE", Value: "102.62", Achievement: "104.07",
			SurveyIndex: "81.94", Credit: "25.00", Missing: missingInputs("components/contribution", "components/innovation"),
		},
		sentence: "Kehadiran dan hasil kerja = 102,62, dari Kehadiran (95,00; bobot 20); Hasil kerja (104,53; bobot 80). " +
			"Aturan: 20% kehadiran + 80% hasil kerja (contoh). Dasar: bukti pendukung.",
		ways: [][]string{{"rating.behavior meets→above"}},
		// By Marelan's rules, without the public: (30 × 104.07 + 15 × 101.11 + 15 × 81.94 + 20 × 80 + 10 × 89.29) / 90
		// = 8360.75 / 90
		other: "marelan", otherValue: "92.90",
		// Attendance 100; results (40 × 101.11 + 25 × 110 + 35 × 96) / 100 = 101.54; (20 × 100 + 80 × 101.54) / 100 = 101.23, and
		// 3 for the innovations.
		facts: object{
			"attendance": object{"workingDays": 240, "presentDays": 240},
			"contributions": []object{
				{"objective": "tenants/3374/periods/2026/objectives/o1", "description": "Kota tangguh", "share": "40", "achievement": "96"},
			},
			"innovations": object{"unitCount": 1, "agencyCount": 1},
		},
		factsValue: "104.23",
	},
	{
		name: "bantul", tenant: "3402", pack: "bantul", unitKind: "KIND_HEALTH_CENTER",
		position: object{
			"title": "Perawat Terampil", "kind": "KIND_FUNCTIONAL", "functionalLevel": "FUNCTIONAL_LEVEL_TERAMPIL",
			"jobFamily": "JOB_FAMILY_HEALTH",
		},
		indicators: []measured{
			{"r1", "QUANTITY", "OUTPUT", "NORMAL", "Pasien dilayani", "pasien", "6000", "6600"},      // 110
			{"r1", "QUALITY", "OUTCOME", "NORMAL", "Indeks kepuasan masyarakat", "indeks", "85", ""}, // 81.94 / 85 = 96.4
			{"r2", "QUANTITY", "OUTPUT", "NORMAL", "Kunjungan rumah", "kunjungan", "400", "380"},     // 95
			{"r2", "QUALITY", "OUTCOME", "NORMAL", "Keluarga puas", "persen", "90", "95.4"},          // 106
		},
		result: "MEETS", behavior: "MEETS",
		// The pairs are worth 96.4 and 95: 95.7. For health staff of a Puskesmas, without shared goals:
		// (40 × 95.7 + 35 × 81.94 + 15 × 80) / 90 = 7895.9 / 90. Terampil, Baik: 5.
		score: regionScore{
			State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: "EXPECTATION_MEETS", Value: "87.73", Achievement: "101.85",
			SurveyIndex: "81.94", Credit: "5.00", Missing: missingInputs("components/shared_goals"),
		},
		sentence: "Nilai bukti pendukung = 87,73, dari Layanan dan kepuasan (95,70; bobot 40); Indeks kepuasan masyarakat unit kerja (81,94; bobot 35); " +
			"Penilaian pimpinan atas perilaku kerja (80,00; bobot 15). Aturan: rata-rata tertimbang dari angka yang ada; semua bobot adalah contoh. " +
			"Dasar: bukti pendukung.",
		// The survey holds the first pair at 96.4. The second gives (96.4 + x / 4) / 2 ≥ 99.995 for x ≥ 414.36.
		ways: [][]string{
			{"rating.result meets→above", "rating.behavior meets→above"},
			rated("results/r2/indicators/i1 380→415"),
		},
		other: "permenpanrb-6-2022",
	},
	{
		name: "binjai", tenant: "1275", pack: "binjai", unitKind: "KIND_HEALTH_CENTER",
		position: object{
			"title": "Bidan Mahir", "kind": "KIND_FUNCTIONAL", "functionalLevel": "FUNCTIONAL_LEVEL_MAHIR", "jobFamily": "JOB_FAMILY_HEALTH",
		},
		indicators: []measured{
			{"r1", "QUANTITY", "", "NORMAL", "Pasien dilayani", "pasien", "2400", "2520"},       // 105
			{"r1", "QUALITY", "", "NORMAL", "Pelayanan sesuai standar", "persen", "90", "85.5"}, // 95
			{"r1", "TIME", "", "LOWER_IS_BETTER", "Waktu tunggu", "menit", "30", "22.5"},        // 125, at most 120
		},
		result: "ABOVE", behavior: "MEETS",
		// (105 + 95 + 120) / 3 = 106.67. For health staff, without the answers of superior and public:
		// (45 × 106.67 + 10 × 89.29 + 15 × 81.94) / 70 = 6922.15 / 70. Mahir, Baik: 12.5.
		score: regionScore{
			State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: "EXPECTATION_ABOVE", Value: "98.89", Achievement: "106.67",
			SurveyIndex: "81.94", Credit: "12.50", Missing: missingInputs("components/superior", "components/public"),
		},
		sentence: "Nilai bukti pendukung = 98,89, dari Capaian rencana kinerja (106,67; bobot 45); Penilaian rekan kerja (89,29; bobot 10); " +
			"Indeks kepuasan masyarakat unit kerja (81,94; bobot 15). Aturan: rata-rata tertimbang dari angka yang ada; semua bobot adalah contoh. " +
			"Dasar: bukti pendukung.",
		ways: [][]string{{"rating.behavior meets→above"}},
		// By Kepahiang's rules nothing says which indicator is an output: the superior's 80 is all.
		other: "kepahiang", otherValue: "80.00",
	},
}

var semarangIndicators = []measured{
	{"r1", "QUALITY", "", "NORMAL", "Telaahan diterima tanpa perbaikan", "persen", "90", "92"}, // 102.2222
	{"r1", "QUALITY", "", "NORMAL", "Kelengkapan data", "persen", "95", "95"},                  // 100
	{"r1", "TIME", "", "LOWER_IS_BETTER", "Waktu penyusunan telaahan", "hari", "10", "9"},      // (2 − 9 / 10) × 100 = 110
}

// TestRegions goes the whole way over HTTP in a tenant of each region, by the example rules of that region.
func TestRegions(t *testing.T) {
	t.Parallel()
	deployment := harness.Standalone(t, t.TempDir(), "--empty")
	for _, c := range regionCases {
		t.Run(c.name, func(t *testing.T) {
			r := &region{Deployment: deployment, tenant: c.tenant}
			r.found(t, c.unitKind, c.position)
			r.open(t, opened{periodOfYear, rulePackOf(c.pack), 2026, 1})
			r.agree(t, periodOfYear, c.indicators)
			r.report(t, periodOfYear, c.indicators)
			r.assess(t, periodOfYear, c.result, c.behavior)
			r.ask(t, periodOfYear)
			r.shows(t, periodOfYear, c.score)
			r.explains(t, c)
			r.reaches(t, c)
			r.tries(t, c)
		})
	}
	t.Run("somebody_who_leaves_in_mid_year", func(t *testing.T) {
		leaves(t, &region{Deployment: deployment, tenant: "3322"})
	})
	t.Run("a_rule_pack_from_draft_to_period", func(t *testing.T) {
		packJourney(t, &region{Deployment: deployment, tenant: "3374"})
	})
}

// shows waits until the score of the worker is the one that is wanted.
func (r *region) shows(t *testing.T, period string, want regionScore) {
	t.Helper()
	harness.Await(t, func() string {
		answer := r.Do(t, r.employee(t, worker), http.MethodGet, "/v1/tenants/"+r.tenant+"/periods/"+period+"/scores/"+worker, "")
		if answer.Status != http.StatusOK {
			return string(answer.Body)
		}
		var got regionScore
		answer.Decode(t, &got)
		return cmp.Diff(want, got, cmpopts.EquateEmpty())
	})
}

// explains holds each depth of the explanation to its sections, and one sentence to its text.
func (r *region) explains(t *testing.T, c regionCase) {
	t.Helper()
	titles := map[string][]string{
		"SUMMARY":  {"Hasil", "Keterangan"},
		"STANDARD": {"Hasil", "Capaian", "Kepuasan masyarakat", "Komponen penilaian", "Belum ada", "Keterangan"},
		"FULL":     {"Hasil", "Capaian", "Kepuasan masyarakat", "Komponen penilaian", "Belum ada", "Keterangan", "Langkah perhitungan"},
	}
	for depth, want := range titles {
		var got struct {
			Sections []struct {
				Title     string
				Sentences []string
			}
			Strengths []string
		}
		r.get(t, r.employee(t, worker), "periods/"+periodOfYear+"/scores/"+worker+":explain?depth=DEPTH_"+depth, &got)
		var said, sentences []string
		for _, section := range got.Sections {
			said, sentences = append(said, section.Title), append(sentences, section.Sentences...)
		}
		want = slices.DeleteFunc(slices.Clone(want), func(title string) bool { return title == "Belum ada" && len(c.score.Missing) == 0 })
		if diff := cmp.Diff(want, said); diff != "" {
			t.Errorf("%s: titles (-want +got):\n%s", depth, diff)
		}
		if told := slices.Contains(sentences, c.sentence); told != (depth != "SUMMARY") {
			t.Errorf("%s: told %t: %q\nin %s", depth, told, c.sentence, strings.Join(sentences, "\n"))
		}
		if len(got.Strengths) == 0 {
			t.Errorf("%s: there are no strengths", depth)
		}
	}
}

// rated is a way by numbers, after which both ratings have to be given.
func rated(numbers ...string) []string {
	return append(numbers, "rating.result meets→above", "rating.behavior meets→above")
}

// reaches holds the ways to Sangat Baik to those that are worked out by hand.
func (r *region) reaches(t *testing.T, c regionCase) {
	t.Helper()
	var got struct {
		Ways []struct {
			Sentence string
			Changes  []struct{ ID, From, To string }
		}
	}
	r.get(t, r.employee(t, worker), "periods/"+periodOfYear+"/scores/"+worker+":reach?predicate=PREDICATE_VERY_GOOD", &got)
	var ways [][]string
	for _, way := range got.Ways {
		var changes []string
		for _, change := range way.Changes {
			changes = append(changes, change.ID+" "+change.From+"→"+change.To)
		}
		ways = append(ways, changes)
		if !strings.Contains(way.Sentence, "Sangat Baik") {
			t.Errorf("a way to Sangat Baik reads %q", way.Sentence)
		}
	}
	if diff := cmp.Diff(c.ways, ways); diff != "" {
		t.Errorf("ways (-want +got):\n%s", diff)
	}
}

// tries holds what another rule pack and other facts would give, and that the score stays.
func (r *region) tries(t *testing.T, c regionCase) {
	t.Helper()
	var got struct {
		Score struct{ Value, RulePack, Predicate string }
	}
	r.send(t, r.employee(t, worker), http.MethodPost, "periods/"+periodOfYear+"/scores/"+worker+":simulate", object{
		"rulePack": rulePackOf(c.other),
	}).Decode(t, &got)
	if got.Score.Value != c.otherValue || got.Score.RulePack != rulePackOf(c.other) || got.Score.Predicate != c.score.Predicate {
		t.Errorf("by %s: %+v, want the value %q and the same predicate", c.other, got.Score, c.otherValue)
	}
	if c.facts != nil {
		r.send(t, r.employee(t, worker), http.MethodPost, "periods/"+periodOfYear+"/scores/"+worker+":simulate", c.facts).Decode(t, &got)
		if got.Score.Value != c.factsValue || got.Score.RulePack != rulePackOf(c.pack) {
			t.Errorf("with other facts: %+v, want the value %q", got.Score, c.factsValue)
		}
	}
	r.shows(t, periodOfYear, c.score)
}
