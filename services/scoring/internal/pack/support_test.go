package pack

import (
	"os"
	"testing"
)

// small returns the small pack of testdata.
func small(t testing.TB) []byte {
	t.Helper()
	content, err := os.ReadFile("testdata/language/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return content
}
