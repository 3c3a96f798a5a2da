package num_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

func TestPutCompact_keeps_every_digit(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	keeps := func(d decimal.Decimal) {
		t.Helper()
		var compact [num.MaxCompact]byte
		size := num.PutCompact(&compact, d)
		if compact[0] >= num.CompactEnd {
			t.Fatalf("%s is %v", d, compact)
		}
		text, rest, ok := num.AppendText([]byte("2;"), append(compact[:size:size], "rest"...))
		if string(text) != "2;"+d.String() || string(rest) != "rest" || !ok {
			t.Fatalf("%s became %s before %q, %t", d, text, rest, ok)
		}
	}
	for range 50_000 {
		keeps(randomDecimal(r))
	}
	for _, number := range []string{"0", "0.00", "-0.05", "9999999999999999999", "-0.9999999999999999999", "-1", "0.9999999999999999999"} {
		keeps(decimal.MustParse(number))
	}
}

func TestAppendText_refuses_what_is_no_number(t *testing.T) {
	t.Parallel()
	for name, from := range map[string][]byte{
		"nothing":                nil,
		"a_byte_above_the_first": {num.CompactEnd, 1, 5},
		"no_count":               {0},
		"no_digits":              {0, 1},
		"digits_cut":             {0, 3, 1, 2},
		"too_many_digits":        {0, num.MaxCompact - 1, 1, 2, 3, 4, 5, 6, 7, 8, 9},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, rest, ok := num.AppendText([]byte("as it was"), from)
			if string(text) != "as it was" || !bytes.Equal(rest, from) || ok {
				t.Fatalf("%q, %v, %t", text, rest, ok)
			}
		})
	}
}
