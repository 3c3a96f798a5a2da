package e2e

import (
	"os"
	"testing"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
)

func TestMain(m *testing.M) {
	// The kill tests start this test binary again as a suite that crashes where it is told to.
	if os.Getenv(crashEnv) != "" {
		os.Exit(runCrashing())
	}
	code := m.Run()
	harness.RemoveBinaries()
	os.Exit(code)
}
