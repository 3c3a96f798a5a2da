package domain

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// at is the path of an entry of a list.
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// join lists codes for a message.
func join[T ~string](codes []T) string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = string(code)
	}
	return or(texts)
}

// codes lists the vocabulary for a message.
func (w words[T]) codes() string {
	texts := make([]string, len(w))
	for i, entry := range w {
		texts[i] = string(entry.code)
	}
	return or(texts)
}

// or lists choices in a sentence.
func or(choices []string) string {
	switch n := len(choices); n {
	case 0:
		return ""
	case 1:
		return choices[0]
	case 2:
		return choices[0] + " atau " + choices[1]
	default:
		return strings.Join(choices[:n-1], ", ") + ", atau " + choices[n-1]
	}
}

// sorted returns the keys in their order as text.
func sorted[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
