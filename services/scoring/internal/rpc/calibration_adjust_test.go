package rpc_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/secret"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/rpc"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store/migrations"
)

const (
	periodName  = "tenants/3402/periods/2026"
	sessionName = periodName + "/calibrations/s1"
	longReason  = "Ukuran penilaian antarbidang belum seragam."

	veryGood = scoringv1.Predicate_PREDICATE_VERY_GOOD
)

var (
	period = domain.Period{Tenant: "3402", ID: "2026"}
	noon   = time.Date(2026, 12, 1, 5, 0, 0, 0, time.UTC)
)

func personName(id string) string { return "tenants/3402/people/" + id }

// office is planning and assessment, for one unit that is rated Baik.
type office struct{}

func (office) PeriodTerms(context.Context, domain.Period) (app.Terms, error) {
	return app.Terms{RulePack: "rulePacks/permenpanrb-6-2022/versions/1", Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, nil
}

func (office) Parents(context.Context, string) (map[string]string, error) {
	return map[string]string{"u1": ""}, nil
}

func (office) Levels(context.Context, domain.Period, []string) (map[string]distribution.Level, error) {
	return map[string]distribution.Level{"u1": "good"}, nil
}

func (office) Traits(_ context.Context, _ string, people []string, _ time.Time) (map[string]map[disparity.Trait]string, error) {
	traits := map[string]map[disparity.Trait]string{}
	for _, person := range people {
		traits[person] = nil
	}
	return traits, nil
}

// faulty is decisions that cannot be read once down is set.
type faulty struct {
	*store.Store
	down atomic.Bool
}

func (f *faulty) Decisions(ctx context.Context, period domain.Period, person string, page app.DecisionPage) ([]decision.Decision, error) {
	if f.down.Load() {
		return nil, fault.New(fault.ReasonUnavailable)
	}
	return f.Store.Decisions(ctx, period, person, page)
}

// desk is the services over a store, behind the real chain.
type desk struct {
	t        *testing.T
	store    *store.Store
	decided  *faulty
	signer   *auth.Signer
	listener *bufconn.Listener
}

// each runs the test over every engine, in a period with a session of ani, budi and citra, all Baik but citra, who needs
// improvement; eko has come later. The participants are dewi, fitri and budi.
func each(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, migrations.FS, func(t *testing.T, db *sqlkit.DB) { test(t, open(t, db)) })
}

func open(t *testing.T, db *sqlkit.DB) *desk {
	t.Helper()
	c := clock.NewFake(noon)
	d := &desk{t: t, listener: bufconn.Listen(1 << 20)}
	out, err := outbox.New(db, ids.Sequence("event"), c, outbox.Options{Service: "scoring", Stream: "KINERJA_SCORING"})
	must(t, err)
	d.store = store.New(db, out)
	d.decided = &faulty{Store: d.store}
	catalog, err := pack.Embedded()
	must(t, err)
	library := pack.NewLibrary(catalog, nil)
	d.signer, err = auth.LoadOrCreateKeys(t.TempDir(), c)
	must(t, err)
	calibrations := &app.Calibrations{Distributions: &app.Distributions{
		Store: d.store, Peers: office{}, Packs: library, Clock: c, IDs: ids.Sequence("id"),
	}}
	services := rpc.Server{
		Library: library, Calibrations: calibrations,
		Adjust: &app.AdjustCalibration{Calibrations: calibrations, Decide: &app.Decide{Store: d.decided, Clock: c}},
		Tokens: page.NewCodec(secret.Keep(db, secret.PageTokens)),
	}
	server, err := grpckit.NewServer(grpckit.ServerOptions{
		Name: "scoring", Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(), Verifier: d.signer.Verifier(),
		IDs: ids.Sequence("call"), Replay: map[string]grpckit.Replayer{"scoring": replay.New(db, c, kittest.Logger(t))},
	}).Add(services.Register).Build()
	must(t, err)
	served := make(chan error, 1)
	go func() { served <- server.Serve(d.listener) }()
	t.Cleanup(func() {
		server.Close()
		must(t, <-served)
	})
	d.score("ani", 1, domain.PredicateGood)
	d.score("budi", 1, domain.PredicateGood)
	d.score("citra", 1, domain.PredicateNeedsImprovement)
	_, err = d.as("dewi").CreateCalibration(t.Context(), &scoringv1.CreateCalibrationRequest{
		Parent: periodName, CalibrationId: "s1", Calibration: &scoringv1.Calibration{
			Units: []string{"tenants/3402/units/u1"}, Purpose: "Menyamakan ukuran penilaian",
			Participants: []string{personName("dewi"), personName("fitri"), personName("budi")},
		},
	})
	must(t, err)
	d.score("eko", 1, domain.PredicateGood)
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// score writes a revision of the score of a person of the unit.
func (d *desk) score(person string, revision int64, predicate domain.Predicate) {
	d.t.Helper()
	must(d.t, d.store.Apply(d.t.Context(), app.Write{Scores: []app.Revision{{Score: domain.Score{
		Period: period, Person: person, Revision: revision, ComputeTime: noon, InputTime: noon,
		Result: domain.Result{Unit: "u1", State: domain.StateComplete, Predicate: predicate, Achievement: "90.00"},
	}}}}))
}

// as returns the sessions as an administrator who is a person.
func (d *desk) as(person string) scoringv1.CalibrationServiceClient {
	d.t.Helper()
	token, err := d.signer.Sign(auth.Claims{
		Subject: person, Person: person, Tenant: "3402", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}, TTL: time.Hour,
	})
	must(d.t, err)
	conn, err := grpckit.Dial(grpckit.ClientOptions{Dialer: d.listener.DialContext, Token: auth.StaticToken(token), Timeout: 20 * time.Second})
	must(d.t, err)
	d.t.Cleanup(func() { _ = conn.Close() })
	return scoringv1.NewCalibrationServiceClient(conn)
}

