package auth

import (
	"context"
	"slices"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
)

// AnyTenant is the tenant of a service that acts for all of them.
const AnyTenant = "*"

// Principal is a caller.
type Principal struct {
	// Subject is the id of the person or of the client; empty for the anonymous citizen. It is never a NIP.
	Subject string
	// Person is the id of the person, empty for a client.
	Person string
	// Tenant is the id of the caller's tenant, such as 3374, or AnyTenant.
	Tenant string
	// Roles are what the token says of its bearer within the tenant.
	Roles []commonv1.Role
}

// Anonymous returns the citizen who has not signed in.
func Anonymous() Principal {
	return Principal{Roles: []commonv1.Role{commonv1.Role_ROLE_CITIZEN}}
}

// IsAnonymous reports whether the caller has not signed in.
func (p Principal) IsAnonymous() bool { return p.Subject == "" }

// IsPerson reports whether the caller is a person, not a client.
func (p Principal) IsPerson() bool { return p.Person != "" }

// Has reports whether the caller has the role.
func (p Principal) Has(role commonv1.Role) bool { return slices.Contains(p.Roles, role) }

// PersonName returns the resource name of the caller, and "" when it is not a person.
func (p Principal) PersonName() string {
	if !p.IsPerson() {
		return ""
	}
	return "tenants/" + p.Tenant + "/people/" + p.Person
}

// Name returns the caller as records name them: the resource name of a person, or else the id of the client.
func (p Principal) Name() string {
	if p.IsPerson() {
		return p.PersonName()
	}
	return p.Subject
}

type principalKey struct{}

// With returns a context of a call by p.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// From returns the caller of the context, Anonymous when nobody was put there.
func From(ctx context.Context) Principal {
	p, ok := ctx.Value(principalKey{}).(Principal)
	if !ok {
		return Anonymous()
	}
	return p
}
