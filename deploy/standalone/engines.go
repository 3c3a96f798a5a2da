package standalone

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	natsStart = 10 * time.Second
	// maxStreams bounds what the event streams may take on disk, in bytes.
	maxStreams = 10 << 30
)

// closers undo what was opened, the last first.
type closers []func() error

func (c *closers) push(f func() error) { *c = append(*c, f) }

func (c *closers) close() error {
	var errs []error
	for i := len(*c) - 1; i >= 0; i-- {
		errs = append(errs, (*c)[i]())
	}
	*c = nil
	return errors.Join(errs...)
}

// lockData makes this process the only one to use the directory. A killed process leaves no lock behind.
func lockData(dir string) (func() error, error) {
	err := os.MkdirAll(dir, 0o700)
	if err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data directory: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("another process uses %s; stop it or choose another --data", dir), file.Close())
	}
	return file.Close, nil
}

func openSQL(ctx context.Context, dir, service string, migrations fs.FS) (*sqlkit.DB, error) {
	db, err := sqlkit.OpenSQLite(ctx, filepath.Join(dir, service+".db"))
	if err != nil {
		return nil, err
	}
	err = sqlkit.Migrate(ctx, db, migrations)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("migrate the database of %s: %w", service, err), db.Close())
	}
	return db, nil
}

// startNATS runs the server in this process; only this process can reach it.
func startNATS(dir string) (*server.Server, error) {
	ns, err := server.NewServer(&server.Options{
		ServerName: "kinerja", DontListen: true, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: filepath.Join(dir, "nats"), SyncAlways: true, JetStreamMaxStore: maxStreams,
	})
	if err != nil {
		return nil, fmt.Errorf("embedded NATS: %w", err)
	}
	ns.Start()
	if !ns.ReadyForConnections(natsStart) {
		stopNATS(ns)
		return nil, fmt.Errorf("embedded NATS is not ready after %s", natsStart)
	}
	return ns, nil
}

func stopNATS(ns *server.Server) {
	ns.Shutdown()
	ns.WaitForShutdown()
}

func closeBus(bus *natskit.Bus) error {
	ctx, cancel := context.WithTimeout(context.Background(), natsStart)
	defer cancel()
	return bus.Close(ctx)
}
