package fault

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Fault is an error that may cross a service boundary. Treat it as a value: change it only through the methods that
// return a copy.
type Fault struct {
	// Reason is what clients switch on.
	Reason Reason
	// Kind decides the code on the wire; the catalogue's kind of the reason unless the constructor says otherwise.
	Kind Kind
	// Meta holds every value that the texts use. It never holds a NIP or a person's name.
	Meta map[string]string
	// Violations are the fields at fault, in the order of the request.
	Violations []Violation
	// RetryAfter is how long the caller should wait before a repeat; zero when that is not known.
	RetryAfter time.Duration

	cause error
	text  string
	local string
}

var _ error = (*Fault)(nil)

// New returns a fault of the reason, with pairs of key and value for its texts. A reason that the catalogue does not
// know gives an INTERNAL fault whose cause names it.
func New(reason Reason, kv ...string) *Fault {
	row, ok := catalog[reason]
	if !ok {
		return New(ReasonInternal).Because(errors.New("fault: the catalogue has no reason " + strconv.Quote(string(reason))))
	}
	return &Fault{Reason: reason, Kind: row.kind, Meta: pairs(kv)}
}

// Invalid returns a fault of KindInvalid that lists the violations. Its reason is theirs when they agree, and
// INVALID_ARGUMENT otherwise; metadata `field` names the first of them.
func Invalid(violations ...Violation) *Fault {
	f := New(ReasonInvalidArgument)
	if len(violations) == 0 {
		return f
	}
	f.Violations = slices.Clone(violations)
	f.Meta = map[string]string{"field": violations[0].Field}
	differs := func(v Violation) bool { return v.Reason != violations[0].Reason }
	if slices.ContainsFunc(violations, differs) {
		return f
	}
	f.Reason = violations[0].Reason
	if len(violations) == 1 {
		for k, v := range violations[0].Meta {
			f.Meta[k] = v
		}
		f.text, f.local = violations[0].text, violations[0].local
	}
	return f
}

// From returns the fault within err, or a fault that stands for err: CANCELED and DEADLINE_EXCEEDED for the errors of
// a context, INTERNAL with err as its cause for all else. It returns nil for nil.
func From(err error) *Fault {
	if err == nil {
		return nil
	}
	f, ok := As(err)
	if ok {
		return f
	}
	if errors.Is(err, context.Canceled) {
		return New(ReasonCanceled).Because(err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return New(ReasonDeadlineExceeded).Because(err)
	}
	return New(ReasonInternal).Because(err)
}

// As returns the outermost fault in the chain of err.
func As(err error) (*Fault, bool) { return errors.AsType[*Fault](err) }

// HTTP returns the status code that an HTTP edge answers: that of the reason where the catalogue gives it one of its own, and
// that of the kind.
func (f *Fault) HTTP() int {
	own := catalog[f.Reason].http
	if own != 0 {
		return own
	}
	return f.Kind.HTTP()
}

// Is reports whether the outermost fault in the chain of err has the reason.
func Is(err error, reason Reason) bool {
	f, ok := As(err)
	return ok && f.Reason == reason
}

// IsKind reports whether the outermost fault in the chain of err has the kind.
func IsKind(err error, kind Kind) bool {
	f, ok := As(err)
	return ok && f.Kind == kind
}

// With returns a copy that also lists the violations.
func (f *Fault) With(violations ...Violation) *Fault {
	c := f.clone()
	c.Violations = append(c.Violations, violations...)
	return c
}

// Because returns a copy whose cause is err. The cause is for logs; no text shows it.
func (f *Fault) Because(err error) *Fault {
	c := f.clone()
	c.cause = err
	return c
}

// After returns a copy that tells the caller to wait for d before a repeat.
func (f *Fault) After(d time.Duration) *Fault {
	c := f.clone()
	c.RetryAfter = d
	return c
}

// Worded returns a copy with texts that replace the catalogue's: English and Indonesian, safe to show. An empty text
// keeps the catalogue's.
func (f *Fault) Worded(text, local string) *Fault {
	c := f.clone()
	c.text, c.local = text, local
	return c
}

// Error returns the English text. It is safe to show: it has values of the metadata but never the cause.
func (f *Fault) Error() string {
	if f.text != "" {
		return f.text
	}
	return render(row(f.Reason).en, f.Meta)
}

// Local returns the Indonesian text, for people.
func (f *Fault) Local() string {
	if f.local != "" {
		return f.local
	}
	return render(row(f.Reason).id, f.Meta)
}

// Unwrap returns the cause, or nil.
func (f *Fault) Unwrap() error { return f.cause }

func (f *Fault) clone() *Fault {
	c := *f
	c.Meta = maps.Clone(f.Meta)
	c.Violations = slices.Clone(f.Violations)
	return &c
}

// pairs makes a map of key, value, key, value; a last key without a value gets the empty one.
func pairs(kv []string) map[string]string {
	if len(kv) == 0 {
		return nil
	}
	m := make(map[string]string, (len(kv)+1)/2)
	for i := 0; i < len(kv); i += 2 {
		m[kv[i]] = ""
		if i+1 < len(kv) {
			m[kv[i]] = kv[i+1]
		}
	}
	return m
}
