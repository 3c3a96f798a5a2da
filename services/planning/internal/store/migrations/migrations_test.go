package migrations_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/planning/internal/store/migrations"
)

// The engines have the same migrations, which differ only in how PostgreSQL is told to compare ids and dates by bytes.
func TestEnginesHaveTheSameSchema(t *testing.T) {
	t.Parallel()
	schema := func(engine string) map[string]string {
		files, err := fs.Glob(migrations.FS, engine+"/*.sql")
		if err != nil || len(files) == 0 {
			t.Fatalf("no migrations of %s: %v", engine, err)
		}
		out := map[string]string{}
		for _, file := range files {
			raw, err := fs.ReadFile(migrations.FS, file)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(string(raw), ` COLLATE "C"`, "")
			out[strings.TrimPrefix(file, engine+"/")] = strings.Join(strings.Fields(text), " ")
		}
		return out
	}
	diff := cmp.Diff(schema("sqlite"), schema("postgres"))
	if diff != "" {
		t.Fatal(diff)
	}
}
