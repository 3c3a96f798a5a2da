package demo

import (
	"fmt"
	"math/rand/v2"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
)

const (
	// TenantID is the demonstration tenant, Kabupaten Bantul.
	TenantID = "3402"
	// PeriodID is its assessment period.
	PeriodID = "2026"
	// NurseID is the person whose plan is the worked example of a Puskesmas nurse: rated above and meeting
	// expectation, hence Baik with 12.50 angka kredit.
	NurseID = "perawat-melati-1"
	// SurveyUnitID is the Puskesmas whose ten survey responses are the worked example with the index 81.94.
	SurveyUnitID = "puskesmas-melati"

	provinceID = "34"
	seed       = 3402
)

type unit struct {
	id, name, parent string
	kind             planningv1.Unit_Kind
	// remote is what the unit says itself; nil is as the unit above.
	remote *bool
}

// units has each unit after the one above it. A health center and a school are remote; no other is, because the
// government above them is not.
var units = []unit{
	{"bantul", "Pemerintah Kabupaten Bantul", "", planningv1.Unit_KIND_GOVERNMENT, new(false)},
	{"dinkes", "Dinas Kesehatan", "bantul", planningv1.Unit_KIND_AGENCY, nil},
	{SurveyUnitID, "Puskesmas Melati", "dinkes", planningv1.Unit_KIND_HEALTH_CENTER, nil},
	{"puskesmas-kenanga", "Puskesmas Kenanga", "dinkes", planningv1.Unit_KIND_HEALTH_CENTER, new(true)},
	{"disdik", "Dinas Pendidikan", "bantul", planningv1.Unit_KIND_AGENCY, nil},
	{"sd-cendana", "SD Negeri Cendana", "disdik", planningv1.Unit_KIND_SCHOOL, nil},
	{"smp-mahoni", "SMP Negeri Mahoni", "disdik", planningv1.Unit_KIND_SCHOOL, new(true)},
	{"dpmptsp", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "bantul", planningv1.Unit_KIND_AGENCY, nil},
}

// member is a person with the position that they hold and the plan that goes with it.
type member struct {
	id, title, unit, superior string
	head                      bool
	kind                      planningv1.Position_Kind
	level                     planningv1.Position_FunctionalLevel
	duty                      string

	name, nip, grade string
	employment       planningv1.Person_Employment
}

func (m member) planned() bool { return m.employment != planningv1.Person_EMPLOYMENT_NON_ASN }

// post is a kind of position of which a unit has several.
type post struct {
	id, title, duty string
	kind            planningv1.Position_Kind
	level           planningv1.Position_FunctionalLevel
	count           int
}

const (
	leadership    = planningv1.Position_KIND_LEADERSHIP
	administrator = planningv1.Position_KIND_ADMINISTRATOR
	functional    = planningv1.Position_KIND_FUNCTIONAL
	executor      = planningv1.Position_KIND_EXECUTOR

	noLevel  = planningv1.Position_FUNCTIONAL_LEVEL_UNSPECIFIED
	skilled  = planningv1.Position_FUNCTIONAL_LEVEL_TERAMPIL
	adept    = planningv1.Position_FUNCTIONAL_LEVEL_MAHIR
	first    = planningv1.Position_FUNCTIONAL_LEVEL_AHLI_PERTAMA
	junior   = planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA
	advanced = planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MADYA
)

// cast returns everybody, superiors before their subordinates.
func cast() []member {
	all := []member{{
		id: "bupati", title: "Bupati Bantul", unit: "bantul", head: true,
		kind: planningv1.Position_KIND_REGIONAL_HEAD, employment: planningv1.Person_EMPLOYMENT_NON_ASN,
	}}
	all = append(all, agency("dinkes", "Kesehatan", "kepala-dinas-kesehatan", "Pelayanan Kesehatan")...)
	for _, name := range []string{"melati", "kenanga"} {
		all = append(all, healthCenter(name)...)
	}
	all = append(all, agency("disdik", "Pendidikan", "kepala-dinas-pendidikan", "Pembinaan Sekolah")...)
	all = append(all, school("sd-cendana", "SD Negeri Cendana")...)
	all = append(all, school("smp-mahoni", "SMP Negeri Mahoni")...)
	all = append(all, licensing()...)
	return named(all)
}

