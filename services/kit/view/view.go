package view

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Limits of keys and values.
const (
	MaxKeyBytes   = 512
	MaxValueBytes = 1 << 20
)

// ErrInvalidEntry reports an entry that no store accepts; nothing of its Put has been applied.
var ErrInvalidEntry = errors.New("view: invalid entry")

// Entry is a value and the revision of the fact that it shows.
type Entry struct {
	// Key names the value. In Redis Cluster keys with the same {hash tag} live together and are
	// written by one script.
	Key string
	// Revision is 1 or more and grows with every change of the fact. 0 in a result of Get means
	// that the key has no value.
	Revision int64
	Value    []byte
}

// Found reports whether the entry, got from a store, has a value.
func (e Entry) Found() bool { return e.Revision > 0 }

// Store keeps entries. Implementations are safe for concurrent use.
type Store interface {
	// Put applies each entry whose revision is greater than the stored one and ignores the
	// others; of several entries of one key in one call the greatest revision stays. Each key is
	// applied atomically. After an error some entries may have been applied; the caller repeats
	// the call. An entry that is invalid is ErrInvalidEntry before anything is applied.
	Put(ctx context.Context, entries []Entry) error
	// Get returns one entry for each key, in the order of the keys; a key without a value gives
	// an entry that is not Found. The values must not be changed by the caller.
	Get(ctx context.Context, keys ...string) ([]Entry, error)
	// Check reports whether the store answers, for readiness.
	Check(ctx context.Context) error
	// Close frees what the store holds; it must not be used afterwards.
	Close() error
}

// Validate checks entries as every adapter does before it applies them.
func Validate(entries []Entry) error {
	for _, e := range entries {
		switch {
		case e.Key == "" || len(e.Key) > MaxKeyBytes:
			return fmt.Errorf("%w: a key has 1 to %d bytes, not %d", ErrInvalidEntry, MaxKeyBytes, len(e.Key))
		case e.Revision < 1:
			return fmt.Errorf("%w: revision of %s is %d, not 1 or more", ErrInvalidEntry, e.Key, e.Revision)
		case len(e.Value) > MaxValueBytes:
			return fmt.Errorf("%w: value of %s has %d bytes, at most %d fit", ErrInvalidEntry, e.Key, len(e.Value), MaxValueBytes)
		}
	}
	return nil
}

// HashTag is the part of a key that decides where it lives in a cluster: what stands between the
// first { and the next }, or the whole key when there is no such part or it is empty.
func HashTag(key string) string {
	open := strings.IndexByte(key, '{')
	if open < 0 {
		return key
	}
	length := strings.IndexByte(key[open+1:], '}')
	if length <= 0 {
		return key
	}
	return key[open+1 : open+1+length]
}
