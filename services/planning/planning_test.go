package planning_test

import (
	"strings"
	"testing"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/planning"
)

func TestNew(t *testing.T) {
	t.Parallel()
	t.Run("all_that_is_missing_is_told_at_once", func(t *testing.T) {
		t.Parallel()
		_, err := planning.New(planning.Config{}, planning.Deps{})
		for _, want := range []string{"stream_replicas", "stream_max_bytes", "outbox_retention", "Clock, DB, IDs, Logger, NATS, Registerer, RulePacks"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q is not in: %v", want, err)
			}
		}
	})
}

func TestPage_tokens_hold_in_all_processes_of_the_service(t *testing.T) {
	each(t, func(s *suite) {
		s.seed()
		req := &planningv1.ListPeopleRequest{Parent: "tenants/3374", PageSize: 2}
		first, err := s.admin("3374").org.ListPeople(s.t.Context(), req)
		must(s.t, err)
		req.PageToken = first.GetNextPageToken()
		second, err := start(s.t, s.db).admin("3374").org.ListPeople(s.t.Context(), req)
		must(s.t, err)
		if len(second.GetPeople()) != 2 || second.GetPeople()[0].GetName() == first.GetPeople()[0].GetName() {
			s.t.Errorf("the first page is %v, the second %v", first, second)
		}
	})
}

func TestConfig(t *testing.T) {
	t.Parallel()
	must(t, config.Check(&planning.Config{}))
	got := planning.Config{}
	must(t, config.Load(&got, config.Sources{}))
	if got != planning.Defaults() {
		t.Fatalf("the defaults of the tags are %+v, want %+v", got, planning.Defaults())
	}
}
