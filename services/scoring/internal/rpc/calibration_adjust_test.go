package rpc_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

func TestAdjustCalibration_proposes_and_changes_nothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		request := adjust("ani", veryGood, "fitri", "budi")
		request.Reason = "  " + longReason + "  "
		got, err := d.as("dewi").AdjustCalibration(t.Context(), request)
		must(t, err)
		name := periodName + "/scores/ani/decisions/1"
		if got.GetDecision() != name || got.GetAuthor() != personName("dewi") || got.GetReason() != longReason ||
			got.GetCurrentPredicate() != scoringv1.Predicate_PREDICATE_GOOD || got.GetProposedPredicate() != veryGood ||
			!got.GetCreateTime().AsTime().Equal(noon) {
			t.Fatalf("adjustment %v", got)
		}
		if diff := cmp.Diff([]string{personName("budi"), personName("fitri")}, got.GetSpeakers()); diff != "" {
			t.Fatalf("speakers (-want +got):\n%s", diff)
		}
		want := []decision.Decision{{
			Number: 1, State: decision.StateProposed, Author: "dewi", ProposeTime: noon,
			Content: decision.Content{
				Kind: decision.KindOverride, Predicate: domain.PredicateVeryGood, Reason: longReason, Revision: 1,
				Reference: "sesi kalibrasi s1 yang dibuka pada tanggal 1 Desember 2026",
			},
		}}
		if diff := cmp.Diff(want, d.decisions("ani")); diff != "" {
			t.Fatalf("decisions (-want +got):\n%s", diff)
		}
		shown := d.session().GetAdjustments()
		if len(shown) != 1 || shown[0].GetDecision() != name {
			t.Fatalf("the session shows %v", shown)
		}
		score, err := d.store.StandingOf(t.Context(), period, "ani")
		if err != nil || score.Revision != 1 || score.Predicate != domain.PredicateGood {
			t.Fatalf("the score has changed: %v, %v", score, err)
		}
	})
}

func TestAdjustCalibration_refuses_bad_input(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		cases := []struct {
			name    string
			request *scoringv1.AdjustCalibrationRequest
			reason  fault.Reason
			fields  []string
		}{
			{"somebody_who_is_not_of_the_session", adjust("nobody", veryGood, "fitri"), fault.ReasonReferenceNotFound, []string{"person"}},
			{"somebody_who_came_later", adjust("eko", veryGood, "fitri"), fault.ReasonReferenceNotFound, []string{"person"}},
			{"the_predicate_that_is", adjust("ani", scoringv1.Predicate_PREDICATE_GOOD, "fitri"), fault.ReasonInvalidArgument, []string{"predicate"}},
			{"no_predicate", adjust("ani", 0, "fitri"), fault.ReasonInvalidArgument, []string{"predicate"}},
			{"nobody_who_spoke_for_it", adjust("ani", veryGood), fault.ReasonInvalidArgument, []string{"speakers"}},
			{"speakers_who_do_not_take_part_or_twice", adjust("ani", veryGood, "ani", "fitri", "fitri"), fault.ReasonInvalidArgument, []string{"speakers[0]", "speakers[2]"}},
			{"somebody_who_speaks_for_themselves", adjust("budi", veryGood, "fitri", "budi"), fault.ReasonInvalidArgument, []string{"speakers[1]"}},
			{"a_person_of_another_tenant", &scoringv1.AdjustCalibrationRequest{
				Name: sessionName, Person: "tenants/3374/people/ani", Predicate: veryGood, Reason: longReason, Speakers: []string{"fitri"},
			}, fault.ReasonInvalidArgument, []string{"person", "speakers[0]"}},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				_, err := d.as("dewi").AdjustCalibration(t.Context(), c.request)
				refused(t, err, c.reason, c.fields...)
			})
		}
		_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("eko", veryGood, "ani"))
		f, _ := fault.As(err)
		var texts []string
		for _, v := range f.Violations {
			texts = append(texts, v.Local())
		}
		if diff := cmp.Diff([]string{
			"Pegawai ini tidak termasuk dalam sesi kalibrasi ini atau belum memiliki nilai. Pilih pegawai yang tercantum pada sesi ini.",
			"Pegawai pada isian speakers[0] bukan peserta sesi ini; tambahkan melalui addParticipants terlebih dahulu.",
		}, texts); diff != "" {
			t.Errorf("texts (-want +got):\n%s", diff)
		}
		blank := adjust("ani", veryGood, "fitri")
		blank.Reason = strings.Repeat(" ", 30)
		_, err = d.as("dewi").AdjustCalibration(t.Context(), blank)
		refused(t, err, fault.ReasonInvalidArgument, "reason")
		_, err = d.as("budi").AdjustCalibration(t.Context(), adjust("budi", veryGood, "fitri"))
		refused(t, err, fault.ReasonInvalidArgument, "person")
		missing := adjust("ani", veryGood, "fitri")
		missing.Name = periodName + "/calibrations/none"
		_, err = d.as("dewi").AdjustCalibration(t.Context(), missing)
		refused(t, err, fault.ReasonNotFound)
		if len(d.decisions("ani")) != 0 || len(d.decisions("budi")) != 0 || len(d.session().GetAdjustments()) != 0 {
			t.Fatalf("decisions %v and %v, recorded %v", d.decisions("ani"), d.decisions("budi"), d.session().GetAdjustments())
		}
	})
}

