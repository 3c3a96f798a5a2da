package pack

import (
	"context"
	_ "embed" // for the file below
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// circular is SE MenPANRB 3/2023, which holds for every pack of this deployment.
//
//go:embed distribution/se-menpanrb-3-2023.yaml
var circular []byte

// Patterns gives the distribution pattern of the packs of a catalogue. It is immutable.
type Patterns struct {
	library *Library
	limits  distribution.Limits
}

// NewPatterns returns the patterns of the packs. Its error lists everything that is wrong with the limits.
func NewPatterns(library *Library) (*Patterns, error) {
	var file struct {
		Distribution distribution.Limits `yaml:"distribution"`
	}
	_, problems := read(circular, &file)
	if len(problems) > 0 {
		return nil, fmt.Errorf("distribution limits: %w", &InvalidError{Problems: problems})
	}
	err := file.Distribution.Validate()
	if err != nil {
		return nil, err
	}
	return &Patterns{library: library, limits: file.Distribution}, nil
}

// Distribution returns the pattern of the rules with this name for a period that begins on the day: ErrUnknown when there
// are none, and ErrNotEffective when they hold only from a later day.
func (p *Patterns) Distribution(ctx context.Context, name string, start time.Time) (distribution.Limits, error) {
	_, err := p.library.For(ctx, name, start)
	if err != nil {
		return distribution.Limits{}, err
	}
	return p.limits, nil
}
