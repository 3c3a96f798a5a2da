package scoring_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring"
)

func TestNew_lists_everything_that_is_missing_or_wrong(t *testing.T) {
	t.Parallel()
	_, err := scoring.New(scoring.Config{}, scoring.Deps{})
	if err == nil {
		t.Fatal("it was made of nothing")
	}
	for _, want := range []string{
		"stream_replicas", "outbox_retention", "consumer_batch",
		"AssessmentInputs, Clock, DB, IDs, Logger, NATS, Organization, Periods, PlanInputs, Registerer",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %s: %v", want, err)
		}
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	cfg := scoring.Defaults()
	must(t, config.Check(&cfg))
	must(t, cfg.Validate())
}

func TestMigrations_bring_a_database_to_the_schema_of_the_binary(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		must(t, sqlkit.CheckSchema(t.Context(), s.db, s.service.Migrations()))
		must(t, s.service.Check(t.Context()))
	})
}

// scored returns a suite in which ani, budi and citra have scores.
func scored(t *testing.T, s *suite) {
	t.Helper()
	s.run()
	s.peers.judge("u1", 10, 3, good)
	for i, person := range []string{"ani", "budi", "citra"} {
		s.peers.plan(person, "u1")
		s.peers.rate(person, strconv.Itoa(1200+i), above, meets)
		s.fact("e-"+person, "rating.changed", person)
		s.told(uint64(i + 1))
	}
}

func TestGetScore_full(t *testing.T) {
	s := one(t)
	scored(t, s)
	score := s.full("ani")
	if score.GetRulePack() != rulePack || score.GetUnit() != unitName("u1") || !score.GetComputeTime().AsTime().Equal(noon) {
		t.Fatalf("score %v", score)
	}
	wanted := []string{
		"Rating hasil kerja Di Atas Ekspektasi dan rating perilaku kerja Sesuai Ekspektasi menghasilkan predikat Baik (PermenPANRB 6/2022).",
		"Capaian indikator “Jumlah pasien dilayani” (pasien): realisasi 1.200 dibanding target 1.200 = 100,0000%.",
	}
	for _, want := range wanted {
		if !slices.Contains(score.GetExplanation(), want) {
			t.Errorf("the explanation does not say %q:\n%s", want, strings.Join(score.GetExplanation(), "\n"))
		}
	}
	basic, err := s.admin().scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("ani")})
	must(t, err)
	if basic.GetTrace() != nil || basic.GetExplanation() != nil {
		t.Fatal("the basic view has trace or explanation")
	}
}

func TestGetScore_who_may_see_it(t *testing.T) {
	s := one(t)
	scored(t, s)
	s.peers.change(func() {
		s.peers.relations[personName("ani")+" "+personName("ani")] = commonv1.Relation_RELATION_SELF
		s.peers.relations[personName("dewi")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIOR
		s.peers.relations[personName("wali")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIORS_SUPERIOR
		s.peers.relations[personName("budi")+" "+personName("ani")] = commonv1.Relation_RELATION_PEER
		s.peers.relations[personName("eko")+" "+personName("eko")] = commonv1.Relation_RELATION_SELF
	})
	none := fault.Reason("")
	cases := []struct {
		name   string
		caller caller
		score  string
		want   fault.Reason
	}{
		{"themselves", s.employee("ani"), "ani", none},
		{"their_superior", s.employee("dewi"), "ani", none},
		{"the_superiors_superior", s.employee("wali"), "ani", none},
		{"an_administrator", s.admin(), "ani", none},
		{"an_inspector", s.as(tenant, "ira", commonv1.Role_ROLE_INSPECTOR), "ani", none},
		{"a_service", s.as("*", "", commonv1.Role_ROLE_SERVICE), "ani", none},
		{"a_peer", s.employee("budi"), "ani", fault.ReasonPermissionDenied},
		{"a_stranger", s.employee("citra"), "ani", fault.ReasonPermissionDenied},
		{"a_stranger_about_nobody", s.employee("citra"), "nobody", fault.ReasonPermissionDenied},
		{"a_unit_administrator", s.as(tenant, "", commonv1.Role_ROLE_UNIT_ADMIN), "ani", fault.ReasonPermissionDenied},
		{"an_administrator_of_another_tenant", s.as("3374", "", commonv1.Role_ROLE_TENANT_ADMIN), "ani", fault.ReasonPermissionDenied},
		{"the_province", s.as("34", "", commonv1.Role_ROLE_PROVINCE_ADMIN), "ani", fault.ReasonPermissionDenied},
		{"anybody", s.anonymous(), "ani", fault.ReasonUnauthenticated},
		{"an_administrator_about_nobody", s.admin(), "nobody", fault.ReasonNotFound},
		{"themselves_without_a_score", s.employee("eko"), "eko", fault.ReasonNotFound},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.caller.scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName(c.score)})
			_, listErr := c.caller.scores.ListScoreRevisions(t.Context(), &scoringv1.ListScoreRevisionsRequest{Parent: scoreName(c.score)})
			if c.want == none {
				must(t, err)
				must(t, listErr)
				return
			}
			refused(t, err, c.want)
			refused(t, listErr, c.want)
		})
	}
	t.Run("nobody_while_planning_does_not_answer", func(t *testing.T) {
		s.peers.change(func() { s.peers.down = true })
		_, err := s.employee("ani").scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("ani")})
		refused(t, err, fault.ReasonUnavailable)
	})
}

