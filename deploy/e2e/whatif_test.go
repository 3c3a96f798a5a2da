package e2e

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// whatIf: the nurse sees what other ratings and another realisation would give, nothing of it is stored, and the stored
// score is what its trace gives.
func whatIf(t *testing.T, s *suite) {
	t.Helper()
	before := s.score(t, nurse)
	type difference struct{ ID, Before, After, Sentence string }
	var got struct {
		Score       struct{ Predicate, Credit, Achievement, Revision string }
		Differences []difference
	}
	answer := s.Do(t, s.person(t, nurse), http.MethodPost, period+"/scores/"+nurse+":simulate",
		`{"behaviorRating":"EXPECTATION_ABOVE","realisations":[{"indicator":"results/r3/indicators/i1","value":"60"}]}`)
	answer.Decode(t, &got)
	if answer.Status != http.StatusOK || got.Score.Predicate != "PREDICATE_VERY_GOOD" || got.Score.Credit != "18.75" ||
		got.Score.Achievement != "102.54" || got.Score.Revision != "0" {
		t.Errorf("simulated: %d %+v", answer.Status, got.Score)
	}
	want := []difference{
		{"predicate", "good", "very_good", "Predikat kinerja pegawai berubah dari Baik menjadi Sangat Baik."},
		{"behavior_rating", "meets", "above", "Rating perilaku kerja yang berlaku berubah dari Sesuai Ekspektasi menjadi Di Atas Ekspektasi."},
		{"achievement", "99.76", "102.54", "Capaian rencana kinerja berubah dari 99,76% menjadi 102,54%."},
		{"credit", "12.50", "18.75", "Angka kredit berubah dari 12,50 menjadi 18,75."},
		{
			"results/r3/indicators/i1/realisation", "45", "60", "Realisasi “Jumlah penyuluhan” berubah dari 45 menjadi 60, " +
				"sehingga capaian indikator “Jumlah penyuluhan” berubah dari 75,0000% menjadi 100,0000%.",
		},
		{
			"rating.behavior", "meets", "above", "Rating perilaku kerja berubah dari Sesuai Ekspektasi menjadi Di Atas Ekspektasi, " +
				"sehingga predikat kinerja pegawai berubah dari Baik menjadi Sangat Baik.",
		},
	}
	if diff := cmp.Diff(want, got.Differences); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	same(t, nurse, before, s.score(t, nurse))

	var verified struct {
		Verified    bool
		Revision    string
		Differences []difference
	}
	s.Do(t, s.person(t, nurse), http.MethodGet, period+"/scores/"+nurse+":verify", "").Decode(t, &verified)
	if !verified.Verified || verified.Revision != before.Revision || len(verified.Differences) != 0 {
		t.Errorf("verified: %+v", verified)
	}
	refusedSimulations(t, s)
}

func refusedSimulations(t *testing.T, s *suite) {
	t.Helper()
	cases := []struct {
		name, body, reason string
		fields             []string
		status             int
	}{
		{"an_unknown_pack", `{"rulePack":"rulePacks/none/versions/1"}`, "RULE_PACK_UNKNOWN", []string{"rule_pack"}, http.StatusNotFound},
		{
			"everything_wrong", `{"realisations":[{"indicator":"results/r9/indicators/i1","value":"1"},{"indicator":"results/r1/indicators/i1","value":"1,5"}]}`,
			"INVALID_ARGUMENT",
			[]string{"realisations[0].indicator", "realisations[1].value"},
			http.StatusBadRequest,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var problem struct {
				Reason string
				Errors []struct{ Field string }
			}
			answer := s.Do(t, s.person(t, nurse), http.MethodPost, period+"/scores/"+nurse+":simulate", c.body)
			answer.Decode(t, &problem)
			var fields []string
			for _, e := range problem.Errors {
				fields = append(fields, e.Field)
			}
			if answer.Status != c.status || problem.Reason != c.reason || !slices.Equal(fields, c.fields) {
				t.Errorf("got %d %s %v, want %d %s %v:\n%s", answer.Status, problem.Reason, fields, c.status, c.reason, c.fields, answer.Body)
			}
		})
	}
	denied := s.Do(t, s.person(t, "perawat-melati-2"), http.MethodPost, period+"/scores/"+nurse+":simulate", `{}`)
	if denied.Status != http.StatusForbidden {
		t.Errorf("a peer simulates: %d", denied.Status)
	}
}
