package auth

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
)

const (
	// PrivateKeyFile is the name of the file with the private key in a directory of keys.
	PrivateKeyFile = "private.key"
	// PublicKeyFile is the name of the file with the public key beside it.
	PublicKeyFile = "public.key"

	privateBlock = "PRIVATE KEY"
	publicBlock  = "PUBLIC KEY"
)

// GenerateKey writes a new Ed25519 key pair to dir, which it makes when it is missing: private.key, which only its
// owner may read, and public.key. It fails with fs.ErrExist when dir holds a private key.
func GenerateKey(dir string) error {
	err := os.MkdirAll(dir, 0o700)
	if err != nil {
		return fmt.Errorf("make the directory of keys: %w", err)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("generate key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return fmt.Errorf("encode private key: %w", err)
	}
	err = writeNew(filepath.Join(dir, PrivateKeyFile), pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: der}))
	if err != nil {
		return err
	}
	return writePublic(dir, public)
}

// LoadOrCreateKeys returns the signer of the private key in dir, after it generated the pair when there is none.
// Processes may call it at the same time.
func LoadOrCreateKeys(dir string, c clock.Clock) (*Signer, error) {
	private := filepath.Join(dir, PrivateKeyFile)
	_, err := os.Stat(private)
	if errors.Is(err, fs.ErrNotExist) {
		err = GenerateKey(dir)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	s, err := LoadSigner(private, c)
	if err != nil {
		return nil, err
	}
	_, err = os.Stat(filepath.Join(dir, PublicKeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		err = writePublic(dir, s.public())
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// writeNew makes the file whole or not at all, so that a process that reads meanwhile never sees half a key.
func writeNew(path string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), "key-*")
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(content)
	err = errors.Join(err, tmp.Close())
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	// Link, unlike Rename, fails when another process was first.
	err = os.Link(tmp.Name(), path)
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	return nil
}

func writePublic(dir string, key ed25519.PublicKey) error {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return fmt.Errorf("encode public key: %w", err)
	}
	path := filepath.Join(dir, PublicKeyFile)
	err = writeNew(path, pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: der}))
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

func readBlock(path, kind string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	block, _ := pem.Decode(raw)
	if block == nil || block.Type != kind {
		return nil, fmt.Errorf("read key: %s has no PEM block %q", path, kind)
	}
	return block.Bytes, nil
}

func readPrivate(path string) (ed25519.PrivateKey, error) {
	der, err := readBlock(path, privateBlock)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, fmt.Errorf("read key %s: %w", path, err)
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("read key: %s is not an Ed25519 key", path)
	}
	return private, nil
}

func readPublic(path string) (ed25519.PublicKey, error) {
	der, err := readBlock(path, publicBlock)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, fmt.Errorf("read key %s: %w", path, err)
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("read key: %s is not an Ed25519 key", path)
	}
	return public, nil
}
