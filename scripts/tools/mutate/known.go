package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// errUnknown reports mistakes that nobody has noticed and that the list of known survivors does not have.
var errUnknown = errors.New("there are survivors that are not known; see above")

// survivor is a mistake as the list of known survivors names it: file, function and change, without a line, so that it
// stays the same when other lines change.
type survivor struct{ within, what string }

// survivors are how many of each are known.
type survivors map[survivor]int

// readKnown reads a list of survivors: one a line, as file and function, change, and reason, with
// tabs between. Lines that begin with # are
// remarks.
func readKnown(path string) (survivors, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	known := survivors{}
	for n, line := range strings.Split(string(content), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		const withReason = 3
		if len(fields) != withReason || fields[withReason-1] == "" {
			return nil, fmt.Errorf("%s:%d: not a place, a change and a reason with tabs between", path, n+1)
		}
		known[survivor{fields[0], fields[1]}]++
	}
	return known, nil
}

// check lists what survives without being known, in the form of the list, which is an error, and what is known but was
// noticed, perhaps only because a run took too long. Mistakes that were not tried say nothing.
func (known survivors) check(w io.Writer, made []mistake, order []int) error {
	found, open := survivors{}, survivors{}
	for _, n := range order {
		m := made[n]
		key := survivor{m.within, m.what}
		switch m.outcome {
		case survived, unreached:
			found[key]++
		case untried:
			open[key]++
		case killed:
		}
	}
	differs := false
	for _, n := range order {
		m := made[n]
		key := survivor{m.within, m.what}
		if found[key] > known[key] && (m.outcome == survived || m.outcome == unreached) {
			fmt.Fprintf(w, "not known:\n%s\t%s\t(%s)\n", key.within, key.what, m.place)
			differs = true
		}
	}
	for key, count := range known {
		if count > found[key]+open[key] && present(key, made, order) {
			fmt.Fprintf(w, "known, but noticed now:\n%s\t%s\n", key.within, key.what)
		}
	}
	if differs {
		return errUnknown
	}
	return nil
}

// present reports whether the run was about the file of a survivor.
func present(key survivor, made []mistake, order []int) bool {
	file, _, _ := strings.Cut(key.within, " ")
	for _, n := range order {
		if strings.HasPrefix(made[n].within, file+" ") {
			return true
		}
	}
	return false
}
