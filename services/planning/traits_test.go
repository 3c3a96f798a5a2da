package planning_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/testing/protocmp"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func TestTraits_are_those_of_number_and_position(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		s.assign("eko", "mayor", planningv1.Assignment_KIND_ACTING, day(2026, 1, 1), nil)
		traits := func(on *date.Date, people ...string) map[string]*planningv1.PersonTraits {
			req := &planningv1.BatchGetTraitsRequest{Parent: "tenants/3374", Date: on}
			for _, p := range people {
				req.People = append(req.People, name("people", p))
			}
			got, err := s.scoring().input.BatchGetTraits(t.Context(), req)
			must(t, err)
			of := map[string]*planningv1.PersonTraits{}
			for _, x := range got.GetTraits() {
				if of[x.GetPerson()] != nil {
					t.Fatalf("%s comes twice", x.GetPerson())
				}
				of[x.GetPerson()] = x
			}
			return of
		}
		nurse := func(p string, sex planningv1.PersonTraits_Sex, year int32) *planningv1.PersonTraits {
			return &planningv1.PersonTraits{
				Person: name("people", p), Sex: sex, BirthYear: year, PositionKind: planningv1.Position_KIND_FUNCTIONAL,
				FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA,
			}
		}
		male, female := planningv1.PersonTraits_SEX_MALE, planningv1.PersonTraits_SEX_FEMALE
		want := map[string]*planningv1.PersonTraits{
			name("people", "budi"): nurse("budi", male, 1985),
			name("people", "dewi"): nurse("dewi", female, 1990), // an NI PPPK
			name("people", "wali"): {
				Person: name("people", "wali"), PositionKind: planningv1.Position_KIND_FUNCTIONAL,
				FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA,
			},
			// A position held as Plt is not theirs.
			name("people", "eko"): {Person: name("people", "eko"), Sex: male, BirthYear: 1988},
		}
		got := traits(day(2026, 7, 1), "budi", "dewi", "wali", "eko", "nobody", "budi")
		if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
			t.Fatalf("traits (-want +got):\n%s", diff)
		}
		before := traits(day(2019, 12, 31), "budi")[name("people", "budi")]
		if before.GetPositionKind() != 0 || before.GetFunctionalLevel() != 0 || before.GetBirthYear() != 1985 {
			t.Fatalf("before the first position: %v", before)
		}
	})
}

func TestTraits_are_for_services(t *testing.T) {
	s := one(t)
	s.seed()
	req := &planningv1.BatchGetTraitsRequest{Parent: "tenants/3374", People: []string{name("people", "budi")}, Date: day(2026, 7, 1)}
	_, err := s.admin("3374").input.BatchGetTraits(t.Context(), req)
	refused(t, err, fault.ReasonPermissionDenied)
	req.People, req.Date = []string{name("people", "budi"), "budi", "tenants/3402/people/budi"}, day(2026, 2, 30)
	_, err = s.scoring().input.BatchGetTraits(t.Context(), req)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "people[1]", "people[2]", "date")
	req.Date, req.People = nil, nil
	_, err = s.scoring().input.BatchGetTraits(t.Context(), req)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "people", "date")
	req.Parent, req.People, req.Date = "3374", []string{name("people", "budi")}, day(2026, 7, 1)
	_, err = s.scoring().input.BatchGetTraits(t.Context(), req)
	refused(t, err, fault.ReasonInvalidName)
}
