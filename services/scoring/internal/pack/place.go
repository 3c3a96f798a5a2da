package pack

import "strings"

// place is where a statement stands.
type place struct {
	// file is the name of the base that states it; empty for the file itself.
	file string
	// path is the statement as that file has it.
	path         string
	line, column int
}

// places are those of the statements of a resolved definition, by path; that of the file itself, whose path is empty, is its
// first statement.
type places map[string]place

// find returns the place of a statement, or of the nearest around it that exists, at last of the file, with the path of what
// was asked for as the file has it.
func (p places) find(path string) place {
	around := path
	for p[around].line == 0 && around != "" {
		around = parent(around)
	}
	found := p[around]
	found.path += path[len(around):]
	return found
}

// parent returns the path of the statement around one, and "" for a statement of the file.
func parent(path string) string {
	end := strings.LastIndexAny(path, ".[")
	if end < 0 {
		return ""
	}
	return path[:end]
}

// move copies the places of a statement and all within it to another path.
func (p places) move(from places, old, renamed string) {
	for path, at := range from {
		rest, within := strings.CutPrefix(path, old)
		if within && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			p[renamed+rest] = at
		}
	}
}

// problem puts a problem to its place.
func (p places) problem(severity Severity, path, message string) Problem {
	at := p.find(path)
	return Problem{Severity: severity, File: at.file, Line: at.line, Column: at.column, Path: at.path, Message: message}
}

// drop forgets a statement and all within it.
func (p places) drop(path string) {
	for one := range p {
		rest, within := strings.CutPrefix(one, path)
		if within && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			delete(p, one)
		}
	}
}
