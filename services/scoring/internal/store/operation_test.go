package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
)

// asked is an operation of the owner about the tenants, for everybody.
func asked(owner, id string, tenants ...string) app.Operation {
	o := app.Operation{Owner: owner, ID: id, Period: "2026", CreateTime: noon}
	for _, tenant := range tenants {
		o.Parts = append(o.Parts, app.Part{
			PartKey: app.PartKey{Operation: id, Period: domain.Period{Tenant: tenant, ID: "2026"}}, State: app.OperationQueued,
		})
	}
	return o
}

func startOperation(t *testing.T, s *store.Store, o app.Operation) app.Operation {
	t.Helper()
	err := s.CreateOperation(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func claim(key app.PartKey, holder string, at time.Time) app.Claim {
	return app.Claim{PartKey: key, Holder: holder, At: at, Until: at.Add(time.Minute)}
}

func held(t *testing.T, s *store.Store, c app.Claim) app.Part {
	t.Helper()
	p, err := s.ClaimPart(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func read(t *testing.T, s *store.Store, owner, id string) app.Operation {
	t.Helper()
	o, err := s.Operation(t.Context(), owner, id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error is %v, want %v", err, want)
	}
}

func TestOperations(t *testing.T) {
	t.Parallel()
	each(t, "keep_every_field_of_an_operation_and_its_parts_by_tenant", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		o := asked("provinces/34", "o1", "3402", "3401")
		o.Unit, o.Parts[0].Unit, o.Parts[1].Unit = "u1", "u1", "u1"
		startOperation(t, s, o)
		o.Parts[0], o.Parts[1] = o.Parts[1], o.Parts[0]
		if diff := cmp.Diff(o, read(t, s, "provinces/34", "o1")); diff != "" {
			t.Fatalf("operation (-want +got):\n%s", diff)
		}
		_, err := s.Operation(t.Context(), "tenants/3402", "o1")
		wants(t, err, app.ErrNotFound)
	})
	each(t, "are_listed_newest_first", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		for i, id := range []string{"o1", "o2", "o3"} {
			startOperation(t, s, asked("tenants/3402", id, []string{"3402", "3403", "3404"}[i]))
		}
		startOperation(t, s, asked("tenants/3405", "o4", "3405"))
		first, err := s.Operations(t.Context(), "tenants/3402", "", 2)
		if err != nil || len(first) != 2 || first[0].ID != "o3" || first[1].ID != "o2" || len(first[0].Parts) != 1 {
			t.Fatalf("first page is %v, %v", first, err)
		}
		rest, err := s.Operations(t.Context(), "tenants/3402", "o2", 2)
		if err != nil || len(rest) != 1 || rest[0].ID != "o1" {
			t.Fatalf("second page is %v, %v", rest, err)
		}
	})
	each(t, "of_the_same_people_are_open_one_at_a_time", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		first := startOperation(t, s, asked("tenants/3402", "o1", "3402"))
		wants(t, s.CreateOperation(t.Context(), asked("provinces/34", "o2", "3401", "3402")), app.ErrRunning)
		_, err := s.Operation(t.Context(), "provinces/34", "o2")
		wants(t, err, app.ErrNotFound)
		unit := asked("tenants/3402", "o3", "3402")
		unit.Parts[0].Unit = "u1"
		startOperation(t, s, unit)
		wants(t, s.CancelOperation(t.Context(), first.ID, noon), nil)
		startOperation(t, s, asked("provinces/34", "o4", "3401", "3402"))
		wants(t, s.ResumeOperation(t.Context(), first.ID), app.ErrRunning)
		if got := read(t, s, "tenants/3402", "o1").State(); got != app.OperationCancelled {
			t.Fatalf("state is %s", got)
		}
	})
	each(t, "of_units_are_bounded_in_each_tenant", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		of := func(tenant string, unit int) app.Operation {
			o := asked("tenants/"+tenant, fmt.Sprintf("o%s-%03d", tenant, unit), tenant)
			o.Unit = fmt.Sprintf("u%03d", unit)
			o.Parts[0].Unit = o.Unit
			return o
		}
		for unit := range app.MaxOpenUnits {
			startOperation(t, s, of("3402", unit))
		}
		wants(t, s.CreateOperation(t.Context(), of("3402", 100)), app.ErrTooManyOpen)
		_, err := s.Operation(t.Context(), "tenants/3402", "o3402-100")
		wants(t, err, app.ErrNotFound)
		startOperation(t, s, of("3404", 100))
		startOperation(t, s, asked("provinces/34", "o1", "3402", "3404"))
		wants(t, s.CancelOperation(t.Context(), "o3402-007", noon), nil)
		startOperation(t, s, of("3402", 100))
		wants(t, s.ResumeOperation(t.Context(), "o3402-007"), app.ErrTooManyOpen)
		if got := read(t, s, "tenants/3402", "o3402-007").State(); got != app.OperationCancelled {
			t.Fatalf("state is %s", got)
		}
	})
	each(t, "end_by_a_cancel_and_go_on_by_a_resume", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		o := startOperation(t, s, asked("provinces/34", "o1", "3401", "3402"))
		wants(t, s.ResumeOperation(t.Context(), o.ID), app.ErrOperationState)
		part := held(t, s, claim(o.Parts[0].PartKey, "w1", noon))
		wants(t, s.CancelOperation(t.Context(), o.ID, noon.Add(time.Hour)), nil)
		wants(t, s.CancelOperation(t.Context(), o.ID, noon), app.ErrOperationState)
		got := read(t, s, o.Owner, o.ID)
		if got.State() != app.OperationCancelled || !got.EndTime().Equal(noon.Add(time.Hour)) || got.Parts[0].Holder != "" {
			t.Fatalf("operation is %+v", got)
		}
		_, err := s.ClaimPart(t.Context(), claim(part.PartKey, "w1", noon))
		wants(t, err, app.ErrPartLost)
		wants(t, s.ResumeOperation(t.Context(), o.ID), nil)
		got = read(t, s, o.Owner, o.ID)
		if got.State() != app.OperationQueued || !got.EndTime().IsZero() || !got.Parts[0].StartTime.Equal(noon) {
			t.Fatalf("operation is %+v", got)
		}
	})
}

