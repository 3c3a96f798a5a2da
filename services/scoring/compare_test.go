package scoring_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func TestCompareScores_names_who_rated_the_organisations(t *testing.T) {
	s := one(t)
	s.run()
	judged := func(unit, rater string, level assessmentv1.OrganizationLevel) {
		s.peers.judge(unit, 10, 3, level)
		s.peers.change(func() { s.peers.units[unitName(unit)].OrganizationRating.Rater = rater })
	}
	next := func(id, what string) {
		s.fact(id, what, "ani")
		s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	}
	raters := func() map[int64][]string {
		t.Helper()
		compared, err := s.admin().history.CompareScores(t.Context(), &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 1, AfterRevision: 6})
		must(t, err)
		all := map[int64][]string{}
		for _, origin := range compared.GetOrigins() {
			all[origin.GetRevision()] = origin.GetOrganizationRaters()
		}
		return all
	}
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "1200", meets, meets)
	next("e1", "rating.changed")
	judged("u1", personName("siti"), good)
	s.unitFact("e2", "organization-rating.changed", "u1")
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	s.peers.rate("ani", "1200", above, meets)
	judged("u1", personName("tono"), good) // the same rating once more
	next("e3", "rating.changed")
	judged("u1", "simpeg", assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_EXCELLENT)
	next("e4", "progress.reported") // and the event of the rating comes later
	judged("u2", personName("tono"), good)
	s.peers.plan("ani", "u2")
	next("e5", "progress.reported")
	s.peers.change(func() {
		before, _ := proto.Clone(s.peers.plans[personName("ani")][0]).(*planningv1.PlanInput)
		before.Plan, before.Unit, before.Months = periodName+"/plans/ani-1", unitName("u1"), 8
		s.peers.plans[personName("ani")][0].Months = 4
		s.peers.plans[personName("ani")] = append([]*planningv1.PlanInput{before}, s.peers.plans[personName("ani")]...)
	})
	next("e6", "progress.reported")
	want := map[int64][]string{2: {personName("siti")}, 3: nil, 4: {"simpeg"}, 5: {personName("tono")}, 6: {"simpeg"}}
	if diff := cmp.Diff(want, raters()); diff != "" {
		t.Fatalf("raters (-want +got):\n%s", diff)
	}

	// Of what is older than the record of them only a change that was told counts.
	must(t, s.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE score_revisions SET organization_ratings = '[]' WHERE revision IN (1, 3)")
		return err
	}))
	want[4] = nil
	if diff := cmp.Diff(want, raters()); diff != "" {
		t.Fatalf("raters beside older revisions (-want +got):\n%s", diff)
	}
}

func TestCompareScores_names_who_set_the_attendance(t *testing.T) {
	s := one(t)
	s.run()
	s.peers.plan("ani", "u1")
	next := func(id, what string, days int32, recorder string) {
		s.peers.rate("ani", id, meets, meets)
		s.peers.change(func() {
			s.peers.people[personName("ani")].Attendance = &assessmentv1.Attendance{
				Name: periodName + "/attendances/ani", WorkingDays: 20, PresentDays: days, Recorder: recorder,
			}
		})
		s.fact("e"+id, what, "ani")
		s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	}
	next("1000", "rating.changed", 20, personName("siti"))
	next("1001", "attendance.changed", 19, "simpeg")
	next("1002", "progress.reported", 19, "simpeg")
	next("1003", "attendance.changed", 18, personName("siti"))
	compared, err := s.admin().history.CompareScores(t.Context(), &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 1, AfterRevision: 4})
	must(t, err)
	recorders := map[int64]string{}
	for _, origin := range compared.GetOrigins() {
		recorders[origin.GetRevision()] = origin.GetAttendanceRecorder()
	}
	if diff := cmp.Diff(map[int64]string{2: "simpeg", 3: "", 4: personName("siti")}, recorders); diff != "" {
		t.Fatalf("recorders (-want +got):\n%s", diff)
	}
}

