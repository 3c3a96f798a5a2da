package refpage

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

var (
	//go:embed page.gohtml
	pageSource string
	//go:embed style.css
	styleSource string
)

// Page is the rendered reference.
type Page struct {
	// HTML is the whole page.
	HTML []byte
	// Policy is the Content-Security-Policy that the page needs: it allows the style of the page and nothing else.
	Policy string
}

// Render renders the reference of an OpenAPI document. It fails when the document is not readable.
func Render(openapi []byte) (*Page, error) {
	doc, err := parse(openapi)
	if err != nil {
		return nil, err
	}
	tmpl, err := template.New("page").Funcs(template.FuncMap{"prose": prose, "breaks": breaks}).Parse(pageSource)
	if err != nil {
		return nil, fmt.Errorf("parse the template of the reference: %w", err)
	}
	v := newView(doc)
	v.Style = template.CSS(styleSource) //nolint:gosec // The style is part of the program.
	var out bytes.Buffer
	err = tmpl.Execute(&out, v)
	if err != nil {
		return nil, fmt.Errorf("render the reference: %w", err)
	}
	sum := sha256.Sum256([]byte(styleSource))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return &Page{HTML: out.Bytes(), Policy: policy}, nil
}

// marked finds what prose gives a form of its own: code in backticks, and words that may be reasons.
var marked = regexp.MustCompile("`[^`]+`|[A-Z][A-Z_]{3,}[A-Z]")

// prose returns text of the contract as HTML: code in backticks as code, and reasons as links to their explanation.
func prose(text string) template.HTML {
	var out strings.Builder
	rest := 0
	for _, at := range marked.FindAllStringIndex(text, -1) {
		out.WriteString(template.HTMLEscapeString(text[rest:at[0]]))
		word := text[at[0]:at[1]]
		rest = at[1]
		code := template.HTMLEscapeString(strings.Trim(word, "`"))
		switch {
		case strings.HasPrefix(word, "`"):
			out.WriteString("<code>" + code + "</code>")
		case fault.Known(fault.Reason(word)):
			out.WriteString(`<a href="#` + code + `"><code>` + code + `</code></a>`)
		default:
			out.WriteString(code)
		}
	}
	out.WriteString(template.HTMLEscapeString(text[rest:]))
	return template.HTML(out.String()) //nolint:gosec // Every part was escaped above.
}

// breakable are the places where a long word may break: after a slash or an underscore, and before a colon.
var breakable = strings.NewReplacer("/", "/<wbr>", "_", "_<wbr>", ":", "<wbr>:")

// breaks returns a path or code as HTML that may break where its parts meet.
func breaks(word string) template.HTML {
	return template.HTML(breakable.Replace(template.HTMLEscapeString(word))) //nolint:gosec // The word was escaped.
}
