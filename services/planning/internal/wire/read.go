package wire

import (
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Reading is the reading of one request of a tenant, and perhaps a period. It collects what is wrong with names and ids.
type Reading struct {
	Tenant   string
	Period   string
	Problems domain.RuleErrors
}

// ID returns the id of the caller's choice, which may be empty.
func (r *Reading) ID(field, id string) string {
	if id != "" && !resource.ValidID(id) {
		r.problem(domain.At(field, domain.RuleID))
		return ""
	}
	return id
}

// Ref returns the last id of a name that the request refers to, and "" for none. A name of another tenant or period is
// treated as one that does not exist.
func (r *Reading) Ref(field, pattern, name string) string {
	if name == "" {
		return ""
	}
	vars, err := resource.Parse(pattern, name)
	if err != nil {
		r.problem(domain.At(field, domain.RuleName, "pattern", pattern))
		return ""
	}
	period, ofPeriod := vars["period"]
	if vars["tenant"] != r.Tenant || (ofPeriod && period != r.Period) {
		r.problem(domain.At(field, domain.RuleReference))
		return ""
	}
	return resource.ID(name)
}

// RequiredRef is Ref for a field that must be set.
func (r *Reading) RequiredRef(field, pattern, name string) string {
	if name == "" {
		r.problem(domain.At(field, domain.RuleRequired))
		return ""
	}
	return r.Ref(field, pattern, name)
}

func (r *Reading) problem(b domain.RuleError) { r.Problems = append(r.Problems, b) }
