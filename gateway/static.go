package gateway

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"
)

// static is a document that is part of the program.
type static struct {
	content     []byte
	contentType string
	// policy replaces the content policy of the edge, when it is not empty.
	policy string
}

func (s static) handler() http.Handler {
	sum := sha256.Sum256(s.content)
	// The tag is weak: the same document is sent compressed and plain.
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Type", s.contentType)
		header.Set("Etag", tag)
		header.Set("Cache-Control", "no-cache")
		if s.policy != "" {
			header.Set("Content-Security-Policy", s.policy)
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(s.content))
	})
}
