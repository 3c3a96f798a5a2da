package pack

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Errors of Catalog. Test with errors.Is.
var (
	// ErrUnknown reports a name that no pack of this deployment has.
	ErrUnknown = errors.New("no rule pack has this name")
	// ErrCycle reports a pack that builds on itself by way of its base.
	ErrCycle = errors.New("the rule pack builds on itself")
	// ErrNotEffective reports a pack that may not be used on the day.
	ErrNotEffective = errors.New("the rule pack is not effective on the day")
)

// UseError says which rule pack cannot be used. It is ErrUnknown or ErrNotEffective.
type UseError struct {
	Name string
	// From and Until are the days on which the pack may first and last be used, YYYY-MM-DD; empty where it is not known or has
	// no last day.
	From, Until string
	Err         error
}

var _ error = (*UseError)(nil)

// Error returns the name, the days and the reason.
func (e *UseError) Error() string {
	days := ""
	if e.From != "" {
		days = fmt.Sprintf(" (%s to %s)", e.From, cmp.Or(e.Until, "any day"))
	}
	return fmt.Sprintf("%q%s: %s", e.Name, days, e.Err)
}

// Unwrap returns ErrUnknown or ErrNotEffective.
func (e *UseError) Unwrap() error { return e.Err }

// unknown returns ErrUnknown about the name.
func unknown(name string) error { return &UseError{Name: name, Err: ErrUnknown} }

//go:embed packs/*.yaml
var embedded embed.FS

// Catalog is every rule pack of this deployment, each proven by its examples. It is immutable.
type Catalog struct {
	files []*File
}

// Embedded returns the packs that are compiled into the service. Its error lists everything that is wrong with them.
func Embedded() (*Catalog, error) { return Load(embedded) }

// Load returns the packs of the files packs/*.yaml of fsys. Every example is run. The error lists all problems of all
// files, each with the name of the file.
func Load(fsys fs.FS) (*Catalog, error) {
	names, err := fs.Glob(fsys, "packs/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("rule packs: %w", err)
	}
	if len(names) == 0 {
		return nil, errors.New("rule packs: there is no file packs/*.yaml")
	}
	l := loader{files: map[string]*File{}, errs: map[string]error{}, loading: map[string]bool{}, sources: map[string]source{}}
	catalog, problems := &Catalog{}, make([]error, 0, len(names))
	for _, name := range names {
		problems = append(problems, l.read(fsys, name))
	}
	for _, name := range slices.Sorted(maps.Keys(l.sources)) {
		file, err := l.load(name)
		if err == nil {
			err = file.Prove()
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", l.sources[name].path, err))
			continue
		}
		catalog.files = append(catalog.files, file)
	}
	err = errors.Join(problems...)
	if err != nil {
		return nil, err
	}
	return catalog, nil
}

// source is a file that was read, not yet understood.
type source struct {
	path    string
	content []byte
}

// loader reads packs that may build on each other, each once.
type loader struct {
	sources map[string]source
	files   map[string]*File
	errs    map[string]error
	// loading are those that are being read: one that is asked for meanwhile builds on itself.
	loading map[string]bool
}

// read takes a file by the name of the pack that it states.
func (l *loader) read(fsys fs.FS, path string) error {
	content, err := fs.ReadFile(fsys, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var doc document
	_, unreadable := read(content, &doc)
	name := path // nobody can build on what cannot be read
	if len(unreadable) == 0 {
		name = doc.name()
	}
	other, twice := l.sources[name]
	if twice {
		return fmt.Errorf("rule packs: two files state %s, %s and %s", name, other.path, path)
	}
	l.sources[name] = source{path: path, content: content}
	return nil
}

// load returns the pack with this name; it is how files find their base.
func (l *loader) load(name string) (*File, error) {
	found, ok := l.sources[name]
	switch {
	case !ok:
		return nil, unknown(name)
	case l.loading[name]:
		return nil, fmt.Errorf("%q: %w", name, ErrCycle)
	case l.files[name] == nil && l.errs[name] == nil:
		l.loading[name] = true
		l.files[name], l.errs[name] = Parse(found.content, l.load)
		delete(l.loading, name)
	}
	return l.files[name], l.errs[name]
}

// Name returns the name of the pack that a file states, as far as it can be read; it need not be valid.
func Name(content []byte) string {
	var doc document
	read(content, &doc)
	return doc.name()
}

func (d *document) name() string { return fmt.Sprintf("rulePacks/%s/versions/%d", d.ID, d.Version) }

// Files returns the packs by name. The list is shared and must not be changed.
func (c *Catalog) Files() []*File { return c.files }

// File returns the pack with this name, or ErrUnknown.
func (c *Catalog) File(name string) (*File, error) {
	for _, file := range c.files {
		if file.Pack.Name() == name {
			return file, nil
		}
	}
	return nil, unknown(name)
}

// Pack returns the rules with this name, or ErrUnknown.
func (c *Catalog) Pack(name string) (*domain.Pack, error) {
	file, err := c.File(name)
	if err != nil {
		return nil, err
	}
	return file.Pack, nil
}

// Effective returns ErrNotEffective when the rules hold only from a later day on, or no longer.
func Effective(p *domain.Pack, day time.Time) error {
	until := p.EffectiveUntil()
	if day.Before(p.EffectiveFrom()) || !until.IsZero() && day.After(until) {
		def := p.Definition()
		return &UseError{Name: p.Name(), From: def.EffectiveFrom, Until: def.EffectiveUntil, Err: ErrNotEffective}
	}
	return nil
}
