package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"google.golang.org/protobuf/proto"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

type state int

const (
	// unknown: no request was seen yet.
	unknown state = iota
	// pending: a relation must be settled by the handler.
	pending
	granted
)

// Call is the grant of one call, kept in its context. It is safe for concurrent use.
type Call struct {
	method    string
	principal auth.Principal
	rule      Rule

	mu     sync.Mutex
	state  state
	byRole bool
	via    relation.Set
	tenant string
}

type callKey struct{}

// Begin returns a context for the call of the context's principal to the method, before its request is known. A caller
// who must sign in first gets UNAUTHENTICATED, and a method that the table does not have PERMISSION_DENIED.
func (t *Table) Begin(ctx context.Context, fullMethod string) (context.Context, *Call, error) {
	c := &Call{method: fullMethod, principal: auth.From(ctx)}
	service, _, _ := strings.Cut(strings.TrimPrefix(fullMethod, "/"), "/")
	rule, ok := t.rules[fullMethod]
	switch {
	case exempt(service), ok && rule.Public:
		c.rule, c.state = rule, granted
	case !ok:
		return ctx, nil, fault.New(fault.ReasonPermissionDenied).Because(fmt.Errorf("access: the table has no method %s", fullMethod))
	case c.principal.IsAnonymous():
		return ctx, nil, fault.New(fault.ReasonUnauthenticated)
	default:
		c.rule = rule
	}
	return context.WithValue(ctx, callKey{}, c), c, nil
}

// Request decides on a request of the call: nil when a role grants it or a relation may, PERMISSION_DENIED otherwise.
// Each message of a stream from the client is a request, and one that is not granted by role makes the call pending.
func (c *Call) Request(request any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rule.Permission == "" {
		return nil
	}
	roles, home, err := c.reach(request)
	matches := err == nil && slices.ContainsFunc(roles, func(r commonv1.Role) bool { return slices.Contains(c.rule.Roles, r) })
	switch {
	case c.rule.Public:
		c.byRole = matches && !c.principal.IsAnonymous()
	case err != nil:
		return err
	case matches:
		if c.state == unknown {
			c.state, c.byRole = granted, true
		}
	case home && c.principal.IsPerson() && !c.rule.Relations.Empty():
		c.state, c.byRole = pending, false
	default:
		return denied(nil)
	}
	return nil
}

// reach returns the roles of the caller that count in every tenant of the request, and whether they are all its own.
func (c *Call) reach(request any) ([]commonv1.Role, bool, error) {
	roles, home := c.principal.Roles, true
	if c.rule.Global {
		return roles, home, nil
	}
	m, ok := request.(proto.Message)
	if !ok {
		return nil, false, denied(fmt.Errorf("access: a request of %s is no proto message", c.method))
	}
	tenants, err := c.rule.tenantsOf(m.ProtoReflect())
	if err != nil {
		return nil, false, err
	}
	if len(tenants) == 0 {
		return nil, false, nil
	}
	c.tenant = tenants[0]
	for _, tenant := range tenants {
		home = home && tenant == c.principal.Tenant
		roles = both(roles, rolesIn(c.principal, tenant))
	}
	return roles, home, nil
}

// Settled returns nil when the call is granted, and an INTERNAL fault when its handler would answer without having
// settled the relation.
func (c *Call) Settled() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state == granted {
		return nil
	}
	return fault.New(fault.ReasonInternal).Because(fmt.Errorf("access: the handler of %s did not settle the relation", c.method))
}

func both(a, b []commonv1.Role) []commonv1.Role {
	var common []commonv1.Role
	for _, r := range a {
		if slices.Contains(b, r) {
			common = append(common, r)
		}
	}
	return common
}

func denied(cause error) error {
	f := fault.New(fault.ReasonPermissionDenied)
	if cause == nil {
		return f
	}
	return f.Because(cause)
}

func from(ctx context.Context) (*Call, bool) {
	c, ok := ctx.Value(callKey{}).(*Call)
	return c, ok
}

var errNoCall = errors.New("access: the context is of no call; work that nobody asked for uses Trusted")
