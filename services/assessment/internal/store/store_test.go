package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

func progress(id string, at time.Time, value string) domain.Progress {
	return domain.Progress{
		Tenant: tenant, Period: period, ID: id, Person: "budi", Indicator: "results/r1/indicators/a",
		Realisation: value, EvidenceNote: "Laporan " + id, CreateTime: at,
	}
}

func TestProgress_the_report_with_the_latest_time_and_id_counts(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		// Added in an order that is neither that of time nor of id.
		for _, p := range []domain.Progress{
			progress("r2", noon, "20"), progress("r4", noon, "40"), progress("r3", noon, "30"), progress("r9", noon.Add(-time.Second), "90"),
		} {
			ok(t, b.store.AddProgress(t.Context(), p))
		}
		other := progress("r5", noon.Add(-time.Hour), "50")
		other.Indicator, other.Plan = "results/r1/indicators/b", "p2"
		ok(t, b.store.AddProgress(t.Context(), other))
		facts := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("budi")))
		if len(facts) != 1 {
			t.Fatalf("facts: %+v", facts)
		}
		got := facts[0].Realisations
		slices.SortFunc(got, func(a, b domain.Realisation) int { return strings.Compare(a.Indicator, b.Indicator) })
		want := []domain.Realisation{
			{Indicator: "results/r1/indicators/a", Value: "40", Report: "r4", ReportTime: noon},
			{Indicator: "results/r1/indicators/b", Value: "50", Report: "r5", ReportTime: noon.Add(-time.Hour), Plan: "p2"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("realisations (-want +got):\n%s", diff)
		}
		if len(b.told()) != 5 || b.told()[4] != other.Fact() {
			t.Errorf("told: %+v", b.told())
		}
	})
}

func TestProgress_lists_one_person_newest_first_in_pages(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var want []string
		for i := range 7 {
			// Two reports share each instant, so that the id decides.
			p := progress(fmt.Sprintf("r%d", i), noon.Add(time.Duration(i/2)*time.Second), "1")
			ok(t, b.store.AddProgress(t.Context(), p))
			want = append([]string{p.ID}, want...)
		}
		for _, stranger := range []domain.Progress{
			{Tenant: tenant, Period: period, ID: "x1", Person: "ani"},
			{Tenant: tenant, Period: "2025", ID: "x2", Person: "budi"},
			{Tenant: "3402", Period: period, ID: "x3", Person: "budi"},
		} {
			stranger.Indicator, stranger.Realisation, stranger.CreateTime = "results/r1/indicators/a", "1", noon
			ok(t, b.store.AddProgress(t.Context(), stranger))
		}
		q := app.ProgressQuery{Tenant: tenant, Period: period, Person: "budi", Limit: 3}
		var got []string
		for range 4 {
			page := must[[]domain.Progress](t)(b.store.ListProgress(t.Context(), q))
			for _, p := range page {
				got = append(got, p.ID)
				q.After = &app.ProgressCursor{CreateTime: p.CreateTime, ID: p.ID}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("ids %v, want %v", got, want)
		}
		whole := must[[]domain.Progress](t)(b.store.ListProgress(t.Context(), app.ProgressQuery{
			Tenant: tenant, Period: period, Person: "budi", Limit: 1,
		}))
		if diff := cmp.Diff([]domain.Progress{progress("r6", noon.Add(3*time.Second), "1")}, whole); diff != "" {
			t.Errorf("newest (-want +got):\n%s", diff)
		}
	})
}

func TestFacts_are_those_of_the_tenant_period_and_ids_asked_for(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for _, where := range [][2]string{{tenant, period}, {tenant, "2025"}, {"3402", period}} {
			r := rating()
			r.Tenant, r.Period = where[0], where[1]
			for _, person := range []string{"budi", "ani"} {
				r.Person = person
				must[domain.Rating](t)(b.store.SetRating(t.Context(), r, whatever))
			}
		}
		for _, n := range []int{1, 2, 9, 65, 300, 500} {
			ids := make([]string, n)
			for i := range ids {
				ids[i] = fmt.Sprintf("nobody-%d", i)
			}
			ids[0] = "budi"
			facts := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query(ids...)))
			want := rating()
			want.Revision, want.Feedback = 1, ""
			if diff := cmp.Diff([]domain.PersonFacts{{Person: "budi", Rating: &want}}, facts); diff != "" {
				t.Errorf("facts of %d people (-want +got):\n%s", n, diff)
			}
			units := must[[]domain.UnitFacts](t)(b.store.UnitFacts(t.Context(), query(ids...)))
			if len(units) != 0 {
				t.Errorf("facts of %d units: %+v", n, units)
			}
		}
	})
}

func TestWrites_that_cannot_be_told_are_undone(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		survey := domain.Survey{Tenant: tenant, Period: period, ID: "skm", Unit: "dinkes", CreateTime: noon}
		ok(t, b.store.AddPeerReview(t.Context(), answersOf(0)))
		ok(t, b.store.AddPeerReview(t.Context(), answersOf(1)))
		b.fail = true
		_, ratingErr := b.store.SetRating(t.Context(), rating(), whatever)
		errs := []error{
			ratingErr,
			b.store.AddProgress(t.Context(), progress("r1", noon, "1")),
			b.store.AddPeerReview(t.Context(), answersOf(2)),
			b.store.AddSurvey(t.Context(), survey),
			b.store.AddResponse(t.Context(), domain.Submission{Survey: survey, Day: today}),
		}
		for i, err := range errs {
			if !errors.Is(err, errTeller) {
				t.Errorf("write %d: %v", i, err)
			}
		}
		people := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("budi")))
		units := must[[]domain.UnitFacts](t)(b.store.UnitFacts(t.Context(), query("dinkes")))
		if len(people) != 0 || len(units) != 0 {
			t.Errorf("left behind: %+v, %+v", people, units)
		}
	})
}

func query(ids ...string) app.FactQuery {
	return app.FactQuery{Tenant: tenant, Period: period, IDs: ids}
}
