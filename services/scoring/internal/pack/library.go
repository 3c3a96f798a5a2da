package pack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Stored is the text of a rule pack that a tenant has published.
type Stored struct {
	Name, Tenant, Content string
	PublishTime           time.Time
}

// Source is where published rule packs are kept.
type Source interface {
	// Stored must return all of them by name; with a name only that one, if it is there.
	Stored(ctx context.Context, name string) ([]Stored, error)
}

// Entry is a rule pack that periods may use.
type Entry struct {
	*File
	// Tenant has published it at PublishTime; empty for one that the deployment carries.
	Tenant      string
	PublishTime time.Time
}

// Library is every rule pack that periods may use: those that the deployment carries, and those that tenants have
// published. What is published never changes, so each is read once and kept. It is safe for concurrent use.
type Library struct {
	carried *Catalog
	source  Source

	mu   sync.RWMutex
	read map[string]Entry
}

// NewLibrary returns the library of a deployment; without a source it has only what the deployment carries.
func NewLibrary(carried *Catalog, source Source) *Library {
	return &Library{carried: carried, source: source, read: map[string]Entry{}}
}

// OwnedBy reports whether an id is one that the tenant may publish: {tenant}-….
func OwnedBy(id, tenant string) bool { return strings.HasPrefix(id, tenant+"-") }

// Entry returns the rule pack with this name, or ErrUnknown.
func (l *Library) Entry(ctx context.Context, name string) (Entry, error) {
	file, err := l.carried.File(name)
	if err == nil {
		return Entry{File: file}, nil
	}
	l.mu.RLock()
	entry, ok := l.read[name]
	l.mu.RUnlock()
	if ok {
		return entry, nil
	}
	if name == "" || l.source == nil {
		return Entry{}, fmt.Errorf("%q: %w", name, ErrUnknown)
	}
	stored, err := l.source.Stored(ctx, name)
	if err != nil {
		return Entry{}, err
	}
	if len(stored) == 0 {
		return Entry{}, fmt.Errorf("%q: %w", name, ErrUnknown)
	}
	return l.keep(ctx, stored[0])
}

// keep reads a stored rule pack.
func (l *Library) keep(ctx context.Context, s Stored) (Entry, error) {
	l.mu.RLock()
	entry, ok := l.read[s.Name]
	l.mu.RUnlock()
	if ok {
		return entry, nil
	}
	file, err := Parse([]byte(s.Content), l.Resolve(ctx))
	if err != nil {
		return Entry{}, fmt.Errorf("%s as it is stored: %w", s.Name, err)
	}
	entry = Entry{File: file, Tenant: s.Tenant, PublishTime: s.PublishTime}
	l.mu.Lock()
	l.read[s.Name] = entry
	l.mu.Unlock()
	return entry, nil
}

// Resolve returns what finds the bases of a rule pack in the library.
func (l *Library) Resolve(ctx context.Context) Resolve {
	return func(base string) (*File, error) { return l.File(ctx, base) }
}

// State is where a rule pack stands on a day.
type State string

// The three states.
const (
	StateUpcoming   State = "upcoming"
	StateEffective  State = "effective"
	StateSuperseded State = "superseded"
)

// StateOn returns where the rule pack stands on the day, among all of the library: superseded once its last day has
// passed or a later version is effective.
func (e Entry) StateOn(day time.Time, all []Entry) State {
	if day.Before(e.Pack.EffectiveFrom()) {
		return StateUpcoming
	}
	own := e.Pack.Definition()
	later := slices.ContainsFunc(all, func(other Entry) bool {
		o := other.Pack.Definition()
		return o.ID == own.ID && o.Version > own.Version && Effective(other.Pack, day) == nil
	})
	if later || Effective(e.Pack, day) != nil {
		return StateSuperseded
	}
	return StateEffective
}

// File returns the file of the rule pack with this name, or ErrUnknown.
func (l *Library) File(ctx context.Context, name string) (*File, error) {
	entry, err := l.Entry(ctx, name)
	return entry.File, err
}

// Pack returns the rules with this name, or ErrUnknown.
func (l *Library) Pack(ctx context.Context, name string) (*domain.Pack, error) {
	file, err := l.File(ctx, name)
	if err != nil {
		return nil, err
	}
	return file.Pack, nil
}

// For returns the rules with this name for a period that begins on the day: ErrUnknown when there are none, and
// ErrNotEffective when they do not hold on it.
func (l *Library) For(ctx context.Context, name string, start time.Time) (*domain.Pack, error) {
	p, err := l.Pack(ctx, name)
	if err != nil {
		return nil, err
	}
	return p, Effective(p, start)
}

// Entries returns every rule pack by name.
func (l *Library) Entries(ctx context.Context) ([]Entry, error) {
	var all []Entry
	for _, file := range l.carried.Files() {
		all = append(all, Entry{File: file})
	}
	if l.source == nil {
		return all, nil
	}
	stored, err := l.source.Stored(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, s := range stored {
		entry, err := l.keep(ctx, s)
		if err != nil {
			return nil, err
		}
		all = append(all, entry)
	}
	slices.SortFunc(all, func(a, b Entry) int { return strings.Compare(a.Pack.Name(), b.Pack.Name()) })
	return all, nil
}

// NextVersion returns the version after the last one of the id; 1 when there is none.
func (l *Library) NextVersion(ctx context.Context, id string) (int, error) {
	entries, err := l.Entries(ctx)
	if err != nil {
		return 0, err
	}
	next := 1
	for _, entry := range entries {
		definition := entry.Pack.Definition()
		if definition.ID == id && definition.Version >= next {
			next = definition.Version + 1
		}
	}
	return next, nil
}
