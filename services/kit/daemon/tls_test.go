package daemon

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/process"
)

// authority signs certificates for a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	now := clock.System().Now()
	a := &authority{key: newKey(t)}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	a.cert, err = x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// files writes a certificate for localhost and returns the configuration that names it.
func (a *authority) files(t *testing.T) process.TLSConfig {
	t.Helper()
	dir := t.TempDir()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "planning"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: a.cert.NotBefore, NotAfter: a.cert.NotAfter,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	return process.TLSConfig{
		CertFile: write("tls.crt", "CERTIFICATE", der), KeyFile: write("tls.key", "PRIVATE KEY", private),
		CAFile: write("ca.crt", "CERTIFICATE", a.cert.Raw),
	}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	ours, theirs := newAuthority(t), newAuthority(t)
	s, out := newSite(t), &output{}
	files := ours.files(t)
	s.env = append(s.env, "KINERJA_KITTEST_TLS_CERT_FILE="+files.CertFile, "KINERJA_KITTEST_TLS_KEY_FILE="+files.KeyFile, "KINERJA_KITTEST_TLS_CA_FILE="+files.CAFile)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	code := make(chan int, 1)
	go func() { code <- s.run(ctx, spec(&widgets{}), out) }()
	addr := awaitReady(t, out)
	call := func(t *testing.T, c *tls.Config) error {
		t.Helper()
		conn, err := grpckit.Dial(grpckit.ClientOptions{Target: addr, TLS: c, Timeout: 2 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		return conn.Invoke(t.Context(), testrpc.Method("ListWidgets"), testrpc.New("ListWidgetsRequest"), testrpc.New("Widget"))
	}
	load := func(t *testing.T, c process.TLSConfig) *tls.Config {
		t.Helper()
		loaded, err := c.Load()
		if err != nil {
			t.Fatal(err)
		}
		return loaded
	}
	err := call(t, load(t, ours.files(t)))
	if err != nil {
		t.Errorf("a peer with a certificate of the authority: %v", err)
	}
	stranger := theirs.files(t)
	stranger.CAFile = files.CAFile
	for name, c := range map[string]*tls.Config{
		"a stranger": load(t, stranger), "a caller without a certificate": {RootCAs: load(t, files).RootCAs, MinVersion: tls.VersionTLS13},
		"clear text": nil, "a caller who does not trust the server": load(t, theirs.files(t)),
	} {
		err := call(t, c)
		if !fault.Is(err, fault.ReasonUnavailable) && !fault.Is(err, fault.ReasonDeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
	}
	cancel()
	if got := <-code; got != process.ExitOK {
		t.Errorf("exit code %d: %s", got, out)
	}
	for _, c := range []process.TLSConfig{{CertFile: "/no", KeyFile: "/no", CAFile: "/no"}, {CertFile: files.CertFile, KeyFile: files.KeyFile, CAFile: files.KeyFile}} {
		_, err := c.Load()
		if err == nil {
			t.Errorf("loaded %+v", c)
		}
	}
}
