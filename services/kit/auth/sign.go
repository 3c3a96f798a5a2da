package auth

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
)

const (
	issuer   = "kinerja-dev"
	audience = "kinerja"
	// skew is how far the clocks of two machines may be apart.
	skew = 10 * time.Second

	rolePrefix = "ROLE_"
)

// Claims are what a token says.
type Claims struct {
	// Subject is the id of the person or of the client. It is required.
	Subject string
	// Person is the id of the person, empty for a client.
	Person string
	// Tenant is the id of the tenant, such as 3374, or AnyTenant for a service. It is required.
	Tenant string
	// Roles are what the bearer is within the tenant.
	Roles []commonv1.Role
	// TTL is how long the token is valid. It must be positive.
	TTL time.Duration
}

// tokenClaims is the form of the claims within a token.
type tokenClaims struct {
	jwt.RegisteredClaims
	Person string   `json:"person,omitempty"`
	Tenant string   `json:"tenant"`
	Roles  []string `json:"roles"`
}

// Signer makes tokens. It is safe for concurrent use.
type Signer struct {
	key   ed25519.PrivateKey
	clock clock.Clock
	ids   ids.Source
}

// LoadSigner returns a signer with the private key of the file.
func LoadSigner(file string, c clock.Clock) (*Signer, error) {
	key, err := readPrivate(file)
	if err != nil {
		return nil, err
	}
	return &Signer{key: key, clock: c, ids: ids.New(c)}, nil
}

// Sign returns a token (a JWT signed with EdDSA) that says the claims. It fails when a required claim is missing.
func (s *Signer) Sign(c Claims) (string, error) {
	if c.Subject == "" || c.Tenant == "" || c.TTL <= 0 {
		return "", errors.New("auth: a token needs a subject, a tenant and a positive life")
	}
	now := s.clock.Now()
	claims := tokenClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer:    issuer,
			Audience:  jwt.ClaimStrings{audience},
			Subject:   c.Subject,
			IssuedAt:  jwt.NewNumericDate(now),
			NotBefore: jwt.NewNumericDate(now.Add(-skew)),
			ExpiresAt: jwt.NewNumericDate(now.Add(c.TTL)),
			ID:        s.ids.New(),
		},
		Person: c.Person,
		Tenant: c.Tenant,
		Roles:  roleNames(c.Roles),
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims).SignedString(s.key)
	if err != nil {
		return "", fmt.Errorf("sign token: %w", err)
	}
	return token, nil
}

// Verifier returns a verifier of this signer's tokens.
func (s *Signer) Verifier() *Verifier { return newVerifier(s.public(), s.clock) }

func (s *Signer) public() ed25519.PublicKey {
	public, _ := s.key.Public().(ed25519.PublicKey)
	return public
}

func roleNames(roles []commonv1.Role) []string {
	names := make([]string, 0, len(roles))
	for _, r := range roles {
		names = append(names, strings.TrimPrefix(r.String(), rolePrefix))
	}
	return names
}

// rolesOf leaves out names that this build does not know: a role that is not known grants nothing.
func rolesOf(names []string) []commonv1.Role {
	var roles []commonv1.Role
	for _, name := range names {
		r := commonv1.Role(commonv1.Role_value[rolePrefix+name])
		if r != commonv1.Role_ROLE_UNSPECIFIED {
			roles = append(roles, r)
		}
	}
	return roles
}