func TestAdjustCalibration_leaves_nothing_of_a_refused_proposal(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		provisional := domain.Result{Unit: "u1", State: domain.StateProvisional, Predicate: domain.PredicateGood, Achievement: "90.00", Record: rated}
		must(t, d.store.Apply(t.Context(), app.Write{Scores: []app.Revision{{Score: domain.Score{
			Period: period, Person: "ani", Revision: 2, ComputeTime: noon, InputTime: noon, Result: provisional,
		}}}}))
		before := d.session().GetEtag()
		_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
		refused(t, err, fault.ReasonScoreNotComplete)
		about, _ := fault.As(err)
		if about.Meta["resource"] != periodName+"/scores/ani" {
			t.Errorf("the refusal is about %s", about.Meta["resource"])
		}
		after := d.session()
		if len(d.decisions("ani")) != 0 || len(after.GetAdjustments()) != 0 || after.GetEtag() != before {
			t.Fatalf("decisions %v, the session shows %v", d.decisions("ani"), after)
		}
	})
}

func TestAdjustCalibration_is_repeated_after_a_failure_and_done_once(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		request := adjust("ani", veryGood, "fitri")
		request.RequestId = "5f0c5f52-8f5e-4c5c-9d0e-3c6a2f6a1f11"
		d.decided.down.Store(true)
		_, err := d.as("dewi").AdjustCalibration(t.Context(), request)
		refused(t, err, fault.ReasonUnavailable)
		d.decided.down.Store(false)
		first, err := d.as("dewi").AdjustCalibration(t.Context(), request)
		must(t, err)
		again, err := d.as("dewi").AdjustCalibration(t.Context(), request)
		must(t, err)
		if diff := cmp.Diff(first, again, protocmp.Transform()); diff != "" {
			t.Fatalf("answers (-first +again):\n%s", diff)
		}
		if len(d.decisions("ani")) != 1 || len(d.session().GetAdjustments()) != 1 {
			t.Fatalf("decisions %v, adjustments %v", d.decisions("ani"), d.session().GetAdjustments())
		}
	})
}

func TestAdjustCalibration_waits_for_the_decision_before(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.score("eko", 2, domain.PredicateVeryGood)
		_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
		must(t, err)
		_, err = d.as("fitri").AdjustCalibration(t.Context(), adjust("ani", veryGood, "dewi"))
		refused(t, err, fault.ReasonCalibrationAdjustmentWaiting)
		if len(d.decisions("ani")) != 1 || len(d.session().GetAdjustments()) != 1 {
			t.Fatalf("decisions %v, adjustments %v", d.decisions("ani"), d.session().GetAdjustments())
		}
		_, err = d.as("dewi").AdjustCalibration(t.Context(), adjust("citra", veryGood, "fitri"))
		must(t, err)
		d.answer("ani", decision.StateRejected)
		_, err = d.as("fitri").AdjustCalibration(t.Context(), adjust("ani", veryGood, "dewi"))
		must(t, err)
	})
}

func TestCloseCalibration_needs_four_eyes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.score("eko", 2, domain.PredicateVeryGood)
		_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
		must(t, err)
		request := &scoringv1.CloseCalibrationRequest{Name: sessionName}
		_, err = d.as("dewi").CloseCalibration(t.Context(), request)
		refused(t, err, fault.ReasonCalibrationNotReady, "adjustments", "adjustments")

		// The second approver decides: only now the predicate changes, and the session shows both.
		d.answer("ani", decision.StateAdopted)
		d.score("ani", 2, domain.PredicateVeryGood)
		closed, err := d.as("fitri").CloseCalibration(t.Context(), request)
		must(t, err)
		if closed.GetCloser() != personName("fitri") || closed.GetOpener() != personName("dewi") || closed.GetDisparity().GetPeople() != 4 {
			t.Fatalf("closed %v", closed)
		}
		people, err := d.as("fitri").ListCalibrationPeople(t.Context(), &scoringv1.ListCalibrationPeopleRequest{Parent: sessionName})
		must(t, err)
		before, after := map[string]scoringv1.Predicate{}, map[string]scoringv1.Predicate{}
		for _, p := range people.GetPeople() {
			before[p.GetPerson()], after[p.GetPerson()] = p.GetBefore(), p.GetAfter()
		}
		good, low := scoringv1.Predicate_PREDICATE_GOOD, scoringv1.Predicate_PREDICATE_NEEDS_IMPROVEMENT
		wantBefore := map[string]scoringv1.Predicate{personName("ani"): good, personName("budi"): good, personName("citra"): low, personName("eko"): 0}
		wantAfter := map[string]scoringv1.Predicate{personName("ani"): veryGood, personName("budi"): good, personName("citra"): low, personName("eko"): veryGood}
		if diff := cmp.Diff(wantBefore, before) + cmp.Diff(wantAfter, after); diff != "" {
			t.Fatalf("people (-want +got):\n%s", diff)
		}
		_, err = d.as("dewi").AdjustCalibration(t.Context(), adjust("budi", veryGood, "fitri"))
		refused(t, err, fault.ReasonCalibrationState)
	})
}

