package pack

import (
	"context"
	"fmt"
	"slices"
	"strconv"
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
	// StoredNames must return the names of all of them, in order.
	StoredNames(ctx context.Context) ([]string, error)
	// Stored must return those of these names that are there, in any order.
	Stored(ctx context.Context, names []string) ([]Stored, error)
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
	entries, err := l.Entries(ctx, []string{name})
	if err != nil {
		return Entry{}, err
	}
	return entries[0], nil
}

// Entries returns the rule packs with these names, in their order, or ErrUnknown. What was not read before is read at
// once.
func (l *Library) Entries(ctx context.Context, names []string) ([]Entry, error) {
	known := make(map[string]Entry, len(names))
	var missing []string
	for _, name := range names {
		entry, ok := l.known(name)
		if ok {
			known[name] = entry
		} else {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 && l.source != nil {
		stored, err := l.source.Stored(ctx, missing)
		if err != nil {
			return nil, err
		}
		for _, s := range stored {
			known[s.Name], err = l.keep(ctx, s)
			if err != nil {
				return nil, err
			}
		}
	}
	entries := make([]Entry, 0, len(names))
	for _, name := range names {
		entry, ok := known[name]
		if !ok {
			return nil, unknown(name)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// known returns a rule pack that is carried or was read before.
func (l *Library) known(name string) (Entry, bool) {
	file, err := l.carried.File(name)
	if err == nil {
		return Entry{File: file}, true
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	entry, ok := l.read[name]
	return entry, ok
}

// keep reads a stored rule pack.
func (l *Library) keep(ctx context.Context, s Stored) (Entry, error) {
	file, err := Parse([]byte(s.Content), l.Resolve(ctx))
	if err != nil {
		return Entry{}, fmt.Errorf("%s as it is stored: %w", s.Name, err)
	}
	entry := Entry{File: file, Tenant: s.Tenant, PublishTime: s.PublishTime}
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

// StateOn returns where the rule pack stands on the day beside its later versions: superseded once its last day has
// passed or one of them is effective.
func (e Entry) StateOn(day time.Time, later []Entry) State {
	if day.Before(e.Pack.EffectiveFrom()) {
		return StateUpcoming
	}
	superseded := slices.ContainsFunc(later, func(other Entry) bool { return Effective(other.Pack, day) == nil })
	if superseded || Effective(e.Pack, day) != nil {
		return StateSuperseded
	}
	return StateEffective
}

// Later returns the later versions of the rule pack with this name among all names.
func Later(names []string, name string) []string {
	var later []string
	id, version := idAndVersion(name)
	for _, other := range names {
		otherID, otherVersion := idAndVersion(other)
		if otherID == id && otherVersion > version {
			later = append(later, other)
		}
	}
	return later
}

// idAndVersion reads a name as document.name writes it.
func idAndVersion(name string) (id string, version int) {
	id, number, _ := strings.Cut(strings.TrimPrefix(name, "rulePacks/"), "/versions/")
	version, err := strconv.Atoi(number)
	if err != nil {
		return id, 0
	}
	return id, version
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

// Names returns the name of every rule pack, in order. No text of one is read for it.
func (l *Library) Names(ctx context.Context) ([]string, error) {
	var names []string
	if l.source != nil {
		stored, err := l.source.StoredNames(ctx)
		if err != nil {
			return nil, err
		}
		names = stored
	}
	for _, file := range l.carried.Files() {
		names = append(names, file.Pack.Name())
	}
	slices.Sort(names)
	return names, nil
}

// NextVersion returns the version after the last one of the id; 1 when there is none.
func (l *Library) NextVersion(ctx context.Context, id string) (int, error) {
	names, err := l.Names(ctx)
	if err != nil {
		return 0, err
	}
	last := 0
	for _, name := range names {
		other, version := idAndVersion(name)
		if other == id {
			last = max(last, version)
		}
	}
	return last + 1, nil
}
