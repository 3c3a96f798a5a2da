package e2e

import (
	"net/http"
	"testing"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
)

// operation is what a client sees of a recompute of one tenant.
type operation struct {
	Name     string
	Done     bool
	Response struct{ Written, Unchanged string }
	Metadata struct {
		State string
		Parts []struct{ Period, Total, Done string }
	}
}

// recompute begins a recompute of the tenant.
func (s *suite) recompute(t *testing.T) operation {
	t.Helper()
	var o operation
	answer := s.Do(t, s.admin(t), http.MethodPost, period+":recompute", `{"requestId":"recompute-1"}`)
	answer.Decode(t, &o)
	if answer.Status != http.StatusOK || o.Name == "" {
		t.Fatalf("answered %d %s", answer.Status, answer.Body)
	}
	return o
}

// until waits for an operation to be as it is wanted, and returns it.
func (s *suite) until(t *testing.T, name string, wanted func(o operation) bool) operation {
	t.Helper()
	var o operation
	harness.Await(t, func() string {
		answer := s.Do(t, s.admin(t), http.MethodGet, "/v1/"+name, "")
		o = operation{}
		answer.Decode(t, &o)
		if answer.Status == http.StatusOK && wanted(o) {
			return ""
		}
		return string(answer.Body)
	})
	return o
}

// recomputed: a recompute of the tenant through the edge finds every score as the events have left it, so it writes
// nothing, and says so.
func recomputed(t *testing.T, s *suite) {
	t.Helper()
	before := s.score(t, nurse)
	o := s.until(t, s.recompute(t).Name, func(o operation) bool { return o.Done })
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