func TestCompareScores_names_who_set_the_facts_of_each_plan(t *testing.T) {
	s := one(t)
	s.run()
	ani := func() *assessmentv1.PersonInput { return s.peers.people[personName("ani")] }
	rating := func(plan, rater string, result assessmentv1.Expectation) *assessmentv1.Rating {
		return &assessmentv1.Rating{Name: periodName + "/ratings/" + plan, ResultRating: result, BehaviorRating: meets, Rater: personName(rater)}
	}
	attendance := func(plan, recorder string, days int32) *assessmentv1.Attendance {
		return &assessmentv1.Attendance{Name: periodName + "/attendances/" + plan, WorkingDays: 20, PresentDays: days, Recorder: recorder}
	}
	var first *assessmentv1.PlanFacts
	next := func(id, what string, change func()) {
		s.peers.change(change)
		s.fact(id, what, "ani")
		s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	}
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "1200", meets, meets)
	next("e1", "rating.changed", func() { ani().Attendance = attendance("ani", "simpeg", 20) })
	next("e2", "rating.changed", func() { // a transfer: the plan is the second one now
		first = &assessmentv1.PlanFacts{
			Plan: periodName + "/plans/ani-1", Rating: rating("ani-1", "tono", meets), Attendance: attendance("ani-1", personName("siti"), 20),
		}
		ani().EarlierPlans = append(ani().EarlierPlans, first)
		plans := s.peers.plans[personName("ani")]
		before, _ := proto.Clone(plans[0]).(*planningv1.PlanInput)
		before.Plan, before.Unit, before.Months, plans[0].Months = first.GetPlan(), unitName("u2"), 8, 4
		s.peers.plans[personName("ani")] = append([]*planningv1.PlanInput{before}, plans...)
	})
	next("e3", "rating.changed", func() { first.Rating = rating("ani-1", "wati", above) })
	next("e4", "attendance.changed", func() { first.Attendance = attendance("ani-1", "absensi", 19) })
	next("e5", "progress.reported", func() { // and the events of these come later
		first.Rating, first.Attendance = rating("ani-1", "tono", meets), attendance("ani-1", "absensi", 18)
		ani().Rating, ani().Attendance = rating("ani", "dewi", above), attendance("ani", "simpeg", 18)
	})
	next("e6", "attendance.changed", func() { // by the same hands
		first.Rating, ani().Rating = rating("ani-1", "tono", above), rating("ani", "tono", meets)
		first.Attendance, ani().Attendance = attendance("ani-1", "absensi", 17), nil
	})
	next("e7", "attendance.changed", func() { // the first plan is taken back
		ani().EarlierPlans, s.peers.plans[personName("ani")] = nil, s.peers.plans[personName("ani")][1:]
	})

	type authors struct{ Raters, Recorders []string }
	named := func() map[int64]authors {
		t.Helper()
		compared, err := s.admin().history.CompareScores(t.Context(), &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 1, AfterRevision: 7})
		must(t, err)
		all := map[int64]authors{}
		for _, origin := range compared.GetOrigins() {
			all[origin.GetRevision()] = authors{origin.GetRaters(), origin.GetAttendanceRecorders()}
			if last := slices.Concat([]string{""}, origin.GetRaters()); origin.GetRater() != last[len(last)-1] {
				t.Errorf("rater %q of %q", origin.GetRater(), last)
			}
			if last := slices.Concat([]string{""}, origin.GetAttendanceRecorders()); origin.GetAttendanceRecorder() != last[len(last)-1] {
				t.Errorf("recorder %q of %q", origin.GetAttendanceRecorder(), last)
			}
		}
		return all
	}
	want := map[int64]authors{
		2: {[]string{personName("tono")}, []string{personName("siti")}},
		3: {[]string{personName("wati")}, nil},
		4: {nil, []string{"absensi"}},
		5: {[]string{personName("tono"), personName("dewi")}, []string{"absensi", "simpeg"}},
		6: {[]string{personName("tono")}, []string{"absensi"}},
		7: {},
	}
	if diff := cmp.Diff(want, named()); diff != "" {
		t.Fatalf("authors (-want +got):\n%s", diff)
	}

	// Of what is older than the record of them the last plan is known, and nothing of what cannot be read.
	must(t, s.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE score_revisions SET earlier_authors = '[]' WHERE revision = 5")
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE score_revisions SET record = '{' WHERE revision = 2")
		return err
	}))
	want[2], want[3], want[5] = authors{}, authors{}, authors{[]string{personName("dewi")}, []string{"simpeg"}}
	if diff := cmp.Diff(want, named()); diff != "" {
		t.Fatalf("authors beside older and damaged revisions (-want +got):\n%s", diff)
	}
}
