package resource

import (
	"regexp"
	"strings"

	"go.einride.tech/aip/resourcename"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// maxName is the longest name that is looked at, in bytes: six ids of the longest kind and their collections.
const maxName = 600

const (
	tenants   = "tenants/"
	provinces = "provinces/"
)

var (
	validID       = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,62}$`)
	validProvince = regexp.MustCompile(`^[0-9]{2}$`)
)

// ValidID reports whether id may be a segment of a name: 2 to 63 of [a-z0-9-], not beginning with a hyphen.
func ValidID(id string) bool { return validID.MatchString(id) }

// Parse returns the ids of name by the variables of pattern, such as tenants/{tenant}/periods/{period}. It refuses a
// name of another pattern, a wildcard, and any id that is not a ValidID, with an INVALID_NAME fault.
func Parse(pattern, name string) (map[string]string, error) {
	vars, ok := scan(pattern, name)
	if !ok {
		return nil, fault.New(fault.ReasonInvalidName, "pattern", pattern)
	}
	return vars, nil
}

// ParseField is Parse for the request field at path: the fault lists it as a violation.
func ParseField(path, pattern, name string) (map[string]string, error) {
	vars, ok := scan(pattern, name)
	if !ok {
		return nil, fault.Invalid(fault.Field(path, fault.ReasonInvalidName, "pattern", pattern))
	}
	return vars, nil
}

// Matches reports whether Parse would accept the name.
func Matches(pattern, name string) bool {
	_, ok := scan(pattern, name)
	return ok
}

// Name returns the name of the pattern with the ids in the order of its variables.
func Name(pattern string, ids ...string) string { return resourcename.Sprint(pattern, ids...) }

// Tenant returns the tenant's id in a name that begins with tenants/{tenant}, and "" for all else.
func Tenant(name string) string {
	rest, ok := strings.CutPrefix(name, tenants)
	if !ok {
		return ""
	}
	id, _, _ := strings.Cut(rest, "/")
	if !ValidID(id) {
		return ""
	}
	return id
}

// Province returns the code of two digits in a name that begins with provinces/{province}, and "" for all else.
func Province(name string) string {
	rest, ok := strings.CutPrefix(name, provinces)
	if !ok {
		return ""
	}
	code, _, _ := strings.Cut(rest, "/")
	if !validProvince.MatchString(code) {
		return ""
	}
	return code
}

// ProvinceName returns the name of the province with this code.
func ProvinceName(code string) string { return provinces + code }

// TenantName returns the name of the tenant with this id.
func TenantName(id string) string { return tenants + id }

// ID returns the last segment of the name.
func ID(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// Parent returns the name without its last collection and id, and "" when nothing is left.
func Parent(name string) string {
	for range 2 {
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return ""
		}
		name = name[:i]
	}
	return name
}

func scan(pattern, name string) (map[string]string, bool) {
	if name == "" || len(name) > maxName {
		return nil, false
	}
	var p, n resourcename.Scanner
	p.Init(pattern)
	n.Init(name)
	vars := map[string]string{}
	for p.Scan() {
		if !n.Scan() || n.Full() {
			return nil, false
		}
		want, got := p.Segment(), string(n.Segment())
		if !want.IsVariable() {
			if got != string(want) {
				return nil, false
			}
			continue
		}
		if !ValidID(got) {
			return nil, false
		}
		vars[string(want.Literal())] = got
	}
	return vars, !n.Scan()
}
