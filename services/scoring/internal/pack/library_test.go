package pack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shelf is a source in memory that notes whose text it was asked for.
type shelf struct {
	packs map[string]Stored
	asked []string
}

var _ Source = (*shelf)(nil)

func (s *shelf) StoredNames(context.Context) ([]string, error) {
	return slices.Sorted(maps.Keys(s.packs)), nil
}

func (s *shelf) Stored(_ context.Context, names []string) ([]Stored, error) {
	s.asked = append(s.asked, names...)
	var all []Stored
	for _, name := range names {
		p, ok := s.packs[name]
		if ok {
			all = append(all, p)
		}
	}
	return all, nil
}

// shelved returns a library of small packs of a tenant, version n of which is effective from year 2025 + n.
func shelved(t *testing.T, versions map[string]int) (*Library, *shelf) {
	t.Helper()
	carried, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	s := &shelf{packs: map[string]Stored{}}
	for id, last := range versions {
		for version := 1; version <= last; version++ {
			content := bytes.Replace(small(t), []byte("id: contoh\nversion: 1\n"), fmt.Appendf(nil, "id: %s\nversion: %d\n", id, version), 1)
			content = bytes.Replace(content, []byte(`effective_from: "2026-01-01"`), fmt.Appendf(nil, `effective_from: "%d-01-01"`, 2025+version), 1)
			name := fmt.Sprintf("rulePacks/%s/versions/%d", id, version)
			s.packs[name] = Stored{Name: name, Tenant: "3402", Content: string(content), PublishTime: time.Unix(1, 0)}
		}
	}
	return NewLibrary(carried, s), s
}

func TestLibrary_reads_the_texts_that_are_needed_once(t *testing.T) {
	t.Parallel()
	l, s := shelved(t, map[string]int{"3402-a": 3, "3402-b": 2})
	const second = "rulePacks/3402-a/versions/2"
	for range 2 {
		names, err := l.Names(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(names) || !slices.Contains(names, "rulePacks/permenpanrb-6-2022/versions/1") || !slices.Contains(names, second) {
			t.Fatalf("names %v", names)
		}
		next, err := l.NextVersion(t.Context(), "3402-b")
		if err != nil || next != 3 {
			t.Fatalf("next version %d, %v", next, err)
		}
		next, err = l.NextVersion(t.Context(), "3402-c")
		if err != nil || next != 1 {
			t.Fatalf("first version %d, %v", next, err)
		}
	}
	if len(s.asked) > 0 {
		t.Fatalf("names cost the texts of %v", s.asked)
	}
	for range 2 {
		names, err := l.Names(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Entries(t.Context(), append(Later(names, second), second, "rulePacks/permenpanrb-6-2022/versions/1"))
		if err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"rulePacks/3402-a/versions/3", second}, s.asked); diff != "" {
		t.Fatalf("texts read (-want +got):\n%s", diff)
	}
	_, err := l.Entries(t.Context(), []string{second, "rulePacks/3402-a/versions/4"})
	if !errors.Is(err, ErrUnknown) {
		t.Fatalf("error is %v, want ErrUnknown", err)
	}
}

func TestEntry_is_superseded_once_a_later_version_is_effective(t *testing.T) {
	t.Parallel()
	l, _ := shelved(t, map[string]int{"3402-a": 3, "3402-ab": 3})
	names, err := l.Names(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]State{ // at the beginning of 2025 to 2028
		"rulePacks/3402-a/versions/1": {StateUpcoming, StateEffective, StateSuperseded, StateSuperseded},
		"rulePacks/3402-a/versions/2": {StateUpcoming, StateUpcoming, StateEffective, StateSuperseded},
		"rulePacks/3402-a/versions/3": {StateUpcoming, StateUpcoming, StateUpcoming, StateEffective},
	}
	got := map[string][]State{}
	for name := range want {
		entry, err := l.Entry(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		later, err := l.Entries(t.Context(), Later(names, name))
		if err != nil {
			t.Fatal(err)
		}
		for year := 2025; year <= 2028; year++ {
			got[name] = append(got[name], entry.StateOn(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), later))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("states (-want +got):\n%s", diff)
	}
}
