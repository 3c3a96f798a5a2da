package domain

import (
	"strings"
	"time"
)

// Tenant is an instansi: a province, kabupaten or kota. Its id is the Kemendagri code without the dot.
type Tenant struct {
	ID          string
	DisplayName string
	Population  int32
	Revision    int64
	CreateTime  time.Time
}

// NewTenant returns the tenant at its first revision.
func NewTenant(t Tenant, now time.Time) Tenant {
	t.Revision, t.CreateTime = 1, now
	return t
}

// UnitKind is what a unit is in regional government, named as in the contract without prefix.
type UnitKind string

// Unit is a node of the organisation graph. A unit above must exist first and cannot change, so the graph is a forest.
type Unit struct {
	Tenant      string
	ID          string
	DisplayName string
	Kind        UnitKind
	// Parent is the id of the unit above, empty for the top.
	Parent string
	// Remote says whether the unit is in a remote area (daerah terpencil). Nil takes over what the nearest unit above says.
	Remote     *bool
	Revision   int64
	CreateTime time.Time
}

// NewUnit returns the unit at its first revision, or the rules that it breaks.
func NewUnit(u Unit, now time.Time) (Unit, RuleErrors) {
	var v RuleErrors
	u.DisplayName = strings.TrimSpace(u.DisplayName)
	required(&v, "unit.display_name", u.DisplayName)
	u.Revision, u.CreateTime = 1, now
	return u, v
}

// PositionKind is the class of a post by UU 20/2023, named as in the contract without prefix.
type PositionKind string

// PositionFunctional is the kind whose posts have a jenjang.
const PositionFunctional PositionKind = "FUNCTIONAL"

// FunctionalLevel is the jenjang of a functional position, named as in the contract without prefix; empty for others.
type FunctionalLevel string

// JobFamily is the occupation of a post, named as in the contract without prefix; empty when it is not told.
type JobFamily string

// Position is a post in a unit. Its superior must exist first and cannot change, so there is no cycle of superiors.
type Position struct {
	Tenant          string
	ID              string
	Title           string
	Unit            string
	Kind            PositionKind
	FunctionalLevel FunctionalLevel
	Family          JobFamily
	// Superior is the id of the position of the direct superior, empty for the top.
	Superior   string
	UnitHead   bool
	Revision   int64
	CreateTime time.Time
}

// The problems of RuleFunctionalLevel.
const (
	LevelRequired   = "required"
	LevelNotAllowed = "not_allowed"
)

// NewPosition returns the position at its first revision, or the rules that it breaks.
func NewPosition(p Position, now time.Time) (Position, RuleErrors) {
	var v RuleErrors
	p.Title = strings.TrimSpace(p.Title)
	required(&v, "position.title", p.Title)
	functional := p.Kind == PositionFunctional
	if functional && p.FunctionalLevel == "" {
		add(&v, "position.functional_level", RuleFunctionalLevel, "problem", LevelRequired)
	}
	if !functional && p.FunctionalLevel != "" {
		add(&v, "position.functional_level", RuleFunctionalLevel, "problem", LevelNotAllowed)
	}
	p.Revision, p.CreateTime = 1, now
	return p, v
}

// Employment is the legal status of a person, named as in the contract without prefix.
type Employment string

// The kinds of employment.
const (
	EmploymentPNS    Employment = "PNS"
	EmploymentPPPK   Employment = "PPPK"
	EmploymentNonASN Employment = "NON_ASN"
)

// Person is somebody who works for the tenant. The id is internal; NIP holds 18 digits, and nothing for NON_ASN.
type Person struct {
	Tenant      string
	ID          string
	DisplayName string
	Employment  Employment
	NIP         string
	Grade       Grade
	Revision    int64
	CreateTime  time.Time
}

// NewPerson returns the person at its first revision with a clean number, or the rules that it breaks.
func NewPerson(p Person, now time.Time) (Person, RuleErrors) {
	var v RuleErrors
	if holdsNumber(p.ID) {
		add(&v, "person_id", RulePersonID)
	}
	p.DisplayName = strings.TrimSpace(p.DisplayName)
	required(&v, "person.display_name", p.DisplayName)
	digits, problem := Number(p.Employment, p.NIP, Today(now))
	if problem != "" {
		add(&v, "person.nip", numberRule(p.Employment), "problem", problem)
	}
	p.NIP = digits
	p.Grade = Grade(strings.TrimSpace(string(p.Grade)))
	problem = p.Grade.problem(p.Employment)
	if problem != "" {
		add(&v, "person.grade", RuleGrade, "problem", problem)
	}
	p.Revision, p.CreateTime = 1, now
	return p, v
}

func numberRule(employment Employment) Rule {
	if employment == EmploymentPPPK {
		return RuleNIPPPK
	}
	return RuleNIP
}
