package refpage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// view is what the template shows.
type view struct {
	Title   string
	Version string
	Areas   []areaView
	Schemas []schemaView
	Reasons []reasonView
	Style   any
}

type areaView struct {
	ID       string
	Name     string
	Services []*serviceView
}

type serviceView struct {
	Name        string
	Description string
	Operations  []operationView
}

type operationView struct {
	ID          string
	Name        string
	Method      string
	Path        string
	Description string
	Access      accessView
	Parameters  []rowView
	Body        *bodyView
	Response    *bodyView
}

type accessView struct {
	Permission string
	Public     bool
	Global     bool
	Roles      []string
	Relations  []string
}

// bodyView is the content of a request or response.
type bodyView struct {
	Type typeView
	Rows []rowView
}

type rowView struct {
	Name        string
	Type        typeView
	Place       string
	Required    bool
	ReadOnly    bool
	Description string
}

// typeView is a type: words around an optional link to a schema.
type typeView struct {
	Text string
	Name string
	Link string
}

type schemaView struct {
	ID          string
	Name        string
	Package     string
	Description string
	Enum        []string
	Rows        []rowView
}

type reasonView struct {
	Code   string
	Status int
	Text   string
}

// areas are the services of the suite in the order of the work.
var areas = []struct{ id, name string }{
	{"planning", "Perencanaan kinerja"},
	{"assessment", "Penilaian"},
	{"scoring", "Penghitungan nilai"},
	{"reporting", "Pelaporan"},
}

var roleNames = map[string]string{
	"EMPLOYEE":       "pegawai",
	"SUPERIOR":       "atasan",
	"UNIT_ADMIN":     "pengelola unit",
	"TENANT_ADMIN":   "pengelola instansi",
	"PROVINCE_ADMIN": "pengelola provinsi",
	"INSPECTOR":      "inspektorat",
	"CITIZEN":        "masyarakat",
	"SERVICE":        "sistem internal",
}

var relationNames = map[string]string{
	"SELF":               "pegawai yang bersangkutan",
	"SUPERIOR":           "atasan langsung",
	"PEER":               "rekan setara",
	"SUBORDINATE":        "bawahan langsung",
	"SUPERIORS_SUPERIOR": "atasan dari atasan langsung",
	"UNIT_HEAD":          "kepala unit",
}

var placeNames = map[string]string{"path": "alamat", "query": "parameter"}

