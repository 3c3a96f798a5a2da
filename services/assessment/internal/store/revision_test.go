package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

func rating() domain.Rating {
	return domain.Rating{
		Tenant: tenant, Period: period, Person: "budi", Rater: "ani", Plan: "p1", Result: domain.ExpectationBelow,
		Behavior: domain.ExpectationMeets, Feedback: "Perlu perbaikan.", FeedbackDate: today, UpdateTime: noon,
	}
}

func TestRating_each_change_is_a_revision(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		first := must[domain.Rating](t)(b.store.SetRating(t.Context(), rating(), onRevision(0)))
		again := must[domain.Rating](t)(b.store.SetRating(t.Context(), rating(), whatever))
		changed := rating()
		changed.Result, changed.Feedback, changed.FeedbackDate, changed.Rater = domain.ExpectationAbove, "", domain.Date{}, "cici"
		changed.UpdateTime = noon.Add(time.Minute)
		third := must[domain.Rating](t)(b.store.SetRating(t.Context(), changed, onRevision(2)))
		if first.Revision != 1 || again.Revision != 2 || third.Revision != 3 {
			t.Errorf("revisions %d, %d, %d", first.Revision, again.Revision, third.Revision)
		}
		got := must[domain.Rating](t)(b.store.Rating(t.Context(), tenant, period, "budi"))
		if diff := cmp.Diff(third, got); diff != "" {
			t.Errorf("current (-want +got):\n%s", diff)
		}
		want := []domain.Fact{first.Fact(), again.Fact(), third.Fact()}
		if diff := cmp.Diff(want, b.told()); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
	})
}

func TestRating_of_a_stale_writer_changes_nothing(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		_, err := b.store.SetRating(t.Context(), rating(), onRevision(1))
		about, told := errors.AsType[*domain.RefusalError](err)
		if !errors.Is(err, domain.ErrStale) || !told || about.Detail != "tenants/3374/periods/2026/ratings/budi" {
			t.Errorf("an etag before the first revision: %v", err)
		}
		_, err = b.store.Rating(t.Context(), tenant, period, "budi")
		if !errors.Is(err, domain.ErrNotFound) {
			t.Errorf("rating after a refusal: %v", err)
		}
		must[domain.Rating](t)(b.store.SetRating(t.Context(), rating(), whatever))
		_, err = b.store.SetRating(t.Context(), rating(), onRevision(0))
		if !errors.Is(err, domain.ErrStale) {
			t.Errorf("an etag of no revision: %v", err)
		}
		if len(b.told()) != 1 {
			t.Errorf("told: %+v", b.told())
		}
	})
}

func TestRating_concurrent_writers_get_distinct_revisions_or_are_stale(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		revisions := concurrently(t, 8, func() (int64, error) {
			r, err := b.store.SetRating(t.Context(), rating(), whatever)
			return r.Revision, err
		})
		for i, revision := range revisions {
			if revision != int64(i+1) {
				t.Fatalf("revisions: %v", revisions)
			}
		}
		current := int64(len(revisions))
		winners := concurrently(t, 8, func() (int64, error) {
			r, err := b.store.SetRating(t.Context(), rating(), onRevision(current))
			return r.Revision, err
		})
		if !slices.Equal(winners, []int64{current + 1}) {
			t.Errorf("of writers on one revision these won: %v", winners)
		}
		if len(b.told()) != int(current)+1 {
			t.Errorf("told %d facts of %d revisions", len(b.told()), current+1)
		}
	})
}

// concurrently runs write n times at once and returns the sorted revisions of those that were not stale, at least one.
func concurrently(t *testing.T, n int, write func() (int64, error)) []int64 {
	t.Helper()
	var mu sync.Mutex
	var revisions []int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			revision, err := write()
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				revisions = append(revisions, revision)
			case !errors.Is(err, domain.ErrStale):
				t.Errorf("concurrent write: %v", err)
			}
		})
	}
	wg.Wait()
	if len(revisions) == 0 {
		t.Fatal("no concurrent writer succeeded")
	}
	slices.Sort(revisions)
	return revisions
}

func TestOrganizationRating_and_attendance_are_revisions_too(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		r := domain.OrganizationRating{
			Tenant: tenant, Period: period, Unit: "dinkes", Level: domain.LevelGood, Basis: "SK 12/2026", Rater: "tenants/3374/people/siti",
			UpdateTime: noon,
		}
		a := domain.Attendance{
			Tenant: tenant, Period: period, Person: "budi", WorkingDays: 100, PresentDays: 90, UnexcusedDays: 4, LateMinutes: 75,
			Recorder: "simpeg", UpdateTime: noon,
		}
		for want := int64(1); want <= 2; want++ {
			rated := must[domain.OrganizationRating](t)(b.store.SetOrganizationRating(t.Context(), r, onRevision(want-1)))
			attended := must[domain.Attendance](t)(b.store.SetAttendance(t.Context(), a, onRevision(want-1)))
			if rated.Revision != want || attended.Revision != want {
				t.Errorf("revisions %d and %d, want %d", rated.Revision, attended.Revision, want)
			}
		}
		_, err := b.store.SetOrganizationRating(t.Context(), r, onRevision(1))
		if !errors.Is(err, domain.ErrStale) {
			t.Errorf("stale organisation rating: %v", err)
		}
		_, err = b.store.SetAttendance(t.Context(), a, onRevision(1))
		if !errors.Is(err, domain.ErrStale) {
			t.Errorf("stale attendance: %v", err)
		}
		r.Revision, a.Revision = 2, 2
		units := must[[]domain.UnitFacts](t)(b.store.UnitFacts(t.Context(), query("dinkes")))
		if diff := cmp.Diff([]domain.UnitFacts{{Unit: "dinkes", Rating: &r}}, units); diff != "" {
			t.Errorf("unit (-want +got):\n%s", diff)
		}
		people := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("budi")))
		if diff := cmp.Diff([]domain.PersonFacts{{Person: "budi", Attendance: &a}}, people); diff != "" {
			t.Errorf("person (-want +got):\n%s", diff)
		}
	})
}
