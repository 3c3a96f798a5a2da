package sqlkit

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Names of the engines, as Dialect.Name and the migration directories carry them.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// SQLSTATE codes of PostgreSQL that the suite tells apart.
const (
	pgUniqueViolation      = "23505"
	pgForeignKeyViolation  = "23503"
	pgSerializationFailure = "40001"
	pgDeadlockDetected     = "40P01"
)

// Dialect says which engine is in use and classifies its errors.
type Dialect struct {
	// Name is SQLite or Postgres.
	Name string
}

// UniqueViolation reports whether err says that a primary key or unique index already holds the
// written value.
func (d Dialect) UniqueViolation(err error) bool {
	if d.Name == Postgres {
		return pgCode(err) == pgUniqueViolation
	}
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

// ForeignKeyViolation reports whether err says that a referenced row does not exist or that a
// removed row is still referenced.
func (d Dialect) ForeignKeyViolation(err error) bool {
	if d.Name == Postgres {
		return pgCode(err) == pgForeignKeyViolation
	}
	return sqliteCode(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
}

// Retryable reports whether a transaction that failed with err may succeed when it is run again
// unchanged: a serialization failure, a deadlock or a busy database.
func (d Dialect) Retryable(err error) bool {
	if d.Name == Postgres {
		code := pgCode(err)
		return code == pgSerializationFailure || code == pgDeadlockDetected
	}
	// The low byte is the primary code; the rest says which kind of busy it was.
	primary := sqliteCode(err) & 0xff
	return primary == sqlite3.SQLITE_BUSY || primary == sqlite3.SQLITE_LOCKED
}

func pgCode(err error) string {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return ""
	}
	return e.Code
}

func sqliteCode(err error) int {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return 0
	}
	return e.Code()
}

// Micros is the stored form of t: microseconds since 1970 in UTC. The zero time is 0.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time is the inverse of Micros, in UTC: 0 is the zero time.
func Time(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// In returns n placeholders in parentheses, the first numbered from: In(3, 2) is "($2,$3,$4)".
// For n of 0 or less it returns "(NULL)", which no value is in. Callers keep n at 500 or less:
// the SQLite driver looks placeholders up one by one.
func In(n, from int) string {
	if n <= 0 {
		return "(NULL)"
	}
	var b strings.Builder
	writeTuple(&b, n, from)
	return b.String()
}

// Values returns rows tuples of cols placeholders for a VALUES clause, the first numbered from:
// Values(2, 2, 1) is "($1,$2),($3,$4)". Callers keep rows*cols at 500 or less.
func Values(rows, cols, from int) string {
	var b strings.Builder
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		writeTuple(&b, cols, from+r*cols)
	}
	return b.String()
}

func writeTuple(b *strings.Builder, n, from int) {
	b.WriteByte('(')
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	b.WriteByte(')')
}