func TestListScores_pages_by_person(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		scored(t, s)
		var names []string
		request := &scoringv1.ListScoresRequest{Parent: periodName, PageSize: 2}
		for {
			page, err := s.admin().scores.ListScores(t.Context(), request)
			must(t, err)
			for _, score := range page.GetScores() {
				names = append(names, score.GetName())
				if score.GetTrace() != nil {
					t.Fatal("a list has traces")
				}
			}
			if page.GetNextPageToken() == "" {
				break
			}
			request.PageToken = page.GetNextPageToken()
		}
		if diff := cmp.Diff([]string{scoreName("ani"), scoreName("budi"), scoreName("citra")}, names); diff != "" {
			t.Fatalf("scores (-want +got):\n%s", diff)
		}
		_, err := s.employee("ani").scores.ListScores(t.Context(), &scoringv1.ListScoresRequest{Parent: periodName})
		refused(t, err, fault.ReasonPermissionDenied)
		request.Parent = "tenants/3402/periods/2025"
		_, err = s.admin().scores.ListScores(t.Context(), request)
		refused(t, err, fault.ReasonInvalidPageToken)
	})
}

func TestListScoreRevisions_pages_newest_first(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		scored(t, s)
		for i := range 2 {
			s.clock.Advance(time.Minute)
			s.peers.rate("ani", strconv.Itoa(600+i), above, meets)
			s.fact(fmt.Sprintf("more-%d", i), "progress.reported", "ani")
			s.told(uint64(4 + i))
		}
		var revisions []int64
		request := &scoringv1.ListScoreRevisionsRequest{Parent: scoreName("ani"), PageSize: 2}
		for {
			page, err := s.admin().scores.ListScoreRevisions(t.Context(), request)
			must(t, err)
			for _, score := range page.GetScores() {
				revisions = append(revisions, score.GetRevision())
			}
			if page.GetNextPageToken() == "" {
				break
			}
			request.PageToken = page.GetNextPageToken()
		}
		if diff := cmp.Diff([]int64{3, 2, 1}, revisions); diff != "" {
			t.Fatalf("revisions (-want +got):\n%s", diff)
		}
	})
}

func TestNames_and_sizes_are_checked(t *testing.T) {
	s := one(t)
	a := s.admin().scores
	_, err := a.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: "tenants/3402/periods/2026/plans/ani"})
	refused(t, err, fault.ReasonInvalidName)
	_, err = a.ListScoreRevisions(t.Context(), &scoringv1.ListScoreRevisionsRequest{Parent: periodName})
	refused(t, err, fault.ReasonInvalidName)
	_, err = a.ListScores(t.Context(), &scoringv1.ListScoresRequest{Parent: "tenants/3402"})
	refused(t, err, fault.ReasonInvalidName)
	_, err = a.ListScores(t.Context(), &scoringv1.ListScoresRequest{Parent: periodName, PageSize: -1})
	refused(t, err, fault.ReasonInvalidArgument)
	_, err = a.GetSurveyIndex(t.Context(), &scoringv1.GetSurveyIndexRequest{Name: "surveyIndexes/u1"})
	refused(t, err, fault.ReasonInvalidName)
	_, err = a.GetSurveyIndex(t.Context(), &scoringv1.GetSurveyIndexRequest{Name: periodName + "/surveyIndexes/u1"})
	refused(t, err, fault.ReasonNotFound)
}

