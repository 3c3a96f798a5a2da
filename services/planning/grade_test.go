package planning_test

import (
	"strings"
	"testing"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func TestGradesThatDoNotExistAreRefused(t *testing.T) {
	s := one(t)
	s.seed()
	for name, c := range map[string]struct {
		nip, grade, says string
	}{
		"a_text_with_pangkat":      {"198503152010011007", "Penata Muda, III/a", "tanpa pangkat, misalnya III/a"},
		"a_pppk_golongan_of_a_pns": {"198503152010011007", "IX", "misalnya III/a"},
		"a_pns_golongan_of_a_pppk": {"199001012025211007", "III/a", "I sampai dengan XVII, misalnya IX"},
		"a_golongan_of_a_mayor":    {"", "IV/e", "non-ASN"},
	} {
		t.Run(name, func(t *testing.T) {
			request := personOf("baru", c.nip)
			request.Person.Grade = c.grade
			_, err := s.admin("3374").org.CreatePerson(t.Context(), request)
			f := refused(t, err, fault.ReasonInvalidArgument)
			violated(t, f, "person.grade")
			if !strings.Contains(f.Violations[0].Local(), c.says) {
				t.Errorf("it says %q", f.Violations[0].Local())
			}
		})
	}
}

func TestPangkatFollowsFromGolongan(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		request := personOf("fitri", "198503152010012003")
		// What a client says about the pangkat counts for nothing.
		request.Person.Grade, request.Person.Rank = " III/c ", "Pembina"
		_, err := s.admin("3374").org.CreatePerson(t.Context(), request)
		must(t, err)
		got, err := s.admin("3374").org.GetPerson(t.Context(), &planningv1.GetPersonRequest{Name: name("people", "fitri")})
		must(t, err)
		if got.GetGrade() != "III/c" || got.GetRank() != "Penata, III/c" {
			t.Fatalf("golongan %q, pangkat %q", got.GetGrade(), got.GetRank())
		}
	})
}
