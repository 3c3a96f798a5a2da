package daemon

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// monday is when the events of the tests were made.
var monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// database opens the SQLite file of the site beside its process.
func (s *site) database(t *testing.T) *sqlkit.DB {
	t.Helper()
	var path string
	for _, v := range s.env {
		after, ok := strings.CutPrefix(v, "KINERJA_KITTEST_DB_PATH=")
		if ok {
			path = after
		}
	}
	db, err := sqlkit.OpenSQLite(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// fill makes four events of monday: event-1 and event-2 are parked, event-3 is published, event-4 is pending.
func fill(t *testing.T, db *sqlkit.DB) {
	t.Helper()
	out, err := outbox.New(db, ids.Sequence("event"), clock.NewFake(monday), outbox.Options{Service: "kittest"})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		for i := range 4 {
			err := out.Append(ctx, tx, event.Event{
				ID: fmt.Sprintf("event-%d", i+1), Type: "kinerja.kittest.v1.WidgetChanged", Subject: event.Subject("kittest", "3402", "widget", "changed"),
				Resource: fmt.Sprintf("tenants/3402/widgets/w%d", i+1), Revision: 1, Payload: testrpc.New("Widget"),
			})
			if err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "UPDATE outbox SET park_time = $1 + seq * 1000000, attempts = 3, last_error = 'too\nlarge' WHERE seq <= 2", sqlkit.Micros(monday))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE outbox SET publish_time = $1 WHERE seq = 3", sqlkit.Micros(monday))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// states returns what each event is, by its id.
func states(t *testing.T, db *sqlkit.DB) map[string]string {
	t.Helper()
	rows, err := db.Read().QueryContext(t.Context(), `SELECT event_id, CASE WHEN park_time IS NOT NULL THEN 'parked'
WHEN publish_time IS NOT NULL THEN 'published' ELSE 'pending' END FROM outbox`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	got := map[string]string{}
	for rows.Next() {
		var id, state string
		err := rows.Scan(&id, &state)
		if err != nil {
			t.Fatal(err)
		}
		got[id] = state
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return got
}

func TestOutbox(t *testing.T) {
	t.Parallel()
	const header = "EVENT_ID  PARK_TIME             ATTEMPTS  SUBJECT"
	untouched := map[string]string{"event-1": "parked", "event-2": "parked", "event-3": "published", "event-4": "pending"}
	changed := func(id, state string) map[string]string {
		m := maps.Clone(untouched)
		m[id] = state
		if state == "" {
			delete(m, id)
		}
		return m
	}
	cases := map[string]struct {
		args []string
		code int
		want string
		then map[string]string
	}{
		"list_shows_the_parked_events": {
			[]string{"list"},
			process.ExitOK,
			`event-2   2026-03-02T01:00:02Z  3         kinerja.kittest.v1.3402.widget.changed  tenants/3402/widgets/w2  "too\nlarge"`, untouched,
		},
		"list_has_a_header":                   {[]string{"list"}, process.ExitOK, header, untouched},
		"retry_makes_an_event_pending":        {[]string{"retry", "event-1"}, process.ExitOK, "event-1 will be published again\n", changed("event-1", "pending")},
		"drop_removes_an_event":               {[]string{"drop", "event-2"}, process.ExitOK, "event-2 is removed\n", changed("event-2", "")},
		"only_a_parked_event_is_dropped":      {[]string{"drop", "event-4"}, process.ExitInternal, "no parked event has this id", untouched},
		"only_a_parked_event_is_tried_again":  {[]string{"retry", "event-9"}, process.ExitInternal, "no parked event has this id", untouched},
		"republish_makes_what_is_new_pending": {[]string{"republish", "2026-03-02T08:00:00+07:00"}, process.ExitOK, "events that will be published again: 1\n", changed("event-3", "pending")},
		"republish_leaves_what_is_older":      {[]string{"republish", "2026-03-02T08:00:01+07:00"}, process.ExitOK, "events that will be published again: 0\n", untouched},
		"republish_needs_a_time":              {[]string{"republish", "yesterday"}, process.ExitUsage, "SINCE is a time such as", untouched},
		"retry_needs_an_id":                   {[]string{"retry"}, process.ExitUsage, "outbox retry EVENT_ID", untouched},
		"list_takes_no_argument":              {[]string{"list", "event-1"}, process.ExitUsage, "unknown command", untouched},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, w, out := newSite(t), &widgets{}, &output{}
			db := s.database(t)
			err := sqlkit.Migrate(t.Context(), db, nil)
			if err != nil {
				t.Fatal(err)
			}
			fill(t, db)
			got := s.run(t.Context(), spec(w), out, append([]string{"outbox"}, c.args...)...)
			if got != c.code || !strings.Contains(out.String(), c.want) {
				t.Errorf("exit code %d, want %d with %q:\n%s", got, c.code, c.want, out)
			}
			if diff := cmp.Diff(c.then, states(t, db)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
			if len(w.noted()) > 0 {
				t.Errorf("more than the database was opened: %v", w.noted())
			}
		})
	}
}

func TestOutboxOfADatabase(t *testing.T) {
	t.Parallel()
	t.Run("an_empty_outbox_is_an_empty_list", func(t *testing.T) {
		t.Parallel()
		s, out := newSite(t), &output{}
		err := sqlkit.Migrate(t.Context(), s.database(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := s.run(t.Context(), spec(&widgets{}), out, "outbox", "list")
		if got != process.ExitOK || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("exit code %d: %s", got, out)
		}
	})
	t.Run("a_database_that_was_never_migrated_is_an_error", func(t *testing.T) {
		t.Parallel()
		s, out := newSite(t), &output{}
		got := s.run(t.Context(), spec(&widgets{}), out, "outbox", "list")
		if got != process.ExitInternal || !strings.Contains(out.String(), "older") {
			t.Errorf("exit code %d: %s", got, out)
		}
	})
	t.Run("a_running_process_is_not_in_the_way", func(t *testing.T) {
		t.Parallel()
		s, w, log := newSite(t), &widgets{}, &output{}
		ctx, cancel := context.WithCancel(t.Context())
		code := make(chan int, 1)
		go func() { code <- s.run(ctx, spec(w), log) }()
		awaitReady(t, log)
		db := s.database(t)
		fill(t, db)
		out := &output{}
		got := s.run(t.Context(), spec(&widgets{}), out, "outbox", "retry", "event-1")
		if got != process.ExitOK || states(t, db)["event-1"] != "pending" {
			t.Errorf("exit code %d: %s", got, out)
		}
		cancel()
		if got := <-code; got != process.ExitOK {
			t.Errorf("exit code %d: %s", got, log)
		}
	})
}
