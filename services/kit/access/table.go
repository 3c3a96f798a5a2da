package access

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

// Rule says who may call a method.
type Rule struct {
	// Permission is the name of the permission, unique within a table.
	Permission string
	// Roles may call it for anything in their tenant.
	Roles []commonv1.Role
	// Relations allow a person of the tenant to call it; the handler settles them.
	Relations relation.Set
	// Public means that anybody may call it.
	Public bool
	// Global means that the request belongs to no tenant.
	Global bool

	tenants []field
}

// Table holds the rules by full method name, such as /kinerja.planning.v1.PlanService/GetPlan. It does not change after
// it was built, so it is safe for concurrent use.
type Table struct {
	rules map[string]Rule
}

// NewTable returns the table of the services' methods. Its error lists every method that has no access option or one
// that makes no sense: no permission or one used twice, nobody who may call it, or a tenant to compare but no field of
// the request that tells it.
func NewTable(services ...protoreflect.ServiceDescriptor) (*Table, error) {
	t := &Table{rules: map[string]Rule{}}
	owner := map[string]string{}
	var errs []error
	for _, service := range services {
		methods := service.Methods()
		for i := range methods.Len() {
			m := methods.Get(i)
			full := fullName(service, m)
			rule, err := ruleOf(m)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", full, err))
				continue
			}
			other, taken := owner[rule.Permission]
			if taken {
				errs = append(errs, fmt.Errorf("%s: permission %s is that of %s", full, rule.Permission, other))
				continue
			}
			owner[rule.Permission] = full
			t.rules[full] = rule
		}
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("access table: %w", errors.Join(errs...))
	}
	return t, nil
}

// TableOf returns the table of all that is registered on the server but the health and reflection services. A service
// whose descriptor is not linked into the program is an error.
func TableOf(server interface {
	GetServiceInfo() map[string]grpc.ServiceInfo
},
) (*Table, error) {
	var services []protoreflect.ServiceDescriptor
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(server.GetServiceInfo())) {
		if exempt(name) {
			continue
		}
		d, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(name))
		if err != nil {
			errs = append(errs, fmt.Errorf("service %s: %w", name, err))
			continue
		}
		service, ok := d.(protoreflect.ServiceDescriptor)
		if !ok {
			errs = append(errs, fmt.Errorf("service %s: the descriptor of that name is no service", name))
			continue
		}
		services = append(services, service)
	}
	t, err := NewTable(services...)
	err = errors.Join(append(errs, err)...)
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Lookup returns the rule of the method.
func (t *Table) Lookup(fullMethod string) (Rule, bool) {
	rule, ok := t.rules[fullMethod]
	return rule, ok
}

// Methods returns the full names of all methods of the table, sorted.
func (t *Table) Methods() []string { return slices.Sorted(maps.Keys(t.rules)) }

func fullName(s protoreflect.ServiceDescriptor, m protoreflect.MethodDescriptor) string {
	return "/" + string(s.FullName()) + "/" + string(m.Name())
}

// exempt reports whether the service is one of gRPC's own, which carry no data of a tenant and no access option.
func exempt(service string) bool {
	return service == "grpc.health.v1.Health" || strings.HasPrefix(service, "grpc.reflection.")
}

func ruleOf(m protoreflect.MethodDescriptor) (Rule, error) {
	option, ok := proto.GetExtension(m.Options(), commonv1.E_Access).(*commonv1.Access)
	if !ok || option == nil {
		return Rule{}, errors.New("it has no access option")
	}
	rule := Rule{
		Permission: option.GetPermission(),
		Roles:      option.GetRoles(),
		Relations:  relation.Of(option.GetRelations()...),
		Public:     option.GetPublic(),
		Global:     option.GetGlobal(),
	}
	if rule.Permission == "" {
		return Rule{}, errors.New("its access option names no permission")
	}
	if slices.Contains(rule.Roles, commonv1.Role_ROLE_UNSPECIFIED) {
		return Rule{}, errors.New("its access option has ROLE_UNSPECIFIED")
	}
	if !rule.Global {
		rule.tenants = tenantFields(m.Input())
	}
	if rule.Public {
		return rule, nil
	}
	if len(rule.Roles) == 0 && rule.Relations.Empty() {
		return Rule{}, errors.New("its access option lets nobody call it")
	}
	if slices.Contains(rule.Roles, commonv1.Role_ROLE_CITIZEN) {
		return Rule{}, errors.New("its access option has ROLE_CITIZEN but is not public")
	}
	if !rule.Global && len(rule.tenants) == 0 {
		return Rule{}, errors.New("no field of its request tells the tenant, and it is not global")
	}
	return rule, nil
}
