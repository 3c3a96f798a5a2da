package pack

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompare_says_what_is_different_in_an_allowance(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("packs/kepahiang.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	change := strings.NewReplacer("percent: 60, ", "percent: 55, ",
		"    - {id: discipline, label: Disiplin kerja, percent: 40, measure: attendance}\n",
		"    - {id: discipline, label: Disiplin kerja, percent: 40, measure: fixed}\n    - {id: post, label: Tempat bertugas, percent: 5, measure: fixed}\n")
	older, err := Parse(content, catalog.File)
	if err != nil {
		t.Fatal(err)
	}
	newer, err := Parse([]byte(change.Replace(string(content))), catalog.File)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range Compare(older, newer) {
		got = append(got, c.Path+" "+c.Sentence)
	}
	want := []string{
		"allowance.parts[0].percent Persentase bagian TPP “Produktivitas kerja” berubah dari 60 menjadi 55.",
		"allowance.parts[1].measure Ukuran bagian TPP “Disiplin kerja” berubah dari kehadiran, dengan potongan menjadi dibayar penuh.",
		"allowance.parts[2] Bagian TPP “Tempat bertugas” ditambahkan sebesar 5%.",
	}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}

func TestSchema_refuses_wrong_allowances(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("packs/kepahiang.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := compiled(t)
	for name, pair := range map[string][2]string{
		"an_unknown_key":     {"percent: 60, measure", "persen: 60, measure"},
		"an_unknown_measure": {"measure: productivity", "measure: luck"},
		"a_share_of_nothing": {"percent: 60, measure", "percent: 0, measure"},
		"an_amount":          {"percent: 60, measure", "percent: 60, rupiah: 1, measure"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bad := []byte(strings.Replace(string(content), pair[0], pair[1], 1))
			file, _ := Lint(bad, catalog.File)
			if file != nil {
				t.Error("Lint takes it")
			}
			err := s.Validate(instance(t, bad))
			if err == nil {
				t.Error("the schema takes it")
			}
		})
	}
}
