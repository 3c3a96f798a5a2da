package auth

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"regexp"

	"github.com/golang-jwt/jwt/v5"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	// maxToken is the longest token that is looked at, in bytes.
	maxToken = 8192
	// maxVerified is how many verified tokens are remembered.
	maxVerified = 10_000
)

var (
	tenantID  = regexp.MustCompile(`^[0-9]{2}(?:[0-9]{2})?$`)
	subjectID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$`)
)

// Verifier checks tokens. It is safe for concurrent use.
type Verifier struct {
	key    ed25519.PublicKey
	clock  clock.Clock
	parser *jwt.Parser
	seen   *cache
}

// LoadVerifier returns a verifier of tokens signed with the private half of the file's key.
func LoadVerifier(publicFile string, c clock.Clock) (*Verifier, error) {
	key, err := readPublic(publicFile)
	if err != nil {
		return nil, err
	}
	return newVerifier(key, c), nil
}

func newVerifier(key ed25519.PublicKey, c clock.Clock) *Verifier {
	return &Verifier{
		key:   key,
		clock: c,
		seen:  newCache(maxVerified),
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
			jwt.WithIssuer(issuer),
			jwt.WithAudience(audience),
			jwt.WithExpirationRequired(),
			jwt.WithTimeFunc(c.Now),
			jwt.WithStrictDecoding(),
		),
	}
}

// Verify returns who the token proves. Anything but a valid token of this time is an UNAUTHENTICATED fault, whose cause
// says why. Tokens that were verified are remembered until they expire, at most 10,000 of them.
func (v *Verifier) Verify(token string) (Principal, error) {
	if len(token) > maxToken {
		return Principal{}, refuse(errors.New("auth: the token is too long"))
	}
	key := sha256.Sum256([]byte(token))
	now := v.clock.Now()
	p, ok := v.seen.get(key, now)
	if ok {
		return p, nil
	}
	var claims tokenClaims
	_, err := v.parser.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return v.key, nil })
	if err != nil {
		return Principal{}, refuse(err)
	}
	p, err = principalOf(claims)
	if err != nil {
		return Principal{}, refuse(err)
	}
	v.seen.put(key, p, claims.ExpiresAt.Time)
	return p, nil
}

func principalOf(c tokenClaims) (Principal, error) {
	p := Principal{Subject: c.Subject, Person: c.Person, Tenant: c.Tenant, Roles: rolesOf(c.Roles)}
	if !subjectID.MatchString(p.Subject) || (p.Person != "" && !subjectID.MatchString(p.Person)) {
		return p, errors.New("auth: the token has a subject or person that is no id")
	}
	everywhere := p.Tenant == AnyTenant && p.Has(commonv1.Role_ROLE_SERVICE)
	if !everywhere && !tenantID.MatchString(p.Tenant) {
		return p, errors.New("auth: the token has a tenant that is none")
	}
	return p, nil
}

func refuse(cause error) error { return fault.New(fault.ReasonUnauthenticated).Because(cause) }
