package wire

import (
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Tenant returns the message of the tenant.
func Tenant(t domain.Tenant) *planningv1.Tenant {
	name := TenantName(t.ID)
	return &planningv1.Tenant{
		Name:        name,
		DisplayName: t.DisplayName,
		Population:  t.Population,
		Etag:        etag.Of(name, t.Revision),
		CreateTime:  timestamp(t.CreateTime),
	}
}

// Unit returns the message of the unit.
func Unit(u domain.Unit) *planningv1.Unit {
	name := UnitName(u.Tenant, u.ID)
	return &planningv1.Unit{
		Name:        name,
		DisplayName: u.DisplayName,
		Kind:        valueOf[planningv1.Unit_Kind](planningv1.Unit_Kind_value, u.Kind, kindPrefix),
		ParentUnit:  UnitName(u.Tenant, u.Parent),
		Remote:      u.Remote,
		Etag:        etag.Of(name, u.Revision),
		CreateTime:  timestamp(u.CreateTime),
	}
}

// Unit reads a unit to create.
func (r *Reading) Unit(id string, u *planningv1.Unit) domain.Unit {
	return domain.Unit{
		Tenant:      r.Tenant,
		ID:          r.ID("unit_id", id),
		DisplayName: u.GetDisplayName(),
		Kind:        textOf[domain.UnitKind](u.GetKind(), kindPrefix),
		Parent:      r.Ref("unit.parent_unit", UnitPattern, u.GetParentUnit()),
		Remote:      u.Remote,
	}
}

// Position returns the message of the position.
func Position(p domain.Position) *planningv1.Position {
	name := PositionName(p.Tenant, p.ID)
	return &planningv1.Position{
		Name:             name,
		Title:            p.Title,
		Unit:             UnitName(p.Tenant, p.Unit),
		Kind:             positionKind(p.Kind),
		FunctionalLevel:  functionalLevel(p.FunctionalLevel),
		JobFamily:        jobFamily(p.Family),
		SuperiorPosition: PositionName(p.Tenant, p.Superior),
		UnitHead:         p.UnitHead,
		Etag:             etag.Of(name, p.Revision),
		CreateTime:       timestamp(p.CreateTime),
	}
}

func positionKind(k domain.PositionKind) planningv1.Position_Kind {
	return valueOf[planningv1.Position_Kind](planningv1.Position_Kind_value, k, kindPrefix)
}

func functionalLevel(l domain.FunctionalLevel) planningv1.Position_FunctionalLevel {
	return valueOf[planningv1.Position_FunctionalLevel](planningv1.Position_FunctionalLevel_value, l, levelPrefix)
}

func jobFamily(f domain.JobFamily) planningv1.Position_JobFamily {
	return valueOf[planningv1.Position_JobFamily](planningv1.Position_JobFamily_value, f, familyPrefix)
}

// Position reads a position to create.
func (r *Reading) Position(id string, p *planningv1.Position) domain.Position {
	return domain.Position{
		Tenant:          r.Tenant,
		ID:              r.ID("position_id", id),
		Title:           p.GetTitle(),
		Unit:            r.Ref("position.unit", UnitPattern, p.GetUnit()),
		Kind:            textOf[domain.PositionKind](p.GetKind(), kindPrefix),
		FunctionalLevel: textOf[domain.FunctionalLevel](p.GetFunctionalLevel(), levelPrefix),
		Family:          textOf[domain.JobFamily](p.GetJobFamily(), familyPrefix),
		Superior:        r.Ref("position.superior_position", PositionPattern, p.GetSuperiorPosition()),
		UnitHead:        p.GetUnitHead(),
	}
}

// Person returns the message of the person.
func Person(p domain.Person) *planningv1.Person {
	name := PersonName(p.Tenant, p.ID)
	return &planningv1.Person{
		Name:        name,
		DisplayName: p.DisplayName,
		Employment:  valueOf[planningv1.Person_Employment](planningv1.Person_Employment_value, p.Employment, employmentPrefix),
		Nip:         p.NIP,
		Rank:        p.Grade.Rank(),
		Grade:       string(p.Grade),
		Etag:        etag.Of(name, p.Revision),
		CreateTime:  timestamp(p.CreateTime),
	}
}

// Person reads a person to create.
func (r *Reading) Person(id string, p *planningv1.Person) domain.Person {
	return domain.Person{
		Tenant:      r.Tenant,
		ID:          r.ID("person_id", id),
		DisplayName: p.GetDisplayName(),
		Employment:  textOf[domain.Employment](p.GetEmployment(), employmentPrefix),
		NIP:         p.GetNip(),
		Grade:       domain.Grade(p.GetGrade()),
	}
}

// Assignment returns the message of the assignment.
func Assignment(a domain.Assignment) *planningv1.Assignment {
	name := AssignmentName(a.Tenant, a.ID)
	return &planningv1.Assignment{
		Name:       name,
		Person:     PersonName(a.Tenant, a.Person),
		Position:   PositionName(a.Tenant, a.Position),
		Kind:       valueOf[planningv1.Assignment_Kind](planningv1.Assignment_Kind_value, a.Kind, kindPrefix),
		StartDate:  dateMessage(a.Interval.Start),
		EndDate:    dateMessage(a.Interval.End),
		Etag:       etag.Of(name, a.Revision),
		CreateTime: timestamp(a.CreateTime),
	}
}

// Assignment reads an assignment to create.
func (r *Reading) Assignment(id string, a *planningv1.Assignment) domain.Assignment {
	return domain.Assignment{
		Tenant:   r.Tenant,
		ID:       r.ID("assignment_id", id),
		Person:   r.Ref("assignment.person", PersonPattern, a.GetPerson()),
		Position: r.Ref("assignment.position", PositionPattern, a.GetPosition()),
		Kind:     textOf[domain.AssignmentKind](a.GetKind(), kindPrefix),
		Interval: domain.Interval{Start: DateOf(a.GetStartDate()), End: DateOf(a.GetEndDate())},
	}
}
