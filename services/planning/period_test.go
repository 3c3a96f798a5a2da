package planning_test

import (
	"sync"
	"testing"

	"google.golang.org/genproto/googleapis/type/date"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func TestPeriodsOfATenantHaveNoDayInCommon(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed() // with the whole of 2026
		cases := []struct {
			id         string
			start, end *date.Date
			refused    bool
		}{
			{"the-same-days", day(2026, 1, 1), day(2027, 1, 1), true},
			{"days-within", day(2026, 7, 1), day(2026, 8, 1), true},
			{"its-last-day", day(2026, 12, 31), day(2027, 12, 31), true},
			{"its-first-day", day(2025, 7, 1), day(2026, 1, 2), true},
			{"the-year-before", day(2025, 1, 1), day(2026, 1, 1), false},
			{"the-day-after-it", day(2027, 1, 1), day(2027, 1, 2), false},
			{"a-year-after-a-gap", day(2028, 1, 1), day(2029, 1, 1), false},
		}
		for _, c := range cases {
			req := periodOf(c.id)
			req.Period.StartDate, req.Period.EndDate = c.start, c.end
			_, err := s.admin("3374").period.CreatePeriod(t.Context(), req)
			if !c.refused {
				must(t, err)
				continue
			}
			f := refused(t, err, fault.ReasonPeriodOverlap)
			violated(t, f, "period.start_date")
			if f.Meta["resource"] != "tenants/3374/periods/2026" {
				t.Errorf("%s: metadata %v", c.id, f.Meta)
			}
		}
	})
}

// Several periods over the same days are opened at the same time; the tenant gets one.
func TestConcurrentPeriods(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		admin := s.admin("3374").period
		var group sync.WaitGroup
		outcome := make([]error, 8)
		for i := range outcome {
			group.Go(func() {
				req := periodOf("p-" + string(rune('a'+i)))
				req.Period.StartDate, req.Period.EndDate = day(2027, 1, 1), day(2028, 1, 1)
				_, outcome[i] = admin.CreatePeriod(t.Context(), req)
			})
		}
		group.Wait()
		oneWins(t, outcome, fault.ReasonPeriodOverlap)
	})
}

func TestAPeriodPinsARulePackThatScoresIt(t *testing.T) {
	s := one(t)
	s.seed()
	admin := s.admin("3374").period
	cases := []struct {
		id, pack   string
		start, end *date.Date
		reason     fault.Reason
		local      string
	}{
		{
			"unknown", "rulePacks/permenpanrb-6-2022/versions/9", day(2027, 1, 1), day(2028, 1, 1), fault.ReasonRulePackUnknown,
			"Paket aturan penilaian rulePacks/permenpanrb-6-2022/versions/9 tidak ditemukan atau belum diterbitkan. " +
				"Pilih paket aturan yang sudah diterbitkan.",
		},
		{
			"too-early", packOfSKP, day(2022, 12, 31), day(2023, 12, 1), fault.ReasonRulePackNotInForce,
			"Paket aturan penilaian " + packOfSKP + " tidak berlaku pada hari pertama periode penilaian; paket tersebut berlaku " +
				"mulai 2023-01-01. Pilih paket aturan yang berlaku pada tanggal tersebut.",
		},
		{
			"too-late", packOf2021, day(2022, 1, 1), day(2023, 1, 1), fault.ReasonRulePackNotInForce,
			"Paket aturan penilaian " + packOf2021 + " tidak berlaku pada hari pertama periode penilaian; paket tersebut berlaku " +
				"mulai 2021-07-01 sampai dengan 2021-12-31. Pilih paket aturan yang berlaku pada tanggal tersebut.",
		},
		{"first-day", packOfSKP, day(2023, 1, 1), day(2024, 1, 1), "", ""},
		{"last-day", packOf2021, day(2021, 12, 31), day(2022, 12, 31), "", ""},
	}
	for _, c := range cases {
		req := periodOf(c.id)
		req.Period.RulePack, req.Period.StartDate, req.Period.EndDate = c.pack, c.start, c.end
		_, err := admin.CreatePeriod(t.Context(), req)
		if c.reason == "" {
			must(t, err)
			continue
		}
		f := refused(t, err, c.reason)
		violated(t, f, "period.rule_pack")
		if f.Local() != c.local || f.Violations[0].Local() != c.local {
			t.Errorf("%s: refused with %q, the field with %q", c.id, f.Local(), f.Violations[0].Local())
		}
	}
	t.Run("with_all_else_that_is_wrong", func(t *testing.T) {
		req := periodOf("wrong")
		req.Period.RulePack, req.Period.StartDate, req.Period.EndDate = packOf2021, day(2027, 1, 1), day(2029, 1, 1)
		_, err := admin.CreatePeriod(t.Context(), req)
		violated(t, refused(t, err, fault.ReasonInvalidArgument), "period.end_date", "period.rule_pack")
	})
	t.Run("nothing_is_stored_while_scoring_does_not_answer", func(t *testing.T) {
		req := periodOf("outage")
		req.Period.StartDate, req.Period.EndDate = day(2027, 1, 1), day(2028, 1, 1)
		s.packs.down.Store(true)
		_, err := admin.CreatePeriod(t.Context(), req)
		refused(t, err, fault.ReasonUnavailable)
		_, err = admin.GetPeriod(t.Context(), &planningv1.GetPeriodRequest{Name: "tenants/3374/periods/outage"})
		refused(t, err, fault.ReasonNotFound)
		s.packs.down.Store(false)
		_, err = admin.CreatePeriod(t.Context(), req)
		must(t, err)
	})
}
