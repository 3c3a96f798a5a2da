package kittest

import (
	"os"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/view/viewredis"
)

// Redis returns a view store in the server of KINERJA_TEST_REDIS, under a prefix of its own. It
// skips the test, or fails it when engines are required, if there is none.
func Redis(tb testing.TB) *viewredis.Store {
	tb.Helper()
	addr := os.Getenv(EnvRedis)
	if addr == "" {
		missing(tb, "Redis", EnvRedis)
	}
	store, err := viewredis.Open(viewredis.Config{Addrs: []string{addr}, Prefix: "kittest:" + randomHex(tb) + ":"})
	if err != nil {
		tb.Fatalf("open redis: %v", err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	err = store.Check(tb.Context())
	if err != nil {
		tb.Fatalf("redis at %s: %v", addr, err)
	}
	return store
}
