// Package viewtest is the suite that every adapter of view.Store passes.
//
// It mirrors the "must" sentences of view.Store one to one. It needs nothing but a function that
// opens an empty store.
package viewtest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kinerja-suite/kinerja/services/kit/view"
)

// Run runs the suite. open returns a store that holds none of the suite's keys and is closed by
// its own cleanup.
func Run(t *testing.T, open func(t *testing.T) view.Store) {
	t.Helper()
	tests := []struct {
		name string
		run  func(t *testing.T, s view.Store)
	}{
		{"a_missing_key_is_not_found", missingKey},
		{"an_entry_is_returned_as_it_was_put", roundTrip},
		{"an_older_revision_is_ignored", olderIgnored},
		{"an_equal_revision_is_ignored", equalIgnored},
		{"revisions_beyond_2_53_are_told_apart", largeRevisions},
		{"of_one_key_in_one_call_the_greatest_revision_stays", sameKeyTwice},
		{"entries_of_many_hash_tags_are_all_applied", manyTags},
		{"an_invalid_entry_applies_nothing", invalidEntry},
		{"nothing_put_and_nothing_asked_is_no_error", empty},
		{"concurrent_writers_leave_the_greatest_revision", concurrent},
		{"a_caller_that_reuses_its_buffer_changes_nothing", reusedBuffer},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, open(t))
		})
	}
}

func put(t *testing.T, s view.Store, entries ...view.Entry) {
	t.Helper()
	err := s.Put(t.Context(), entries)
	if err != nil {
		t.Fatalf("put: %v", err)
	}
}

func want(t *testing.T, s view.Store, entries ...view.Entry) {
	t.Helper()
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.Key
	}
	got, err := s.Get(t.Context(), keys...)
	if err != nil {
		t.Fatalf("get: %v", err)
	}
	diff := cmp.Diff(entries, got, cmpopts.EquateEmpty())
	if diff != "" {
		t.Errorf("entries differ (-want +got):\n%s", diff)
	}
}

func entry(key string, revision int64, value string) view.Entry {
	return view.Entry{Key: key, Revision: revision, Value: []byte(value)}
}

func missingKey(t *testing.T, s view.Store) {
	t.Helper()
	put(t, s, entry("there", 1, "x"))
	want(t, s, view.Entry{Key: "not there"}, entry("there", 1, "x"))
}

func roundTrip(t *testing.T, s view.Store) {
	t.Helper()
	binary := string([]byte{0, 1, 255, 0, '\r', '\n'})
	put(t, s, entry("a", 1, binary), entry("b", 7, ""), entry("c", 2, strings.Repeat("z", 10_000)))
	want(t, s, entry("a", 1, binary), entry("b", 7, ""), entry("c", 2, strings.Repeat("z", 10_000)))
}

func olderIgnored(t *testing.T, s view.Store) {
	t.Helper()
	put(t, s, entry("a", 10, "ten"))
	put(t, s, entry("a", 9, "nine"))
	want(t, s, entry("a", 10, "ten"))
	put(t, s, entry("a", 11, "eleven"))
	want(t, s, entry("a", 11, "eleven"))
}

func equalIgnored(t *testing.T, s view.Store) {
	t.Helper()
	put(t, s, entry("a", 10, "first"))
	put(t, s, entry("a", 10, "second"))
	want(t, s, entry("a", 10, "first"))
}

func largeRevisions(t *testing.T, s view.Store) {
	t.Helper()
	const big = int64(1)<<53 + 1
	put(t, s, entry("a", big, "big"))
	put(t, s, entry("a", big-1, "less"))
	want(t, s, entry("a", big, "big"))
	put(t, s, entry("a", big+1, "more"))
	want(t, s, entry("a", big+1, "more"))
}

func sameKeyTwice(t *testing.T, s view.Store) {
	t.Helper()
	put(t, s, entry("a", 2, "two"), entry("a", 3, "three"), entry("a", 1, "one"))
	want(t, s, entry("a", 3, "three"))
}

func manyTags(t *testing.T, s view.Store) {
	t.Helper()
	const tags, each = 7, 300
	var all []view.Entry
	for i := range each {
		for tag := range tags {
			all = append(all, entry(fmt.Sprintf("score:{%d}:%d", tag, i), int64(i+1), fmt.Sprint(tag, i)))
		}
	}
	put(t, s, all...)
	want(t, s, all...)
}

func invalidEntry(t *testing.T, s view.Store) {
	t.Helper()
	invalid := []view.Entry{
		entry("", 1, "x"), entry("b", 0, "x"), entry("b", -1, "x"),
		entry(strings.Repeat("k", view.MaxKeyBytes+1), 1, "x"),
		{Key: "b", Revision: 1, Value: make([]byte, view.MaxValueBytes+1)},
	}
	for _, bad := range invalid {
		err := s.Put(t.Context(), []view.Entry{entry("a", 1, "good"), bad})
		if !errors.Is(err, view.ErrInvalidEntry) {
			t.Errorf("put of revision %d with %d key bytes: got %v, want ErrInvalidEntry", bad.Revision, len(bad.Key), err)
		}
	}
	want(t, s, view.Entry{Key: "a"}, view.Entry{Key: "b"})
}

func empty(t *testing.T, s view.Store) {
	t.Helper()
	put(t, s)
	want(t, s)
}

func concurrent(t *testing.T, s view.Store) {
	t.Helper()
	const writers, revisions = 8, 50
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for r := range revisions {
				// Each writer goes its own way through the revisions.
				revision := int64((r*(2*w+1))%revisions + 1)
				err := s.Put(t.Context(), []view.Entry{entry("a", revision, strconv.FormatInt(revision, 10))})
				if err != nil {
					t.Errorf("put: %v", err)
				}
			}
		})
	}
	wg.Wait()
	want(t, s, entry("a", revisions, strconv.Itoa(revisions)))
}

func reusedBuffer(t *testing.T, s view.Store) {
	t.Helper()
	buffer := []byte("before")
	put(t, s, view.Entry{Key: "a", Revision: 1, Value: buffer})
	copy(buffer, "AFTER!")
	want(t, s, entry("a", 1, "before"))
}
