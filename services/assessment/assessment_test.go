package assessment_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/assessment"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/daemon"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

var _ daemon.Service = (*assessment.Service)(nil)

func TestNew_tells_at_once_all_that_is_missing(t *testing.T) {
	t.Parallel()
	_, err := assessment.New(assessment.Config{PeriodCache: time.Hour}, assessment.Deps{})
	for _, want := range []string{
		"period_cache", "stream_replicas", "stream_max_bytes", "outbox_retention",
		"Clock, DB, IDs, Inputs, Logger, NATS, Organizations, Periods, Registerer, Relations",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in: %v", want, err)
		}
	}
}

func TestNew_wants_a_long_key(t *testing.T) {
	t.Parallel()
	c := clock.NewFake(time.Date(2026, 7, 15, 5, 0, 0, 0, time.UTC))
	organizations := planningv1.NewOrganizationServiceClient(nil)
	deps := assessment.Deps{
		DB: kittest.Engine{Name: sqlkit.SQLite}.DB(t, assessment.Migrations()), NATS: kittest.NATS(t).JetStream, Clock: c,
		IDs: ids.New(c), Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(),
		Inputs: planningv1.NewInputServiceClient(nil), Organizations: organizations,
		Periods: planningv1.NewPeriodServiceClient(nil), Relations: relation.Client(organizations),
	}
	cfg := assessment.Defaults()
	for _, path := range []string{"/no/such/file", secret(t, strings.Repeat("a", 31)+"\n")} {
		deps.Registerer = prometheus.NewRegistry()
		cfg.Peer.KeyFile = path
		_, err := assessment.New(cfg, deps)
		if err == nil {
			t.Errorf("%s was accepted", path)
		}
	}
	deps.Registerer = prometheus.NewRegistry()
	cfg.Peer.KeyFile = secret(t, strings.Repeat("a", 32)+"\n")
	s, err := assessment.New(cfg, deps)
	must(t, err)
	must(t, s.Check(t.Context()))
}

func TestConfig_documents_itself(t *testing.T) {
	t.Parallel()
	must(t, config.Check(&assessment.Config{}))
	got := assessment.Config{}
	must(t, config.Load(&got, config.Sources{}))
	if got != assessment.Defaults() {
		t.Fatalf("the defaults of the tags are %+v, want %+v", got, assessment.Defaults())
	}
	cfg := assessment.Defaults()
	var docs bytes.Buffer
	must(t, config.Docs(&docs, &daemon.Config{Service: &cfg}, "KINERJA_ASSESSMENT_"))
	if !strings.Contains(docs.String(), "service.peer.key_file") {
		t.Errorf("the reference lacks the key:\n%s", docs.String())
	}
}
