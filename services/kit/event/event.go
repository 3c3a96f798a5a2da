package event

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/proto"
)

// Headers of an event on the bus.
const (
	HeaderID          = "ce-id"
	HeaderType        = "ce-type"
	HeaderSource      = "ce-source"
	HeaderSubject     = "ce-subject"
	HeaderTime        = "ce-time"
	HeaderSpecVersion = "ce-specversion"
	HeaderDataSchema  = "ce-dataschema"
	// HeaderRevision is an extension attribute: the resource's revision.
	HeaderRevision    = "ce-revision"
	HeaderContentType = "content-type"
	HeaderTraceParent = "traceparent"
	HeaderTraceState  = "tracestate"
)

const (
	specVersion = "1.0"
	contentType = "application/protobuf"
	schemaURI   = "proto:"
	// subjectTokens is how many tokens a subject has; the tenant is the fourth.
	subjectTokens = 6
	tenantToken   = 3
)

// ErrUndecodable marks a message that no repetition can make readable: a header is missing, or
// the payload is not of the expected type. Test with errors.Is.
var ErrUndecodable = errors.New("event cannot be decoded")

var subjectPattern = regexp.MustCompile(`^kinerja\.[a-z]+\.v[0-9]+\.[a-z0-9-]+\.[a-z0-9_-]+\.[a-z0-9_-]+$`)

// Event is a fact to be told.
type Event struct {
	// ID is unique among all events; when empty the outbox sets a new one.
	ID string
	// Type names the fact, past tense; when empty it is the payload's full message name.
	Type string
	// Subject is the address on the bus, as the function Subject builds it.
	Subject string
	// Resource is the full name of the changed resource. Events of one resource keep their order.
	Resource string
	// Revision of the resource after the change, 1 or more.
	Revision int64
	// Time at which it happened; when zero the outbox sets the present.
	Time time.Time
	// Payload is the message told, never nil.
	Payload proto.Message
}

// Subject is the address of an event on the bus: kinerja.<service>.v1.<tenant>.<resource>.<verb>.
func Subject(service, tenant, resource, verb string) string {
	return "kinerja." + service + ".v1." + tenant + "." + resource + "." + verb
}

// Source is the CloudEvents source of a service.
func Source(service string) string { return "/kinerja/" + service }

// Envelope is an event ready to be stored and sent: the payload is encoded, the trace of the
// context that caused it is kept.
type Envelope struct {
	ID, Type, Source, Subject, Resource string
	Revision                            int64
	Time                                time.Time
	DataSchema                          string
	Data                                []byte
	TraceParent, TraceState             string
}

