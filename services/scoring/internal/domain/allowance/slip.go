package allowance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// Errors of this package. Test with errors.Is.
var (
	// ErrInvalidFacts reports facts that assessment would not have recorded, so they are a defect.
	ErrInvalidFacts = errors.New("the facts of the month are not valid")
)

// State says whether a slip has a total, and whether it may still change with a predicate.
type State string

// The three states.
const (
	StateComplete State = "complete"
	// StateProvisional is that of a slip whose total rests on a predicate that nobody has fixed.
	StateProvisional State = "provisional"
	StateBlocked     State = "blocked"
)

// Slip is what a table makes of the facts of a month. Its numbers are plain decimals as text.
type Slip struct {
	Month Month `json:"month"`
	State State `json:"state"`
	// Total is empty while blocked.
	Total string `json:"total,omitempty"`
	// Lines are in the order of the computation; all that is computable of a blocked slip.
	Lines []Line `json:"lines,omitempty"`
	// Missing are in the order of the computation.
	Missing []Missing `json:"missing,omitempty"`
	// Regulation is that of the table.
	Regulation string `json:"regulation"`
	// Notice is there when absence without a valid reason has a consequence that only an official may decide.
	Notice *Notice `json:"notice,omitempty"`
}

// Kind says what a line does.
type Kind string

// The kinds, in the order in which they come.
const (
	// KindBase is the amount of the position. It is not part of the sum.
	KindBase        Kind = "base"
	KindPart        Kind = "part"
	KindDeduction   Kind = "deduction"
	KindLimit       Kind = "limit"
	KindFactor      Kind = "factor"
	KindSanction    Kind = "sanction"
	KindFullAbsence Kind = "full_absence"
)

// Line is one step. What it takes away is negative.
type Line struct {
	ID       string    `json:"id"`
	Kind     Kind      `json:"kind"`
	Label    string    `json:"label"`
	Operands []Operand `json:"operands,omitempty"`
	// Note says in Indonesian why, where operands alone do not tell.
	Note string `json:"note,omitempty"`
	// Exact is the value before rounding: a decimal, or a fraction.
	Exact string `json:"exact"`
	// Amount is the value with the digits of the table.
	Amount string `json:"amount"`
}

// Units of operands.
const (
	UnitRupiah      = "rupiah"
	UnitPercent     = "persen"
	UnitTimes       = "kali"
	UnitDays        = "hari"
	UnitWorkingDays = "hari kerja"
)

// Operand is a value that a line was computed from. They are multiplied; working days divide.
type Operand struct {
	Label string `json:"label"`
	Value string `json:"value"`
	// Unit is empty for a code.
	Unit string `json:"unit,omitempty"`
}

// Missing is a fact that is not there, or that cannot be.
type Missing struct {
	// Fact is its id: position_class, attendance, attendance/{code}, productivity, predicate or sanction.
	Fact string `json:"fact"`
	// Description says in Indonesian what it is.
	Description string `json:"description"`
	Policy      Policy `json:"policy"`
}

// Notice is a consequence of absence that nobody has decided yet.
type Notice struct {
	Days int64 `json:"days"`
	// Consecutive says that the days are in a row; otherwise they are the sum of the year.
	Consecutive bool   `json:"consecutive,omitempty"`
	Label       string `json:"label"`
	Source      string `json:"source"`
}

// Encode returns the canonical form of the slip: equal slips have equal bytes.
func (s *Slip) Encode() ([]byte, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encode slip: %w", err)
	}
	return raw, nil
}

// Decode reads what Encode has written.
func Decode(raw []byte) (Slip, error) {
	var s Slip
	err := json.Unmarshal(raw, &s)
	if err != nil {
		return Slip{}, fmt.Errorf("decode slip: %w", err)
	}
	return s, nil
}

// Digest returns the SHA-256 of a canonical form, in hexadecimal.
func Digest(encoded []byte) string {
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:])
}
