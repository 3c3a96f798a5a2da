package auth

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"
)

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	c := newCache(3)
	key := func(i int) [sha256.Size]byte { return sha256.Sum256(fmt.Append(nil, i)) }
	for i := range 3 {
		c.put(key(i), Principal{Subject: fmt.Sprint(i)}, now.Add(time.Hour))
	}
	_, _ = c.get(key(0), now)
	c.put(key(3), Principal{Subject: "3"}, now.Add(time.Hour))
	c.put(key(3), Principal{Subject: "3"}, now.Add(time.Hour))
	if c.len() != 3 {
		t.Fatalf("%d entries, want 3", c.len())
	}
	_, gone := c.get(key(1), now)
	_, kept := c.get(key(0), now)
	if gone || !kept {
		t.Fatal("the entry that went is not the one used longest ago")
	}
	_, ok := c.get(key(0), now.Add(time.Hour))
	if ok || c.len() != 2 {
		t.Fatal("an expired entry was given or kept")
	}
}
