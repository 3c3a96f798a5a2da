package planning_test

import (
	"sync"
	"testing"

	"google.golang.org/genproto/googleapis/type/date"

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
		done := 0
		for _, err := range outcome {
			if err == nil {
				done++
				continue
			}
			refused(t, err, fault.ReasonPeriodOverlap)
		}
		if done != 1 {
			t.Fatalf("%d periods were opened", done)
		}
	})
}
