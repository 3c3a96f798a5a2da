package explain_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

func TestMisfit(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"panels/subordinates":     "Jawaban bawahan tidak sesuai dengan pilihan jawaban menurut paket aturan ini.",
		"survey":                  "Hasil survei kepuasan masyarakat tidak sesuai dengan unsur atau pilihan jawaban menurut paket aturan ini.",
		"segments":                "Data penilaian tidak sesuai dengan ketentuan paket aturan ini.",
		"segments/2/panels/peers": "Penugasan ke-2: jawaban rekan kerja tidak sesuai dengan pilihan jawaban menurut paket aturan ini.",
	} {
		if got := explain.Misfit(id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestUncomputable(t *testing.T) {
	t.Parallel()
	flaws := make([]domain.Flaw, 7)
	for i := range flaws {
		flaws[i] = domain.Flaw{ID: "panels/peers", Text: "jumlah jawaban tidak sesuai"}
	}
	got := explain.Uncomputable(&domain.FlawsError{Flaws: flaws})
	want := slices.Repeat([]string{"Jawaban rekan kerja tidak sesuai dengan pilihan jawaban menurut paket aturan ini: jumlah jawaban tidak sesuai."}, 5)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("of flaws (-want +got):\n%s", diff)
	}
	want = []string{"Angkanya terlalu besar untuk dihitung menurut paket aturan ini."}
	if diff := cmp.Diff(want, explain.Uncomputable(num.ErrOverflow)); diff != "" {
		t.Errorf("of an overflow (-want +got):\n%s", diff)
	}
}
