package harness

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
)

// services of a split deployment, in an order in which none waits long for another.
var services = []string{"planning", "assessment", "scoring", "reporting"}

// engine returns the address in the variable, and skips the test where it is not set. Where the engines are required,
// a lack is a failure.
func engine(t testing.TB, variable string) string {
	t.Helper()
	address := os.Getenv(variable)
	if address != "" {
		return address
	}
	if os.Getenv("KINERJA_TEST_REQUIRE") != "" {
		t.Fatalf("%s is not set, and the engines are required here", variable)
	}
	t.Skipf("left out: %s is not set; scripts/engines starts what it takes", variable)
	return ""
}

// Split starts each service and the edge as a process of its own, on fresh schemas of PostgreSQL, fresh streams of NATS,
// and Redis. Only one split deployment may run on a NATS server at a time.
func Split(t testing.TB) *Deployment {
	t.Helper()
	postgres, redis, bus := engine(t, "KINERJA_TEST_POSTGRES"), engine(t, "KINERJA_TEST_REDIS"), engine(t, "KINERJA_TEST_NATS")
	removeStreams(t, bus)
	dir := t.TempDir()
	keys := filepath.Join(dir, "keys")
	out, err := exec.CommandContext(t.Context(), Binary(t, "kinerja"), "keys", "--dir", keys).CombinedOutput()
	if err != nil {
		t.Fatalf("make the keys: %v\n%s", err, out)
	}
	dsn := filepath.Join(dir, "dsn")
	err = os.WriteFile(dsn, []byte(postgres), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	// Views of one deployment and schemas of one run are told apart from others on the same engines by a suffix.
	run := ids.New(clock.System()).New()
	ports := freePorts(t, 2*len(services)+2)
	addresses := map[string]string{}
	for i, name := range services {
		addresses[name] = ports[i]
	}
	d := &Deployment{HTTP: "http://" + ports[len(ports)-1], Signer: signer(t, keys), Processes: map[string]*Process{}}
	for i, name := range services {
		env := variables(name, map[string]string{
			"GRPC_ADDR": addresses[name], "GRPC_DRAIN": "0s", "OPS_ADDR": ports[len(services)+i], "LOG_LEVEL": "warn",
			"DB_DSN_FILE": dsn, "DB_SCHEMA": name + "_" + run, "NATS_URL": bus,
			"AUTH_PUBLIC_KEY_FILE": filepath.Join(keys, "public.key"), "AUTH_TOKEN_FILE": filepath.Join(keys, name+".token"),
		}, addresses)
		if name == "reporting" {
			env = append(env, "KINERJA_REPORTING_REDIS_ADDR="+redis)
		}
		d.Processes[name] = Start(t, env, name+"d")
	}
	d.Processes["gateway"] = Start(t, variables("gateway", map[string]string{
		"HTTP_ADDR": ports[len(ports)-1], "OPS_ADDR": ports[len(ports)-2], "LOG_LEVEL": "warn",
	}, addresses), "gatewayd")
	d.Conns = demo.Conns{
		Planning: dial(t, addresses["planning"]), Assessment: dial(t, addresses["assessment"]),
		Scoring: dial(t, addresses["scoring"]), Reporting: dial(t, addresses["reporting"]),
	}
	Await(t, func() string { return d.ready(t) })
	return d
}

func variables(name string, values, peers map[string]string) []string {
	prefix := "KINERJA_" + strings.ToUpper(name) + "_"
	var env []string
	for key, value := range values {
		env = append(env, prefix+key+"="+value)
	}
	for peer, address := range peers {
		env = append(env, prefix+"PEERS_"+strings.ToUpper(peer)+"="+address)
	}
	return env
}

// ready returns why the deployment cannot serve yet, or "".
func (d *Deployment) ready(t testing.TB) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	answer, err := d.Try(ctx, "", http.MethodGet, "/readyz", "")
	if err != nil {
		return err.Error()
	}
	if answer.Status != http.StatusOK {
		return fmt.Sprintf("%d %s", answer.Status, answer.Body)
	}
	return ""
}

func removeStreams(t testing.TB, url string) {
	t.Helper()
	bus, err := natskit.Connect(t.Context(), natskit.Config{URL: url, Name: "harness"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bus.Close(t.Context()) }()
	for _, name := range services {
		err = bus.JetStream.DeleteStream(t.Context(), "KINERJA_"+strings.ToUpper(name))
		if err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
			t.Fatal(err)
		}
	}
}
