// Package bare is the floor that the suite's latency is measured against: one change carried through the same engines
// by the unavoidable steps alone, and nothing else. gRPC in, a commit with an outbox row, JetStream, a commit of the
// result with an outbox row, JetStream, an entry in a map.
//
// It keeps the durability of the suite (SQLite with synchronous FULL, JetStream with sync always) and leaves out
// everything that makes the suite useful: permissions, validation, rules, traces, faults, metrics, inboxes.
package bare

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	_ "modernc.org/sqlite" // the SQL driver

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
)

const (
	factSubject   = "bare.fact"
	resultSubject = "bare.result"

	pragmas = "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_txlock=immediate"
)

// Pipeline is a running floor. Close it.
type Pipeline struct {
	assessmentv1.UnimplementedRatingServiceServer

	facts, results *sql.DB
	nats           *server.Server
	conn           *nats.Conn
	js             jetstream.JetStream
	listener       net.Listener
	grpc           *grpc.Server
	client         *grpc.ClientConn
	stop           context.CancelFunc
	loops          sync.WaitGroup

	mu      sync.Mutex
	view    map[string]int64
	visible chan int64
}

// Start opens the engines in dir.
func Start(ctx context.Context, dir string) (*Pipeline, error) {
	p := &Pipeline{view: map[string]int64{}, visible: make(chan int64, 1024)}
	err := errors.Join(p.openSQL(ctx, dir), p.openNATS(ctx, dir))
	if err != nil {
		p.Close()
		return nil, err
	}
	err = errors.Join(p.consume(ctx, factSubject, p.compute), p.consume(ctx, resultSubject, p.show), p.serve())
	if err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Change carries one change through and returns when it is visible.
func (p *Pipeline) Change(ctx context.Context, n int64) error {
	_, err := assessmentv1.NewRatingServiceClient(p.client).UpdateRating(ctx, &assessmentv1.UpdateRatingRequest{
		Rating: &assessmentv1.Rating{Name: "tenants/3402/periods/2026/ratings/x", Revision: n},
	})
	if err != nil {
		return err
	}
	for {
		select {
		case seen := <-p.visible:
			if seen == n {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// UpdateRating is the write: the fact and its outbox row in one commit, then the event, then the mark.
func (p *Pipeline) UpdateRating(ctx context.Context, r *assessmentv1.UpdateRatingRequest) (*assessmentv1.Rating, error) {
	rating := r.GetRating()
	id, err := commit(ctx, p.facts, rating.GetName(), rating.GetRevision(), factSubject)
	if err != nil {
		return nil, err
	}
	p.loops.Go(func() { p.publish(context.WithoutCancel(ctx), p.facts, factSubject, id, rating.GetRevision()) })
	return rating, nil
}

func (p *Pipeline) compute(ctx context.Context, revision int64) error {
	id, err := commit(ctx, p.results, "x", revision, resultSubject)
	if err != nil {
		return err
	}
	p.publish(ctx, p.results, resultSubject, id, revision)
	return nil
}

func (p *Pipeline) show(_ context.Context, revision int64) error {
	p.mu.Lock()
	p.view["x"] = max(p.view["x"], revision)
	p.mu.Unlock()
	p.visible <- revision
	return nil
}

func commit(ctx context.Context, db *sql.DB, name string, revision int64, subject string) (int64, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	_, err = tx.ExecContext(ctx, `INSERT INTO doc (name, revision, body) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, body = excluded.body`, name, revision, make([]byte, 900))
	if err != nil {
		return 0, err
	}
	var id int64
	err = tx.QueryRowContext(ctx, `INSERT INTO outbox (subject, revision) VALUES ($1, $2) RETURNING id`, subject, revision).Scan(&id)
	if err != nil {
		return 0, err
	}
	return id, tx.Commit()
}

// publish sends the event and marks it beside the path that is measured, as the suite does.
func (p *Pipeline) publish(ctx context.Context, db *sql.DB, subject string, id, revision int64) {
	message := nats.NewMsg(subject)
	message.Data = []byte(strconv.FormatInt(revision, 10))
	_, err := p.js.PublishMsg(ctx, message, jetstream.WithMsgID(subject+strconv.FormatInt(id, 10)))
	if err != nil {
		return
	}
	p.loops.Go(func() {
		_, _ = db.ExecContext(context.WithoutCancel(ctx), `DELETE FROM outbox WHERE id = $1`, id)
	})
}

func (p *Pipeline) openSQL(ctx context.Context, dir string) error {
	open := func(name string) (*sql.DB, error) {
		db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, name)+pragmas) //nolint:forbidigo // the floor stands without the kit
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(1)
		_, err = db.ExecContext(ctx, `CREATE TABLE doc (name TEXT PRIMARY KEY, revision BIGINT, body BLOB);
			CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT, revision BIGINT)`)
		return db, err
	}
	var err error
	p.facts, err = open("facts.db")
	if err != nil {
		return err
	}
	p.results, err = open("results.db")
	return err
}

func (p *Pipeline) openNATS(ctx context.Context, dir string) error {
	var err error
	p.nats, err = server.NewServer(&server.Options{
		DontListen: true, JetStream: true, StoreDir: dir, SyncAlways: true, NoSigs: true, NoLog: true,
	})
	if err != nil {
		return err
	}
	p.nats.Start()
	if !p.nats.ReadyForConnections(10 * time.Second) {
		return errors.New("the embedded NATS server did not start")
	}
	p.conn, err = nats.Connect("", nats.InProcessServer(p.nats))
	if err != nil {
		return err
	}
	p.js, err = jetstream.New(p.conn)
	if err != nil {
		return err
	}
	_, err = p.js.CreateStream(ctx, jetstream.StreamConfig{Name: "BARE", Subjects: []string{"bare.>"}})
	return err
}

func (p *Pipeline) consume(ctx context.Context, subject string, handle func(context.Context, int64) error) error {
	consumer, err := p.js.CreateConsumer(ctx, "BARE", jetstream.ConsumerConfig{
		FilterSubject: subject, AckPolicy: jetstream.AckExplicitPolicy,
	})
	if err != nil {
		return err
	}
	handling, err := consumer.Consume(func(m jetstream.Msg) {
		revision, err := strconv.ParseInt(string(m.Data()), 10, 64)
		if err != nil {
			return
		}
		err = handle(context.WithoutCancel(ctx), revision)
		if err == nil {
			_ = m.Ack()
		}
	})
	if err != nil {
		return err
	}
	previous := p.stop
	p.stop = func() {
		handling.Stop()
		if previous != nil {
			previous()
		}
	}
	return nil
}

func (p *Pipeline) serve() error {
	var err error
	p.listener, err = net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a loopback listener
	if err != nil {
		return err
	}
	p.grpc = grpc.NewServer()
	assessmentv1.RegisterRatingServiceServer(p.grpc, p)
	p.loops.Go(func() { _ = p.grpc.Serve(p.listener) })
	p.client, err = grpc.NewClient(p.listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return fmt.Errorf("dial the floor: %w", err)
	}
	return nil
}

// Close ends everything.
func (p *Pipeline) Close() {
	if p.client != nil {
		_ = p.client.Close()
	}
	if p.grpc != nil {
		p.grpc.Stop()
	}
	if p.stop != nil {
		p.stop()
	}
	p.loops.Wait()
	if p.conn != nil {
		p.conn.Close()
	}
	if p.nats != nil {
		p.nats.Shutdown()
		p.nats.WaitForShutdown()
	}
	for _, db := range []*sql.DB{p.facts, p.results} {
		if db != nil {
			_ = db.Close()
		}
	}
}