func TestClaimPart(t *testing.T) {
	t.Parallel()
	each(t, "gives_a_part_to_one_holder_until_its_lease_ends", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		key := startOperation(t, s, asked("tenants/3402", "o1", "3402")).Parts[0].PartKey
		p := held(t, s, claim(key, "w1", noon))
		want := app.Part{PartKey: key, State: app.OperationRunning, StartTime: noon, Holder: "w1", LeaseTime: noon.Add(time.Minute)}
		if diff := cmp.Diff(want, p); diff != "" {
			t.Fatalf("part (-want +got):\n%s", diff)
		}
		_, err := s.ClaimPart(t.Context(), claim(key, "w2", noon.Add(59*time.Second)))
		wants(t, err, app.ErrPartLost)
		held(t, s, claim(key, "w1", noon.Add(59*time.Second)))
		_, err = s.ClaimPart(t.Context(), claim(key, "w2", noon.Add(time.Minute)))
		wants(t, err, app.ErrPartLost)
		taken := held(t, s, claim(key, "w2", noon.Add(2*time.Minute)))
		if taken.Holder != "w2" || !taken.StartTime.Equal(noon) {
			t.Fatalf("part is %+v", taken)
		}
	})
	each(t, "keeps_what_its_holder_renews", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		o := startOperation(t, s, asked("provinces/34", "o1", "3401", "3402", "3403"))
		ended, kept, other := o.Parts[0].PartKey, o.Parts[1].PartKey, o.Parts[2].PartKey
		held(t, s, claim(ended, "w1", noon))
		wants(t, s.FailPart(t.Context(), claim(ended, "w1", noon), "NOT_FOUND"), nil)
		held(t, s, claim(kept, "w1", noon))
		held(t, s, claim(other, "w2", noon))
		wants(t, s.RenewParts(t.Context(), "w1", noon.Add(time.Hour)), nil)
		var leases []time.Time
		for _, p := range read(t, s, o.Owner, o.ID).Parts {
			leases = append(leases, p.LeaseTime)
		}
		if diff := cmp.Diff([]time.Time{{}, noon.Add(time.Hour), noon.Add(time.Minute)}, leases); diff != "" {
			t.Fatalf("leases (-want +got):\n%s", diff)
		}
	})
	each(t, "takes_over_at_once_when_exclusive_or_released", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		key := startOperation(t, s, asked("tenants/3402", "o1", "3402")).Parts[0].PartKey
		held(t, s, claim(key, "w1", noon))
		exclusive := claim(key, "w2", noon)
		exclusive.Exclusive = true
		held(t, s, exclusive)
		wants(t, s.ReleaseParts(t.Context(), "w2"), nil)
		held(t, s, claim(key, "w3", noon))
		open, err := s.OpenParts(t.Context(), 10)
		if err != nil || len(open) != 1 || open[0].Holder != "w3" {
			t.Fatalf("open parts are %v, %v", open, err)
		}
	})
	each(t, "ends_with_the_failure_of_its_holder_alone", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		o := startOperation(t, s, asked("tenants/3402", "o1", "3402"))
		key := o.Parts[0].PartKey
		held(t, s, claim(key, "w1", noon))
		wants(t, s.FailPart(t.Context(), claim(key, "w2", noon), "NOT_FOUND"), app.ErrPartLost)
		wants(t, s.FailPart(t.Context(), claim(key, "w1", noon), "NOT_FOUND"), nil)
		got := read(t, s, o.Owner, o.ID)
		if got.State() != app.OperationFailed || got.Parts[0].Problem != "NOT_FOUND" || !got.EndTime().Equal(noon) {
			t.Fatalf("operation is %+v", got)
		}
		open, err := s.OpenParts(t.Context(), 10)
		if err != nil || len(open) != 0 {
			t.Fatalf("open parts are %v, %v", open, err)
		}
	})
}

