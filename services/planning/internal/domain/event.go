package domain

import "time"

// Event is a fact that others are told.
type Event interface{ event() }

// TenantCreated says that a tenant was opened.
type TenantCreated struct{ Tenant Tenant }

// UnitChanged says that a unit was added.
type UnitChanged struct{ Unit Unit }

// PersonChanged says that a person was added.
type PersonChanged struct{ Person Person }

// PeriodChanged says that a period was opened.
type PeriodChanged struct{ Period Period }

// PlanChanged says that a plan was drafted, changed, submitted, returned or approved.
type PlanChanged struct {
	Plan PlanData
	// Actor is the resource name of a person, or the id of a client.
	Actor string
}

// AssignmentChanged says that an assignment gained or lost days that count for the months of a plan.
type AssignmentChanged struct {
	Assignment Assignment
	Plan       PlanKey
	At         time.Time
}

func (TenantCreated) event()     {}
func (UnitChanged) event()       {}
func (PersonChanged) event()     {}
func (PeriodChanged) event()     {}
func (PlanChanged) event()       {}
func (AssignmentChanged) event() {}
