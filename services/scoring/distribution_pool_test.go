package scoring_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pooled is what an answer says of the first unit that is asked about and of the pool of its level.
type pooled struct {
	Warnings []string
	Notes    int
	Counts   [5]int32
	Units    string
}

func (s *suite) pooled(c caller, subtree bool, units ...string) pooled {
	s.t.Helper()
	got, err := c.distributions.CheckDistribution(s.t.Context(), checkRequest(subtree, units...))
	must(s.t, err)
	check := got.GetChecks()[0]
	p := pooled{Warnings: warnings(check.GetViolations())}
	for _, note := range check.GetSizeNotes() {
		if strings.HasPrefix(note, "Perbandingan dengan unit kerja kecil lain") {
			p.Notes++
		}
	}
	for _, pool := range got.GetPools() {
		p.Counts = counts(pool.GetCounts())
		p.Units += strings.ReplaceAll(strings.Join(pool.GetUnits(), " "), "tenants/3402/units/", "")
	}
	return p
}

func TestCheckDistribution_pools_all_small_units_whatever_is_asked(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.run()
		for _, unit := range []string{"disdik", "dinkes", "dpmptsp", "kecamatan"} {
			s.peers.top(unit)
			s.peers.judge(unit, 10, 3, good)
		}
		s.populate("disdik", 0, 5, 0, 0, 0)
		s.populate("dinkes", 1, 3, 1, 0, 0)
		s.populate("dpmptsp", 2, 2, 1, 0, 0)
		s.populate("kecamatan", 0, 10, 0, 0, 0)
		s.peers.heads("dewi", "disdik")
		want := pooled{[]string{"good.good.most by size", "good.lower.exists by size"}, 0, [5]int32{3, 10, 2, 0, 0}, "dinkes disdik dpmptsp"}
		for _, others := range [][]string{nil, {"dinkes"}, {"dpmptsp"}, {"dinkes", "dpmptsp", "kecamatan"}} {
			if diff := cmp.Diff(want, s.pooled(s.admin(), false, append([]string{"disdik"}, others...)...)); diff != "" {
				t.Fatalf("with %v (-want +got):\n%s", others, diff)
			}
		}
		if diff := cmp.Diff(want, s.pooled(s.admin(), true, "disdik")); diff != "" {
			t.Fatalf("with all below it (-want +got):\n%s", diff)
		}
		t.Run("a_head_learns_the_sum_and_no_other_unit", func(t *testing.T) {
			want := want
			want.Units = "disdik"
			if diff := cmp.Diff(want, s.pooled(s.employee("dewi"), false, "disdik")); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		})
		t.Run("a_level_without_small_units_has_no_pool", func(t *testing.T) {
			got, err := s.admin().distributions.CheckDistribution(t.Context(), checkRequest(false, "kecamatan"))
			must(t, err)
			if len(got.GetPools()) != 0 {
				t.Fatalf("pools %v", got.GetPools())
			}
		})
	})
}

// TestCheckDistribution_heads_cannot_derive_other_units subtracts in every case what the caller sees anyway from the pool: what
// is left of a pool that is shown must be nothing, or two units with ten people at least.
func TestCheckDistribution_heads_cannot_derive_other_units(t *testing.T) {
	s := one(t)
	s.run()
	for _, unit := range []string{"aa", "bb", "cc"} {
		s.peers.top(unit)
		s.peers.judge(unit, 10, 3, good)
	}
	s.populate("aa", 0, 5, 0, 0, 0)
	s.populate("bb", 2, 5, 1, 0, 0)
	s.populate("cc", 0, 0, 1, 0, 0)
	s.peers.heads("dewi", "aa")
	s.peers.heads("fitri", "aa")
	s.peers.heads("fitri", "bb")
	hidden := pooled{Warnings: []string{"good.good.most", "good.lower.exists"}, Notes: 1}
	shown := pooled{[]string{"good.good.most", "good.lower.exists by size"}, 0, [5]int32{2, 10, 2, 0, 0}, "aa"}
	same := func(name string, want, got pooled) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", name, diff)
		}
	}
	same("two others with nine people", hidden, s.pooled(s.employee("dewi"), false, "aa"))
	same("an administrator", pooled{shown.Warnings, 0, shown.Counts, "aa bb cc"}, s.pooled(s.admin(), false, "aa"))

	s.peers.plan("cc-tenth", "cc")
	s.peers.rate("cc-tenth", "1200", ratingsOf[1][0], ratingsOf[1][1])
	s.fact("e-cc-tenth", "rating.changed", "cc-tenth")
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	shown.Counts = [5]int32{2, 11, 2, 0, 0}
	same("two others with ten people", shown, s.pooled(s.employee("dewi"), false, "aa"))
	same("the head of two of three, who asks about one", hidden, s.pooled(s.employee("fitri"), false, "aa"))
	same("the head of two of three, who asks about both", hidden, s.pooled(s.employee("fitri"), false, "aa", "bb"))
	s.peers.heads("fitri", "cc")
	same("the head of all", shown, s.pooled(s.employee("fitri"), false, "aa"))
}

// TestCheckDistribution_a_head_sees_below has a head who could ask for the sum of the units below: what is left of the pool
// without them is one unit.
func TestCheckDistribution_a_head_sees_below(t *testing.T) {
	s := one(t)
	s.run()
	s.peers.judge("dinas", 10, 3, good)
	s.peers.judge("lain", 10, 3, good)
	s.populate("dinas", 0, 4, 0, 0, 0)
	s.populate("bidang", 1, 4, 1, 0, 0)
	s.populate("seksi", 1, 4, 1, 0, 0)
	s.populate("lain", 0, 8, 1, 0, 0)
	s.peers.heads("dewi", "dinas")
	got := s.pooled(s.employee("dewi"), false, "dinas")
	if diff := cmp.Diff(pooled{Warnings: []string{"good.good.most", "good.lower.exists"}, Notes: 1}, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}
