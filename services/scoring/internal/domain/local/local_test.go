package local_test

import (
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
)

func TestNumber_and_Date(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"0": "0", "999": "999", "1000": "1.000", "-2447500.00": "−2.447.500,00", "0.5": "0,5", "-1100000/23": "−1.100.000/23",
	} {
		if got := local.Number(given); got != want {
			t.Errorf("Number(%s) = %s, want %s", given, got, want)
		}
	}
	if got := local.Rupiah("-12500.00"); got != "−Rp12.500,00" {
		t.Errorf("Rupiah = %s", got)
	}
	if got := local.Date(time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC)); got != "1 Desember 2026" {
		t.Errorf("Date = %s", got)
	}
	if got := local.Count(1234); got != "1.234" {
		t.Errorf("Count = %s", got)
	}
}
