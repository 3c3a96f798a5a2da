package auth_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

var start = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func employee() auth.Claims {
	return auth.Claims{
		Subject: "01j0person", Person: "01j0person", Tenant: "3374", TTL: 10 * time.Minute,
		Roles: []commonv1.Role{commonv1.Role_ROLE_EMPLOYEE, commonv1.Role_ROLE_SUPERIOR},
	}
}

func keys(t *testing.T) (*clock.Fake, *auth.Signer, *auth.Verifier) {
	t.Helper()
	c := clock.NewFake(start)
	dir := t.TempDir()
	s, err := auth.LoadOrCreateKeys(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	v, err := auth.LoadVerifier(filepath.Join(dir, auth.PublicKeyFile), c)
	if err != nil {
		t.Fatal(err)
	}
	return c, s, v
}

func sign(t *testing.T, s *auth.Signer, c auth.Claims) string {
	t.Helper()
	token, err := s.Sign(c)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestVerify(t *testing.T) {
	t.Parallel()
	t.Run("a_token_proves_what_was_signed", func(t *testing.T) {
		t.Parallel()
		_, s, v := keys(t)
		token := sign(t, s, employee())
		want := auth.Principal{Subject: "01j0person", Person: "01j0person", Tenant: "3374", Roles: employee().Roles}
		for range 2 {
			got, err := v.Verify(token)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		}
		if want.PersonName() != "tenants/3374/people/01j0person" || want.Name() != want.PersonName() {
			t.Fatalf("person name %q, name %q", want.PersonName(), want.Name())
		}
	})
	t.Run("a_remembered_token_ends_when_it_expires", func(t *testing.T) {
		t.Parallel()
		c, s, v := keys(t)
		token := sign(t, s, employee())
		_, err := v.Verify(token)
		if err != nil {
			t.Fatal(err)
		}
		c.Advance(10*time.Minute - time.Microsecond)
		_, err = v.Verify(token)
		if err != nil {
			t.Fatalf("refused before its end: %v", err)
		}
		c.Advance(time.Microsecond)
		_, err = v.Verify(token)
		if !fault.Is(err, fault.ReasonUnauthenticated) {
			t.Fatalf("accepted at its end: %v", err)
		}
	})
	t.Run("a_clock_that_is_a_little_behind_accepts_a_new_token", func(t *testing.T) {
		t.Parallel()
		c, s, v := keys(t)
		token := sign(t, s, employee())
		c.Advance(-9 * time.Second)
		_, err := v.Verify(token)
		if err != nil {
			t.Fatal(err)
		}
		c.Advance(-time.Minute)
		_, err = v.Verify(sign(t, s, auth.Claims{Subject: "x1", Tenant: "33", TTL: time.Hour}))
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("a_service_may_act_for_all_tenants_and_others_may_not", func(t *testing.T) {
		t.Parallel()
		_, s, v := keys(t)
		service := auth.Claims{Subject: "scoring", Tenant: auth.AnyTenant, TTL: time.Hour, Roles: []commonv1.Role{commonv1.Role_ROLE_SERVICE}}
		_, err := v.Verify(sign(t, s, service))
		if err != nil {
			t.Fatal(err)
		}
		service.Roles = []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}
		_, err = v.Verify(sign(t, s, service))
		if !fault.Is(err, fault.ReasonUnauthenticated) {
			t.Fatalf("got %v", err)
		}
	})
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	_, s, v := keys(t)
	_, other, _ := keys(t)
	good := sign(t, s, employee())
	part := strings.Split(good, ".")
	claims := func(c jwt.MapClaims) string {
		base := jwt.MapClaims{"iss": "kinerja-dev", "aud": "kinerja", "sub": "x1", "tenant": "3374", "exp": start.Add(time.Hour).Unix()}
		for k, value := range c {
			base[k] = value
		}
		// The public half of another key as an HMAC secret: the classic confusion of algorithms.
		token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, base).SignedString([]byte("public"))
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + part[1] + "."
	cases := map[string]string{
		"an_empty_token":           "",
		"a_token_of_another_key":   sign(t, other, employee()),
		"an_unsigned_token":        none,
		"a_token_signed_with_hmac": claims(nil),
		"a_cut_token":              part[0] + "." + part[1],
		"swapped_claims":           part[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"x1","tenant":"3374"}`)) + "." + part[2],
		"a_very_long_token":        strings.Repeat("a", 9000),
		"a_subject_that_is_no_id":  sign(t, s, auth.Claims{Subject: "a b\n", Tenant: "3374", TTL: time.Hour}),
		"a_tenant_that_is_none":    sign(t, s, auth.Claims{Subject: "x1", Tenant: "33/74", TTL: time.Hour}),
	}
	for name, token := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := v.Verify(token)
			f, ok := fault.As(err)
			if !ok || f.Kind != fault.KindUnauthenticated || f.Unwrap() == nil {
				t.Fatalf("got %v, %v", p, err)
			}
		})
	}
	t.Run("a_verifier_refuses_after_it_remembered_another", func(t *testing.T) {
		t.Parallel()
		_, err := v.Verify(good)
		if err != nil {
			t.Fatal(err)
		}
		_, err = v.Verify(good[:len(good)-1])
		if err == nil {
			t.Fatal("a cut signature was accepted")
		}
	})
}

func TestSign(t *testing.T) {
	t.Parallel()
	_, s, _ := keys(t)
	for _, c := range []auth.Claims{{Tenant: "33", TTL: time.Hour}, {Subject: "x", TTL: time.Hour}, {Subject: "x", Tenant: "33"}} {
		_, err := s.Sign(c)
		if err == nil {
			t.Errorf("signed %+v", c)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	t.Run("the_private_key_is_for_its_owner_only", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		err := auth.GenerateKey(dir)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(dir, auth.PrivateKeyFile))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("mode %v, %v", info.Mode(), err)
		}
		err = auth.GenerateKey(dir)
		if err == nil {
			t.Fatal("a key was written over")
		}
	})
	t.Run("processes_that_start_together_agree_on_a_key", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "keys")
		c := clock.NewFake(start)
		tokens := make([]string, 6)
		var wg sync.WaitGroup
		for i := range tokens {
			wg.Go(func() {
				s, err := auth.LoadOrCreateKeys(dir, c)
				if err != nil {
					t.Error(err)
					return
				}
				tokens[i], err = s.Sign(employee())
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		v, err := auth.LoadVerifier(filepath.Join(dir, auth.PublicKeyFile), c)
		if err != nil {
			t.Fatal(err)
		}
		for _, token := range tokens {
			_, err := v.Verify(token)
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("files_that_hold_no_ed25519_key_are_refused", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		public, _, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		der, err := x509.MarshalPKIXPublicKey(public)
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{
			"empty": nil, "text": []byte("x"),
			"wrong": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		} {
			path := filepath.Join(dir, name)
			err := os.WriteFile(path, content, 0o600)
			if err != nil {
				t.Fatal(err)
			}
			_, errV := auth.LoadVerifier(path, clock.System())
			_, errS := auth.LoadSigner(path, clock.System())
			if errV == nil || errS == nil {
				t.Errorf("%s was accepted", name)
			}
		}
	})
}

func TestFrom(t *testing.T) {
	t.Parallel()
	if p := auth.From(t.Context()); !p.IsAnonymous() || !p.Has(commonv1.Role_ROLE_CITIZEN) || p.IsPerson() || p.PersonName() != "" {
		t.Fatalf("a bare context holds %+v", p)
	}
	p := auth.Principal{Subject: "x1", Tenant: "33"}
	if got := auth.From(auth.With(t.Context(), p)); got.Subject != "x1" || got.IsAnonymous() || got.Name() != "x1" {
		t.Fatalf("got %+v", got)
	}
}

func TestTokenSources(t *testing.T) {
	t.Parallel()
	t.Run("a_file_is_read_again_after_a_minute_and_survives_its_loss", func(t *testing.T) {
		t.Parallel()
		c := clock.NewFake(start)
		path := filepath.Join(t.TempDir(), "token")
		source := auth.FileToken(path, c)
		_, err := source(t.Context())
		if err == nil {
			t.Fatal("a missing file gave a token")
		}
		write := func(s string) {
			err := os.WriteFile(path, []byte(s), 0o600)
			if err != nil {
				t.Fatal(err)
			}
		}
		expect := func(want string) {
			t.Helper()
			got, err := source(t.Context())
			if err != nil || got != want {
				t.Fatalf("got %q, %v, want %q", got, err, want)
			}
		}
		write("one\n")
		expect("one")
		write("two\n")
		expect("one")
		c.Advance(time.Minute)
		expect("two")
		err = os.Remove(path)
		if err != nil {
			t.Fatal(err)
		}
		c.Advance(time.Minute)
		expect("two")
	})
	t.Run("a_signed_token_is_renewed_after_half_of_its_life", func(t *testing.T) {
		t.Parallel()
		c, s, v := keys(t)
		source := auth.SignedToken(s, employee())
		first, err := source(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c.Advance(4 * time.Minute)
		same, _ := source(t.Context())
		c.Advance(time.Minute)
		second, _ := source(t.Context())
		if same != first || second == first {
			t.Fatal("renewed at the wrong time")
		}
		_, err = v.Verify(second)
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("credentials_send_a_bearer_token", func(t *testing.T) {
		t.Parallel()
		c := auth.Credentials(auth.StaticToken("abc"))
		md, err := c.GetRequestMetadata(t.Context())
		if err != nil || md["authorization"] != "Bearer abc" || c.RequireTransportSecurity() {
			t.Fatalf("got %v, %v", md, err)
		}
	})
}
