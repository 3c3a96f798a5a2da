package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// A nurse whose behaviour is rated below expectation, with the superior and the superior's superior who decide.
const (
	objector     = "perawat-kenanga-1"
	objectorHead = "kepala-kenanga"
	headsHead    = "kadis-dinkes"
)

// decided is what a client sees of a score that people decide about.
type decided struct {
	Predicate, Credit, Revision string
	ComputeTime                 time.Time
	Final                       struct {
		Predicate, Credit, Decision, Author, Approver string
		Outdated                                      bool
	}
}

// decision is what a client sees of one.
type decision struct {
	Name, State, Predicate, Approver, AdoptedRevision, Reason, GroundLabel, Reference string
}

// decisions: a superior makes a score final, an objection is granted, the facts follow, and the history tells all of it.
func decisions(t *testing.T, s *suite) {
	t.Helper()
	s.rate(t, "EXPECTATION_BELOW")
	first := s.decided(t, "", func(d decided) bool { return d.Predicate == "PREDICATE_POOR" })
	final := s.decide(t, s.person(t, objectorHead), "/decisions", fmt.Sprintf(
		`{"kind":"KIND_FINALIZE","revision":%q,"reason":"Pegawai pindah ke instansi pusat pada bulan depan."}`, first.Revision))
	if final.State != "STATE_ADOPTED" || final.Predicate != "PREDICATE_POOR" {
		t.Fatalf("finalized: %+v", final)
	}
	second := s.decided(t, "", nil)
	if second.Final.Predicate != "PREDICATE_POOR" || second.Final.Credit != "6.25" || second.Final.Approver != "" {
		t.Fatalf("final: %+v", second)
	}

	body := fmt.Sprintf(`{"kind":"KIND_CORRECTION","revision":%q,"predicate":"PREDICATE_GOOD","ground":"GROUND_OBJECTION","reference":"KEB-12/2026",`+
		`"reason":"Keberatan diterima: perilaku kerja sesuai ekspektasi."}`, second.Revision)
	proposed := s.decide(t, s.person(t, headsHead), "/decisions", body)
	path := "/decisions/" + proposed.Name[len(proposed.Name)-1:]
	for name, token := range map[string]string{
		"the_author": s.person(t, headsHead), "the_author_as_administrator": s.registrar(t, headsHead), "the_owner_as_administrator": s.registrar(t, objector),
	} {
		answer := s.Do(t, token, http.MethodPost, period+"/scores/"+objector+path+":approve", "{}")
		if answer.Status != http.StatusForbidden {
			t.Errorf("%s approves: %d %s", name, answer.Status, answer.Body)
		}
	}
	registrar, once := s.registrar(t, "sekretaris-dinkes"), `{"requestId":"7c9d2f9a-6f0e-4c0a-9a53-0d4f8a1b2c3d"}`
	adopted := s.decide(t, registrar, path+":approve", once)
	if diff := cmp.Diff(adopted, s.decide(t, registrar, path+":approve", once)); diff != "" {
		t.Errorf("the same request again (-first +second):\n%s", diff)
	}
	third := s.decided(t, "", nil)
	if third.Final.Predicate != "PREDICATE_GOOD" || third.Final.Credit != "12.50" || third.Predicate != "PREDICATE_POOR" || third.Final.Outdated {
		t.Fatalf("corrected: %+v", third)
	}
	s.rate(t, "EXPECTATION_MEETS")
	fourth := s.decided(t, "", func(d decided) bool { return d.Predicate == "PREDICATE_GOOD" })
	if !fourth.Final.Outdated || fourth.Final.Decision != adopted.Name {
		t.Errorf("after the facts have followed: %+v", fourth)
	}
	again := fmt.Sprintf(`{"kind":"KIND_CORRECTION","revision":%q,"predicate":"PREDICATE_VERY_GOOD","ground":"GROUND_OBJECTION",`+
		`"reference":"KEB-13/2026","reason":"Keberatan kedua atas predikat yang sama."}`, fourth.Revision)
	refused := s.Do(t, s.person(t, headsHead), http.MethodPost, period+"/scores/"+objector+"/decisions", again)
	if !strings.Contains(string(refused.Body), `"OBJECTION_DECIDED"`) {
		t.Errorf("a second objection: %d %s", refused.Status, refused.Body)
	}
	s.reported(t, "Baik", "12.50")
	var credit struct {
		Cumulative string
		Lines      []struct{ State string }
	}
	s.call(t, s.person(t, objector), http.MethodGet, tenant+"/people/"+objector+"/creditStatement", "", &credit)
	if credit.Cumulative != "12.50" || len(credit.Lines) != 1 || credit.Lines[0].State != "STATE_COUNTED" {
		t.Errorf("the statement of what was fixed is %+v", credit)
	}
	s.past(t, []decided{first, second, third, fourth})
	s.origins(t, second, third, adopted)
}