// Seal checks an event and encodes it for the given source. ID and Time must be set.
func Seal(ctx context.Context, source string, e Event) (Envelope, error) {
	if e.Payload == nil {
		return Envelope{}, fmt.Errorf("seal event %s: it has no payload", e.Subject)
	}
	if e.ID == "" || e.Time.IsZero() || e.Resource == "" || e.Revision < 1 {
		return Envelope{}, fmt.Errorf("seal event %s: id, time, resource and a revision of 1 or more are needed", e.Subject)
	}
	if !subjectPattern.MatchString(e.Subject) {
		return Envelope{}, fmt.Errorf("seal event: subject %q is not kinerja.<service>.v1.<tenant>.<resource>.<event>", e.Subject)
	}
	data, err := proto.MarshalOptions{Deterministic: true}.Marshal(e.Payload)
	if err != nil {
		return Envelope{}, fmt.Errorf("seal event %s: %w", e.Subject, err)
	}
	if data == nil {
		data = []byte{} // an empty message is a payload too
	}
	schema := string(e.Payload.ProtoReflect().Descriptor().FullName())
	if e.Type == "" {
		e.Type = schema
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return Envelope{
		ID: e.ID, Type: e.Type, Source: source, Subject: e.Subject, Resource: e.Resource,
		Revision: e.Revision, Time: e.Time.UTC(), DataSchema: schema, Data: data,
		TraceParent: carrier[HeaderTraceParent], TraceState: carrier[HeaderTraceState],
	}, nil
}

// Header is the envelope's form on the bus, beside its Data.
func (e Envelope) Header() map[string][]string {
	h := map[string][]string{
		HeaderSpecVersion: {specVersion},
		HeaderID:          {e.ID},
		HeaderType:        {e.Type},
		HeaderSource:      {e.Source},
		HeaderSubject:     {e.Resource},
		HeaderTime:        {e.Time.Format(time.RFC3339Nano)},
		HeaderDataSchema:  {schemaURI + e.DataSchema},
		HeaderRevision:    {strconv.FormatInt(e.Revision, 10)},
		HeaderContentType: {contentType},
	}
	if e.TraceParent != "" {
		h[HeaderTraceParent] = []string{e.TraceParent}
	}
	if e.TraceState != "" {
		h[HeaderTraceState] = []string{e.TraceState}
	}
	return h
}

// Received is an event as a consumer gets it.
type Received struct {
	ID       string
	Type     string
	Source   string
	Subject  string
	Tenant   string // from the subject
	Resource string
	Revision int64
	Time     time.Time
	// DataSchema is the full name of the payload's message.
	DataSchema string
	Data       []byte
	// Trace is the span that caused the event; it is invalid when none was recorded.
	Trace trace.SpanContext
	// Sequence is the position in the stream, Deliveries how often the message has been
	// delivered to this consumer, this time included. Both are 0 outside a stream.
	Sequence   uint64
	Deliveries uint64
	// Pending is how many more messages the stream held for the consumer behind this one when it was delivered.
	Pending uint64
}

// Unmarshal decodes the payload into m. It returns an error that is ErrUndecodable when the
// payload is a message of another type or is damaged.
func (r Received) Unmarshal(m proto.Message) error {
	want := string(m.ProtoReflect().Descriptor().FullName())
	if r.DataSchema != want {
		return fmt.Errorf("%w: %s carries %s, not %s", ErrUndecodable, r.ID, r.DataSchema, want)
	}
	err := proto.Unmarshal(r.Data, m)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrUndecodable, r.ID, err)
	}
	return nil
}

// Verb is the last token of the subject: what happened.
func (r Received) Verb() string { return r.Subject[strings.LastIndexByte(r.Subject, '.')+1:] }

// Open reads an event from a message of the bus. The payload is not decoded yet. It returns an
// error that is ErrUndecodable when a required attribute is missing or malformed.
func Open(subject string, header map[string][]string, data []byte) (Received, error) {
	tokens := strings.Split(subject, ".")
	if len(tokens) != subjectTokens {
		return Received{}, fmt.Errorf("%w: subject %s has not %d tokens", ErrUndecodable, subject, subjectTokens)
	}
	if get(header, HeaderSpecVersion) != specVersion {
		return Received{}, fmt.Errorf("%w: %s is not %s", ErrUndecodable, HeaderSpecVersion, specVersion)
	}
	for _, name := range []string{HeaderID, HeaderType, HeaderSource, HeaderSubject, HeaderDataSchema} {
		if get(header, name) == "" {
			return Received{}, fmt.Errorf("%w: header %s is missing", ErrUndecodable, name)
		}
	}
	at, err := time.Parse(time.RFC3339Nano, get(header, HeaderTime))
	if err != nil {
		return Received{}, fmt.Errorf("%w: header %s is not a time", ErrUndecodable, HeaderTime)
	}
	revision, err := strconv.ParseInt(get(header, HeaderRevision), 10, 64)
	if err != nil {
		return Received{}, fmt.Errorf("%w: header %s is not a number", ErrUndecodable, HeaderRevision)
	}
	carrier := propagation.MapCarrier{
		HeaderTraceParent: get(header, HeaderTraceParent), HeaderTraceState: get(header, HeaderTraceState),
	}
	span := trace.SpanContextFromContext(propagation.TraceContext{}.Extract(context.Background(), carrier))
	return Received{
		ID: get(header, HeaderID), Type: get(header, HeaderType), Source: get(header, HeaderSource),
		Subject: subject, Tenant: tokens[tenantToken], Resource: get(header, HeaderSubject),
		Revision: revision, Time: at.UTC(),
		DataSchema: strings.TrimPrefix(get(header, HeaderDataSchema), schemaURI),
		Data:       data, Trace: span,
	}, nil
}

func get(header map[string][]string, name string) string {
	values := header[name]
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
