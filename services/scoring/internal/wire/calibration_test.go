package wire

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// TestCodes_of_calibration_are_those_of_the_contract holds the codes that the packages below domain state for themselves to
// the enums, all of their values but the unspecified ones.
func TestCodes_of_calibration_are_those_of_the_contract(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	note := func(enum string, value int32) {
		if value == 0 {
			t.Errorf("a code of %s is not of the contract", enum)
		}
		seen[enum]++
	}
	for _, p := range distribution.Predicates() {
		note("predicate", int32(Predicate(domain.Predicate(p))))
	}
	for _, l := range distribution.Levels() {
		note("level", int32(level(l)))
		if LevelOf(level(l)) != l {
			t.Errorf("%s comes back as %s", l, LevelOf(level(l)))
		}
	}
	for _, s := range []calibration.State{calibration.StateOpen, calibration.StateClosed, calibration.StateAbandoned} {
		note("state", int32(Session(calibration.Session{State: s}).GetState()))
	}
	for _, trait := range []disparity.Trait{disparity.Sex, disparity.Age, disparity.Position, disparity.Grade, disparity.Remote} {
		message := Disparity(app.StoredDisparity{View: disparity.View{Dimensions: []disparity.Dimension{{Trait: trait}}}})
		note("trait", int32(message.GetDimensions()[0].GetTrait()))
		if trait.Label() == "" {
			t.Errorf("%s has no name", trait)
		}
	}
	for _, flag := range []disparity.Flag{disparity.FlagBelow, disparity.FlagAbove} {
		note("flag", int32(disparityGroup(disparity.Group{Flag: flag}).GetFlag()))
	}
	want := map[string]int{
		"predicate": len(scoringv1.Predicate_name) - 1, "level": 5, "state": len(scoringv1.Calibration_State_name) - 1,
		"trait": len(scoringv1.DisparityDimension_Trait_name) - 1, "flag": len(scoringv1.DisparityGroup_Flag_name) - 1,
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Fatalf("values (-want +got):\n%s", diff)
	}
}

// TestTraitsOf_names_every_value demands a name in Indonesian for the key of every value that planning may give.
func TestTraitsOf_names_every_value(t *testing.T) {
	t.Parallel()
	var all []*planningv1.PersonTraits
	for v := range planningv1.PersonTraits_Sex_name {
		all = append(all, &planningv1.PersonTraits{Sex: planningv1.PersonTraits_Sex(v)})
	}
	for v := range planningv1.PersonTraits_Posting_name {
		all = append(all, &planningv1.PersonTraits{Posting: planningv1.PersonTraits_Posting(v)})
	}
	for v := range planningv1.Position_Kind_name {
		all = append(all, &planningv1.PersonTraits{PositionKind: planningv1.Position_Kind(v)})
	}
	for v := range planningv1.Position_FunctionalLevel_name {
		all = append(all, &planningv1.PersonTraits{
			PositionKind: planningv1.Position_KIND_FUNCTIONAL, FunctionalLevel: planningv1.Position_FunctionalLevel(v),
		})
	}
	for _, traits := range all {
		for trait, key := range TraitsOf(traits, 2026) {
			label := disparity.Label(key)
			if label == key || label == "Fungsional " {
				t.Errorf("%s %q has no name: %q", trait, key, label)
			}
		}
	}
	got := TraitsOf(&planningv1.PersonTraits{
		Sex: planningv1.PersonTraits_SEX_FEMALE, BirthYear: 1990, PositionKind: planningv1.Position_KIND_FUNCTIONAL,
		FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA, Grade: "III/a", Posting: planningv1.PersonTraits_POSTING_REMOTE,
	}, 2026)
	want := map[disparity.Trait]string{
		disparity.Sex: "female", disparity.Age: "30-39", disparity.Position: "functional.ahli_muda", disparity.Grade: "III/a", disparity.Remote: "remote",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("traits (-want +got):\n%s", diff)
	}
	if len(TraitsOf(&planningv1.PersonTraits{}, 2026)) != 0 {
		t.Fatal("what is not known has a key")
	}
}
