package migrations_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
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

// The golongan of people who were added before it had a column is read from the text that had it.
func TestGradesAreTakenFromTheTextsBefore(t *testing.T) {
	t.Parallel()
	texts := []struct{ employment, rank, grade string }{
		{"PNS", "Penata Muda, III/a", "III/a"},
		{"PNS", "Pembina Utama, IV/e", "IV/e"},
		{"PNS", "Juru Muda, I/a", "I/a"},
		{"PNS", "II/d", "II/d"},
		{"PNS", "Penata Muda, III/A", "III/a"},
		{"PPPK", "IX", "IX"},
		{"PPPK", "I", "I"},
		{"PPPK", "Golongan, XVII", "XVII"},
		{"PNS", "Penata Muda / III a", ""},
		{"PNS", "Penata Muda", ""},
		{"PNS", "IX", ""},
		{"PPPK", "Penata Muda, III/a", ""},
		{"PNS", "-", ""},
		{"PNS", "", ""},
		{"NON_ASN", "IX", ""},
	}
	kittest.Each(t, kittest.UpTo(t, migrations.FS, "00002"), func(t *testing.T, db *sqlkit.DB) {
		ctx := t.Context()
		err := db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO tenants VALUES ('3374', 'Kota Semarang', 1, 1, 1)`)
			if err != nil {
				return err
			}
			for i, text := range texts {
				_, err = tx.ExecContext(ctx, `INSERT INTO people (tenant, person, display_name, employment, nip, rank, revision, create_time)
					VALUES ('3374', $1, 'Nama', $2, '', $3, 1, 1)`, fmt.Sprintf("p%02d", i), text.employment, text.rank)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = sqlkit.Migrate(ctx, db, migrations.FS)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range texts {
			var grade string
			err = db.Read().QueryRowContext(ctx, `SELECT grade FROM people WHERE person = $1`, fmt.Sprintf("p%02d", i)).Scan(&grade)
			if err != nil || grade != text.grade {
				t.Errorf("%s %q has %q, want %q: %v", text.employment, text.rank, grade, text.grade, err)
			}
		}
	})
}
