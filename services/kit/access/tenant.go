package access

import (
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
)

// provinces stands before the code of a province in place of a tenant's id: the request is about all its tenants.
const provinces = "provinces/"

// everywhere is the wildcard of AIP-159 in place of a tenant's id. Only a service of all tenants may use it.
const everywhere = "-"

// field is a field of a request that tells the tenant.
type field struct {
	top protoreflect.FieldDescriptor
	// name is the field `name` of the message in top, nil when top itself tells the tenant.
	name protoreflect.FieldDescriptor
	// bare means that the field holds the id of the tenant, not a resource name.
	bare bool
}

func (f field) path() string {
	if f.name == nil {
		return string(f.top.Name())
	}
	return string(f.top.Name()) + "." + string(f.name.Name())
}

// tenantFields returns the fields of a request that tell the tenant: name, names, parent, tenant and tenant_id in this
// order, then the name of each resource in the request.
func tenantFields(request protoreflect.MessageDescriptor) []field {
	var fields []field
	for _, name := range []protoreflect.Name{"name", "names", "parent", "tenant", "tenant_id"} {
		f := request.Fields().ByName(name)
		if f != nil && f.Kind() == protoreflect.StringKind {
			fields = append(fields, field{top: f, bare: name == "tenant_id"})
		}
	}
	for i := range request.Fields().Len() {
		f := request.Fields().Get(i)
		if f.Kind() != protoreflect.MessageKind || f.Cardinality() == protoreflect.Repeated {
			continue
		}
		name := f.Message().Fields().ByName("name")
		if name != nil && name.Kind() == protoreflect.StringKind && name.Cardinality() != protoreflect.Repeated {
			fields = append(fields, field{top: f, name: name})
		}
	}
	return fields
}

// values returns what the field holds in the request: nothing when it is empty.
func (f field) values(request protoreflect.Message) []string {
	if !request.Has(f.top) {
		return nil
	}
	v := request.Get(f.top)
	if f.name != nil {
		return present(v.Message().Get(f.name).String())
	}
	if !f.top.IsList() {
		return present(v.String())
	}
	var all []string
	for i := range v.List().Len() {
		all = append(all, v.List().Get(i).String())
	}
	return all
}

func present(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// tenantsOf returns the tenants that the request names. Every field that names one counts, so that a request cannot
// pass with the tenant of one field and work on that of another.
func (r Rule) tenantsOf(request protoreflect.Message) ([]string, error) {
	var tenants []string
	for _, f := range r.tenants {
		for _, value := range f.values(request) {
			tenant := tenantIn(value, f.bare)
			if tenant == "" && f.name != nil {
				// A resource of no tenant within the request of another.
				continue
			}
			if tenant == "" {
				return nil, noTenant(f.path(), value)
			}
			tenants = append(tenants, tenant)
		}
	}
	if len(tenants) == 0 && len(r.tenants) > 0 {
		return nil, noTenant(r.tenants[0].path(), "")
	}
	return tenants, nil
}

func tenantIn(value string, bare bool) string {
	if bare && resource.ValidID(value) {
		return value
	}
	if resource.Province(value) != "" {
		return provinces + resource.Province(value)
	}
	if value == resource.TenantName(everywhere) || strings.HasPrefix(value, resource.TenantName(everywhere)+"/") {
		return everywhere
	}
	return resource.Tenant(value)
}

// noTenant returns the fault of a name in which there is no tenant, nor a province where the name begins like that of one.
func noTenant(path, value string) error {
	pattern := "tenants/{tenant}/…"
	if strings.HasPrefix(value, provinces) {
		pattern = provinces + "{province}"
	}
	return fault.Invalid(fault.Field(path, fault.ReasonInvalidName, "pattern", pattern))
}

// rolesIn returns which of the caller's roles count in the tenant: all of them at home, and only the one that reaches
// over tenants elsewhere. In a province as a whole nobody is at home, also not those of the province's own tenant.
func rolesIn(p auth.Principal, tenant string) []commonv1.Role {
	if p.Tenant == tenant {
		return p.Roles
	}
	if p.Tenant == auth.AnyTenant && p.Has(commonv1.Role_ROLE_SERVICE) {
		return []commonv1.Role{commonv1.Role_ROLE_SERVICE}
	}
	of, whole := strings.CutPrefix(tenant, provinces)
	province := len(p.Tenant) == 2 && len(tenant) == 4 && strings.HasPrefix(tenant, p.Tenant)
	if (province || whole && of == p.Tenant) && p.Has(commonv1.Role_ROLE_PROVINCE_ADMIN) {
		return []commonv1.Role{commonv1.Role_ROLE_PROVINCE_ADMIN}
	}
	return nil
}
