package pack_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEmbedded_packs_keep_their_text fails when the text of a carried rule pack, or of one that it builds on, was changed, be it
// in a comment. Every score pins the hash of the text: after a release with another one a recompute writes and announces all of
// them anew, what is final counts as outdated, and earlier revisions are no longer explained or verified. So a text that was
// released is never changed; what shall read otherwise is the next version. Only one that no release has carried may get another
// hash here.
func TestEmbedded_packs_keep_their_text(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"rulePacks/bantul/versions/1":             "ea4f0b6f6dc89c3b6b37e4c341e0a0f2bc8462051d5838c72a625df5dbe3ec8e",
		"rulePacks/binjai/versions/1":             "838c8c625c017cc8c1874dbb693d1caf158cf362ded43435abc289c66e011d1b",
		"rulePacks/evaluasi-2022/versions/1":      "d87c299b770cfc3e2c535fe671f4bd9f1157dff2ac2e8913092bf79ec6b37b19",
		"rulePacks/integrasi-2021/versions/1":     "6246df9b9653910622efd97c54907bff1b783c281fe53f7bc4eb60f9bd78d5db",
		"rulePacks/kepahiang/versions/1":          "bdf13da44e966df4433039cdee95d06755819bd6853a5f2137cad8da93adf72f",
		"rulePacks/marelan/versions/1":            "c469e670bf1fd6165c27791ae4bd08aee0067bccac0a5e9577016972610aea12",
		"rulePacks/permenpanrb-6-2022/versions/1": "e3507aa715fe98579b424074fc4e4f62c42b71b799c693a0bcff39112918cc97",
		"rulePacks/permenpanrb-8-2021/versions/1": "fc0ea5e1dd63e2c7ce47bbe6f6dc5bc9259a6d1a49349af50c8cfa9fbd6f0631",
		"rulePacks/pp-46-2011/versions/1":         "ce8a0894539551449598375de263d57df898c729d64b03c390366d8411fa140c",
		"rulePacks/semarang/versions/1":           "00f753ba6bef7b2c7af47f33b7f4a14df88824b0a84d3ca00ce32b881e8a7875",
	}
	got := map[string]string{}
	for _, file := range catalog(t).Files() {
		got[file.Pack.Name()] = file.Pack.Hash()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("hashes (-want +got):\n%s", diff)
	}
}
