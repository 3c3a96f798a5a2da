package kittest

import (
	"io/fs"
	"path"
	"testing"
	"testing/fstest"
)

// UpTo returns the migrations of all engines with numbers up to the last, "00002", for a test that fills the tables as
// they were before the next one.
func UpTo(tb testing.TB, migrations fs.FS, last string) fs.FS {
	tb.Helper()
	out := fstest.MapFS{}
	files, err := fs.Glob(migrations, "*/*.sql")
	if err != nil {
		tb.Fatal(err)
	}
	for _, file := range files {
		if path.Base(file)[:len(last)] > last {
			continue
		}
		raw, err := fs.ReadFile(migrations, file)
		if err != nil {
			tb.Fatal(err)
		}
		out[file] = &fstest.MapFile{Data: raw}
	}
	return out
}
