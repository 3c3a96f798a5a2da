package spelling_test

import (
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/spelling"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 65)
	cases := []struct {
		name, word, want string
		known            []string
	}{
		{"letters_swapped", "wieght", "weight", []string{"component", "weight"}},
		{"a_letter_too_few", "outpt", "output", []string{"outcome", "output"}},
		{"the_first_of_two_as_near", "ab", "ac", []string{"ac", "ad"}},
		{"more_than_half_is_other", "abcd", "", []string{"abxyz"}},
		{"half_is_other", "abcd", "abxy", []string{"abxy"}},
		{"nothing_known", "weight", "", nil},
		{"too_long", long, "", []string{long[:64]}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := spelling.Nearest(c.word, c.known)
			if got != c.want {
				t.Fatalf("got %q, want %q", got, c.want)
			}
		})
	}
}
