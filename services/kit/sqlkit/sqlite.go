package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

const (
	sqliteBusyTimeout = 5 * time.Second
	sqliteCacheKiB    = 16 << 10
	// sqliteReaders is small: a reader costs a page cache, and reads are short.
	sqliteReaders = 8
)

// OpenSQLite opens the database file at path and creates it when it is missing; its directory
// must exist. One connection writes, a few read beside it without blocking it. A commit is
// flushed to disk before Write returns.
func OpenSQLite(ctx context.Context, path string) (*DB, error) {
	if path == "" {
		return nil, errors.New("open sqlite: no file path is given")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open sqlite %s: %w", path, err)
	}
	write, err := openSQLitePool(ctx, abs, "&_txlock=immediate", 1)
	if err != nil {
		return nil, fmt.Errorf("open sqlite %s: %w", abs, err)
	}
	read, err := openSQLitePool(ctx, abs, "&_pragma=query_only(1)", sqliteReaders)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open sqlite %s for reading: %w", abs, err), write.Close())
	}
	d := &DB{
		dialect: Dialect{Name: SQLite}, write: write, read: read,
		writeStmts: newStmtCache(write), readStmts: newStmtCache(read),
	}
	d.reader = cachedReader{db: read, cache: d.readStmts}
	return d, nil
}

// openSQLitePool opens connections that begin their transactions immediately when they write:
// a deferred one that reads first cannot be upgraded while another writes, whatever the timeout.
func openSQLitePool(ctx context.Context, path, extra string, size int) (*sql.DB, error) {
	location := (&url.URL{Path: path}).EscapedPath()
	dsn := fmt.Sprintf("file:%s?_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"+
		"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-%d)%s",
		location, sqliteBusyTimeout.Milliseconds(), sqliteCacheKiB, extra)
	db, err := sql.Open("sqlite", dsn) //nolint:forbidigo // this is the place the rule points to
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	err = db.PingContext(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}
