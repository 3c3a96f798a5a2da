package demo

import (
	"context"
	"crypto/sha1" //nolint:gosec // not for security: a stable UUID from a name (RFC 9562, version 5)
	"fmt"
	"sync"
	"time"

	"google.golang.org/grpc"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// tokenLife is how long the tokens of the demonstration are valid.
const tokenLife = 24 * time.Hour

// Conns are connections to the services; standalone they are one. They carry no token of their own.
type Conns struct {
	Planning, Assessment, Scoring, Reporting grpc.ClientConnInterface
}

type clients struct {
	organization planningv1.OrganizationServiceClient
	period       planningv1.PeriodServiceClient
	plan         planningv1.PlanServiceClient
	progress     assessmentv1.ProgressServiceClient
	rating       assessmentv1.RatingServiceClient
	peer         assessmentv1.PeerServiceClient
	survey       assessmentv1.SurveyServiceClient
	attendance   assessmentv1.AttendanceServiceClient
	score        scoringv1.ScoreServiceClient
	report       reportingv1.ReportServiceClient
}

func newClients(c Conns) clients {
	return clients{
		organization: planningv1.NewOrganizationServiceClient(c.Planning),
		period:       planningv1.NewPeriodServiceClient(c.Planning),
		plan:         planningv1.NewPlanServiceClient(c.Planning),
		progress:     assessmentv1.NewProgressServiceClient(c.Assessment),
		rating:       assessmentv1.NewRatingServiceClient(c.Assessment),
		peer:         assessmentv1.NewPeerServiceClient(c.Assessment),
		survey:       assessmentv1.NewSurveyServiceClient(c.Assessment),
		attendance:   assessmentv1.NewAttendanceServiceClient(c.Assessment),
		score:        scoringv1.NewScoreServiceClient(c.Scoring),
		report:       reportingv1.NewReportServiceClient(c.Reporting),
	}
}

// Tokens gives each actor of the demonstration a token. It is safe for concurrent use.
type Tokens struct {
	signer *auth.Signer
	mu     sync.Mutex
	made   map[string]string
}

// NewTokens returns tokens that the signer signs.
func NewTokens(s *auth.Signer) *Tokens { return &Tokens{signer: s, made: map[string]string{}} }

// Admin returns a token of the administrator of the demonstration tenant.
func (t *Tokens) Admin() (string, error) {
	return t.sign(auth.Claims{Subject: "bkpsdm-bantul", Tenant: TenantID, Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}})
}

// Province returns a token of the administrator of the province that the tenant lies in.
func (t *Tokens) Province() (string, error) {
	return t.sign(auth.Claims{Subject: "bkd-diy", Tenant: provinceID, Roles: []commonv1.Role{commonv1.Role_ROLE_PROVINCE_ADMIN}})
}

// Person returns a token of a person of the tenant.
func (t *Tokens) Person(id string) (string, error) {
	return t.sign(auth.Claims{Subject: id, Person: id, Tenant: TenantID, Roles: []commonv1.Role{commonv1.Role_ROLE_EMPLOYEE}})
}

func (t *Tokens) sign(c auth.Claims) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	made, ok := t.made[c.Subject]
	if ok {
		return made, nil
	}
	c.TTL = tokenLife
	token, err := t.signer.Sign(c)
	if err != nil {
		return "", err
	}
	t.made[c.Subject] = token
	return token, nil
}

// as makes a call in the name of the token's bearer.
func as(token func() (string, error)) grpc.CallOption {
	return grpc.PerRPCCredentials(auth.Credentials(func(context.Context) (string, error) { return token() }))
}

// requestID is the same UUID for the same step of the demonstration, so that a load that was cut is not applied twice.
func requestID(step ...any) string {
	sum := sha1.Sum([]byte(fmt.Sprint(step...))) //nolint:gosec // see the import
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
