package app

import (
	"context"
	"maps"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// unpooled is said of a small unit whose pool would tell its head about people of another unit.
const unpooled = "Perbandingan dengan unit kerja kecil lain yang setingkat tidak ditampilkan, karena pegawai unit kerja lain itu terlalu sedikit " +
	"sehingga predikatnya dapat tersimpulkan. Hubungi pengelola kinerja instansi."

// pools returns the pools of the levels at which one of the units is small. They are of all units of the tenant, each with
// its own people alone, whatever the scope is: a pool does not depend on who is asked about, and counts nobody twice.
func (d *Distributions) pools(ctx context.Context, period domain.Period, r Report, units []distribution.Unit) ([]distribution.Pool, error) {
	wanted := map[distribution.Level]bool{}
	for _, unit := range units {
		if r.Limits.Small(unit) {
			wanted[unit.Level] = true
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	levels, err := d.Peers.Levels(ctx, period, slices.Sorted(maps.Keys(r.graph)))
	if err != nil {
		return nil, err
	}
	alone := map[string]distribution.Unit{}
	for unit := range r.graph {
		level := levels[r.graph.rated(unit, levels)]
		if wanted[level] {
			alone[unit] = distribution.Unit{ID: unit, Level: level, Counts: distribution.Counts{}}
		}
	}
	err = d.Store.Standings(ctx, period, slices.Sorted(maps.Keys(alone)), func(s Standing) {
		unit, ours := alone[s.Unit]
		if ours && s.Predicate != "" {
			unit.Counts[distribution.Predicate(s.Predicate)]++
		}
	})
	if err != nil {
		return nil, err
	}
	return r.Limits.Pools(slices.Collect(maps.Values(alone))), nil
}

// guard takes out of the report what would tell a caller whom a relation alone lets in about units that they may not see:
// the other units of a pool always, and the pool with all that follows from it when the rest of it, which the caller can
// compute, is one unit or fewer people than a group may be shown with. What the caller may see counts, not what they ask for,
// or two requests would tell what one does not.
func (d *Distributions) guard(ctx context.Context, scope Scope, r *Report) error {
	mine := make(map[string]bool, len(scope.Units))
	for _, unit := range scope.Units {
		mine[unit] = true
	}
	var shown []distribution.Pool
	for _, pool := range r.Pools {
		safe, err := d.safe(ctx, scope.Period.Tenant, pool, r.graph, mine)
		if err != nil {
			return err
		}
		if !safe {
			r.unexplain(pool.Level)
			continue
		}
		pool.Units = slices.DeleteFunc(slices.Clone(pool.Units), func(u distribution.Unit) bool { return r.graph.within(scope, u.ID) == "" })
		shown = append(shown, pool)
	}
	r.Pools = shown
	return nil
}

// safe reports whether the pool may be shown to the caller. It asks about no more units than it takes to know. mine says of
// the units that were settled whether the caller may see them.
func (d *Distributions) safe(ctx context.Context, tenant string, pool distribution.Pool, graph organization, mine map[string]bool) (bool, error) {
	units, people := 0, int64(0)
	for _, unit := range pool.Units {
		visible, err := d.visible(ctx, tenant, unit.ID, graph, mine)
		if err != nil {
			return false, err
		}
		if visible {
			continue
		}
		units++
		people += unit.Counts.Total()
		if units > 1 && people >= disparity.MinimumGroup {
			return true, nil
		}
	}
	return units == 0, nil
}

// visible reports whether the caller may ask about the unit, alone or with one above it.
func (d *Distributions) visible(ctx context.Context, tenant, unit string, graph organization, mine map[string]bool) (bool, error) {
	for ; unit != ""; unit = graph[unit] {
		_, settled := mine[unit]
		if !settled {
			err := d.allowed(ctx, tenant, unit)
			if err != nil && !fault.Is(err, fault.ReasonPermissionDenied) {
				return false, err
			}
			mine[unit] = err == nil
		}
		if mine[unit] {
			return true, nil
		}
	}
	return false, nil
}

// unexplain takes back what the pool of the level says of the checks, and says so.
func (r Report) unexplain(level distribution.Level) {
	for i := range r.Checks {
		check := &r.Checks[i]
		if !check.Small || check.Unit.Level != level {
			continue
		}
		for v := range check.Violations {
			check.Violations[v].ExplainedBySize = false
		}
		check.Notes = append(check.Notes, unpooled)
	}
}
