// Package viewmem keeps views in the memory of one process, for the standalone and for tests.
//
// Invariants: those of package view; the entries live as long as the store. It is bounded only
// by what is put in, so its owner puts only what it can rebuild and hold.
//
// The package does not write to disk and does not share entries with other processes.
package viewmem

import (
	"bytes"
	"context"
	"hash/maphash"
	"sync"

	"github.com/kinerja-suite/kinerja/services/kit/view"
)

// shards keep writers of different keys from waiting for each other.
const shards = 64

// Store is a view.Store in memory.
type Store struct {
	seed   maphash.Seed
	shards [shards]shard
}

type shard struct {
	mu      sync.RWMutex
	entries map[string]view.Entry
}

var _ view.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	s := &Store{seed: maphash.MakeSeed()}
	for i := range s.shards {
		s.shards[i].entries = map[string]view.Entry{}
	}
	return s
}

func (s *Store) shard(key string) *shard {
	return &s.shards[maphash.String(s.seed, key)%shards]
}

// Put implements view.Store. It keeps a copy of the values.
func (s *Store) Put(_ context.Context, entries []view.Entry) error {
	err := view.Validate(entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		sh := s.shard(e.Key)
		sh.mu.Lock()
		if e.Revision > sh.entries[e.Key].Revision {
			e.Value = bytes.Clone(e.Value)
			sh.entries[e.Key] = e
		}
		sh.mu.Unlock()
	}
	return nil
}

// Get implements view.Store.
func (s *Store) Get(_ context.Context, keys ...string) ([]view.Entry, error) {
	out := make([]view.Entry, len(keys))
	for i, key := range keys {
		sh := s.shard(key)
		sh.mu.RLock()
		e := sh.entries[key]
		sh.mu.RUnlock()
		e.Key = key
		out[i] = e
	}
	return out, nil
}

// Check implements view.Store; memory always answers.
func (s *Store) Check(context.Context) error { return nil }

// Close implements view.Store; there is nothing to free.
func (s *Store) Close() error { return nil }
