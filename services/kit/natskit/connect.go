package natskit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	// PublishWindow is how many asynchronous publishes may wait for their acknowledgement.
	PublishWindow = 256
	// PublishTimeout is how long an acknowledgement may take.
	PublishTimeout = 5 * time.Second

	connectTimeout  = 2 * time.Second
	reconnectWait   = 250 * time.Millisecond
	reconnectJitter = 100 * time.Millisecond
	pingInterval    = 10 * time.Second
	drainTimeout    = 5 * time.Second
)

// Config tells where the bus is. URL or InProcess is required; InProcess wins.
type Config struct {
	// URL of one or more servers, separated by commas.
	URL string
	// InProcess connects to a server in this process without a socket.
	InProcess nats.InProcessConnProvider
	// Name of this process, shown by the server.
	Name string
	// CredsFile is the path of a NATS credentials file; empty for none.
	CredsFile string
	// CAFile is the path of the authority that signs the server's certificate; empty for none.
	CAFile string
	// Logger may be nil.
	Logger *slog.Logger
}

// Bus is a connection and its JetStream context. It is safe for concurrent use.
type Bus struct {
	Conn      *nats.Conn
	JetStream jetstream.JetStream
	closed    chan struct{}
}

// Connect returns at once, also when the server cannot be reached: the connection then goes on
// trying in the background, and again after every loss. While there is no connection, publishing
// fails at once instead of piling up in memory. Only an invalid configuration is an error.
func Connect(ctx context.Context, cfg Config) (*Bus, error) {
	if cfg.URL == "" && cfg.InProcess == nil {
		return nil, errors.New("connect to nats: neither a URL nor a server in this process is given")
	}
	err := ctx.Err()
	if err != nil {
		return nil, fmt.Errorf("connect to nats: %w", err)
	}
	logger := cfg.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	bus := &Bus{closed: make(chan struct{})}
	conn, err := nats.Connect(cfg.URL, options(cfg, logger, bus.closed)...)
	if err != nil {
		return nil, fmt.Errorf("connect to nats: %w", err)
	}
	bus.Conn = conn
	bus.JetStream, err = jetstream.New(conn,
		jetstream.WithPublishAsyncMaxPending(PublishWindow), jetstream.WithPublishAsyncTimeout(PublishTimeout))
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("open jetstream: %w", err)
	}
	return bus, nil
}

func options(cfg Config, logger *slog.Logger, closed chan struct{}) []nats.Option {
	opts := []nats.Option{
		nats.Name(cfg.Name),
		nats.Timeout(connectTimeout),
		nats.RetryOnFailedConnect(true),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(reconnectWait),
		nats.ReconnectJitter(reconnectJitter, reconnectJitter),
		nats.ReconnectBufSize(-1),
		nats.PingInterval(pingInterval),
		nats.DrainTimeout(drainTimeout),
		nats.IgnoreAuthErrorAbort(),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err == nil {
				return // this side has closed it
			}
			logger.Warn("bus connection lost", slog.Any("error", err))
		}),
		nats.ReconnectHandler(func(c *nats.Conn) {
			logger.Info("bus connection restored", slog.Uint64("reconnects", c.Stats().Reconnects))
		}),
		nats.ClosedHandler(func(*nats.Conn) { close(closed) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			logger.Warn("bus reported an error", slog.Any("error", err))
		}),
	}
	if cfg.InProcess != nil {
		opts = append(opts, nats.InProcessServer(cfg.InProcess))
	}
	if cfg.CredsFile != "" {
		opts = append(opts, nats.UserCredentials(cfg.CredsFile))
	}
	if cfg.CAFile != "" {
		opts = append(opts, nats.RootCAs(cfg.CAFile))
	}
	return opts
}

// Check reports whether the connection is up, for readiness.
func (b *Bus) Check(context.Context) error {
	if !b.Conn.IsConnected() {
		return fmt.Errorf("bus connection is %s", b.Conn.Status())
	}
	return nil
}

// Close sends what is buffered, waits for subscriptions to end and closes the connection. When
// ctx ends first, it closes without waiting and returns the context's error.
func (b *Bus) Close(ctx context.Context) error {
	if b.Conn.IsClosed() {
		return nil
	}
	err := b.Conn.Drain()
	if err != nil {
		// There is nothing to drain while no connection is up.
		b.Conn.Close()
	}
	select {
	case <-b.closed:
		return nil
	case <-ctx.Done():
		b.Conn.Close()
		return fmt.Errorf("close bus connection: %w", ctx.Err())
	}
}