// session returns the session as it stands.
func (d *desk) session() *scoringv1.Calibration {
	d.t.Helper()
	got, err := d.as("dewi").GetCalibration(d.t.Context(), &scoringv1.GetCalibrationRequest{Name: sessionName})
	must(d.t, err)
	return got
}

// decisions returns the decisions about the score of a person, newest first.
func (d *desk) decisions(person string) []decision.Decision {
	d.t.Helper()
	all, err := d.store.Decisions(d.t.Context(), period, person, app.DecisionPage{Limit: 10})
	must(d.t, err)
	return all
}

func adjust(person string, predicate scoringv1.Predicate, speakers ...string) *scoringv1.AdjustCalibrationRequest {
	request := &scoringv1.AdjustCalibrationRequest{Name: sessionName, Person: personName(person), Predicate: predicate, Reason: longReason}
	for _, speaker := range speakers {
		request.Speakers = append(request.Speakers, personName(speaker))
	}
	return request
}

// refused fails the test unless err is a fault of the reason with these fields.
func refused(t *testing.T, err error, reason fault.Reason, fields ...string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Reason != reason || f.Local() == "" {
		t.Fatalf("got %v, want %s", err, reason)
	}
	var got []string
	for _, v := range f.Violations {
		got = append(got, v.Field)
	}
	if diff := cmp.Diff(fields, got); diff != "" {
		t.Fatalf("fields (-want +got):\n%s", diff)
	}
}

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
				Kind: decision.KindOverride, Predicate: domain.PredicateVeryGood, Reason: longReason, Reference: sessionName, Revision: 1,
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
		blank := adjust("ani", veryGood, "fitri")
		blank.Reason = strings.Repeat(" ", 30)
		_, err := d.as("dewi").AdjustCalibration(t.Context(), blank)
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
		provisional := domain.Result{Unit: "u1", State: domain.StateProvisional, Predicate: domain.PredicateGood, Achievement: "90.00"}
		must(t, d.store.Apply(t.Context(), app.Write{Scores: []app.Revision{{Score: domain.Score{
			Period: period, Person: "ani", Revision: 2, ComputeTime: noon, InputTime: noon, Result: provisional,
		}}}}))
		before := d.session().GetEtag()
		_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
		refused(t, err, fault.ReasonScoreNotComplete)
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

func TestCloseCalibration_needs_four_eyes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.score("eko", 2, domain.PredicateVeryGood)
		_, err := d.as("dewi").AdjustCalibration(t.Context(), adjust("ani", veryGood, "fitri"))
		must(t, err)
		request := &scoringv1.CloseCalibrationRequest{Name: sessionName}
		_, err = d.as("dewi").CloseCalibration(t.Context(), request)
		refused(t, err, fault.ReasonCalibrationNotReady, "adjustments")

		// The second approver decides: only now the predicate changes, and the session shows both.
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
		_, err = d.as("dewi").CloseCalibration(t.Context(), &scoringv1.CloseCalibrationRequest{Name: sessionName})
		must(t, err)
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
			} else if !fault.Is(err, fault.ReasonETagMismatch) {
				t.Errorf("error is %v, want ETAG_MISMATCH", err)
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
