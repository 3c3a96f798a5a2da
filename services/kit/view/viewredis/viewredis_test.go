package viewredis_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewredis"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// admin is a plain client to the test's server; it is skipped like the store itself.
func admin(t *testing.T) *redis.Client {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: os.Getenv(kittest.EnvRedis)})
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func Test_a_server_that_has_forgotten_the_script_is_taught_again(t *testing.T) {
	store := kittest.Redis(t)
	one := []view.Entry{{Key: "{a}", Revision: 1, Value: []byte("x")}}
	many := []view.Entry{{Key: "{a}", Revision: 2, Value: []byte("y")}, {Key: "{b}", Revision: 2, Value: []byte("z")}}
	for _, entries := range [][]view.Entry{one, many} {
		err := admin(t).ScriptFlush(t.Context()).Err()
		if err != nil {
			t.Fatal(err)
		}
		err = store.Put(t.Context(), entries)
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := store.Get(t.Context(), "{a}", "{b}")
	if err != nil || string(got[0].Value) != "y" || string(got[1].Value) != "z" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func Test_an_entry_expires_a_month_after_its_last_change(t *testing.T) {
	t.Parallel()
	if os.Getenv(kittest.EnvRedis) == "" {
		kittest.Redis(t) // skips or fails
	}
	prefix := "kittest:ttl:" + t.Name() + ":"
	store, err := viewredis.Open(viewredis.Config{Addrs: []string{os.Getenv(kittest.EnvRedis)}, Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	err = store.Put(t.Context(), []view.Entry{{Key: "a", Revision: 1}})
	if err != nil {
		t.Fatal(err)
	}
	client := admin(t)
	left, err := client.TTL(t.Context(), prefix+"a").Result()
	if err != nil || left <= viewredis.TTL-time.Minute || left > viewredis.TTL {
		t.Errorf("the entry lives for %s, %v; want %s", left, err, viewredis.TTL)
	}
	err = client.Del(t.Context(), prefix+"a").Err()
	if err != nil {
		t.Fatal(err)
	}
}

func Test_a_call_ends_with_its_context_when_the_server_is_silent(t *testing.T) {
	t.Parallel()
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	store, err := viewredis.Open(viewredis.Config{Addrs: []string{silent.Addr().String()}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	done := make(chan error, 1)
	stop := kittest.Run(t, func(context.Context) error {
		done <- store.Put(ctx, []view.Entry{{Key: "a", Revision: 1}})
		return nil
	})
	select {
	case err = <-done:
	case <-time.After(time.Second):
		t.Fatal("the call outlived its context by far")
	}
	if err == nil {
		t.Error("a silent server took an entry")
	}
	_ = stop()
}

func Test_a_wrong_configuration_is_refused(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]viewredis.Config{
		"no address":       {},
		"brace in prefix":  {Addrs: []string{"127.0.0.1:1"}, Prefix: "a{b"},
		"missing password": {Addrs: []string{"127.0.0.1:1"}, PasswordFile: filepath.Join(t.TempDir(), "none")},
	} {
		_, err := viewredis.Open(cfg)
		if err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