func agency(unitID, field, headDuty, section string) []member {
	head := "kadis-" + unitID
	secretary := "sekretaris-" + unitID
	chief := "kabid-" + unitID
	staff := []member{
		{id: head, title: "Kepala Dinas " + field, unit: unitID, superior: "bupati", head: true, kind: leadership, duty: headDuty},
		{id: secretary, title: "Sekretaris Dinas " + field, unit: unitID, superior: head, kind: administrator, duty: "sekretaris"},
		{id: chief, title: "Kepala Bidang " + section, unit: unitID, superior: head, kind: administrator, duty: "kepala-bidang"},
	}
	staff = append(staff, fill(unitID, secretary, []post{
		{"perencana-" + unitID, "Perencana Ahli Muda", "perencana", functional, junior, 1},
		{"pengelola-" + unitID, "Pengelola Kepegawaian", "pelaksana", executor, noLevel, 2},
	})...)
	return staff
}

func healthCenter(name string) []member {
	unitID := "puskesmas-" + name
	head := "kepala-" + name
	all := []member{{
		id: head, title: "Dokter Ahli Madya, Kepala " + unitName(unitID), unit: unitID, superior: "kadis-dinkes", head: true,
		kind: functional, level: advanced, duty: "kepala-puskesmas",
	}}
	return append(all, fill(unitID, head, []post{
		{"perawat-" + name, "Perawat Ahli Pertama", "perawat", functional, first, 3},
		{"dokter-" + name, "Dokter Ahli Muda", "dokter", functional, junior, 2},
		{"bidan-" + name, "Bidan Mahir", "bidan", functional, adept, 2},
		{"apoteker-" + name, "Asisten Apoteker Terampil", "apoteker", functional, skilled, 1},
		{"loket-" + name, "Petugas Loket Pendaftaran", "loket", executor, noLevel, 1},
	})...)
}

func school(unitID, name string) []member {
	head := "kepala-" + unitID
	all := []member{{
		id: head, title: "Guru Ahli Madya, Kepala " + name, unit: unitID, superior: "kadis-disdik", head: true,
		kind: functional, level: advanced, duty: "kepala-sekolah",
	}}
	return append(all, fill(unitID, head, []post{
		{"guru-pertama-" + unitID, "Guru Ahli Pertama", "guru", functional, first, 5},
		{"guru-muda-" + unitID, "Guru Ahli Muda", "guru", functional, junior, 3},
		{"tata-usaha-" + unitID, "Pengelola Tata Usaha", "pelaksana", executor, noLevel, 1},
	})...)
}

func licensing() []member {
	head := "kadis-dpmptsp"
	all := []member{{
		id: head, title: "Kepala DPMPTSP", unit: "dpmptsp", superior: "bupati", head: true, kind: leadership, duty: "kepala-dpmptsp",
	}}
	return append(all, fill("dpmptsp", head, []post{
		{"penata-perizinan", "Penata Perizinan Ahli Muda", "perizinan", functional, junior, 3},
		{"petugas-layanan", "Petugas Layanan Perizinan", "loket", executor, noLevel, 3},
	})...)
}

func fill(unitID, superior string, posts []post) []member {
	var all []member
	for _, p := range posts {
		for i := range p.count {
			all = append(all, member{
				id: fmt.Sprintf("%s-%d", p.id, i+1), title: p.title, unit: unitID, superior: superior,
				kind: p.kind, level: p.level, duty: p.duty,
			})
		}
	}
	return all
}

func unitName(id string) string {
	for _, u := range units {
		if u.id == id {
			return u.name
		}
	}
	return id
}

// named gives everybody a name and a number; about one in five is PPPK.
func named(all []member) []member {
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range all {
		m := &all[i]
		female := rng.IntN(2) == 0
		m.name = fullName(rng, female)
		if m.employment == planningv1.Person_EMPLOYMENT_NON_ASN {
			continue
		}
		m.employment = planningv1.Person_EMPLOYMENT_PNS
		if m.kind == executor || (m.duty == "guru" && rng.IntN(3) == 0) {
			m.employment = planningv1.Person_EMPLOYMENT_PPPK
		}
		m.nip = number(rng, m.employment, female, i+1)
		m.grade = grade(*m)
	}
	return all
}
