package ids

import (
	"crypto/rand"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/oklog/ulid/v2"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
)

// Source makes identifiers. Implementations are safe for concurrent use and never return the same id twice.
type Source interface {
	New() string
}

// New returns a source of lower-case ULIDs that are strictly increasing within the source.
func New(c clock.Clock) Source {
	return &source{clock: c, entropy: rand.Reader, monotonic: ulid.Monotonic(rand.Reader, 0)}
}

type source struct {
	clock   clock.Clock
	entropy io.Reader

	mu        sync.Mutex
	last      uint64
	monotonic *ulid.MonotonicEntropy
}

func (s *source) New() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	// A clock that was set back must not give ids that sort before those already given.
	s.last = max(s.last, ulid.Timestamp(s.clock.Now()))
	id, err := ulid.New(s.last, s.monotonic)
	if err != nil {
		// The random part overflowed within one millisecond: go on in the next one.
		s.last++
		s.monotonic = ulid.Monotonic(s.entropy, 0)
		id = ulid.MustNew(s.last, s.monotonic)
	}
	return strings.ToLower(id.String())
}

// Sequence returns a source for tests: prefix-000001, prefix-000002, and so on.
func Sequence(prefix string) Source { return &sequence{prefix: prefix} }

type sequence struct {
	prefix string
	mu     sync.Mutex
	n      int
}

func (s *sequence) New() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return fmt.Sprintf("%s-%06d", s.prefix, s.n)
}