func TestApply_advances_a_part(t *testing.T) {
	t.Parallel()
	chunk := func(key app.PartKey, from, last string) app.Write {
		return app.Write{At: noon, Scores: []app.Revision{score(last, 1)}, Publish: []event.Event{told(1)}, Advance: &app.Advance{
			Claim: claim(key, "w1", noon.Add(time.Second)), From: from, Last: last, Outcome: app.Outcome{Written: 1, Unchanged: 2, Skipped: 3, Failed: 4},
		}}
	}
	each(t, "with_its_scores_and_events", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		o := startOperation(t, s, asked("tenants/3402", "o1", "3402"))
		key := o.Parts[0].PartKey
		held(t, s, claim(key, "w1", noon))
		first := chunk(key, "", "ani")
		first.Advance.Total = 22
		apply(t, s, first)
		last := chunk(key, "ani", "budi")
		last.Advance.End = true
		apply(t, s, last)
		got := read(t, s, o.Owner, o.ID)
		want := app.Part{
			PartKey: key, State: app.OperationSucceeded, Last: "budi", Total: 22, Written: 2, Unchanged: 4, Skipped: 6, Failed: 8,
			StartTime: noon, EndTime: noon.Add(time.Second), Holder: "w1", LeaseTime: noon.Add(time.Minute + time.Second),
		}
		if diff := cmp.Diff([]app.Part{want}, got.Parts); diff != "" || got.Parts[0].Done() != 20 {
			t.Fatalf("parts (-want +got):\n%s", diff)
		}
		if count(t, db, "scores") != 2 || count(t, db, "outbox") != 2 {
			t.Fatalf("%d scores, %d events", count(t, db, "scores"), count(t, db, "outbox"))
		}
	})
	each(t, "and_names_the_first_of_those_who_failed", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		o := startOperation(t, s, asked("provinces/34", "o1", "3401", "3402"))
		of := func(n int, from, last string) app.Write {
			w := chunk(o.Parts[1].PartKey, from, last)
			w.Advance.Outcome.Failed = n
			for i := range min(n, app.MaxFailures) {
				w.Advance.Failures = append(w.Advance.Failures, app.Failure{
					Person: fmt.Sprintf("%s%03d", last, i), Reason: fault.ReasonRulePackMisfit, Sentences: []string{"Satu.", "Dua."},
				})
			}
			return w
		}
		held(t, s, claim(o.Parts[1].PartKey, "w1", noon))
		first, second, third := of(1, "", "a"), of(120, "a", "b"), of(1, "b", "c")
		wants(t, s.Apply(t.Context(), of(3, "elsewhere", "d")), app.ErrPartLost)
		for _, w := range []app.Write{first, second, third} {
			apply(t, s, w)
		}
		got := read(t, s, o.Owner, o.ID).Parts
		want := slices.Concat(first.Advance.Failures, second.Advance.Failures[:app.MaxFailures-1])
		if diff := cmp.Diff(want, got[1].Failures); diff != "" || got[1].Failed != 122 || got[0].Failures != nil {
			t.Fatalf("named (-want +got):\n%s", diff)
		}
		listed, err := s.Operations(t.Context(), o.Owner, "", 1)
		if err != nil || listed[0].Parts[1].Failures != nil {
			t.Fatalf("listed with %d failures, %v", len(listed[0].Parts[1].Failures), err)
		}
	})
	lost := map[string]func(t *testing.T, s *store.Store, key app.PartKey, w *app.Write){
		"nothing_when_it_stands_elsewhere": func(_ *testing.T, _ *store.Store, _ app.PartKey, w *app.Write) { w.Advance.From = "aan" },
		"nothing_when_another_holds_it":    func(_ *testing.T, _ *store.Store, _ app.PartKey, w *app.Write) { w.Advance.Holder = "w2" },
		"nothing_when_it_was_canceled": func(t *testing.T, s *store.Store, key app.PartKey, _ *app.Write) {
			wants(t, s.CancelOperation(t.Context(), key.Operation, noon), nil)
		},
	}
	for sentence, spoil := range lost {
		each(t, sentence, func(t *testing.T, s *store.Store, db *sqlkit.DB) {
			key := startOperation(t, s, asked("tenants/3402", "o1", "3402")).Parts[0].PartKey
			held(t, s, claim(key, "w1", noon))
			w := chunk(key, "", "ani")
			spoil(t, s, key, &w)
			wants(t, s.Apply(t.Context(), w), app.ErrPartLost)
			if n := count(t, db, "scores") + count(t, db, "outbox"); n != 0 {
				t.Fatalf("%d rows were written", n)
			}
		})
	}
	each(t, "nothing_when_a_revision_is_stale", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		o := startOperation(t, s, asked("tenants/3402", "o1", "3402"))
		held(t, s, claim(o.Parts[0].PartKey, "w1", noon))
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}})
		wants(t, s.Apply(t.Context(), chunk(o.Parts[0].PartKey, "", "ani")), app.ErrStale)
		if got := read(t, s, o.Owner, o.ID).Parts[0]; got.Last != "" || got.Done() != 0 {
			t.Fatalf("part is %+v", got)
		}
	})
}

