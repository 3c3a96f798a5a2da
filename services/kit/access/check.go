package access

import (
	"context"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

// Check settles the grant of the call. It returns nil at once when a role granted it or the method is public. Otherwise it asks resolve how the
// caller stands to the person or unit at the date of the fact, and returns nil when the method allows one of these
// relations; else PERMISSION_DENIED. An error of resolve is returned, but one that would tell whether the person or
// unit exists becomes PERMISSION_DENIED. A context that is of no call gets an INTERNAL fault.
//
// A handler that works on several people calls Check for each.
func Check(ctx context.Context, resolve func(ctx context.Context) (relation.Set, error)) error {
	c, ok := from(ctx)
	if !ok {
		return fault.New(fault.ReasonInternal).Because(errNoCall)
	}
	if c.rule.Public || c.role() {
		return nil
	}
	set, err := resolve(ctx)
	if err != nil {
		if fault.IsKind(err, fault.KindNotFound) || fault.IsKind(err, fault.KindInvalid) {
			return denied(err)
		}
		return err
	}
	via := set.And(c.rule.Relations)
	if via.Empty() {
		return denied(nil)
	}
	c.settle(via)
	return nil
}

// Granted reports whether the call is granted, by role or by a settled relation.
func Granted(ctx context.Context) bool {
	c, ok := from(ctx)
	return ok && c.granted()
}

// ByRole reports whether the caller has a role of the method within the tenant of the request, so that no relation limits
// what it may see. It is false for a citizen who calls a public method.
func ByRole(ctx context.Context) bool {
	c, ok := from(ctx)
	return ok && c.role()
}

// Via returns the relations that Check has settled so far, which is the empty set when a role granted the call.
func Via(ctx context.Context) relation.Set {
	c, ok := from(ctx)
	if !ok {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.via
}

// Tenant returns the id of the tenant that the request of the call names, by the first field that tells it. It is "" for a
// global method or when no field tells it, "-" for a service that asks for all tenants, and "provinces/34" for a request
// about a province as a whole.
func Tenant(ctx context.Context) string {
	c, ok := from(ctx)
	if !ok {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tenant
}

// Repeat settles the grant of a call that repeats an earlier one: the same caller was granted the same request before,
// and gets the same answer without the work. Only package replay has a use for it.
func Repeat(ctx context.Context) {
	c, ok := from(ctx)
	if ok {
		c.settle(0)
	}
}

// Trusted returns a context for work of the service itself, such as a consumer's or a runner's: everything is granted.
func Trusted(ctx context.Context) context.Context {
	return context.WithValue(ctx, callKey{}, &Call{method: "(trusted)", state: granted, byRole: true})
}

// Pending returns a context of a call by the context's principal that no role granted and that the relations allow.
// Tests of use cases need it; a server makes such contexts from the table.
func Pending(ctx context.Context, relations ...commonv1.Relation) context.Context {
	return context.WithValue(ctx, callKey{}, &Call{
		method:    "(pending)",
		principal: auth.From(ctx),
		rule:      Rule{Permission: "(pending)", Relations: relation.Of(relations...)},
		state:     pending,
	})
}

func (c *Call) granted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state == granted
}

func (c *Call) role() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byRole
}

func (c *Call) settle(via relation.Set) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = granted
	c.via = c.via.Or(via)
}
