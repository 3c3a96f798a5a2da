package pack

import (
	_ "embed" // the schema is a file that editors read too
	"slices"
)

//go:embed rulepack.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the language, for editors and for those who write packs with other
// tools. It knows the form; what only the whole pack shows, such as a curve with a gap, Lint says. The text is a copy.
func Schema() []byte { return slices.Clone(schema) }
