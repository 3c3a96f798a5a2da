package view_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewtest"
)

func Test_memory_adapter(t *testing.T) {
	t.Parallel()
	viewtest.Run(t, func(*testing.T) view.Store { return viewmem.New() })
}

func Test_redis_adapter(t *testing.T) {
	t.Parallel()
	viewtest.Run(t, func(t *testing.T) view.Store { return kittest.Redis(t) })
}

func Test_hash_tag_is_what_a_cluster_hashes(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"plain": "plain", "a{tag}b": "tag", "a{}b": "a{}b", "a{x}{y}": "x", "a{open": "a{open", "a{{b}c": "{b",
	}
	for key, want := range tests {
		got := view.HashTag(key)
		if got != want {
			t.Errorf("HashTag(%q) = %q, want %q", key, got, want)
		}
	}
}