func newView(doc *document) view {
	v := view{Title: doc.Info.Title, Version: doc.Info.Version}
	for _, a := range areas {
		v.Areas = append(v.Areas, areaView{ID: a.id, Name: a.name, Services: services(doc, a.id)})
	}
	for name, s := range doc.Components.Schemas {
		v.Schemas = append(v.Schemas, newSchema(name, s))
	}
	slices.SortFunc(v.Schemas, func(a, b schemaView) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	for _, reason := range fault.Reasons() {
		v.Reasons = append(v.Reasons, reasonView{
			Code:   string(reason),
			Status: fault.New(reason).HTTP(),
			Text:   fault.New(reason).Local(),
		})
	}
	return v
}

// services returns the gRPC services of one area, in the order of the document's tags.
func services(doc *document, area string) []*serviceView {
	byName := map[string]*serviceView{}
	var all []*serviceView
	for _, tag := range doc.Tags {
		byName[tag.Name] = &serviceView{Name: tag.Name, Description: tag.Description}
	}
	doc.each(func(path, method string, op operation) {
		owner, _, _ := strings.Cut(op.Access.Permission, ".")
		if owner != area || len(op.Tags) == 0 || byName[op.Tags[0]] == nil {
			return
		}
		s := byName[op.Tags[0]]
		if len(s.Operations) == 0 {
			all = append(all, s)
		}
		s.Operations = append(s.Operations, newOperation(doc, route{path, method}, op))
	})
	slices.SortFunc(all, func(a, b *serviceView) int { return strings.Compare(a.Name, b.Name) })
	return all
}

type route struct{ path, method string }

func newOperation(doc *document, at route, op operation) operationView {
	_, name, _ := strings.Cut(op.OperationID, "_")
	v := operationView{
		ID:          op.OperationID,
		Name:        name,
		Method:      strings.ToUpper(at.method),
		Path:        at.path,
		Description: op.Description,
		Access: accessView{
			Permission: op.Access.Permission,
			Public:     op.Access.Public,
			Global:     op.Access.Global,
			Roles:      named(op.Access.Roles, roleNames),
			Relations:  named(op.Access.Relations, relationNames),
		},
		Body:     newBody(doc, op.RequestBody.Content.schema()),
		Response: newBody(doc, op.Responses["200"].Content.schema()),
	}
	if v.Body != nil {
		// What only the suite sets is not for the caller to send.
		v.Body.Rows = slices.DeleteFunc(v.Body.Rows, func(r rowView) bool { return r.ReadOnly })
	}
	for _, p := range op.Parameters {
		v.Parameters = append(v.Parameters, rowView{
			Name:        p.Name,
			Type:        typeOf(p.Schema),
			Place:       placeNames[p.In],
			Required:    p.Required,
			Description: p.Description,
		})
	}
	return v
}

func newBody(doc *document, s *schema) *bodyView {
	if s == nil {
		return nil
	}
	shown := *s
	if name := s.ref(); name != "" {
		shown = doc.Components.Schemas[name]
	}
	return &bodyView{Type: typeOf(*s), Rows: rows(shown)}
}

func newSchema(name string, s schema) schemaView {
	v := schemaView{
		ID:          schemaID(name),
		Name:        shortName(name),
		Description: s.Description,
		Enum:        s.Enum,
		Rows:        rows(s),
	}
	parts := strings.Split(name, ".")
	if len(parts) > 2 && parts[0] == "kinerja" {
		v.Package = strings.Join(parts[:3], ".")
	}
	return v
}

func rows(s schema) []rowView {
	all := make([]rowView, 0, len(s.Properties))
	for name, p := range s.Properties {
		all = append(all, rowView{
			Name:        name,
			Type:        typeOf(p),
			Required:    slices.Contains(s.Required, name),
			ReadOnly:    p.ReadOnly,
			Description: p.Description,
		})
	}
	slices.SortFunc(all, func(a, b rowView) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func named(codes []string, names map[string]string) []string {
	out := make([]string, 0, len(codes))
	for _, code := range codes {
		out = append(out, cmp.Or(names[code], code))
	}
	return out
}

var typeNames = map[string]string{
	"array":   "daftar",
	"boolean": "true atau false",
	"integer": "bilangan bulat",
	"number":  "bilangan",
	"object":  "objek",
	"string":  "teks",
}

var formatNames = map[string]string{
	"date-time":     "waktu (RFC 3339)",
	"int64":         "bilangan bulat, ditulis sebagai teks",
	"uri-reference": "alamat",
}

func typeOf(s schema) typeView {
	name := s.ref()
	if name != "" {
		return typeView{Name: shortName(name), Link: schemaID(name)}
	}
	if s.Type == "array" && s.Items != nil {
		t := typeOf(*s.Items)
		t.Text = strings.TrimSpace("daftar " + t.Text)
		return t
	}
	format, ok := formatNames[s.Format]
	if ok && s.Type == "string" {
		return typeView{Text: format}
	}
	return typeView{Text: cmp.Or(typeNames[s.Type], s.Type)}
}

func schemaID(name string) string { return "skema-" + name }

// shortName drops the package: kinerja.planning.v1.Plan.State is Plan.State.
func shortName(name string) string {
	parts := strings.Split(name, ".")
	if len(parts) > 3 && parts[0] == "kinerja" {
		return strings.Join(parts[3:], ".")
	}
	return parts[len(parts)-1]
}
