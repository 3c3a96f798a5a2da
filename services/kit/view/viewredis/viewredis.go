// Package viewredis keeps views in Redis 7 or later, alone or as a cluster.
//
// Invariants: those of package view, by a script that compares the revision and sets the value
// in one step. A key expires 30 days after its last change. No command is repeated by the client
// and every call ends by its context or by the stated timeouts.
//
// The package does not use Redis Functions, transactions or publish/subscribe, and expects
// nothing to survive a restart of Redis.
package viewredis

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/kinerja-suite/kinerja/services/kit/view"
)

const (
	// TTL is how long an entry lives after its last change.
	TTL = 30 * 24 * time.Hour

	dialTimeout = 2 * time.Second
	readTimeout = 2 * time.Second
	poolTimeout = 2 * time.Second
	poolSize    = 32
	// scriptEntries bounds how long one script keeps Redis from other callers.
	scriptEntries = 256
	// revisionDigits is the width of the revision in front of the value. It is text of fixed
	// width because numbers in Redis scripts lose precision beyond 2^53.
	revisionDigits = 19
)

// put stores "revision value" under each key whose stored revision is smaller.
var put = redis.NewScript(`
for i, key in ipairs(KEYS) do
  local value = ARGV[i + 1]
  if redis.call('GETRANGE', key, 0, 18) < string.sub(value, 1, 19) then
    redis.call('SET', key, value, 'EX', ARGV[1])
  end
end
return redis.status_reply('OK')
`)

// Config tells where Redis is. Addrs is required.
type Config struct {
	// Addrs are host:port; more than one means a cluster.
	Addrs []string
	// Cluster says that a single address is a cluster's, too.
	Cluster  bool
	Username string
	// PasswordFile is the path of a file that holds the password; empty for none.
	PasswordFile string
	// Name of this process, shown by the server.
	Name string
	// Prefix is put in front of every key, such as "kinerja:". It must not contain braces.
	Prefix string
}

// Store is a view.Store in Redis.
type Store struct {
	client redis.UniversalClient
	prefix string
}

var _ view.Store = (*Store)(nil)

// Open returns a store. It does not wait for the server: Check tells whether it answers.
func Open(cfg Config) (*Store, error) {
	if len(cfg.Addrs) == 0 {
		return nil, errors.New("open redis views: no address is given")
	}
	if strings.ContainsAny(cfg.Prefix, "{}") {
		return nil, fmt.Errorf("open redis views: prefix %q contains a brace", cfg.Prefix)
	}
	password, err := readPassword(cfg.PasswordFile)
	if err != nil {
		return nil, err
	}
	client := redis.NewUniversalClient(&redis.UniversalOptions{
		Addrs: cfg.Addrs, IsClusterMode: cfg.Cluster, ClientName: cfg.Name,
		Username: cfg.Username, Password: password,
		DialTimeout: dialTimeout, ReadTimeout: readTimeout, WriteTimeout: readTimeout,
		PoolSize: poolSize, PoolTimeout: poolTimeout, MaxActiveConns: 2 * poolSize,
		ContextTimeoutEnabled: true,
		// Repeating is the caller's decision, and a dial that failed is not worth waiting for.
		MaxRetries: -1, DialerRetries: 1,
		// The probes log errors on servers that do not know them.
		DisableIdentity:          true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	})
	return &Store{client: client, prefix: cfg.Prefix}, nil
}

func readPassword(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("open redis views: password: %w", err)
	}
	return strings.TrimSpace(string(data)), nil
}

// Put implements view.Store with one script call for each hash tag and 256 entries, all sent in
// one round trip.
func (s *Store) Put(ctx context.Context, entries []view.Entry) error {
	err := view.Validate(entries)
	if err != nil {
		return err
	}
	calls := s.scripts(entries)
	if len(calls) == 0 {
		return nil
	}
	err = s.run(ctx, calls, put.EvalSha)
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		// A restarted server has forgotten the script. Entries already applied ignore a repeat.
		err = s.run(ctx, calls, put.Eval)
	}
	if err != nil {
		return fmt.Errorf("put %d entries into redis: %w", len(entries), err)
	}
	return nil
}

type call struct {
	keys []string
	args []any
}

// scripts groups the entries by hash tag, in the order of their first appearance.
func (s *Store) scripts(entries []view.Entry) []call {
	open := map[string]int{} // hash tag -> index of the call that still takes entries
	var calls []call
	ttl := int64(TTL / time.Second)
	for _, e := range entries {
		tag := view.HashTag(s.prefix + e.Key)
		i, ok := open[tag]
		if !ok || len(calls[i].keys) == scriptEntries {
			i = len(calls)
			open[tag] = i
			calls = append(calls, call{args: []any{ttl}})
		}
		calls[i].keys = append(calls[i].keys, s.prefix+e.Key)
		calls[i].args = append(calls[i].args, encode(e))
	}
	return calls
}

type evaluate func(ctx context.Context, c redis.Scripter, keys []string, args ...any) *redis.Cmd

func (s *Store) run(ctx context.Context, calls []call, eval evaluate) error {
	if len(calls) == 1 {
		return eval(ctx, s.client, calls[0].keys, calls[0].args...).Err()
	}
	pipe := s.client.Pipeline()
	cmds := make([]*redis.Cmd, len(calls))
	for i, c := range calls {
		cmds[i] = eval(ctx, pipe, c.keys, c.args...)
	}
	_, err := pipe.Exec(ctx)
	for _, cmd := range cmds {
		// The pipeline's error is only the first; a forgotten script must not hide behind it.
		if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
			return cmd.Err()
		}
	}
	return err
}

// Get implements view.Store in one round trip.
func (s *Store) Get(ctx context.Context, keys ...string) ([]view.Entry, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	cmds := make([]*redis.StringCmd, len(keys))
	if len(keys) == 1 {
		cmds[0] = s.client.Get(ctx, s.prefix+keys[0])
	} else {
		pipe := s.client.Pipeline()
		for i, key := range keys {
			cmds[i] = pipe.Get(ctx, s.prefix+key)
		}
		// A missing key makes Exec fail as a whole: each command tells for itself.
		_, _ = pipe.Exec(ctx)
	}
	out := make([]view.Entry, len(keys))
	for i, cmd := range cmds {
		data, err := cmd.Bytes()
		if errors.Is(err, redis.Nil) {
			out[i] = view.Entry{Key: keys[i]}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("get %d entries from redis: %w", len(keys), err)
		}
		out[i], err = decode(keys[i], data)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Check implements view.Store.
func (s *Store) Check(ctx context.Context) error {
	err := s.client.Ping(ctx).Err()
	if err != nil {
		return fmt.Errorf("redis does not answer: %w", err)
	}
	return nil
}

// Close implements view.Store.
func (s *Store) Close() error { return s.client.Close() }

func encode(e view.Entry) []byte {
	out := make([]byte, 0, revisionDigits+len(e.Value))
	digits := strconv.FormatInt(e.Revision, 10)
	out = append(out, strings.Repeat("0", revisionDigits-len(digits))...)
	out = append(out, digits...)
	return append(out, e.Value...)
}

func decode(key string, data []byte) (view.Entry, error) {
	if len(data) < revisionDigits {
		return view.Entry{}, fmt.Errorf("entry %s in redis has %d bytes and no revision", key, len(data))
	}
	revision, err := strconv.ParseInt(string(data[:revisionDigits]), 10, 64)
	if err != nil {
		return view.Entry{}, fmt.Errorf("entry %s in redis has no revision: %w", key, err)
	}
	return view.Entry{Key: key, Revision: revision, Value: data[revisionDigits:]}, nil
}
