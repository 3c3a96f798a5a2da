package etag_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/etag"
)

func TestEtag(t *testing.T) {
	t.Parallel()
	const name = "tenants/3374/periods/2026"
	first := etag.Of(name, 1)
	t.Run("it_is_the_same_on_every_server", func(t *testing.T) {
		t.Parallel()
		if want := `"` + "yE6H6nEZLo6cBm9T" + `"`; first != want {
			t.Fatalf("got %s, want %s", first, want)
		}
	})
	t.Run("it_differs_by_name_and_revision", func(t *testing.T) {
		t.Parallel()
		if first == etag.Of(name, 2) || first == etag.Of(name+"1", 1) {
			t.Fatal("two resources or revisions share an etag")
		}
	})
	t.Run("it_matches_itself_and_nothing_given", func(t *testing.T) {
		t.Parallel()
		if !etag.Match(first, name, 1) || !etag.Match("", name, 7) {
			t.Fatal("should match")
		}
		if etag.Match(first, name, 2) || etag.Match("*", name, 1) || etag.Match(first[1:len(first)-1], name, 1) {
			t.Fatal("should not match")
		}
	})
}
