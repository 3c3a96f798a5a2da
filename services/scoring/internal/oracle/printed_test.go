package oracle_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// TestExample_states_the_case proves printed cases as examples of a pack: a difference can be copied into a pack or a
// table as it is printed.
func TestExample_states_the_case(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/packs/uji-matriks.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules := packsOf(t, "testdata")[0]
	r := newDrawer(rand.New(rand.NewPCG(*seed, 0)), rules)
	file := &strings.Builder{}
	fmt.Fprintf(file, "%s\nexamples:\n", content)
	for n := range 50 {
		in := r.input()
		v := judge(rules, in, nil)
		fmt.Fprintf(file, "  - name: person %d\n    source: uji\n", n)
		for line := range strings.Lines(example(in)) {
			file.WriteString("    " + line)
		}
		fmt.Fprintf(file, "    expected: {state: %s, value: %q, achievement: %q, survey_index: %q, missing: [%s]}\n",
			v.State, v.Value, v.Achievement, v.Index, missingIDs(v))
	}
	parsed, err := pack.Parse([]byte(file.String()), nil)
	if err != nil {
		t.Fatal(err)
	}
	err = parsed.Prove()
	if err != nil {
		t.Error(err)
	}
}

func missingIDs(v verdict) string {
	var ids []string
	for _, m := range v.Missing {
		id, _, _ := strings.Cut(m, " ")
		ids = append(ids, id)
	}
	return strings.Join(ids, ", ")
}
