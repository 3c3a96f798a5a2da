package harness

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	startTimeout = 60 * time.Second
	stopTimeout  = 40 * time.Second
)

// binaries are built once for a test process.
var binaries struct {
	once sync.Once
	dir  string
	err  error
}

// Mains are the packages of the binaries.
var Mains = []string{
	"github.com/kinerja-suite/kinerja/deploy/standalone/cmd/kinerja",
	"github.com/kinerja-suite/kinerja/gateway/cmd/gatewayd",
	"github.com/kinerja-suite/kinerja/services/assessment/cmd/assessmentd",
	"github.com/kinerja-suite/kinerja/services/planning/cmd/planningd",
	"github.com/kinerja-suite/kinerja/services/reporting/cmd/reportingd",
	"github.com/kinerja-suite/kinerja/services/scoring/cmd/scoringd",
}

// Binary returns the path of a binary, which is built when it is first asked for.
func Binary(t testing.TB, name string) string {
	t.Helper()
	binaries.once.Do(func() {
		binaries.dir, binaries.err = os.MkdirTemp("", "kinerja-bin-")
		if binaries.err != nil {
			return
		}
		args := append([]string{"build", "-o", binaries.dir + string(filepath.Separator)}, Mains...)
		out, err := exec.CommandContext(context.WithoutCancel(t.Context()), "go", args...).CombinedOutput()
		if err != nil {
			binaries.err = fmt.Errorf("build the binaries: %w\n%s", err, out)
		}
	})
	if binaries.err != nil {
		t.Fatal(binaries.err)
	}
	return filepath.Join(binaries.dir, name)
}

// RemoveBinaries removes what Binary has built; for TestMain.
func RemoveBinaries() { _ = os.RemoveAll(binaries.dir) }

// Process is a running binary.
type Process struct {
	t    testing.TB
	name string
	cmd  *exec.Cmd
	// lines are what it prints to standard output.
	lines chan string
	ended chan struct{}
	err   error
}

// Start starts a binary with additions to the environment. Its standard error goes to the log of the test.
func Start(t testing.TB, env []string, name string, args ...string) *Process {
	t.Helper()
	return start(t, env, name, exec.CommandContext(context.WithoutCancel(t.Context()), Binary(t, name), args...))
}

// StartCommand is Start for a command that is given.
func StartCommand(t testing.TB, env []string, cmd *exec.Cmd) *Process {
	t.Helper()
	return start(t, env, filepath.Base(cmd.Path), cmd)
}

func start(t testing.TB, env []string, name string, cmd *exec.Cmd) *Process {
	t.Helper()
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = t.Output()
	err = cmd.Start()
	if err != nil {
		t.Fatal(err)
	}
	p := &Process{t: t, name: name, cmd: cmd, lines: make(chan string, 1000), ended: make(chan struct{})}
	go p.read(out)
	t.Cleanup(p.Stop)
	return p
}

func (p *Process) read(out io.Reader) {
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		select {
		case p.lines <- scanner.Text():
		default: // nobody reads; what matters comes first
		}
	}
	p.err = p.cmd.Wait()
	close(p.ended)
}

// Line waits for a line of standard output that begins with prefix.
func (p *Process) Line(prefix string) string {
	p.t.Helper()
	timeout := time.NewTimer(startTimeout)
	defer timeout.Stop()
	for {
		select {
		case line := <-p.lines:
			if strings.HasPrefix(line, prefix) {
				return line
			}
		case <-p.ended:
			p.t.Fatalf("%s ended before it printed %q: %v", p.name, prefix, p.err)
		case <-timeout.C:
			p.t.Fatalf("%s did not print %q in %s", p.name, prefix, startTimeout)
		}
	}
}

// Stop ends the process as an operator would, and fails the test when it does not end well. It may be called again.
func (p *Process) Stop() {
	select {
	case <-p.ended:
		return
	default:
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	timeout := time.NewTimer(stopTimeout)
	defer timeout.Stop()
	select {
	case <-p.ended:
		if p.err != nil {
			p.t.Errorf("%s ended with %v when it was stopped", p.name, p.err)
		}
	case <-timeout.C:
		p.Kill()
		p.t.Errorf("%s did not stop in %s", p.name, stopTimeout)
	}
}

// Kill ends the process at once, as a crash would.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// Wait waits until the process has ended by itself.
func (p *Process) Wait() {
	p.t.Helper()
	timeout := time.NewTimer(startTimeout)
	defer timeout.Stop()
	select {
	case <-p.ended:
	case <-timeout.C:
		p.t.Fatalf("%s did not end in %s", p.name, startTimeout)
	}
}

// freePorts returns loopback addresses that were free just now.
func freePorts(t testing.TB, count int) []string {
	t.Helper()
	var all []string
	for range count {
		l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a port, not a connection
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		all = append(all, l.Addr().String())
	}
	return all
}
