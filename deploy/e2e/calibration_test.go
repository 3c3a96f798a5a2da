package e2e

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// distributionCheck is what the test reads of a check.
type distributionCheck struct {
	Unit, Level, LevelUnit string
	People                 int
	Small                  bool
	Counts                 []predicateCount
	Violations             []struct {
		Rule, Message              string
		ExplainedBySize, Justified bool
	}
	Justifications []struct {
		Author  string
		Current bool
	}
}

type predicateCount struct {
	Predicate string
	Count     int
	Percent   string
}

// disparityView is what the test reads of a disparity view.
type disparityView struct {
	People     int
	Dimensions []struct {
		Trait, HiddenReason string
		Groups              []struct {
			Keys, Labels []string
			People       int
		}
	}
}

type calibrationSession struct {
	Name, State, Etag         string
	Participants              []string
	CountsBefore, CountsAfter []predicateCount
	Disparity                 *disparityView
}

const (
	unitNames   = "tenants/3402/units/"
	peopleNames = "tenants/3402/people/"
	why         = "Capaian kinerja unit kerja telah diverifikasi oleh tim penilai kinerja."
)

// checks returns the checks of units alone, as the bearer of the token sees them.
func (s *suite) checks(t *testing.T, token string, units ...string) []distributionCheck {
	t.Helper()
	path := period + ":checkDistribution?subtree=false"
	for _, unit := range units {
		path += "&units=" + unitNames + unit
	}
	var got struct{ Checks []distributionCheck }
	answer := s.Do(t, token, http.MethodGet, path, "")
	answer.Decode(t, &got)
	if answer.Status != http.StatusOK || len(got.Checks) != len(units) {
		t.Fatalf("check of %v: %d\n%s", units, answer.Status, answer.Body)
	}
	return got.Checks
}

// session calls a method of a session as the one who closes it, and returns the session as it is then.
func (s *suite) session(t *testing.T, path, body string) calibrationSession {
	t.Helper()
	var got calibrationSession
	answer := s.Do(t, s.registrar(t, closer), http.MethodPost, path, body)
	answer.Decode(t, &got)
	if answer.Status != http.StatusOK {
		t.Fatalf("%s: %d\n%s", path, answer.Status, answer.Body)
	}
	return got
}

// notReady tries to close a session and returns the fields of which something is lacking.
func (s *suite) notReady(t *testing.T, path string) []string {
	t.Helper()
	var problem struct {
		Reason string
		Errors []struct{ Field string }
	}
	answer := s.Do(t, s.registrar(t, closer), http.MethodPost, path+":close", `{}`)
	answer.Decode(t, &problem)
	if answer.Status != http.StatusBadRequest || problem.Reason != "CALIBRATION_NOT_READY" {
		t.Errorf("closing too early: %d %s", answer.Status, problem.Reason)
	}
	var fields []string
	for _, e := range problem.Errors {
		fields = append(fields, e.Field)
	}
	return fields
}

// moved is how many people have a predicate.
type moved struct {
	Predicate string
	Count     int
}

// A session adjusts a teacher who is rated Baik, and somebody else than who has adjusted closes it.
const (
	adjustee = "guru-muda-sd-cendana-1"
	closer   = "kadis-dinkes"
)

