package disparity_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
)

func TestKeys_and_labels(t *testing.T) {
	t.Parallel()
	for birth, want := range map[int]string{
		0: "", 1997: "under-30", 1996: "30-39", 1987: "30-39", 1986: "40-49", 1977: "40-49", 1976: "50-59", 1967: "50-59", 1966: "60-over",
	} {
		if got := disparity.AgeKey(birth, 2026); got != want {
			t.Errorf("born %d: %q, want %q", birth, got, want)
		}
	}
	for _, c := range [][3]string{
		{"functional", "ahli_muda", "Fungsional Ahli Muda"}, {"functional", "", "Fungsional"}, {"executor", "", "Pelaksana"}, {"", "", ""},
	} {
		if got := disparity.Label(disparity.PositionKey(c[0], c[1])); got != c[2] {
			t.Errorf("%s %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if disparity.Label("III/a") != "III/a" || disparity.Grade.Label() != "Golongan" || disparity.HiddenSmall.Text() == "" {
		t.Error("a label is missing")
	}
}
