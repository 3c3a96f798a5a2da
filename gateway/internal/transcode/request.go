package transcode

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/kinerja-suite/kinerja/gateway/internal/edge"
	"github.com/kinerja-suite/kinerja/gateway/internal/inspect"
	"github.com/kinerja-suite/kinerja/gateway/internal/route"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// ServeHTTP serves one request of the contract.
func (t *Transcoder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "private, no-store")
	found, methods := t.table.Match(r.Method, r.URL.EscapedPath())
	if found == nil {
		refuse(w, r, unknownPath(w.Header(), methods))
		return
	}
	edge.RecordOf(r.Context()).Route = found.Pattern
	query, f := parseQuery(r, found)
	if f != nil {
		refuse(w, r, refusal{fault: f})
		return
	}
	body, bad := t.readBody(w, r, found)
	if bad.fault != nil {
		refuse(w, r, bad)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), t.options.Timeout)
	defer cancel()
	ctx = context.WithValue(ctx, exchangeKey{}, &exchange{route: found, body: body})
	t.mux.ServeHTTP(w, clean(r.WithContext(ctx), query, body))
}

// unknownPath refuses a path that is not known, or not with this method.
func unknownPath(header http.Header, methods []string) refusal {
	if len(methods) == 0 {
		return refusal{fault: fault.New(fault.ReasonUnknownMethod)}
	}
	allowed := strings.Join(methods, ", ")
	header.Set("Allow", allowed)
	return refusal{
		status: http.StatusMethodNotAllowed,
		fault: fault.New(fault.ReasonUnknownMethod, "allow", allowed).Worded(
			"The path does not have this method; it has "+allowed+".",
			"Alamat ini tidak melayani metode tersebut. Metode yang tersedia: "+allowed+".",
		),
	}
}

// parseQuery returns the parameters as the mux shall see them, or what is wrong with them.
func parseQuery(r *http.Request, found *route.Route) (url.Values, *fault.Fault) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fault.New(fault.ReasonInvalidArgument).Because(err).Worded(
			"The query of the URL is not well-formed.",
			"Parameter pada alamat permintaan tidak ditulis dengan benar. Periksa kembali penulisannya.",
		)
	}
	taken := found.PathFields
	if found.HasBody() {
		taken = append([]string{found.Body}, taken...)
	}
	f := inspect.Query(query, found.Request, taken...)
	if f != nil {
		return nil, f
	}
	// Without a mask the generated code derives one from the body, with every field that the caller sent back unchanged.
	// The contract says that an absent mask is every field that can change.
	if found.MaskField != "" && !query.Has(found.MaskField) && !query.Has(jsonName(found)) {
		query.Set(found.MaskField, "*")
	}
	return query, nil
}

func jsonName(found *route.Route) string {
	for i := range found.Request.Fields().Len() {
		field := found.Request.Fields().Get(i)
		if string(field.Name()) == found.MaskField {
			return field.JSONName()
		}
	}
	return ""
}

// readBody returns the body, nil when there is none or the route takes none, or what is wrong with it.
func (t *Transcoder) readBody(w http.ResponseWriter, r *http.Request, found *route.Route) ([]byte, refusal) {
	if !found.HasBody() || r.Body == nil {
		return nil, refusal{}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, t.options.MaxBody))
	if err != nil {
		_, tooLarge := errors.AsType[*http.MaxBytesError](err)
		if !tooLarge {
			return nil, refusal{fault: fault.New(fault.ReasonCanceled).Because(err)}
		}
		limit := strconv.FormatInt(t.options.MaxBody, 10) + " byte"
		return nil, refusal{
			status: http.StatusRequestEntityTooLarge,
			fault:  fault.New(fault.ReasonResourceExhausted, "limit", limit),
		}
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, refusal{}
	}
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, refusal{fault: fault.New(fault.ReasonUnsupportedMediaType)}
	}
	if !json.Valid(body) {
		return nil, refusal{fault: diagnose(found, body)}
	}
	return body, refusal{}
}

// isJSON reports whether the content type is JSON. A request that does not say is taken at its word.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

// diagnose says what is wrong with a body that was not decoded.
func diagnose(found *route.Route, body []byte) *fault.Fault {
	prefix := found.Body
	if prefix == "*" {
		prefix = ""
	}
	f := inspect.Body(body, found.BodyMessage(), prefix)
	if f == nil {
		return fault.New(fault.ReasonMalformedJSON)
	}
	return f
}

// clean returns the request with nothing but what the mux needs: it also reads the forwarding and timeout headers, which
// a caller must not set, and tells services the caller's address.
func clean(r *http.Request, query url.Values, body []byte) *http.Request {
	out := r.Clone(r.Context())
	out.Header = http.Header{}
	for _, name := range []string{"Authorization", "Accept-Language"} {
		values := r.Header.Values(name)
		if len(values) > 0 {
			out.Header[name] = values
		}
	}
	out.Host, out.RemoteAddr = "", ""
	out.URL.RawQuery = query.Encode()
	out.Body, out.ContentLength = http.NoBody, 0
	if body != nil {
		out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	return out
}
