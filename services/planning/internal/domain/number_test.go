package domain_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

var today = domain.Date{Year: 2026, Month: 3, Day: 15}

func TestNumber(t *testing.T) {
	t.Parallel()
	const pns, pppk, non = domain.EmploymentPNS, domain.EmploymentPPPK, domain.EmploymentNonASN
	cases := map[string]struct {
		employment domain.Employment
		raw        string
		problem    string
	}{
		"a_pns":                              {pns, "198503152010011002", ""},
		"a_pns_printed_with_blanks":          {pns, " 19850315 201001 1\t002 ", ""},
		"a_pns_born_on_a_leap_day":           {pns, "198402292010012001", ""},
		"a_pns_appointed_this_month":         {pns, "199503152026031001", ""},
		"a_pns_of_exactly_sixteen":           {pns, "198503012001031001", ""},
		"a_birth_date_that_does_not_exist":   {pns, "198502302010011002", domain.NumberBirthDate},
		"a_birth_month_that_does_not_exist":  {pns, "198513012010011002", domain.NumberBirthDate},
		"a_leap_day_of_no_leap_year":         {pns, "198502292010011002", domain.NumberBirthDate},
		"a_birth_in_another_century":         {pns, "188503152010011002", domain.NumberBirthDate},
		"an_appointment_month_of_13":         {pns, "198503152010131002", domain.NumberAppointmentMonth},
		"an_appointment_month_of_0":          {pns, "198503152010001002", domain.NumberAppointmentMonth},
		"a_sex_of_3":                         {pns, "198503152010013002", domain.NumberSex},
		"a_sex_of_0":                         {pns, "198503152010010002", domain.NumberSex},
		"a_sequence_of_0":                    {pns, "198503152010011000", domain.NumberSequence},
		"an_appointment_before_sixteen":      {pns, "198503152001031001", domain.NumberAppointmentAge},
		"an_appointment_next_month":          {pns, "199503152026041001", domain.NumberAppointmentAhead},
		"seventeen_digits":                   {pns, "19850315201001100", domain.NumberLength},
		"nineteen_digits":                    {pns, "1985031520100110021", domain.NumberLength},
		"a_letter":                           {pns, "19850315201001100A", domain.NumberLength},
		"digits_of_another_script":           {pns, "١٩٨٥٠٣١٥٢٠١٠٠١١٠٠٢", domain.NumberLength},
		"nothing_for_a_pns":                  {pns, "", domain.NumberLength},
		"a_pppk":                             {pppk, "199001012025212001", ""},
		"a_pppk_is_no_pns":                   {pns, "199001012025212001", domain.NumberAppointmentMonth},
		"a_pppk_appointed_this_year":         {pppk, "199001012026211001", ""},
		"a_pppk_appointed_next_year":         {pppk, "199001012027211001", domain.NumberAppointmentYear},
		"a_pppk_appointed_before_sixteen":    {pppk, "199001012005211001", domain.NumberAppointmentYear},
		"a_pppk_with_a_bad_birth_date":       {pppk, "199002302025212001", domain.NumberBirthDate},
		"a_pppk_with_a_bad_sex":              {pppk, "199001012025215001", domain.NumberSex},
		"a_pppk_with_sequence_0":             {pppk, "199001012025212000", domain.NumberSequence},
		"nothing_for_a_pppk":                 {pppk, " ", domain.NumberLength},
		"nothing_for_somebody_who_is_no_asn": {non, "", ""},
		"blanks_for_somebody_who_is_no_asn":  {non, "  ", ""},
		"a_number_of_somebody_who_is_no_asn": {non, "198503152010011002", domain.NumberNotAllowed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			digits, problem := domain.Number(c.employment, c.raw, today)
			if problem != c.problem {
				t.Fatalf("problem %q, want %q", problem, c.problem)
			}
			if problem != "" && digits != "" {
				t.Fatal("a number that is wrong was returned")
			}
			if problem == "" && c.employment != non && len(digits) != 18 {
				t.Fatalf("%d digits were returned", len(digits))
			}
		})
	}
}

func FuzzNumber(f *testing.F) {
	f.Add("PNS", "198503152010011002")
	f.Add("PPPK", "199001012025212001")
	f.Fuzz(func(t *testing.T, employment, raw string) {
		digits, problem := domain.Number(domain.Employment(employment), raw, today)
		if problem != "" {
			return
		}
		again, problem := domain.Number(domain.Employment(employment), digits, today)
		if problem != "" || again != digits {
			t.Fatalf("a number that was right became %q", problem)
		}
	})
}
