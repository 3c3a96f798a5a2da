package page

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"

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

// Codec signs and reads page tokens. It is safe for concurrent use.
type Codec struct {
	key [sha256.Size]byte
}

// NewCodec returns a codec that signs with a key derived from secret. All processes of a service need the same secret;
// with an empty one the key is random, and tokens do not outlive the process.
func NewCodec(secret []byte) *Codec {
	c := &Codec{}
	if len(secret) == 0 {
		// crypto/rand.Read never returns an error: the runtime stops the process instead.
		_, _ = rand.Read(c.key[:])
		return c
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("kinerja page token"))
	mac.Sum(c.key[:0])
	return c
}

// Encode returns the token for the page after the row of cursor, in answer to a request with this checksum. An empty
// cursor gives the empty token: there is no further page.
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
// token. Any other token is an INVALID_PAGE_TOKEN fault of field page_token.
func (c *Codec) Decode(token, checksum string) ([]string, error) {
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
	mac := hmac.New(sha256.New, c.key[:])
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
