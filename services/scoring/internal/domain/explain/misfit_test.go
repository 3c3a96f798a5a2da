package explain_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
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
