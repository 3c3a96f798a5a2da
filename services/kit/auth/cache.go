package auth

import (
	"container/list"
	"crypto/sha256"
	"sync"
	"time"
)

// cache remembers the principals of verified tokens by the hash of the token, so that no token is kept. When it is full
// the one that was used longest ago goes.
type cache struct {
	mu    sync.Mutex
	size  int
	order *list.List
	byKey map[[sha256.Size]byte]*list.Element
}

type cached struct {
	key       [sha256.Size]byte
	principal Principal
	expires   time.Time
}

func newCache(size int) *cache {
	return &cache{size: size, order: list.New(), byKey: map[[sha256.Size]byte]*list.Element{}}
}

func (c *cache) get(key [sha256.Size]byte, now time.Time) (Principal, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return Principal{}, false
	}
	entry, _ := e.Value.(cached)
	if !now.Before(entry.expires) {
		c.remove(e)
		return Principal{}, false
	}
	c.order.MoveToFront(e)
	return entry.principal, true
}

func (c *cache) put(key [sha256.Size]byte, p Principal, expires time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if ok {
		c.remove(e)
	}
	c.byKey[key] = c.order.PushFront(cached{key: key, principal: p, expires: expires})
	if c.order.Len() > c.size {
		c.remove(c.order.Back())
	}
}

func (c *cache) len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}

func (c *cache) remove(e *list.Element) {
	entry, _ := c.order.Remove(e).(cached)
	delete(c.byKey, entry.key)
}
