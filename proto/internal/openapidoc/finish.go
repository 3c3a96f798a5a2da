package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
)

// document is an OpenAPI document with the parts that the generator writes.
type document struct {
	OpenAPI    string                    `json:"openapi"`
	Info       map[string]any            `json:"info"`
	Servers    []any                     `json:"servers"`
	Security   []any                     `json:"security"`
	Tags       []any                     `json:"tags"`
	Paths      map[string]map[string]any `json:"paths"`
	Components map[string]map[string]any `json:"components"`
}

// finish changes doc as the comment of the command says. Every operation must be in both doc and ops.
func finish(doc *document, ops map[string]operation) error {
	paths := map[string]map[string]any{}
	seen := map[string]bool{}
	for raw, item := range doc.Paths {
		for verb, value := range item {
			body, ok := value.(map[string]any)
			if !ok {
				return fmt.Errorf("%s %s is not an operation", verb, raw)
			}
			id, _ := body["operationId"].(string)
			op, ok := ops[id]
			if !ok {
				return fmt.Errorf("%s %s: no RPC has the operation id %q", verb, raw, id)
			}
			seen[id] = true
			describe(body, op)
			if paths[op.path] == nil {
				paths[op.path] = map[string]any{}
			}
			_, twice := paths[op.path][verb]
			if twice {
				return fmt.Errorf("%s %s is claimed by two RPCs", verb, op.path)
			}
			paths[op.path][verb] = body
		}
	}
	for id := range ops {
		if !seen[id] {
			return fmt.Errorf("the document lacks operation %s", id)
		}
	}
	doc.Paths = paths
	if doc.Components["schemas"] == nil {
		return errors.New("the document has no schemas")
	}
	return nil
}

// describe rewrites one operation.
func describe(body map[string]any, op operation) {
	text, _ := body["summary"].(string)
	more, _ := body["description"].(string)
	text = strings.Join(strings.Fields(text+" "+more), " ")
	body["summary"] = firstSentence(text)
	body["description"] = text
	body["parameters"] = parameters(body["parameters"], op)
	responses, ok := body["responses"].(map[string]any)
	if ok {
		responses["default"] = map[string]any{"$ref": "#/components/responses/Problem"}
	}
	body["x-access"] = accessOf(op.access)
	if op.access.GetPublic() {
		body["security"] = []any{map[string]any{}, map[string]any{"bearer": []any{}}}
	}
}

// firstSentence returns text up to the first full stop that ends a word, without it.
func firstSentence(text string) string {
	head, _, _ := strings.Cut(text, ". ")
	return strings.TrimSuffix(head, ".")
}

// parameters replaces the path parameters by those of op, and keeps the others.
func parameters(given any, op operation) []any {
	all := make([]any, 0, len(op.vars))
	for _, name := range op.vars {
		all = append(all, map[string]any{
			"name":        name,
			"in":          "path",
			"description": "Id of the " + strings.ReplaceAll(name, "_", " ") + ".",
			"required":    true,
			"schema":      map[string]any{"type": "string"},
		})
	}
	list, _ := given.([]any)
	rest := slices.DeleteFunc(slices.Clone(list), func(p any) bool {
		fields, ok := p.(map[string]any)
		return !ok || fields["in"] == "path"
	})
	return append(all, rest...)
}

func accessOf(access *commonv1.Access) map[string]any {
	out := map[string]any{"permission": access.GetPermission()}
	if access.GetPublic() {
		out["public"] = true
	}
	if access.GetGlobal() {
		out["global"] = true
	}
	var roles, relations []string
	for _, role := range access.GetRoles() {
		roles = append(roles, strings.TrimPrefix(role.String(), "ROLE_"))
	}
	for _, relation := range access.GetRelations() {
		relations = append(relations, strings.TrimPrefix(relation.String(), "RELATION_"))
	}
	if roles != nil {
		out["roles"] = roles
	}
	if relations != nil {
		out["relations"] = relations
	}
	return out
}
