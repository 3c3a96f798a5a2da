package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"google.golang.org/grpc/credentials"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
)

const (
	// Metadata is the gRPC metadata key that carries a token.
	Metadata = "authorization"
	// Scheme is what stands before the token there.
	Scheme = "Bearer "

	// rereadAfter is how long a token that was read from a file is used before the file is read again.
	rereadAfter = time.Minute
)

// TokenSource gives the token of a service for its next call. Implementations are safe for concurrent use.
type TokenSource func(ctx context.Context) (string, error)

// StaticToken returns a source that always gives this token.
func StaticToken(token string) TokenSource {
	return func(context.Context) (string, error) { return token, nil }
}

// FileToken returns a source that gives the content of the file, without surrounding space. The file is read again
// after a minute, so that a token may be renewed without a restart; while that fails the last token is given.
func FileToken(path string, c clock.Clock) TokenSource {
	var mu sync.Mutex
	var token string
	var read time.Time
	return func(context.Context) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		now := c.Now()
		if token != "" && now.Sub(read) < rereadAfter {
			return token, nil
		}
		raw, err := os.ReadFile(path)
		fresh := string(bytes.TrimSpace(raw))
		if err == nil && fresh == "" {
			err = errors.New("auth: the file is empty")
		}
		if err != nil && token == "" {
			return "", fmt.Errorf("read service token: %w", err)
		}
		if err == nil {
			token = fresh
		}
		read = now
		return token, nil
	}
}

// SignedToken returns a source that signs the claims itself and signs anew after half of their life.
func SignedToken(s *Signer, claims Claims) TokenSource {
	var mu sync.Mutex
	var token string
	var made time.Time
	return func(context.Context) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		now := s.clock.Now()
		if token != "" && now.Sub(made) < claims.TTL/2 {
			return token, nil
		}
		fresh, err := s.Sign(claims)
		if err != nil {
			return "", err
		}
		token, made = fresh, now
		return token, nil
	}
}

// Credentials returns gRPC credentials that send the source's token with each call. They do not insist on TLS: whether
// a connection needs it is the deployment's choice.
func Credentials(source TokenSource) credentials.PerRPCCredentials { return perRPC{source} }

type perRPC struct{ source TokenSource }

var _ credentials.PerRPCCredentials = perRPC{}

func (p perRPC) GetRequestMetadata(ctx context.Context, _ ...string) (map[string]string, error) {
	token, err := p.source(ctx)
	if err != nil {
		return nil, err
	}
	return map[string]string{Metadata: Scheme + token}, nil
}

func (perRPC) RequireTransportSecurity() bool { return false }
