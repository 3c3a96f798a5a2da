package fault

// Violation is one field at fault.
type Violation struct {
	// Field is the path in proto names, such as plan.results[0].indicators[1].unit_of_measure.
	Field string
	// Reason is why the field is at fault.
	Reason Reason
	// Meta holds the values that the texts use. They do not travel with the violation; the texts do.
	Meta map[string]string

	text  string
	local string
}

// fieldEN and fieldID word a violation of INVALID_ARGUMENT: the catalogue's texts of that reason are about the whole
// request.
const (
	fieldEN = "The field {field} is not valid[: {problem}]."
	fieldID = "Isian {field} tidak sah. Periksa kembali ketentuan pengisiannya, lalu perbaiki."
)

// Field returns a violation of the field at path, with pairs of key and value for its texts. The key `field` is set to
// the path.
func Field(path string, reason Reason, kv ...string) Violation {
	m := pairs(kv)
	if m == nil {
		m = map[string]string{}
	}
	m["field"] = path
	return Violation{Field: path, Reason: reason, Meta: m}
}

// Worded returns a copy with texts that replace the catalogue's: English and Indonesian, safe to show. An empty text
// keeps the catalogue's.
func (v Violation) Worded(text, local string) Violation {
	v.text, v.local = text, local
	return v
}

// Text returns the English text.
func (v Violation) Text() string {
	if v.text != "" {
		return v.text
	}
	if v.Reason == ReasonInvalidArgument {
		return render(fieldEN, v.Meta)
	}
	return render(row(v.Reason).en, v.Meta)
}

// Local returns the Indonesian text, for people.
func (v Violation) Local() string {
	if v.local != "" {
		return v.local
	}
	if v.Reason == ReasonInvalidArgument {
		return render(fieldID, v.Meta)
	}
	return render(row(v.Reason).id, v.Meta)
}
