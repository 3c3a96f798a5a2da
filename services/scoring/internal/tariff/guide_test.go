package tariff_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/tariff"
)

// TestGuide demands that the guide of administrators explains every key of a table.
func TestGuide(t *testing.T) {
	t.Parallel()
	_, reference, ok := strings.Cut(content(t, "../../../../docs/tabel-tpp.md"), "\n## Isian\n")
	if !ok {
		t.Fatal("the guide has no list of keys")
	}
	keys := map[string]bool{"examples": true}
	collect(reflect.TypeFor[allowance.Table](), keys)
	collect(reflect.TypeFor[tariff.Example](), keys)
	if len(keys) < 50 {
		t.Fatalf("only %d keys", len(keys))
	}
	for key := range keys {
		if !strings.Contains(reference, "`"+key+"`") && !strings.Contains(reference, "."+key+"`") {
			t.Errorf("the guide does not explain %s", key)
		}
	}
}

// collect adds the keys of a struct and of all within it.
func collect(of reflect.Type, keys map[string]bool) {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return
	}
	for i := range of.NumField() {
		key := of.Field(i).Tag.Get("yaml")
		if key != "" {
			keys[key] = true
			collect(of.Field(i).Type, keys)
		}
	}
}
