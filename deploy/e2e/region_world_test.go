package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// object is a body of a request.
type object map[string]any

// region is one tenant with one unit: a superior, a worker and three peers of the worker.
type region struct {
	*harness.Deployment

	tenant string
}

// The people of a region, by the ids of their positions too.
const (
	superior = "atasan"
	worker   = "pegawai"
	workUnit = "unit"
)

var workPeers = []string{"rekan-1", "rekan-2", "rekan-3"}

// measured is an indicator with its realisation; empty for one that is the satisfaction index.
type measured struct {
	result, aspect, level, formula, description, unit, target, realisation string
}

func (r *region) token(t *testing.T, tenant, person string, role commonv1.Role) string {
	t.Helper()
	token, err := r.Signer.Sign(auth.Claims{
		Subject: "subject-" + person, Person: person, Tenant: tenant, Roles: []commonv1.Role{role}, TTL: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// admin returns a token of an administrator of the tenant.
func (r *region) admin(t *testing.T, person string) string {
	t.Helper()
	return r.token(t, r.tenant, person, commonv1.Role_ROLE_TENANT_ADMIN)
}

func (r *region) employee(t *testing.T, person string) string {
	t.Helper()
	return r.token(t, r.tenant, person, commonv1.Role_ROLE_EMPLOYEE)
}

// send calls the edge, below the tenant unless the path is absolute, and demands that it agrees.
func (r *region) send(t *testing.T, token, method, path string, body any) harness.Answer {
	t.Helper()
	if path[0] != '/' {
		path = "/v1/tenants/" + r.tenant + "/" + path
	}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	answer := r.Do(t, token, method, path, string(raw))
	if answer.Status != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, answer.Status, answer.Body)
	}
	return answer
}

// get reads what a path has.
func (r *region) get(t *testing.T, token, path string, into any) {
	t.Helper()
	if path[0] != '/' {
		path = "/v1/tenants/" + r.tenant + "/" + path
	}
	answer := r.Do(t, token, http.MethodGet, path, "")
	if answer.Status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, answer.Status, answer.Body)
	}
	answer.Decode(t, into)
}

func (r *region) ref(kind, id string) string { return "tenants/" + r.tenant + "/" + kind + "/" + id }

func day(year, month int) object { return object{"year": year, "month": month, "day": 1} }

// found makes the tenant with its unit and people. position is that of the worker.
func (r *region) found(t *testing.T, unitKind string, position object) {
	t.Helper()
	province := r.token(t, r.tenant[:2], "", commonv1.Role_ROLE_PROVINCE_ADMIN)
	r.send(t, province, http.MethodPost, "/v1/tenants?tenantId="+r.tenant, object{})
	admin := r.admin(t, "admin")
	r.send(t, admin, http.MethodPost, "units?unitId=pemda", object{"displayName": "Pemerintah Daerah", "kind": "KIND_GOVERNMENT"})
	r.send(t, admin, http.MethodPost, "units?unitId="+workUnit, object{
		"displayName": "Unit Kerja", "kind": unitKind, "parentUnit": r.ref("units", "pemda"),
	})
	r.hire(t, superior, object{"title": "Kepala Unit Kerja", "kind": "KIND_SUPERVISOR", "unitHead": true}, 1)
	position["superiorPosition"] = r.ref("positions", superior)
	r.hire(t, worker, position, 2)
	for i, peer := range workPeers {
		r.hire(t, peer, object{"title": "Pelaksana", "kind": "KIND_EXECUTOR", "superiorPosition": position["superiorPosition"]}, 3+i)
	}
}

// hire makes a position in the unit and a person who holds it.
func (r *region) hire(t *testing.T, id string, position object, sequence int) {
	t.Helper()
	admin := r.admin(t, "admin")
	position["unit"] = r.ref("units", workUnit)
	r.send(t, admin, http.MethodPost, "positions?positionId="+id, position)
	r.send(t, admin, http.MethodPost, "people?personId="+id, object{
		"displayName": "Pegawai " + id, "employment": "EMPLOYMENT_PNS", "nip": fmt.Sprintf("198503152010011%03d", sequence), "grade": "III/c",
	})
	r.send(t, admin, http.MethodPost, "assignments?assignmentId="+id, object{
		"person": r.ref("people", id), "position": r.ref("positions", id), "kind": "KIND_DEFINITIVE", "startDate": day(2014, 1),
	})
}

// opened is a period under a rule pack, from a month to the end of its year.
type opened struct {
	id, pack    string
	year, month int
}

