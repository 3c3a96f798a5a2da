package page

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	version = 1
	macSize = 16
	// maxToken bounds what Decode looks at, in characters.
	maxToken = 2048
	// maxCursor bounds the parts of a cursor.
	maxCursor = 16
)

// Secret is what page tokens are signed with; see kit/secret. All processes of a service have the same one.
type Secret interface {
	// Bytes returns the secret. It has a deadline of its own.
	Bytes() ([]byte, error)
}

// Codec signs and reads page tokens. It is safe for concurrent use.
type Codec struct {
	secret Secret
	key    atomic.Pointer[[sha256.Size]byte] // nil until the secret is known
}

// NewCodec returns a codec that signs with a key derived from the secret. It asks for the secret at its first use; after
// a failure it asks again.
func NewCodec(secret Secret) *Codec { return &Codec{secret: secret} }

// prepare gets the key.
func (c *Codec) prepare() error {
	if c.key.Load() != nil {
		return nil
	}
	secret, err := c.secret.Bytes()
	if err != nil {
		return fmt.Errorf("page: get the secret of tokens: %w", err)
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("kinerja page token"))
	c.key.Store((*[sha256.Size]byte)(mac.Sum(nil)))
	return nil
}

// Encode returns the token for the page after the row of cursor, in answer to a request with this checksum. An empty
// cursor gives the empty token: there is no further page. The token of the request itself is decoded before, which gets
// the key; without that Encode panics.
func (c *Codec) Encode(cursor []string, checksum string) string {
	if len(cursor) == 0 {
		return ""
	}
	body := []byte{version}
	for _, part := range cursor {
		body = binary.AppendUvarint(body, uint64(len(part)))
		body = append(body, part...)
	}
	return base64.RawURLEncoding.EncodeToString(append(c.mac(body, checksum), body...))
}

// Decode returns the cursor of a token that Encode made for a request with the same checksum, and nil for the empty
// token. Any other token is an INVALID_PAGE_TOKEN fault of field page_token; any other error is that of the secret.
func (c *Codec) Decode(token, checksum string) ([]string, error) {
	err := c.prepare()
	if err != nil {
		return nil, err
	}
	if token == "" {
		return nil, nil
	}
	if len(token) > maxToken {
		return nil, refuse(errors.New("page: the token is too long"))
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil {
		return nil, refuse(err)
	}
	if len(raw) <= macSize || !hmac.Equal(raw[:macSize], c.mac(raw[macSize:], checksum)) {
		return nil, refuse(errors.New("page: the signature does not match"))
	}
	return parts(raw[macSize:])
}

func (c *Codec) mac(body []byte, checksum string) []byte {
	mac := hmac.New(sha256.New, c.key.Load()[:])
	mac.Write(binary.AppendUvarint(nil, uint64(len(checksum))))
	mac.Write([]byte(checksum))
	mac.Write(body)
	return mac.Sum(nil)[:macSize]
}

func parts(body []byte) ([]string, error) {
	if body[0] != version {
		return nil, refuse(errors.New("page: the token has another version"))
	}
	var cursor []string
	for body = body[1:]; len(body) > 0; {
		n, used := binary.Uvarint(body)
		if used <= 0 || n > uint64(len(body)-used) || len(cursor) == maxCursor {
			return nil, refuse(errors.New("page: the cursor is malformed"))
		}
		end := used + int(n)
		cursor = append(cursor, string(body[used:end]))
		body = body[end:]
	}
	return cursor, nil
}

func refuse(cause error) error {
	return fault.Invalid(fault.Field("page_token", fault.ReasonInvalidPageToken)).Because(cause)
}

// Checksum returns a checksum of what decides the rows of a list, such as parent, filter and order.
func Checksum(of ...string) string {
	h := sha256.New()
	for _, part := range of {
		h.Write(binary.AppendUvarint(nil, uint64(len(part))))
		h.Write([]byte(part))
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:macSize])
}

// RequestChecksum returns the checksum of every field of a list request but page_size and page_token, so that all but
// the size may not change between pages. A rolling upgrade that changes the request message ends its tokens.
func RequestChecksum(request proto.Message) string {
	m := proto.Clone(request).ProtoReflect()
	for _, name := range []protoreflect.Name{"page_size", "page_token"} {
		field := m.Descriptor().Fields().ByName(name)
		if field != nil {
			m.Clear(field)
		}
	}
	// Marshal fails only on invalid UTF-8, which did not come through the wire; the checksum then matches no other.
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(m.Interface())
	if err != nil {
		return Checksum(string(m.Descriptor().FullName()), err.Error())
	}
	return Checksum(string(m.Descriptor().FullName()), string(raw))
}