// rate has the head rate the behaviour of the objector, and the work as meeting expectation.
func (s *suite) rate(t *testing.T, behavior string) {
	t.Helper()
	body := fmt.Sprintf(`{"resultRating":"EXPECTATION_MEETS","behaviorRating":%q,"feedback":"Dibahas dalam dialog kinerja.","feedbackDate":{"year":2026,"month":7,"day":6}}`, behavior)
	answer := s.Do(t, s.person(t, objectorHead), http.MethodPatch, period+"/ratings/"+objector, body)
	if answer.Status != http.StatusOK {
		t.Fatalf("rate: %d %s", answer.Status, answer.Body)
	}
}

// decided returns the objector's score as the objector reads it, once it is as wanted; nil wants nothing.
func (s *suite) decided(t *testing.T, query string, wanted func(decided) bool) decided {
	t.Helper()
	var got decided
	harness.Await(t, func() string {
		got = decided{}
		answer := s.Do(t, s.person(t, objector), http.MethodGet, period+"/scores/"+objector+query, "")
		answer.Decode(t, &got)
		if answer.Status != http.StatusOK || (wanted != nil && !wanted(got)) {
			return fmt.Sprintf("the score is %d %s", answer.Status, answer.Body)
		}
		return ""
	})
	return got
}

// decide calls a method about the objector's score that must succeed.
func (s *suite) decide(t *testing.T, token, path, body string) decision {
	t.Helper()
	answer := s.Do(t, token, http.MethodPost, period+"/scores/"+objector+path, body)
	if answer.Status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, answer.Status, answer.Body)
	}
	var got decision
	answer.Decode(t, &got)
	return got
}

// registrar returns a token of a person who also keeps the data of the tenant.
func (s *suite) registrar(t *testing.T, person string) string {
	t.Helper()
	token, err := s.Signer.Sign(auth.Claims{
		Subject: person, Person: person, Tenant: "3402", TTL: time.Hour,
		Roles: []commonv1.Role{commonv1.Role_ROLE_EMPLOYEE, commonv1.Role_ROLE_TENANT_ADMIN},
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// reported waits until the objector's report shows what is final.
func (s *suite) reported(t *testing.T, label, credit string) {
	t.Helper()
	harness.Await(t, func() string {
		var got struct{ PredicateLabel, Credit string }
		answer := s.Do(t, s.admin(t), http.MethodGet, period+"/personReports/"+objector, "")
		answer.Decode(t, &got)
		if got.PredicateLabel != label || got.Credit != credit {
			return "the report is " + string(answer.Body)
		}
		return ""
	})
}

// past holds the score as known at the time of each revision, and a moment before, to the revisions.
func (s *suite) past(t *testing.T, revisions []decided) {
	t.Helper()
	at := func(moment time.Time) string {
		return "?readTime=" + url.QueryEscape(moment.UTC().Format(time.RFC3339Nano))
	}
	for i, want := range revisions {
		if diff := cmp.Diff(want, s.decided(t, at(want.ComputeTime), nil)); diff != "" {
			t.Errorf("revision %s at its time (-want +got):\n%s", want.Revision, diff)
		}
		if diff := cmp.Diff(want, s.decided(t, "/revisions/"+want.Revision, nil)); diff != "" {
			t.Errorf("revision %s by its number (-want +got):\n%s", want.Revision, diff)
		}
		if i == 0 {
			continue
		}
		if diff := cmp.Diff(revisions[i-1], s.decided(t, at(want.ComputeTime.Add(-time.Microsecond)), nil)); diff != "" {
			t.Errorf("just before revision %s (-want +got):\n%s", want.Revision, diff)
		}
	}
	answer := s.Do(t, s.person(t, objector), http.MethodGet, period+"/scores/"+objector+at(time.Unix(0, 0)), "")
	if answer.Status != http.StatusNotFound {
		t.Errorf("before the first: %d %s", answer.Status, answer.Body)
	}
}

// origins holds the comparison of two revisions to the decision between them.
func (s *suite) origins(t *testing.T, before, after decided, by decision) {
	t.Helper()
	var compared struct {
		Differences []struct{ ID, Sentence string }
		Origins     []struct {
			Causes   []string
			Decision decision
		}
	}
	path := fmt.Sprintf("%s/scores/%s:compare?beforeRevision=%s&afterRevision=%s", period, objector, before.Revision, after.Revision)
	s.Do(t, s.person(t, objector), http.MethodGet, path, "").Decode(t, &compared)
	var sentences []string
	for _, d := range compared.Differences {
		sentences = append(sentences, d.Sentence)
	}
	want := []string{
		"Nomor keputusan penetapan berubah dari 1 menjadi 2.",
		"Predikat yang ditetapkan berubah dari Kurang/Misconduct menjadi Baik.",
		"Angka kredit menurut penetapan berubah dari 6,25 menjadi 12,50.",
	}
	if diff := cmp.Diff(want, sentences); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	if len(compared.Origins) != 1 || compared.Origins[0].Decision != by || by.Reference != "KEB-12/2026" || by.GroundLabel != "keberatan pegawai" ||
		!cmp.Equal(compared.Origins[0].Causes, []string{"kinerja.scoring.v1.decision.adopted"}) {
		t.Errorf("origins: %+v", compared.Origins)
	}
}
