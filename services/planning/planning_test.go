package planning_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning"
)

func TestNew(t *testing.T) {
	t.Parallel()
	t.Run("all_that_is_missing_is_told_at_once", func(t *testing.T) {
		t.Parallel()
		_, err := planning.New(planning.Config{}, planning.Deps{})
		for _, want := range []string{"stream_replicas", "stream_max_bytes", "outbox_retention", "Clock, DB, IDs, Logger, NATS, Registerer"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q is not in: %v", want, err)
			}
		}
	})
	t.Run("the_secret_of_page_tokens_must_be_there", func(t *testing.T) {
		t.Parallel()
		c := clock.NewFake(time.Date(2026, 3, 15, 3, 0, 0, 0, time.UTC))
		deps := planning.Deps{
			DB: kittest.Engine{Name: sqlkit.SQLite}.DB(t, planning.Migrations()), NATS: kittest.NATS(t).JetStream, Clock: c,
			IDs: ids.New(c), Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(),
		}
		cfg := planning.Defaults()
		for _, path := range []string{"/no/such/file", secret(t, " \n")} {
			cfg.PageSecretFile = path
			_, err := planning.New(cfg, deps)
			if err == nil {
				t.Errorf("%s was accepted", path)
			}
		}
		cfg.PageSecretFile = secret(t, "s3cret\n")
		s, err := planning.New(cfg, deps)
		must(t, err)
		must(t, s.Check(t.Context()))
	})
}

func TestConfig(t *testing.T) {
	t.Parallel()
	must(t, config.Check(&planning.Config{}))
	got := planning.Config{}
	must(t, config.Load(&got, config.Sources{}))
	if got != planning.Defaults() {
		t.Fatalf("the defaults of the tags are %+v, want %+v", got, planning.Defaults())
	}
}
