package pack

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Errors of Catalog. Test with errors.Is.
var (
	// ErrUnknown reports a name that no pack of this deployment has.
	ErrUnknown = errors.New("no rule pack has this name")
	// ErrNotEffective reports a pack that may not be used on the day.
	ErrNotEffective = errors.New("the rule pack is not effective yet")
)

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
	catalog := &Catalog{}
	var problems []error
	for _, name := range names {
		file, err := load(fsys, name)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		catalog.files = append(catalog.files, file)
	}
	problems = append(problems, catalog.sort())
	err = errors.Join(problems...)
	if err != nil {
		return nil, err
	}
	return catalog, nil
}

func load(fsys fs.FS, name string) (*File, error) {
	content, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	file, err := Parse(content)
	if err != nil {
		return nil, err
	}
	return file, file.Prove()
}

// sort orders the packs by name and refuses two of the same.
func (c *Catalog) sort() error {
	slices.SortFunc(c.files, func(a, b *File) int { return strings.Compare(a.Pack.Name(), b.Pack.Name()) })
	for i := 1; i < len(c.files); i++ {
		if c.files[i].Pack.Name() == c.files[i-1].Pack.Name() {
			return fmt.Errorf("rule packs: two files state %s", c.files[i].Pack.Name())
		}
	}
	return nil
}

// Files returns the packs by name. The list is shared and must not be changed.
func (c *Catalog) Files() []*File { return c.files }

// File returns the pack with this name, or ErrUnknown.
func (c *Catalog) File(name string) (*File, error) {
	for _, file := range c.files {
		if file.Pack.Name() == name {
			return file, nil
		}
	}
	return nil, fmt.Errorf("%q: %w", name, ErrUnknown)
}

// Pack returns the rules with this name, or ErrUnknown.
func (c *Catalog) Pack(name string) (*domain.Pack, error) {
	file, err := c.File(name)
	if err != nil {
		return nil, err
	}
	return file.Pack, nil
}

// For returns the rules with this name for a period that begins on the day: ErrUnknown when there are none, and
// ErrNotEffective when they hold only from a later day.
func (c *Catalog) For(name string, start time.Time) (*domain.Pack, error) {
	p, err := c.Pack(name)
	if err != nil {
		return nil, err
	}
	if start.Before(p.EffectiveFrom()) {
		return nil, fmt.Errorf("%s from %s: %w", name, p.EffectiveFrom().Format(time.DateOnly), ErrNotEffective)
	}
	return p, nil
}
