package kittest

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/kinerja-suite/kinerja/services/kit/natskit"
)

const natsStart = 10 * time.Second

// NATS starts a server in this process, with JetStream on disk, and returns a connection to it.
// Both end with the test.
func NATS(tb testing.TB) *natskit.Bus {
	tb.Helper()
	return NATSServer(tb).Connect(tb)
}

// Server is a NATS server that a test can stop and start again; its streams stay.
type Server struct {
	dir string

	mu  sync.Mutex
	run *server.Server // nil while stopped
}

var _ nats.InProcessConnProvider = (*Server)(nil)

// NATSServer starts a server that writes every message to disk before it acknowledges it.
func NATSServer(tb testing.TB) *Server {
	tb.Helper()
	s := StoppedNATSServer(tb)
	s.Start(tb)
	return s
}

// StoppedNATSServer returns a server that does not run until Start.
func StoppedNATSServer(tb testing.TB) *Server {
	tb.Helper()
	s := &Server{dir: tb.TempDir()}
	tb.Cleanup(s.Stop)
	return s
}

// Start runs the server. It does nothing when the server runs already.
func (s *Server) Start(tb testing.TB) {
	tb.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != nil {
		return
	}
	ns, err := server.NewServer(&server.Options{
		ServerName: "kittest", DontListen: true, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: s.dir, SyncAlways: true, JetStreamMaxStore: 1 << 30,
	})
	if err != nil {
		tb.Fatalf("nats server: %v", err)
	}
	ns.Start()
	if !ns.ReadyForConnections(natsStart) {
		ns.Shutdown()
		tb.Fatalf("nats server is not ready after %s", natsStart)
	}
	s.run = ns
}

// Stop ends the server and waits for it. Connections go on trying to reach it.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == nil {
		return
	}
	s.run.Shutdown()
	s.run.WaitForShutdown()
	s.run = nil
}

// InProcessConn connects a client to whatever server runs now.
func (s *Server) InProcessConn() (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == nil {
		return nil, errors.New("the nats server is stopped")
	}
	return s.run.InProcessConn()
}

// Connect returns a new connection, which may be to a stopped server; it ends with the test.
func (s *Server) Connect(tb testing.TB) *natskit.Bus {
	tb.Helper()
	bus, err := natskit.Connect(tb.Context(), natskit.Config{InProcess: s, Name: tb.Name()})
	if err != nil {
		tb.Fatalf("connect to nats: %v", err)
	}
	tb.Cleanup(func() {
		// The test's own context has ended by now.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(tb.Context()), natsStart)
		defer cancel()
		err := bus.Close(ctx)
		if err != nil {
			tb.Errorf("close nats: %v", err)
		}
	})
	return bus
}