func TestCloseCalibration_by_an_adjuster_needs_another_adjuster(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.score("eko", 2, domain.PredicateVeryGood)
		_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
		must(t, err)
		_, err = d.as("fitri").AdjustCalibration(t.Context(), adjust("citra", veryGood, "dewi"))
		must(t, err)
		d.answer("ani", decision.StateAdopted)
		d.answer("citra", decision.StateAdopted)
		_, err = d.as("dewi").CloseCalibration(t.Context(), &scoringv1.CloseCalibrationRequest{Name: sessionName})
		must(t, err)
	})
}

func TestCloseCalibration_needs_every_adjustment_decided(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.score("eko", 2, domain.PredicateVeryGood)
		for range 11 { // so that one number ends with another
			_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
			must(t, err)
			d.answer("ani", decision.StateRejected)
		}
		for _, person := range []string{"ani", "citra", "budi"} {
			_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust(person, veryGood, "fitri"))
			must(t, err)
		}
		d.answer("budi", decision.StateWithdrawn)
		request := &scoringv1.CloseCalibrationRequest{Name: sessionName}
		texts := func() []string {
			t.Helper()
			_, err := d.as("fitri").CloseCalibration(t.Context(), request)
			f, ok := fault.As(err)
			if !ok || f.Reason != fault.ReasonCalibrationNotReady {
				t.Fatalf("got %v, want CALIBRATION_NOT_READY", err)
			}
			var said []string
			for _, v := range f.Violations {
				said = append(said, v.Field+": "+v.Local())
			}
			return said
		}
		waits := func(person, decision string) string {
			return "adjustments: Penyesuaian predikat pegawai " + person + " (keputusan nomor " + decision + " atas nilainya) belum diputuskan; " +
				"setujui atau tolak dahulu."
		}
		if diff := cmp.Diff([]string{waits("ani", "12"), waits("citra", "1")}, texts()); diff != "" {
			t.Fatalf("both wait (-want +got):\n%s", diff)
		}
		d.answer("citra", decision.StateRejected)
		if diff := cmp.Diff([]string{waits("ani", "12")}, texts()); diff != "" {
			t.Fatalf("one waits (-want +got):\n%s", diff)
		}
		d.answer("ani", decision.StateAdopted)
		d.score("ani", 2, domain.PredicateVeryGood)
		closed, err := d.as("fitri").CloseCalibration(t.Context(), request)
		must(t, err)
		if closed.GetCountsAfter()[0].GetCount() != 2 {
			t.Fatalf("closed with %v", closed.GetCountsAfter())
		}
	})
}

func TestAdjustCalibration_lets_one_of_several_through_with_an_etag(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		etag := d.session().GetEtag()
		const writers = 5
		errs := make([]error, writers)
		client := d.as("dewi")
		var wg sync.WaitGroup
		for i := range writers {
			wg.Go(func() {
				request := adjust("ani", veryGood, "fitri")
				request.Etag = etag
				_, errs[i] = client.AdjustCalibration(t.Context(), request)
			})
		}
		wg.Wait()
		through := 0
		for _, err := range errs {
			if err == nil {
				through++
			} else if !fault.Is(err, fault.ReasonETagMismatch) && !fault.Is(err, fault.ReasonCalibrationAdjustmentWaiting) {
				t.Errorf("error is %v, want ETAG_MISMATCH, or CALIBRATION_ADJUSTMENT_WAITING of who saw the first one's", err)
			}
		}
		if through != 1 || len(d.decisions("ani")) != 1 || len(d.session().GetAdjustments()) != 1 {
			t.Fatalf("%d got through, %d proposals, %d adjustments", through, len(d.decisions("ani")), len(d.session().GetAdjustments()))
		}
	})
}

func TestAdjustCalibration_is_bounded(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ref := app.CalibrationRef{Period: period, ID: "s1"}
		current, err := d.store.Calibration(t.Context(), ref)
		must(t, err)
		for i := range calibration.MaxAdjustments {
			current, err = current.Adjusted()
			must(t, err)
			must(t, d.store.Adjust(t.Context(), current, calibration.Adjustment{ID: fmt.Sprintf("a%03d", i), Person: "ani"}, app.Ruling{
				Period: period, Person: "ani", Decision: decision.Decision{Number: int64(i) + 1},
			}))
		}
		_, err = d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
		refused(t, err, fault.ReasonResourceExhausted)
	})
}
