package natskit_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
)

// scarce is a server on which the stream finds room at the last of its attempts.
type scarce struct {
	jetstream.JetStream
	attempts int
	made     int
	cancel   context.CancelFunc // called instead of making room when it is set
}

func (s *scarce) CreateOrUpdateStream(ctx context.Context, cfg jetstream.StreamConfig) (jetstream.Stream, error) {
	s.made++
	switch {
	case s.made < s.attempts:
	case s.cancel != nil:
		s.cancel()
	default:
		cfg.MaxBytes = 1 << 20
	}
	return s.JetStream.CreateOrUpdateStream(ctx, cfg)
}

// big is more than the server of the tests may store.
func big() jetstream.StreamConfig {
	return jetstream.StreamConfig{Name: streamName, Subjects: []string{"kinerja.test.>"}, MaxBytes: 1 << 40}
}

func Test_a_server_without_storage_is_logged_once_and_waited_for(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	js := &scarce{JetStream: kittest.NATS(t).JetStream, attempts: 7}
	stream, err := natskit.EnsureStream(t.Context(), js, big(), logger)
	if err != nil {
		t.Fatal(err)
	}
	if name := stream.CachedInfo().Config.Name; name != streamName || js.made != 7 {
		t.Errorf("stream %s after %d attempts", name, js.made)
	}
	if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "level=WARN") ||
		!strings.Contains(log.String(), streamName) || !strings.Contains(log.String(), "insufficient") {
		t.Errorf("the log is not one warning of what is lacking:\n%s", &log)
	}
}

func Test_a_short_outage_is_not_logged_and_ends_with_the_context(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	ctx, cancel := context.WithCancel(t.Context())
	js := &scarce{JetStream: kittest.NATS(t).JetStream, attempts: 3, cancel: cancel}
	_, err := natskit.EnsureStream(ctx, js, big(), slog.New(slog.NewTextHandler(&log, nil)))
	if !errors.Is(err, context.Canceled) || js.made != 3 || log.String() != "" {
		t.Errorf("%d attempts, error %v, log %q", js.made, err, &log)
	}
}
