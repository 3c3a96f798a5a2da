package e2e

import (
	"context"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
)

// loadTimeout bounds the load of the demonstration.
const loadTimeout = 2 * time.Minute

// suite is a deployment with the demonstration on it.
type suite struct {
	*harness.Deployment

	tokens *demo.Tokens
}

func load(t *testing.T, d *harness.Deployment) *suite {
	t.Helper()
	loader := demo.New(d.Conns, d.Signer)
	ctx, cancel := context.WithTimeout(t.Context(), loadTimeout)
	defer cancel()
	err := loader.Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return &suite{Deployment: d, tokens: loader.Tokens()}
}

func (s *suite) admin(t *testing.T) string {
	t.Helper()
	token, err := s.tokens.Admin()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (s *suite) person(t *testing.T, id string) string {
	t.Helper()
	token, err := s.tokens.Person(id)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TestStandalone and TestSplit run the same body.
func TestStandalone(t *testing.T) {
	t.Parallel()
	cycle(t, load(t, harness.Standalone(t, t.TempDir(), "--empty")))
}

func TestSplit(t *testing.T) {
	t.Parallel()
	cycle(t, load(t, harness.Split(t)))
}

func cycle(t *testing.T, s *suite) {
	t.Helper()
	t.Run("worked_examples", func(t *testing.T) { workedExamples(t, s) })
	t.Run("what_if", func(t *testing.T) { whatIf(t, s) })
	t.Run("allowance", func(t *testing.T) { allowance(t, s) })
	t.Run("credit_statement", func(t *testing.T) { creditStatement(t, s) })
	t.Run("recompute", func(t *testing.T) { recomputed(t, s) })
	t.Run("nine_cells", func(t *testing.T) { nineCells(t, s) })
	t.Run("reports", func(t *testing.T) { reports(t, s) })
	t.Run("decisions", func(t *testing.T) { decisions(t, s) })
	t.Run("bad_input_over_grpc", func(t *testing.T) { badInputGRPC(t, s) })
	t.Run("bad_input_over_http", func(t *testing.T) { badInputHTTP(t, s) })
	t.Run("permissions", func(t *testing.T) { permissions(t, s) })
	t.Run("edge", func(t *testing.T) { edge(t, s) })
	t.Run("calibration", func(t *testing.T) { calibration(t, s) })
}