// calibration: the pattern of units is checked and justified, and sessions are opened and closed over them, with their
// disparity views. What a session wants for one person counts once a second official has agreed; no other score changes.
func calibration(t *testing.T, s *suite) {
	t.Helper()
	before := s.score(t, nurse)
	justified(t, s)
	path := period + "/calibrations"
	opened := s.session(t, path+"?calibrationId=dinas-2026", `{"units":["`+unitNames+`dinkes","`+unitNames+`disdik","`+unitNames+`dpmptsp"],`+
		`"subtree":true,"purpose":"Menyamakan ukuran penilaian antardinas","participants":["`+peopleNames+`kadis-dinkes"]}`)
	if opened.State != "STATE_OPEN" || len(opened.CountsBefore) != 5 || len(opened.CountsAfter) != 0 {
		t.Fatalf("opened %+v", opened)
	}
	path += "/dinas-2026"
	if diff := cmp.Diff([]string{"participants"}, s.notReady(t, path)); diff != "" {
		t.Errorf("lacking (-want +got):\n%s", diff)
	}
	joined := s.session(t, path+":addParticipants", `{"participants":["`+peopleNames+`kadis-disdik"]}`)
	stale := s.Do(t, s.registrar(t, closer), http.MethodPost, path+":close", `{"etag":`+strconv.Quote(opened.Etag)+`}`)
	if stale.Status != http.StatusConflict {
		t.Errorf("closing as it was before a participant joined: %d", stale.Status)
	}
	s.adjusted(t, path, joined.Etag)
	client := s.Do(t, s.admin(t), http.MethodPost, path+":close", `{}`)
	if client.Status != http.StatusForbidden || !strings.Contains(string(client.Body), "PERSON_REQUIRED") {
		t.Errorf("a client closes: %d %s", client.Status, client.Body)
	}
	closed := s.session(t, path+":close", `{}`)
	if closed.State != "STATE_CLOSED" || len(closed.Participants) != 2 || closed.Disparity == nil {
		t.Fatalf("closed %+v", closed)
	}
	want := make([]moved, len(opened.CountsBefore))
	for i, entry := range opened.CountsBefore {
		want[i] = moved{entry.Predicate, entry.Count}
		switch entry.Predicate {
		case "PREDICATE_GOOD":
			want[i].Count--
		case "PREDICATE_VERY_GOOD":
			want[i].Count++
		}
	}
	var after []moved
	for _, entry := range closed.CountsAfter {
		after = append(after, moved{entry.Predicate, entry.Count})
	}
	if diff := cmp.Diff(want, after); diff != "" {
		t.Errorf("predicates after one adjustment (-want +got):\n%s", diff)
	}
	compared(t, *closed.Disparity)
	same(t, nurse, before, s.score(t, nurse))
}

// justified: five of the six people of the Dinas Pendidikan itself are Baik and nobody needs improvement. Beside the other small
// units that comes from its size, whichever are asked about; its head may justify it all the same, and a session of it alone
// lacks nothing.
func justified(t *testing.T, s *suite) {
	t.Helper()
	type warning struct {
		Rule              string
		BySize, Justified bool
	}
	warnings := func(token string, units ...string) []warning {
		t.Helper()
		var all []warning
		for _, v := range s.checks(t, token, units...)[0].Violations {
			all = append(all, warning{v.Rule, v.ExplainedBySize, v.Justified})
		}
		return all
	}
	bySize := []warning{{"good.good.most", true, false}, {"good.lower.exists", true, false}}
	for _, others := range [][]string{nil, {"dinkes"}, {"dpmptsp"}, {"dinkes", "dpmptsp"}} {
		if diff := cmp.Diff(bySize, warnings(s.admin(t), append([]string{"disdik"}, others...)...)); diff != "" {
			t.Errorf("with %v (-want +got):\n%s", others, diff)
		}
	}
	path := period + "/calibrations"
	s.session(t, path+"?calibrationId=disdik-2026", `{"units":["`+unitNames+`disdik"],"purpose":"Menelaah sebaran predikat",`+
		`"participants":["`+peopleNames+`kadis-dinkes","`+peopleNames+`kadis-disdik"]}`)
	path += "/disdik-2026"
	head := s.person(t, "kadis-disdik")
	answer := s.Do(t, head, http.MethodPost, period+":justifyDistribution", `{"unit":"`+unitNames+`disdik","text":"`+why+`"}`)
	if answer.Status != http.StatusOK {
		t.Fatalf("justification: %d\n%s", answer.Status, answer.Body)
	}
	both := []warning{{"good.good.most", true, true}, {"good.lower.exists", true, true}}
	if diff := cmp.Diff(both, warnings(head, "disdik")); diff != "" {
		t.Errorf("after the justification (-want +got):\n%s", diff)
	}
	check := s.checks(t, head, "disdik")[0]
	if len(check.Justifications) != 1 || check.Justifications[0].Author != peopleNames+"kadis-disdik" || !check.Justifications[0].Current {
		t.Errorf("justifications %+v", check.Justifications)
	}
	denied := s.Do(t, s.person(t, "kadis-dinkes"), http.MethodPost, period+":justifyDistribution", `{"unit":"`+unitNames+`disdik","text":"`+why+`"}`)
	if denied.Status != http.StatusForbidden {
		t.Errorf("a justification by another head: %d", denied.Status)
	}
	closed := s.session(t, path+":close", `{}`)
	if closed.State != "STATE_CLOSED" {
		t.Errorf("closed %+v", closed)
	}
}

