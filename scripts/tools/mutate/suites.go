package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// memory is what a run may use, in KiB: a mistake can make a loop without end.
	memory = 6 << 20
	// quick is the time up to which tests of a package run together, before the others, which run one by one.
	quick = 400 * time.Millisecond
)

// suite is the test binary of one package.
type suite struct {
	dir, binary string
	args        []string
	// tests are from the quickest.
	tests []test
}

// test is one test function.
type test struct {
	name    string
	took    time.Duration
	reached map[int]bool
}

// compile builds the suites and runs each test once without a mistake.
func compile(ctx context.Context, module string, packages []string, work string) ([]*suite, error) {
	var all []*suite
	for n, of := range packages {
		dir, args, _ := strings.Cut(of, "=")
		s := &suite{dir: filepath.Join(module, dir), binary: filepath.Join(work, fmt.Sprintf("test%d", n))}
		s.args = []string{"-test.failfast", "-test.short"}
		if args != "" {
			s.args = append(s.args, strings.Split(args, ",")...)
		}
		overlay := filepath.Join(work, "overlay.json")
		_, err := output(ctx, module, "test", "-c", "-vet=off", "-overlay", overlay, "-o", s.binary, "./"+dir)
		if err != nil {
			return nil, err
		}
		err = s.learn(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// learn finds out which mistakes each test reaches.
func (s *suite) learn(ctx context.Context) error {
	list := exec.CommandContext(ctx, s.binary, "-test.list", "^(Test|Fuzz|Example)")
	list.Dir = s.dir
	names, err := list.Output()
	if err != nil {
		return err
	}
	for _, name := range strings.Fields(string(names)) {
		notes := fmt.Sprintf("%s.%s", s.binary, name)
		_, err := s.run(ctx, 10*time.Minute, []string{name}, "MUTANT_REACHED="+notes)
		if err != nil {
			return fmt.Errorf("%s of %s without a mistake: %w", name, s.dir, err)
		}
		content, err := os.ReadFile(notes)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		t := test{name: name, reached: map[int]bool{}}
		for _, id := range strings.Fields(string(content)) {
			number, err := strconv.Atoi(id)
			if err != nil {
				return err
			}
			t.reached[number] = true
		}
		t.took, err = s.run(ctx, 10*time.Minute, []string{name}, "MUTANT=0")
		if err != nil {
			return err
		}
		s.tests = append(s.tests, t)
	}
	slices.SortFunc(s.tests, func(a, b test) int { return int(a.took - b.took) })
	return nil
}

// run runs tests of the suite in the directory of its package.
func (s *suite) run(ctx context.Context, limit time.Duration, tests []string, environment string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	script := fmt.Sprintf(`ulimit -v %d; exec "$0" "$@"`, memory)
	var quoted []string
	for _, name := range tests {
		quoted = append(quoted, regexp.QuoteMeta(name))
	}
	args := slices.Concat([]string{"-c", script, s.binary}, s.args, []string{"-test.run", "^(" + strings.Join(quoted, "|") + ")$"})
	command := exec.CommandContext(ctx, "sh", args...)
	command.Dir = s.dir
	command.Env = append(os.Environ(), environment)
	command.WaitDelay = time.Second
	began := time.Now()
	said, err := command.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, said[:min(len(said), 4_000)])
	}
	return time.Since(began), err
}

// runs returns the groups of tests that reach a mistake, with the time that they take: the quick ones together, then
// each of the others.
func (s *suite) runs(id int) (groups [][]string, times []time.Duration) {
	for _, t := range s.tests {
		if !t.reached[id] {
			continue
		}
		if t.took <= quick && len(groups) > 0 {
			groups[0], times[0] = append(groups[0], t.name), times[0]+t.took
			continue
		}
		groups, times = append(groups, []string{t.name}), append(times, t.took)
	}
	return groups, times
}

// try turns the mistakes on, one at a time in each of the parallel lines.
func try(ctx context.Context, made []mistake, order []int, suites []*suite, parallel int) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range parallel {
		workers.Go(func() {
			for n := range next {
				made[n].outcome = tried(ctx, n+1, suites)
			}
		})
	}
	for _, n := range order {
		if ctx.Err() != nil {
			break
		}
		next <- n
	}
	close(next)
	workers.Wait()
}

// tried returns what became of a mistake; untried when the time is over.
func tried(ctx context.Context, id int, suites []*suite) outcome {
	type attempt struct {
		*suite
		tests []string
		took  time.Duration
	}
	var attempts []attempt
	for _, s := range suites {
		groups, times := s.runs(id)
		for n := range groups {
			attempts = append(attempts, attempt{s, groups[n], times[n]})
		}
	}
	slices.SortStableFunc(attempts, func(a, b attempt) int { return int(a.took - b.took) })
	result := unreached
	for _, a := range attempts {
		result = survived
		_, err := a.run(ctx, 10*a.took+5*time.Second, a.tests, "MUTANT="+strconv.Itoa(id))
		if ctx.Err() != nil {
			return untried
		}
		if err != nil {
			return killed
		}
	}
	return result
}
