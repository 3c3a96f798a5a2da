package harness

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
)

const pollEvery = 20 * time.Millisecond

// Deployment is a running suite.
type Deployment struct {
	// HTTP is the base URL of the edge.
	HTTP string
	// Conns reach the services by gRPC, without a token.
	Conns demo.Conns
	// Signer makes tokens that the deployment takes.
	Signer *auth.Signer
	// Processes are what runs, by name.
	Processes map[string]*Process
}

var readyLine = regexp.MustCompile(`^ready http=(http://\S+) grpc=(\S+)$`)

// Standalone starts the suite in one process on the data directory, with the flags given.
func Standalone(t testing.TB, data string, flags ...string) *Deployment {
	t.Helper()
	args := append([]string{"run", "--data", data, "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0"}, flags...)
	return Attach(t, data, Start(t, nil, "kinerja", args...))
}

// Attach returns the deployment that a process of the standalone suite, just started, is about to be.
func Attach(t testing.TB, data string, p *Process) *Deployment {
	t.Helper()
	line := p.Line("ready")
	address := readyLine.FindStringSubmatch(line)
	if address == nil {
		t.Fatalf("the ready line is %q, want one that names both addresses", line)
	}
	conn := dial(t, address[2])
	return &Deployment{
		HTTP: address[1], Conns: demo.Conns{Planning: conn, Assessment: conn, Scoring: conn, Reporting: conn},
		Signer: signer(t, filepath.Join(data, "keys")), Processes: map[string]*Process{"kinerja": p},
	}
}

func dial(t testing.TB, address string) *grpc.ClientConn {
	t.Helper()
	conn, err := grpckit.Dial(grpckit.ClientOptions{Target: address, Timeout: 20 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func signer(t testing.TB, keys string) *auth.Signer {
	t.Helper()
	s, err := auth.LoadSigner(filepath.Join(keys, auth.PrivateKeyFile), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Answer is what the HTTP edge answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Decode reads the body as JSON.
func (a Answer) Decode(t testing.TB, into any) {
	t.Helper()
	err := json.Unmarshal(a.Body, into)
	if err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, a.Body)
	}
}

// Do calls the edge in the name of the token's bearer; an empty token is nobody.
func (d *Deployment) Do(t testing.TB, token, method, path, body string) Answer {
	t.Helper()
	answer, err := d.Try(t.Context(), token, method, path, body)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// Try is Do for a call that may be lost with the process.
func (d *Deployment) Try(ctx context.Context, token, method, path, body string) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, d.HTTP+path, bytes.NewBufferString(body))
	if err != nil {
		return Answer{}, err
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	return Answer{Status: response.StatusCode, Header: response.Header, Body: raw}, err
}

// Await calls reached until it says "", and fails the test with its last word when that takes too long.
func Await(t testing.TB, reached func() string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startTimeout)
	defer cancel()
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		missing := reached()
		if missing == "" {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("not reached in %s: %s", startTimeout, missing)
		case <-ticker.C:
		}
	}
}
