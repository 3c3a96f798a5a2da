package e2e

import (
	"net/http"
	"testing"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
)

// recomputed: a recompute of the tenant through the edge finds every score as the events have left it, so it writes
// nothing, and says so.
func recomputed(t *testing.T, s *suite) {
	t.Helper()
	before := s.score(t, nurse)
	type operation struct {
		Name     string
		Done     bool
		Response struct{ Written, Unchanged string }
		Metadata struct {
			State string
			Parts []struct{ Period, Total, Done string }
		}
	}
	var o operation
	answer := s.Do(t, s.admin(t), http.MethodPost, period+":recompute", `{"requestId":"recompute-1"}`)
	answer.Decode(t, &o)
	if answer.Status != http.StatusOK || o.Name == "" {
		t.Fatalf("answered %d %s", answer.Status, answer.Body)
	}
	harness.Await(t, func() string {
		got := s.Do(t, s.admin(t), http.MethodGet, "/v1/"+o.Name, "")
		got.Decode(t, &o)
		if got.Status == http.StatusOK && o.Done {
			return ""
		}
		return string(got.Body)
	})
	total := o.Metadata.Parts[0].Total
	if o.Metadata.State != "STATE_SUCCEEDED" || o.Response.Unchanged != total || total == "0" || o.Response.Written != "0" || o.Metadata.Parts[0].Done != total {
		t.Errorf("the operation is %+v", o)
	}
	same(t, nurse, before, s.score(t, nurse))
	refused := s.Do(t, s.person(t, nurse), http.MethodPost, period+":recompute", `{}`)
	if refused.Status != http.StatusForbidden {
		t.Errorf("the nurse was answered %d %s", refused.Status, refused.Body)
	}
	late := s.Do(t, s.admin(t), http.MethodPost, "/v1/"+o.Name+":cancel", `{}`)
	if late.Status != http.StatusBadRequest {
		t.Errorf("the cancel of what has ended was answered %d %s", late.Status, late.Body)
	}
}
