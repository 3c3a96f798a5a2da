package e2e

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	"github.com/kinerja-suite/kinerja/deploy/standalone"
	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/assessment"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
)

// collected is what somebody held and did of which no service knows yet: a plan before the last one of the period, and facts that
// only older rules count.
type collected struct {
	// months are those of the plan before and of the last one.
	months [2]int32
	before *assessmentv1.PlanFacts
	last   *assessmentv1.PersonInput
}

// collector delivers what was collected, beside what planning and assessment deliver.
type collector struct {
	mu sync.Mutex
	// people are by name.
	people map[string]collected
	// bus is that of assessment.
	bus jetstream.JetStream
}

func (c *collector) of(person string) (collected, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.people[person]
	return found, ok
}

// planBefore is the name of the plan before the last one.
func planBefore(last string) string { return last + "-sebelumnya" }

// collectedPlans makes the worker somebody who was promoted from Ahli Pertama within the period.
type collectedPlans struct {
	planningv1.InputServiceClient
	*collector
}

func (p collectedPlans) BatchGetPlanInputs(
	ctx context.Context, r *planningv1.BatchGetPlanInputsRequest, o ...grpc.CallOption,
) (*planningv1.BatchGetPlanInputsResponse, error) {
	response, err := p.InputServiceClient.BatchGetPlanInputs(ctx, r, o...)
	var inputs []*planningv1.PlanInput
	for _, last := range response.GetInputs() {
		if found, ok := p.of(last.GetPerson()); ok {
			before := proto.CloneOf(last)
			before.Plan, before.FunctionalLevel = planBefore(last.GetPlan()), planningv1.Position_FUNCTIONAL_LEVEL_AHLI_PERTAMA
			before.Months, last.Months = found.months[0], found.months[1]
			inputs = append(inputs, before)
		}
		inputs = append(inputs, last)
	}
	if err == nil {
		response.Inputs = inputs
	}
	return response, err
}

type collectedFacts struct {
	assessmentv1.InputServiceClient
	*collector
}

func (f collectedFacts) BatchGetAssessmentInputs(
	ctx context.Context, r *assessmentv1.BatchGetAssessmentInputsRequest, o ...grpc.CallOption,
) (*assessmentv1.BatchGetAssessmentInputsResponse, error) {
	response, err := f.InputServiceClient.BatchGetAssessmentInputs(ctx, r, o...)
	for _, person := range response.GetPeople() {
		if found, ok := f.of(person.GetPerson()); ok {
			proto.Merge(person, found.last)
			person.EarlierPlans = append(person.GetEarlierPlans(), found.before)
		}
	}
	return response, err
}

// collecting starts the suite in this process, with a collector beside planning and assessment.
func collecting(t *testing.T) (*harness.Deployment, *collector) {
	t.Helper()
	c := &collector{people: map[string]collected{}}
	suite, err := standalone.Open(t.Context(), standalone.Options{
		Data: t.TempDir(), HTTP: "127.0.0.1:0", GRPC: "127.0.0.1:0", Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Bus: func(service string, js jetstream.JetStream) jetstream.JetStream {
			if service == assessment.Name {
				c.bus = js
			}
			return js
		},
		Plans: func(client planningv1.InputServiceClient) planningv1.InputServiceClient {
			return collectedPlans{client, c}
		},
		Facts: func(client assessmentv1.InputServiceClient) assessmentv1.InputServiceClient {
			return collectedFacts{client, c}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	kittest.Run(t, suite.Run)
	err = suite.WaitReady(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &harness.Deployment{HTTP: "http://" + suite.HTTPAddr(), Conns: suite.Conns(), Signer: suite.Signer()}, c
}

// collect makes facts about the worker of a region known, and tells of it as assessment would.
func (c *collector) collect(t *testing.T, r *region, period string, facts collected) {
	t.Helper()
	person, in := r.ref("people", worker), r.ref("periods", period)
	facts.before.Plan = planBefore(in + "/plans/" + worker)
	c.mu.Lock()
	c.people[person] = facts
	c.mu.Unlock()
	now := clock.System()
	sealed, err := event.Seal(t.Context(), "/kinerja/assessment", event.Event{
		ID: ids.New(now).New(), Subject: "kinerja.assessment.v1." + r.tenant + ".fact.changed", Resource: in, Revision: 1, Time: now.Now(),
		Payload: &assessmentv1.PersonFactChanged{Period: in, Person: person},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.bus.PublishMsg(t.Context(), &nats.Msg{Subject: sealed.Subject, Header: sealed.Header(), Data: sealed.Data})
	if err != nil {
		t.Fatal(err)
	}
}