func TestMismatches(t *testing.T) {
	t.Parallel()
	other := domain.Period{Tenant: "3374", ID: "2025"}
	each(t, "are_kept_once_for_a_revision_and_listed_newest_first", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1), score("budi", 1)}})
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 2)}})
		ani := app.Mismatch{
			ID: "m1", Period: period, Person: "ani", Revision: 1, CurrentRevision: 2, StoredDigest: "a", ComputedDigest: "b", FindTime: noon,
		}
		budi := app.Mismatch{
			ID: "m2", Period: period, Person: "budi", Revision: 1, CurrentRevision: 1, StoredDigest: "c", ComputedDigest: "d", FindTime: noon,
		}
		nobody := app.Mismatch{ID: "m3", Period: period, Person: "citra", ComputedDigest: "e", FindTime: noon}
		apply(t, s, app.Write{Indexes: []domain.SurveyScore{index("u1", 1), index("u2", 1)}})
		unit := app.Mismatch{
			ID: "m4", Period: period, Unit: "u1", Revision: 1, CurrentRevision: 1, StoredDigest: "f", ComputedDigest: "g", FindTime: noon,
		}
		for i, m := range []app.Mismatch{ani, budi, nobody, unit, budi, nobody, unit} {
			added, err := s.AddMismatch(t.Context(), m)
			if err != nil || added != (i < 4) {
				t.Fatalf("%d: added %v, %v", i, added, err)
			}
		}
		if diff := cmp.Diff([]app.Mismatch{unit, nobody, budi, ani}, listed(t, s, "")); diff != "" {
			t.Fatalf("mismatches (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]app.Mismatch{ani}, listed(t, s, "m2")); diff != "" {
			t.Fatalf("mismatches (-want +got):\n%s", diff)
		}
		heads, err := s.IndexHeads(t.Context(), period, []string{"u1", "u2"})
		if second := index("u2", 1); err != nil || heads["u1"].Digest != "" || heads["u2"].Digest != second.Digest() {
			t.Fatalf("heads %+v, %v", heads, err)
		}
	})
	each(t, "are_looked_for_in_samples_of_current_revisions", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		elsewhere := score("zaki", 1)
		elsewhere.Period = other
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1), score("budi", 1), score("citra", 1), elsewhere}})
		apply(t, s, app.Write{Scores: []app.Revision{score("budi", 2)}})
		periods, err := s.ScoredPeriods(t.Context())
		if diff := cmp.Diff([]domain.Period{other, period}, periods); diff != "" || err != nil {
			t.Fatalf("periods (-want +got):\n%s, %v", diff, err)
		}
		n, err := s.CountScores(t.Context(), period)
		if err != nil || n != 3 {
			t.Fatalf("%d scores, %v", n, err)
		}
		for offset, want := range []string{"ani", "budi", "citra", ""} {
			person, err := s.ScoredPerson(t.Context(), period, offset)
			if person != want || err != nil {
				t.Fatalf("person %d is %q, %v", offset, person, err)
			}
		}
		budi := score("budi", 2)
		want := map[string]app.Sample{"budi": {
			Revision: 2, Digest: budi.Digest(), RowDigest: budi.Digest(), Facts: budi.Record.Facts.Digest(), Final: budi.Final.Sum(),
		}}
		of, err := s.SampleOf(t.Context(), period, []string{"budi", "nobody"})
		if diff := cmp.Diff(want, of); diff != "" || err != nil {
			t.Fatalf("sample (-want +got):\n%s, %v", diff, err)
		}
	})
}

func listed(t *testing.T, s *store.Store, before string) []app.Mismatch {
	t.Helper()
	found, err := s.Mismatches(context.WithoutCancel(t.Context()), period.Tenant, before, 10)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