// adjusted: an administrator enters what the session wants for a person, which changes nothing until the superior's
// superior approves it. From then on the check of the person's unit counts what is final.
func (s *suite) adjusted(t *testing.T, path, etag string) {
	t.Helper()
	before := s.unitCounts(t, "sd-cendana")
	var entered struct{ Decision string }
	answer := s.Do(t, s.registrar(t, "sekretaris-dinkes"), http.MethodPost, path+":adjust",
		`{"person":"`+peopleNames+adjustee+`","predicate":"PREDICATE_VERY_GOOD","reason":"`+why+`","speakers":["`+peopleNames+`kadis-disdik"],"etag":`+strconv.Quote(etag)+`}`)
	answer.Decode(t, &entered)
	if answer.Status != http.StatusOK || !strings.HasSuffix(entered.Decision, "/scores/"+adjustee+"/decisions/1") {
		t.Fatalf("adjustment: %d\n%s", answer.Status, answer.Body)
	}
	if diff := cmp.Diff(before, s.unitCounts(t, "sd-cendana")); diff != "" {
		t.Errorf("a proposal has changed predicates (-before +after):\n%s", diff)
	}
	for name, token := range map[string]string{"the_author": s.registrar(t, "sekretaris-dinkes"), "the_owner": s.registrar(t, adjustee)} {
		answer = s.Do(t, token, http.MethodPost, "/v1/"+entered.Decision+":approve", `{}`)
		if answer.Status != http.StatusForbidden {
			t.Errorf("%s approves: %d %s", name, answer.Status, answer.Body)
		}
	}
	answer = s.Do(t, s.person(t, "kadis-disdik"), http.MethodPost, "/v1/"+entered.Decision+":approve", `{}`)
	if answer.Status != http.StatusOK {
		t.Fatalf("approval: %d\n%s", answer.Status, answer.Body)
	}
	before["PREDICATE_GOOD"]--
	before["PREDICATE_VERY_GOOD"]++
	if diff := cmp.Diff(before, s.unitCounts(t, "sd-cendana")); diff != "" {
		t.Errorf("the check after the approval (-want +got):\n%s", diff)
	}
	if score := s.score(t, adjustee); score.Predicate != "PREDICATE_GOOD" {
		t.Errorf("what is computed has become %s", score.Predicate)
	}
}

// unitCounts returns how many people of a unit have each predicate.
func (s *suite) unitCounts(t *testing.T, unit string) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, entry := range s.checks(t, s.admin(t), unit)[0].Counts {
		counts[entry.Predicate] = entry.Count
	}
	return counts
}

// compared: groups come from the traits that planning tells of people and their units, and none is shown with few people.
func compared(t *testing.T, view disparityView) {
	t.Helper()
	groups := map[string]map[string]int{}
	for _, dimension := range view.Dimensions {
		groups[dimension.Trait] = map[string]int{}
		people := 0
		for _, group := range dimension.Groups {
			people += group.People
			groups[dimension.Trait][strings.Join(group.Labels, " + ")] = group.People
			if group.People < 10 || len(group.Labels) != len(group.Keys) {
				t.Errorf("%s shows %+v", dimension.Trait, group)
			}
		}
		if people != view.People || dimension.HiddenReason != "" {
			t.Errorf("%s has %d of %d people, hidden: %q", dimension.Trait, people, view.People, dimension.HiddenReason)
		}
	}
	if len(groups) != 5 {
		t.Errorf("dimensions %v", groups)
	}
	// A health center and a school of ten people each are remote by themselves, all others are not by the government above
	// them. Golongan of few people stand together.
	if diff := cmp.Diff(map[string]int{"Daerah terpencil": 20, "Bukan daerah terpencil": 39}, groups["TRAIT_REMOTE"]); diff != "" {
		t.Errorf("posting (-want +got):\n%s", diff)
	}
	golongan := map[string]int{"III/a": 17, "III/c": 13, "IX": 16, "II/c + IV/a + IV/c": 13}
	if diff := cmp.Diff(golongan, groups["TRAIT_GRADE"]); diff != "" {
		t.Errorf("golongan (-want +got):\n%s", diff)
	}
}
