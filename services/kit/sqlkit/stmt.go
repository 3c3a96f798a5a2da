package sqlkit

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"
)

// Bounds of the statement cache: texts beyond them run unprepared.
const (
	maxCachedStatements = 256
	maxCachedQueryBytes = 4096
)

// stmtCache keeps prepared statements by their text, because SQLite compiles a statement anew
// each time otherwise. It never evicts: a service has a fixed set of statements, and texts of
// varying length (IN lists) simply stop being cached at the bound. A nil cache caches nothing.
type stmtCache struct {
	db    *sql.DB
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

func newStmtCache(db *sql.DB) *stmtCache {
	return &stmtCache{db: db, stmts: map[string]*sql.Stmt{}}
}

func (c *stmtCache) get(query string) *sql.Stmt {
	if c == nil {
		return nil
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.stmts[query]
}

// admits reports whether a text that is not cached may be prepared.
func (c *stmtCache) admits(query string) bool {
	if c == nil || len(query) > maxCachedQueryBytes {
		return false
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.stmts) < maxCachedStatements
}

// prepare caches the statement. It must not be called while the caller holds a connection of a
// pool of one. A failure only means that the statement goes on running unprepared.
func (c *stmtCache) prepare(ctx context.Context, query string) *sql.Stmt {
	stmt, err := c.db.PrepareContext(ctx, unnumbered(query))
	if err != nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	known, ok := c.stmts[query]
	if ok || len(c.stmts) >= maxCachedStatements {
		_ = stmt.Close() //nolint:sqlclosecheck // the other path keeps it
		return known
	}
	c.stmts[query] = stmt
	return stmt
}

// unnumbered writes $1, $2 and so on as question marks where they stand in the order of their numbers, each once; any
// other text is returned as it is. SQLite looks the name of a numbered placeholder up by going through all before it,
// each time it is bound, so that a statement with 500 of them costs as much for the names as for its rows.
func unnumbered(query string) string {
	if strings.ContainsAny(query, "'\"?") {
		return query // a text of its own may look like a placeholder
	}
	var b strings.Builder
	rest := query
	for n := 1; ; n++ {
		before, after, found := strings.Cut(rest, "$")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		rest, found = strings.CutPrefix(after, strconv.Itoa(n))
		if !found || rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return query
		}
		b.WriteByte('?')
	}
}

func (c *stmtCache) close() {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, stmt := range c.stmts {
		_ = stmt.Close()
	}
	c.stmts = map[string]*sql.Stmt{}
}

// cachedReader is the reading side of a pool with prepared statements.
type cachedReader struct {
	db    *sql.DB
	cache *stmtCache
}

var _ Querier = cachedReader{}

func (r cachedReader) stmt(ctx context.Context, query string) *sql.Stmt {
	stmt := r.cache.get(query)
	if stmt != nil || !r.cache.admits(query) {
		return stmt
	}
	return r.cache.prepare(ctx, query)
}

func (r cachedReader) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return r.db.ExecContext(ctx, query, args...)
}

func (r cachedReader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt := r.stmt(ctx, query) //nolint:sqlclosecheck // the cache closes it
	if stmt == nil {
		return r.db.QueryContext(ctx, query, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

func (r cachedReader) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt := r.stmt(ctx, query) //nolint:sqlclosecheck // the cache closes it
	if stmt == nil {
		return r.db.QueryRowContext(ctx, query, args...)
	}
	return stmt.QueryRowContext(ctx, args...)
}
