package pack

import (
	"fmt"
	"reflect"
	"strconv"
)

// maxExamples bounds the examples of a file: all of them run when a service starts.
const maxExamples = 500

// wrongExamples returns what is wrong with the form of the examples beyond their keys.
func (f *File) wrongExamples() []Problem {
	var problems []Problem
	add := func(path, format string, args ...any) {
		problems = append(problems, f.places.problem(SeverityError, path, fmt.Sprintf(format, args...)))
	}
	if len(f.Examples) > maxExamples {
		add(examplesKey, "ada %d contoh, padahal paling banyak %d", len(f.Examples), maxExamples)
	}
	named := map[string]bool{}
	for i, example := range f.Examples {
		path := examplesKey + "[" + strconv.Itoa(i) + "]"
		if example.Name == "" {
			add(path+".name", "belum diisi; tulis apa yang ditunjukkan contoh ini")
		}
		if named[example.Name] {
			add(path+".name", "nama “%s” dipakai dua kali; bedakan", example.Name)
		}
		named[example.Name] = true
		if len(example.Given.Segments) > 0 && !reflect.ValueOf(example.Given.Segment).IsZero() {
			add(path+".given", "segments tidak dapat bersamaan dengan fakta lain; pindahkan fakta itu ke dalam segments")
		}
		if reflect.ValueOf(example.Expected).IsZero() {
			add(path+".expected", "belum diisi; tulis paling sedikit satu hasil yang diharapkan")
		}
	}
	return problems
}