// open opens the period.
func (r *region) open(t *testing.T, p opened) {
	t.Helper()
	r.send(t, r.admin(t, "admin"), http.MethodPost, "periods?periodId="+p.id, object{
		"displayName": "Penilaian Kinerja " + p.id, "rulePack": p.pack, "startDate": day(p.year, p.month), "endDate": day(p.year+1, 1),
	})
}

// agree makes the plan of the worker: drafted and submitted by the worker, approved by the superior.
func (r *region) agree(t *testing.T, period string, indicators []measured) {
	t.Helper()
	var results []object
	for _, i := range indicators {
		if len(results) == 0 || results[len(results)-1]["id"] != i.result {
			results = append(results, object{"id": i.result, "kind": "KIND_MAIN", "title": "Hasil kerja " + i.result, "indicators": []object{}})
		}
		last := results[len(results)-1]
		of, _ := last["indicators"].([]object)
		indicator := object{
			"id": fmt.Sprintf("i%d", len(of)+1), "aspect": "ASPECT_" + i.aspect, "formula": "FORMULA_" + i.formula, "description": i.description,
			"unitOfMeasure": i.unit, "target": i.target,
		}
		if i.level != "" {
			indicator["level"] = "LEVEL_" + i.level
		}
		if i.realisation == "" {
			indicator["source"] = "SOURCE_SURVEY_INDEX"
		}
		last["indicators"] = append(of, indicator)
	}
	plan, own := "periods/"+period+"/plans", r.employee(t, worker)
	r.send(t, own, http.MethodPost, plan+"?planId="+worker, object{"person": r.ref("people", worker), "results": results})
	r.send(t, own, http.MethodPost, plan+"/"+worker+":submit", object{})
	r.send(t, r.employee(t, superior), http.MethodPost, plan+"/"+worker+":approve", object{})
}

// report reports what the worker has reached.
func (r *region) report(t *testing.T, period string, indicators []measured) {
	t.Helper()
	within := map[string]int{}
	for _, i := range indicators {
		within[i.result]++
		if i.realisation == "" {
			continue
		}
		r.send(t, r.employee(t, worker), http.MethodPost, "periods/"+period+"/progressReports", object{
			"person": r.ref("people", worker), "indicator": fmt.Sprintf("results/%s/indicators/i%d", i.result, within[i.result]),
			"realisation": i.realisation, "evidenceNote": "Laporan kegiatan, arsip unit kerja",
		})
	}
}

// assess has the superior rate, the peers answer 25 points each for the seven values, and the office count the days.
func (r *region) assess(t *testing.T, period, result, behavior string) {
	t.Helper()
	in, admin := "periods/"+period+"/", r.admin(t, "admin")
	r.send(t, r.employee(t, superior), http.MethodPatch, in+"ratings/"+worker, object{
		"resultRating": "EXPECTATION_" + result, "behaviorRating": "EXPECTATION_" + behavior, "feedback": "Dibahas dalam dialog kinerja.",
	})
	for _, peer := range workPeers {
		r.send(t, r.employee(t, peer), http.MethodPost, in+"peerReviews", object{
			"person": r.ref("people", worker), "serviceOriented": 4, "accountable": 3, "competent": 4, "harmonious": 3, "loyal": 4, "adaptive": 3,
			"collaborative": 4,
		})
	}
	r.send(t, admin, http.MethodPatch, in+"attendances/"+worker, object{"workingDays": 240, "presentDays": 230, "lateMinutes": 900})
	r.send(t, admin, http.MethodPatch, in+"organizationRatings/"+workUnit, object{"level": "ORGANIZATION_LEVEL_GOOD", "basis": "Berita acara evaluasi"})
}

// ask has ten citizens answer the survey of the unit, without signing in: the worked example with the index 81.94.
func (r *region) ask(t *testing.T, period string) {
	t.Helper()
	surveys := "periods/" + period + "/surveys"
	r.send(t, r.employee(t, superior), http.MethodPost, surveys+"?surveyId="+workUnit, object{
		"unit": r.ref("units", workUnit), "displayName": "Survei Kepuasan Masyarakat", "startDate": day(2026, 1), "endDate": day(2036, 1),
	})
	elements := []string{"REQUIREMENTS", "PROCEDURE", "TIME", "COST", "PRODUCT", "COMPETENCE", "BEHAVIOR", "COMPLAINTS", "FACILITIES"}
	for _, row := range []string{
		"433434433", "333433333", "443444434", "332433323", "444444444", "322433232", "333433333", "433434434", "232433333", "333443433",
	} {
		answers := make([]object, len(elements))
		for i, element := range elements {
			answers[i] = object{"element": "SURVEY_ELEMENT_" + element, "value": row[i] - '0'}
		}
		r.send(t, "", http.MethodPost, surveys+"/"+workUnit+"/responses", object{"answers": answers})
	}
}
