package oracle_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// coverage notes which branches of a pack have been taken.
type coverage struct {
	mutex sync.Mutex
	taken map[string]bool
}

func newCoverage() *coverage { return &coverage{taken: map[string]bool{}} }

// hit notes a branch; a nil coverage notes nothing.
func (c *coverage) hit(path ...string) {
	if c != nil {
		c.taken[strings.Join(path, "/")] = true
	}
}

// join adds what another has noted.
func (c *coverage) join(other *coverage) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for branch := range other.taken {
		c.taken[branch] = true
	}
}

// missed returns the branches of a pack that have not been taken.
func (c *coverage) missed(pack node) []string {
	var missed []string
	for _, branch := range branches(pack) {
		if !c.taken[branch] {
			missed = append(missed, branch)
		}
	}
	return missed
}

// listing collects branches.
type listing struct{ all []string }

func (l *listing) add(path ...string) { l.all = append(l.all, strings.Join(path, "/")) }

func (l *listing) each(keys []string, path ...string) {
	for _, key := range keys {
		l.add(append(slices.Clone(path), key)...)
	}
}

// count adds a branch for each entry of a list.
func (l *listing) count(list node, path ...string) {
	for n := range list.list {
		l.add(append(slices.Clone(path), fmt.Sprint(n))...)
	}
}

// bounds adds those of a floor and a cap.
func (l *listing) bounds(terms node, path ...string) {
	for _, bound := range []string{"floor", "cap"} {
		if terms.at(bound).there {
			l.add(append(slices.Clone(path), bound)...)
		}
	}
}

// branches lists every branch that a pack has.
func branches(pack node) []string {
	l := &listing{}
	for _, rule := range pack.at("rules").list {
		if id := rule.at("id").text; strings.HasPrefix(id, "achievement.") && rule.at("places").there {
			l.add(id)
		}
	}
	achievement := pack.at("achievement")
	l.add("achievement", "missing")
	l.bounds(achievement, "achievement")
	if achievement.at("efficiency").there {
		l.each([]string{"inside", "within", "beyond"}, "achievement", "efficiency")
	}
	for _, c := range pack.at("components").list {
		l.component(c)
		// A realisation that counts as zero leaves no gap in a pair.
		if c.at("indicators", "combine").text == "weakest_of_results" && achievement.at("missing").text != "zero" {
			l.add("components", c.at("id").text, "pair without a half")
		}
	}
	l.each(pack.at("unit_head", "ratings").keys(), "unit_head")
	for _, row := range pack.at("predicate", "matrix").keys() {
		l.each(pack.at("predicate", "matrix", row).keys(), "matrix", row)
	}
	for n, band := range pack.at("predicate", "bands", "bands").list {
		l.add("bands", fmt.Sprint(n))
		if band.at("innovation").text == "true" {
			l.add("bands", fmt.Sprint(n), "without innovation")
			l.add("innovations")
		}
	}
	for _, input := range pack.at("inputs").list {
		l.add("inputs", input.at("id").text)
	}
	for _, threshold := range pack.at("suggestion", "thresholds").list {
		l.add("suggestion", threshold.at("rating").text)
	}
	for _, band := range pack.at("survey", "bands").list {
		l.add("survey", "bands", band.at("grade").text)
	}
	if pack.at("survey", "minimum_responses").whole() > 1 {
		l.add("survey", "too few")
	}
	l.each(pack.at("credit", "percents").keys(), "credit")
	l.each(pack.at("credit", "coefficients").keys(), "credit")
	l.add("segments", pack.at("segments", "predicate").text)
	l.each([]string{"complete", "incomplete", "provisional"}, "state")
	return l.all
}

func (l *listing) component(c node) {
	id := c.at("id").text
	l.add("components", id, "number")
	// A number that always is there, such as a sum of components that count zero when missing, misses nothing.
	if !c.at("weighted").there && !c.at("sum").there {
		l.add("components", id, "missing")
	}
	if c.at("when").there {
		l.add("components", id, "when", "others")
	}
	l.bounds(c, "components", id)
	way := c.at("indicators")
	if way.there {
		l.add("components", id, way.at("combine").text)
		if way.at("combine").text == "points" {
			l.add("components", id, "without a weight")
		}
	}
	for n, part := range way.at("curve").list {
		l.add("components", id, "curve", fmt.Sprint(n))
		if part.at("attainable").there {
			l.add("components", id, "curve", fmt.Sprint(n), "attainable")
		}
	}
	for _, band := range way.at("categories", "bands").list {
		l.add("components", id, "category", band.at("category").text)
	}
	l.count(way.at("categories", "combine"), "components", id, "combination")
	l.each(way.at("categories", "values").keys(), "components", id, "value")
	if c.at("panel", "minimum").whole() > 1 {
		l.add("components", id, "too few")
	}
	if c.at("attendance", "minutes_per_day").whole() > 0 {
		l.add("components", id, "late beyond all")
	}
	l.each(c.at("rating", "values").keys(), "components", id)
	l.each(c.at("organization", "values").keys(), "components", id)
	l.each(c.at("innovations", "points").keys(), "components", id)
	l.count(c.at("tasks", "steps"), "components", id, "steps")
	if c.at("weighted").there {
		l.add("components", id, "variants", "of")
		l.count(c.at("weighted", "variants"), "components", id, "variants")
	}
}
