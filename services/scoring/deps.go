package scoring

import (
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Deps are the open things that the service works with. All but TracerProvider are required. The service never closes
// them.
type Deps struct {
	// DB is a database to which Migrations are applied before the service is used.
	DB         *sqlkit.DB
	NATS       jetstream.JetStream
	Clock      clock.Clock
	IDs        ids.Source
	Logger     *slog.Logger
	Registerer prometheus.Registerer
	// TracerProvider makes the spans of consumers; none without it.
	TracerProvider trace.TracerProvider

	// PlanInputs, Periods and Organization are services of planning, AssessmentInputs is one of assessment.
	PlanInputs       planningv1.InputServiceClient
	Periods          planningv1.PeriodServiceClient
	Organization     planningv1.OrganizationServiceClient
	AssessmentInputs assessmentv1.InputServiceClient
}

// require returns an error that names the dependencies that are not there.
func (d Deps) require() error {
	return run.Require(map[string]bool{
		"DB": d.DB != nil, "NATS": d.NATS != nil, "Clock": d.Clock != nil, "IDs": d.IDs != nil,
		"Logger": d.Logger != nil, "Registerer": d.Registerer != nil,
		"PlanInputs": d.PlanInputs != nil, "Periods": d.Periods != nil, "Organization": d.Organization != nil,
		"AssessmentInputs": d.AssessmentInputs != nil,
	})
}
