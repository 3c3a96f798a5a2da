package problem

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// ContentType is that of every error document.
const ContentType = "application/problem+json"

// Document is the body of an error.
type Document struct {
	// Type is a reference to the explanation of the reason.
	Type string `json:"type"`
	// Title is the kind of error, in Indonesian.
	Title string `json:"title"`
	// Status is the HTTP status.
	Status int `json:"status"`
	// Detail says what went wrong and what to do, in Indonesian.
	Detail string `json:"detail"`
	// Reason is a value of ErrorReason without its prefix.
	Reason string `json:"reason"`
	// Domain is the part of the suite that refused.
	Domain string `json:"domain"`
	// Metadata holds the values that the texts use.
	Metadata map[string]string `json:"metadata,omitempty"`
	// Errors are the fields at fault.
	Errors []Field `json:"errors,omitempty"`
	// RequestID is the id of the request.
	RequestID string `json:"request_id"`
}

// Field is one field at fault.
type Field struct {
	// Field is the path in proto names, or the name as sent when the contract does not know it.
	Field string `json:"field"`
	// Reason is why the field is at fault.
	Reason string `json:"reason,omitempty"`
	// Description says what is wrong, in Indonesian.
	Description string `json:"description"`
}

// Answer is what Write makes a document of.
type Answer struct {
	Fault     *fault.Fault
	Domain    string
	RequestID string
	// Status replaces that of the fault; 0 keeps it.
	Status int
}

// Write sends the answer and its headers. It must be called before anything else was written.
func Write(w http.ResponseWriter, a Answer) {
	status := a.Status
	if status == 0 {
		status = a.Fault.HTTP()
	}
	doc := Document{
		Type:      "/docs#" + string(a.Fault.Reason),
		Title:     title(status),
		Status:    status,
		Detail:    a.Fault.Local(),
		Reason:    string(a.Fault.Reason),
		Domain:    a.Domain,
		Metadata:  a.Fault.Meta,
		RequestID: a.RequestID,
	}
	for _, v := range a.Fault.Violations {
		doc.Errors = append(doc.Errors, Field{Field: v.Field, Reason: string(v.Reason), Description: v.Local()})
	}
	body, err := json.Marshal(doc)
	if err != nil {
		// A document is strings and numbers only, which always have a JSON form.
		body = []byte("{}")
	}
	header := w.Header()
	header.Set("Content-Type", ContentType)
	header.Set("Cache-Control", "private, no-store")
	if status == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", "Bearer")
	}
	if a.Fault.RetryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(int(math.Ceil(a.Fault.RetryAfter.Seconds()))))
	}
	w.WriteHeader(status)
	// The client may be gone; there is nobody left to tell.
	_, _ = w.Write(append(body, '\n'))
}

var titles = map[int]string{
	http.StatusBadRequest:            "Permintaan tidak dapat diproses",
	http.StatusUnauthorized:          "Belum masuk",
	http.StatusForbidden:             "Akses ditolak",
	http.StatusNotFound:              "Tidak ditemukan",
	http.StatusMethodNotAllowed:      "Metode tidak didukung",
	http.StatusConflict:              "Bertentangan dengan data yang ada",
	http.StatusRequestEntityTooLarge: "Permintaan terlalu besar",
	http.StatusUnsupportedMediaType:  "Jenis isi permintaan tidak didukung",
	http.StatusTooManyRequests:       "Batas permintaan terlampaui",
	499:                              "Permintaan dibatalkan",
	http.StatusServiceUnavailable:    "Layanan tidak tersedia",
	http.StatusGatewayTimeout:        "Batas waktu terlampaui",
}

func title(status int) string {
	text, ok := titles[status]
	if !ok {
		return "Kesalahan sistem"
	}
	return text
}
