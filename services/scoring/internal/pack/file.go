package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxFile bounds a file, in bytes.
const maxFile = 1 << 20

// File is a rule pack as its file states it.
type File struct {
	// Pack holds the rules.
	Pack *domain.Pack
	// Content is the file, byte for byte.
	Content string
	// Examples are the worked examples of the file.
	Examples []Example
}

// document is the form of a file.
type document struct {
	domain.Definition `yaml:",inline"`
	Examples          []Example `yaml:"examples"`
}

// Parse reads a file. Errors of its form have a position; errors of its content are ErrInvalidPack of package domain
// and list every problem. Examples are read, not run.
func Parse(content []byte) (*File, error) {
	if len(content) > maxFile {
		return nil, fmt.Errorf("rule pack: the file has %d bytes, at most %d are read", len(content), maxFile)
	}
	var doc document
	err := yaml.UnmarshalWithOptions(content, &doc, strict()...)
	if err != nil {
		return nil, fmt.Errorf("rule pack: %w", err)
	}
	sum := sha256.Sum256(content)
	pack, err := domain.NewPack(doc.Definition, hex.EncodeToString(sum[:]))
	if err != nil {
		return nil, err
	}
	return &File{Pack: pack, Content: string(content), Examples: doc.Examples}, nil
}

// Prove runs every example of the file and returns the errors of all that fail, joined.
func (f *File) Prove() error { return prove(f.Pack, f.Examples) }

// strict refuses unknown keys and reads numbers by their digits: the library itself would pass them through a binary
// float first.
func strict() []yaml.DecodeOption {
	return []yaml.DecodeOption{yaml.Strict(), yaml.CustomUnmarshaler(exactly)}
}

func exactly(d *decimal.Decimal, scalar []byte) error {
	text := strings.Trim(string(scalar), " \n\"'")
	parsed, err := decimal.Parse(text)
	if err != nil {
		return fmt.Errorf("%q is not a number", text)
	}
	*d = parsed
	return nil
}
