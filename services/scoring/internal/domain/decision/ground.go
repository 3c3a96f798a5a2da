package decision

import (
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Ground is what a correction rests on. The codes are written in the database and never change.
type Ground string

// The four grounds.
const (
	// GroundObjection is the objection (keberatan) of the owner. What was decided on it is final.
	GroundObjection Ground = "objection"
	// GroundAudit is the report of an audit.
	GroundAudit Ground = "audit"
	// GroundCourt is the judgment of a court.
	GroundCourt Ground = "court"
	// GroundError is a mistake that was found.
	GroundError Ground = "error"
)

// Word returns the ground in Indonesian, and "" for one that has no word.
func (g Ground) Word() string {
	switch g {
	case GroundObjection:
		return "keberatan pegawai"
	case GroundAudit:
		return "laporan hasil pemeriksaan"
	case GroundCourt:
		return "putusan pengadilan"
	case GroundError:
		return "kekeliruan yang ditemukan"
	}
	return ""
}

// grounded returns what is wrong with what the decision rests on. A correction names its ground with a reference, and only a
// correction does; one that follows the facts may name neither.
func grounded(s Standing, c Content) FieldErrors {
	if c.Kind != KindCorrection {
		if c.Ground != "" {
			return FieldErrors{{Field: "ground", Err: ErrGround}}
		}
		return nil
	}
	if c.Ground == "" && c.Reference == "" && follows(s, c) {
		return nil
	}
	var wrong FieldErrors
	switch {
	case c.Ground == "":
		wrong = append(wrong, FieldError{Field: "ground", Err: ErrGround})
	case c.Ground == GroundObjection && slices.ContainsFunc(s.Corrections, Decision.objection):
		wrong = append(wrong, FieldError{Field: "ground", Err: ErrObjection})
	}
	used := func(d Decision) bool { return strings.EqualFold(d.Reference, c.Reference) }
	switch {
	case c.Reference == "":
		wrong = append(wrong, FieldError{Field: "reference", Err: ErrNoReference})
	case slices.ContainsFunc(s.Corrections, used):
		wrong = append(wrong, FieldError{Field: "reference", Err: ErrReference})
	}
	return wrong
}

// follows reports whether the facts that have changed since are the ground of the correction: it confirms what is outdated, or
// takes what the rules give now. The latter is no way around what was decided on an objection.
func follows(s Standing, c Content) bool {
	if !s.Final.Outdated {
		return false
	}
	given := s.State == domain.StateComplete && c.Predicate == s.Predicate
	return c.Predicate == s.Final.Predicate || given && !slices.ContainsFunc(s.Corrections, Decision.objection)
}

// objection reports whether the decision is the answer to an objection.
func (d Decision) objection() bool { return d.Ground == GroundObjection && d.State == StateAdopted }
