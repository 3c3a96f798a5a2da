package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
)

// TestCompose: the compose file is valid and complete. Images cannot be built in a test, so what they are built from is
// checked to be there.
func TestCompose(t *testing.T) {
	t.Parallel()
	options, err := cli.NewProjectOptions([]string{"../../docker-compose.yml"}, cli.WithName("kinerja"))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"assessment", "gateway", "keys", "nats", "planning", "postgres", "redis", "reporting", "scoring"}
	if got := project.ServiceNames(); !slices.Equal(got, want) {
		t.Errorf("the services are %v, want %v", got, want)
	}
	for name, service := range project.Services {
		if name != "keys" && (service.HealthCheck == nil || len(service.HealthCheck.Test) == 0) {
			t.Errorf("%s has no health check", name)
		}
		for dependency, condition := range service.DependsOn {
			other := project.Services[dependency]
			if condition.Condition == types.ServiceConditionHealthy && other.HealthCheck == nil {
				t.Errorf("%s waits for the health of %s, which has no check", name, dependency)
			}
		}
		if service.Build == nil {
			continue
		}
		binary, module := service.Build.Args["BINARY"], service.Build.Args["MODULE"]
		if binary == nil || module == nil {
			t.Errorf("%s does not say which binary it is built from", name)
			continue
		}
		pattern := "github.com/kinerja-suite/kinerja/" + *module + "/cmd/" + *binary
		if !slices.Contains(harness.Mains, pattern) {
			t.Errorf("%s is built from %s, which is none of %s", name, pattern, strings.Join(harness.Mains, ", "))
		}
	}
}
