package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// permissions: who may read the nurse's score, and that a refusal does not tell whether there is anything to read.
func permissions(t *testing.T, s *suite) {
	t.Helper()
	other, err := s.Signer.Sign(auth.Claims{
		Subject: "bkpp-semarang", Tenant: "3374", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}, TTL: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, token, path string
		status            int
	}{
		{"herself", s.person(t, nurse), period + "/scores/" + nurse, http.StatusOK},
		{"her_superior", s.person(t, nurseHead), period + "/scores/" + nurse, http.StatusOK},
		{"the_superior_of_her_superior", s.person(t, "kadis-dinkes"), period + "/scores/" + nurse, http.StatusOK},
		{"a_peer", s.person(t, "perawat-melati-2"), period + "/scores/" + nurse, http.StatusForbidden},
		{"another_head", s.person(t, "kepala-kenanga"), period + "/scores/" + nurse, http.StatusForbidden},
		{"another_tenant", other, period + "/scores/" + nurse, http.StatusForbidden},
		{"a_peer_of_nobody", s.person(t, "perawat-melati-2"), period + "/scores/nobody", http.StatusForbidden},
		{"the_head_of_the_unit", s.person(t, nurseHead), period + "/unitReports/puskesmas-melati", http.StatusOK},
		{"a_head_above", s.person(t, "kadis-dinkes"), period + "/unitReports/puskesmas-melati", http.StatusOK},
		{"the_head_of_another_unit", s.person(t, "kepala-kenanga"), period + "/unitReports/puskesmas-melati", http.StatusForbidden},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer := s.Do(t, c.token, http.MethodGet, c.path, "")
			if answer.Status != c.status {
				t.Errorf("got %d, want %d:\n%s", answer.Status, c.status, answer.Body)
			}
		})
	}
	denied := func(path string) string {
		var problem map[string]any
		s.Do(t, s.person(t, "perawat-melati-2"), http.MethodGet, path, "").Decode(t, &problem)
		delete(problem, "requestId")
		delete(problem, "request_id")
		raw, err := json.Marshal(problem)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if somebody, nobody := denied(period+"/scores/"+nurse), denied(period+"/scores/nobody"); somebody != nobody {
		t.Errorf("a refusal tells whether there is a score:\n%s\n%s", somebody, nobody)
	}
}

// edge: the endpoints that belong to no service.
func edge(t *testing.T, s *suite) {
	t.Helper()
	for _, path := range []string{"/healthz", "/readyz"} {
		answer := s.Do(t, "", http.MethodGet, path, "")
		if answer.Status != http.StatusOK {
			t.Errorf("%s: %d %s", path, answer.Status, answer.Body)
		}
	}
	var document struct {
		OpenAPI string
		Paths   map[string]any
	}
	s.Do(t, "", http.MethodGet, "/openapi.json", "").Decode(t, &document)
	if !strings.HasPrefix(document.OpenAPI, "3.") || len(document.Paths) < 20 {
		t.Errorf("the OpenAPI document is version %q with %d paths", document.OpenAPI, len(document.Paths))
	}
	page := s.Do(t, "", http.MethodGet, "/docs", "")
	if page.Status != http.StatusOK || !strings.Contains(string(page.Body), "personReports") {
		t.Errorf("the reference page: %d, %d bytes", page.Status, len(page.Body))
	}
}
