package domain_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

const (
	validNIP  = "198503152010011002"
	validPPPK = "199001012025212001"
)

// graded tries to add somebody with a golongan and returns it as it was taken, and the problem.
func graded(employment domain.Employment, grade domain.Grade) (taken domain.Grade, problem string) {
	number := map[domain.Employment]string{domain.EmploymentPNS: validNIP, domain.EmploymentPPPK: validPPPK}[employment]
	p, v := domain.NewPerson(domain.Person{ID: "budi", DisplayName: "Budi", Employment: employment, NIP: number, Grade: grade}, now)
	if len(v) == 0 {
		return p.Grade, ""
	}
	return p.Grade, broken(v)[0]
}

func TestGrades(t *testing.T) {
	t.Parallel()
	const (
		pns, pppk, non = domain.EmploymentPNS, domain.EmploymentPPPK, domain.EmploymentNonASN
		ofPNS, ofPPPK  = "person.grade grade not_of_pns", "person.grade grade not_of_pppk"
		notAllowed     = "person.grade grade not_allowed"
	)
	cases := map[string]struct {
		employment domain.Employment
		given      domain.Grade
		want       string
	}{
		"the_lowest_of_a_pns":             {pns, "I/a", ""},
		"the_highest_of_a_pns":            {pns, "IV/e", ""},
		"a_fifth_room_below_four":         {pns, "III/e", ofPNS},
		"a_fifth_golongan":                {pns, "V/a", ofPNS},
		"a_room_without_golongan":         {pns, "/a", ofPNS},
		"a_golongan_without_room":         {pns, "III", ofPNS},
		"a_capital_room":                  {pns, "III/A", ofPNS},
		"small_numerals":                  {pns, "iii/a", ofPNS},
		"a_blank_in_the_place_of_a_slash": {pns, "III a", ofPNS},
		"blanks_around_the_slash":         {pns, "III / a", ofPNS},
		"pangkat_before_it":               {pns, "Penata Muda, III/a", ofPNS},
		"a_pangkat_alone":                 {pns, "Penata Muda", ofPNS},
		"a_dash":                          {pns, "-", ofPNS},
		"an_arabic_number":                {pns, "3a", ofPNS},
		"a_pppk_golongan_of_a_pns":        {pns, "IX", ofPNS},
		"none_of_a_pns":                   {pns, "", ""},
		"the_lowest_of_a_pppk":            {pppk, "I", ""},
		"the_highest_of_a_pppk":           {pppk, "XVII", ""},
		"an_eighteenth_of_a_pppk":         {pppk, "XVIII", ofPPPK},
		"a_numeral_that_is_none":          {pppk, "IIII", ofPPPK},
		"a_pns_golongan_of_a_pppk":        {pppk, "III/a", ofPPPK},
		"a_dash_of_a_pppk":                {pppk, "-", ofPPPK},
		"none_of_a_pppk":                  {pppk, "", ""},
		"none_of_a_mayor":                 {non, "", ""},
		"one_of_a_mayor":                  {non, "IV/e", notAllowed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, problem := graded(c.employment, c.given)
			if got != c.given || problem != c.want {
				t.Fatalf("%q became %q with %q, want %q", c.given, got, problem, c.want)
			}
		})
	}
	t.Run("blanks_around_it_are_dropped", func(t *testing.T) {
		t.Parallel()
		for given, want := range map[domain.Grade]domain.Grade{" III/a\t": "III/a", " \n": ""} {
			got, problem := graded(pns, given)
			if got != want || problem != "" {
				t.Errorf("%q became %q with %q", given, got, problem)
			}
		}
	})
	t.Run("there_are_seventeen_of_each", func(t *testing.T) {
		t.Parallel()
		var ofPNS, ofPPPK int
		for _, numeral := range []domain.Grade{
			"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII",
		} {
			_, problem := graded(pppk, numeral)
			if problem == "" {
				ofPPPK++
			}
			for _, room := range []domain.Grade{"a", "b", "c", "d", "e", "f"} {
				_, problem = graded(pns, numeral+"/"+room)
				if problem == "" {
					ofPNS++
				}
			}
		}
		if ofPNS != 17 || ofPPPK != 17 {
			t.Fatalf("%d of PNS and %d of PPPK", ofPNS, ofPPPK)
		}
	})
}

func TestRank(t *testing.T) {
	t.Parallel()
	for grade, want := range map[domain.Grade]string{
		"III/a": "Penata Muda, III/a", "II/d": "Pengatur Tingkat I, II/d", "IV/c": "Pembina Utama Muda, IV/c", "I/a": "Juru Muda, I/a",
		"IX": "IX", "": "",
	} {
		if got := grade.Rank(); got != want {
			t.Errorf("%q: %q, want %q", grade, got, want)
		}
	}
}
