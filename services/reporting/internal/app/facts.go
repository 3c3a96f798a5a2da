package app

import (
	"maps"
	"slices"
	"time"

	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// Event is a delivered event with the facts that it tells. All facts of an event are of one tenant.
type Event struct {
	ID     string
	Tenant string
	// Time at which the facts happened.
	Time  time.Time
	Facts Facts
}

// Facts are changes of what the read models show.
type Facts struct {
	Tenants []Named
	Units   []Named
	People  []Named
	Plans   []domain.PlanChange
	Scores  []domain.ScoreChange
	Surveys []domain.SurveyChange
}

// size is the number of rows that the facts touch at least.
func (f *Facts) size() int {
	return len(f.Tenants) + len(f.Units) + len(f.People) + len(f.Plans) + len(f.Scores) + len(f.Surveys)
}

func (f *Facts) add(o *Facts) {
	f.Tenants = append(f.Tenants, o.Tenants...)
	f.Units = append(f.Units, o.Units...)
	f.People = append(f.People, o.People...)
	f.Plans = append(f.Plans, o.Plans...)
	f.Scores = append(f.Scores, o.Scores...)
	f.Surveys = append(f.Surveys, o.Surveys...)
}

// some returns how many of the events fit into one transaction of at most maxFacts facts, but one at least.
func some(events []Event, maxFacts int) int {
	size := 0
	for i := range events {
		size += events[i].Facts.size()
		if size > maxFacts && i > 0 {
			return i
		}
	}
	return len(events)
}

// newest returns the newest name of each entry.
func newest(names []Named) []Named {
	best := make(map[Ref]Named, len(names))
	for _, n := range names {
		known, ok := best[n.Ref]
		if !ok || n.Revision > known.Revision {
			best[n.Ref] = n
		}
	}
	return slices.Collect(maps.Values(best))
}

// refs returns the entries that the names are of.
func refs(names []Named) set[Ref] {
	s := set[Ref]{}
	for _, n := range names {
		s.add(n.Ref)
	}
	return s
}

type set[K comparable] map[K]struct{}

func (s set[K]) add(k K)      { s[k] = struct{}{} }
func (s set[K]) has(k K) bool { _, ok := s[k]; return ok }
func (s set[K]) list() []K    { return slices.Collect(maps.Keys(s)) }
