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
		s.outpost()
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
		posted := func(p, grade string, posting planningv1.PersonTraits_Posting) *planningv1.PersonTraits {
			t := nurse(p, planningv1.PersonTraits_SEX_FEMALE, 1990)
			t.Grade, t.Posting = grade, posting
			return t
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
			// The hills are remote; the hamlet says nothing and is as the hills, the town below them says that it is not.
			name("people", "gita"):  posted("gita", "III/a", planningv1.PersonTraits_POSTING_REMOTE),
			name("people", "hana"):  posted("hana", "IX", planningv1.PersonTraits_POSTING_REMOTE),
			name("people", "intan"): posted("intan", "IV/e", planningv1.PersonTraits_POSTING_ORDINARY),
		}
		got := traits(day(2026, 7, 1), "budi", "dewi", "wali", "eko", "gita", "hana", "intan", "nobody", "budi")
		if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
			t.Fatalf("traits (-want +got):\n%s", diff)
		}
		before := traits(day(2019, 12, 31), "budi")[name("people", "budi")]
		if before.GetPositionKind() != 0 || before.GetFunctionalLevel() != 0 || before.GetBirthYear() != 1985 {
			t.Fatalf("before the first position: %v", before)
		}
		before = traits(day(2019, 12, 31), "gita")[name("people", "gita")]
		if before.GetPosting() != 0 || before.GetGrade() != "III/a" {
			t.Fatalf("before the first post in the hills: %v", before)
		}
		s.assign("intan", "hills", planningv1.Assignment_KIND_DEFINITIVE, day(2027, 1, 1), nil)
		moved := traits(day(2027, 1, 1), "intan")[name("people", "intan")]
		if moved.GetPosting() != planningv1.PersonTraits_POSTING_REMOTE {
			t.Fatalf("after the transfer: %v", moved)
		}
	})
}

// outpost adds units below the city: the hills, which are remote, the hamlet below them, which does not say, and the town
// below the hamlet, which is not; and somebody with a golongan in each.
func (s *suite) outpost() {
	s.t.Helper()
	ctx, t, a := s.t.Context(), s.t, s.admin("3374")
	for i, place := range []struct {
		unit, above, person, nip, grade string
		remote                          *bool
		until                           *date.Date
	}{
		{"hills", "city", "gita", "199003152015012001", "III/a", new(true), day(2027, 1, 1)},
		{"hamlet", "hills", "hana", "199001012025212002", "IX", nil, nil},
		{"town", "hamlet", "intan", "199003152015012003", "IV/e", new(false), day(2027, 1, 1)},
	} {
		unit, err := a.org.CreateUnit(ctx, &planningv1.CreateUnitRequest{Parent: "tenants/3374", UnitId: place.unit, Unit: &planningv1.Unit{
			DisplayName: "Unit " + place.unit, Kind: planningv1.Unit_KIND_VILLAGE, ParentUnit: name("units", place.above), Remote: place.remote,
		}})
		must(t, err)
		if diff := cmp.Diff(place.remote, unit.Remote); diff != "" {
			t.Errorf("unit %d (-given +got):\n%s", i, diff)
		}
		_, err = a.org.CreatePosition(ctx, positionOf(place.unit, place.unit, "mayor"))
		must(t, err)
		request := personOf(place.person, place.nip)
		request.Person.Grade = place.grade
		_, err = a.org.CreatePerson(ctx, request)
		must(t, err)
		s.assign(place.person, place.unit, planningv1.Assignment_KIND_DEFINITIVE, day(2020, 1, 1), place.until)
	}
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
