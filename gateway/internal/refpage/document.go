package refpage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// document is the part of the OpenAPI document that the page shows.
type document struct {
	Info struct {
		Title       string `json:"title"`
		Version     string `json:"version"`
		Description string `json:"description"`
	} `json:"info"`
	Tags []struct {
		Name        string `json:"name"`
		Description string `json:"description"`
	} `json:"tags"`
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	Tags        []string    `json:"tags"`
	Description string      `json:"description"`
	OperationID string      `json:"operationId"`
	Parameters  []parameter `json:"parameters"`
	RequestBody struct {
		Content content `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Content content `json:"content"`
	} `json:"responses"`
	Access access `json:"x-access"`
}

type parameter struct {
	Name        string `json:"name"`
	In          string `json:"in"`
	Description string `json:"description"`
	Required    bool   `json:"required"`
	Schema      schema `json:"schema"`
}

type content map[string]struct {
	Schema *schema `json:"schema"`
}

func (c content) schema() *schema { return c["application/json"].Schema }

type access struct {
	Permission string   `json:"permission"`
	Roles      []string `json:"roles"`
	Relations  []string `json:"relations"`
	Public     bool     `json:"public"`
	Global     bool     `json:"global"`
}

type schema struct {
	Ref                  string            `json:"$ref"`
	Type                 string            `json:"type"`
	Format               string            `json:"format"`
	Description          string            `json:"description"`
	Enum                 []string          `json:"enum"`
	Items                *schema           `json:"items"`
	AllOf                []schema          `json:"allOf"`
	Properties           map[string]schema `json:"properties"`
	Required             []string          `json:"required"`
	ReadOnly             bool              `json:"readOnly"`
	AdditionalProperties json.RawMessage   `json:"additionalProperties"`
}

const refPrefix = "#/components/schemas/"

// ref returns the name of the schema that s stands for, or "".
func (s schema) ref() string {
	if s.Ref == "" && len(s.AllOf) == 1 {
		return s.AllOf[0].ref()
	}
	return strings.TrimPrefix(s.Ref, refPrefix)
}

func parse(raw []byte) (*document, error) {
	var doc document
	err := json.Unmarshal(raw, &doc)
	if err != nil {
		return nil, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	return &doc, nil
}

var methodOrder = []string{"get", "post", "put", "patch", "delete"}

// each calls visit with every operation, by path and then method.
func (d *document) each(visit func(path, method string, op operation)) {
	paths := make([]string, 0, len(d.Paths))
	for path := range d.Paths {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		for _, method := range methodOrder {
			op, ok := d.Paths[path][method]
			if ok {
				visit(path, method, op)
			}
		}
	}
}