func TestRulePacks_are_public_and_complete(t *testing.T) {
	s := one(t)
	packs := s.anonymous().packs
	got, err := packs.GetRulePack(t.Context(), &scoringv1.GetRulePackRequest{Name: rulePack})
	must(t, err)
	content, err := os.ReadFile(filepath.Join("internal", "pack", "packs", "permenpanrb-6-2022.v1.yaml"))
	must(t, err)
	sum := sha256.Sum256(content)
	if got.GetContent() != string(content) || got.GetContentHash() != hex.EncodeToString(sum[:]) {
		t.Fatal("content or hash is not that of the file")
	}
	if got.GetExampleCount() < 20 || len(got.GetLegalSources()) != 5 || got.GetEffectiveDate().GetYear() != 2023 || got.GetDisplayName() == "" {
		t.Fatalf("rule pack %v", got)
	}
	ended, err := packs.GetRulePack(t.Context(), &scoringv1.GetRulePackRequest{Name: "rulePacks/permenpanrb-8-2021/versions/1"})
	must(t, err)
	last := &date.Date{Year: 2021, Month: 12, Day: 31}
	if !proto.Equal(ended.GetLastEffectiveDate(), last) || got.GetLastEffectiveDate() != nil {
		t.Fatalf("last days %v and %v", ended.GetLastEffectiveDate(), got.GetLastEffectiveDate())
	}
	list, err := packs.ListRulePacks(t.Context(), &scoringv1.ListRulePacksRequest{})
	must(t, err)
	got.Content = ""
	var names []string
	for _, pack := range list.GetRulePacks() {
		names = append(names, pack.GetName())
		if pack.GetName() != rulePack {
			continue
		}
		if diff := cmp.Diff(got, pack, protocmp.Transform()); diff != "" {
			t.Fatalf("listed (-want +got):\n%s", diff)
		}
	}
	files, err := filepath.Glob(filepath.Join("internal", "pack", "packs", "*.yaml"))
	must(t, err)
	if len(names) != len(files) || !slices.IsSorted(names) {
		t.Fatalf("%d files, listed %v", len(files), names)
	}
	page := &scoringv1.ListRulePacksResponse{}
	for first := true; first || page.GetNextPageToken() != ""; first = false {
		page, err = packs.ListRulePacks(t.Context(), &scoringv1.ListRulePacksRequest{PageSize: 3, PageToken: page.GetNextPageToken()})
		must(t, err)
		for _, pack := range page.GetRulePacks() {
			if pack.GetName() != names[0] {
				t.Fatalf("listed %s, want %s", pack.GetName(), names[0])
			}
			names = names[1:]
		}
	}
	if len(names) > 0 {
		t.Fatalf("the pages miss %v", names)
	}
	changes, err := packs.CompareRulePacks(t.Context(), &scoringv1.CompareRulePacksRequest{Name: rulePack, Other: "rulePacks/bantul/versions/1"})
	must(t, err)
	if len(changes.GetChanges()) == 0 {
		t.Fatal("nothing differs")
	}
	schema, err := packs.GetRulePackSchema(t.Context(), &scoringv1.GetRulePackSchemaRequest{})
	must(t, err)
	if !json.Valid([]byte(schema.GetContent())) {
		t.Fatal("the schema is no JSON")
	}
	_, err = packs.GetRulePack(t.Context(), &scoringv1.GetRulePackRequest{Name: "rulePacks/permenpanrb-6-2022/versions/9"})
	refused(t, err, fault.ReasonRulePackUnknown)
}
