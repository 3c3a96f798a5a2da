package etag

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
)

// size is how many bytes of the hash an etag has: 96 bits, 16 characters.
const size = 12

// Of returns the etag of the revision of the resource.
func Of(name string, revision int64) string {
	sum := sha256.Sum256([]byte(name + "@" + strconv.FormatInt(revision, 10)))
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:size]) + `"`
}

// Match reports whether the etag that a caller gave is that of the revision. A caller who gave none matches.
func Match(given, name string, revision int64) bool {
	return given == "" || given == Of(name, revision)
}
