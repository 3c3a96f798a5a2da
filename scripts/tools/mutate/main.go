// Command mutate measures tests: it makes small mistakes in the code of some packages, one at a time, and counts those
// that no test notices.
//
// All mistakes are compiled in at once, each behind a switch, into one test binary for each package of tests; a run then
// turns one of them on. So a mistake costs a run of the tests that reach it, and no compilation.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

type options struct {
	module, mutated, tests string
	limit                  time.Duration
	parallel               int
	files                  string
	known                  string
}

func main() {
	var o options
	flag.StringVar(&o.module, "module", ".", "directory of the module")
	flag.StringVar(&o.mutated, "mutate", "", "packages in which mistakes are made, as paths in the module with blanks between")
	flag.StringVar(&o.tests, "tests", "", "packages of tests, each may have arguments for its test binary: internal/a=-x=1,-y")
	flag.DurationVar(&o.limit, "limit", time.Hour, "time after which the rest is left untried")
	flag.IntVar(&o.parallel, "parallel", runtime.NumCPU(), "how many runs at a time")
	flag.StringVar(&o.files, "files", ".", "make mistakes only where this regular expression matches the path of the file")
	flag.StringVar(&o.known, "known", "", "file of the survivors that are known, with their reasons; with it, others are an error")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(70)
	}
}

func run(ctx context.Context, o options, w io.Writer) error {
	if o.mutated == "" || o.tests == "" {
		return errors.New("-mutate and -tests are needed")
	}
	files, err := regexp.Compile(o.files)
	if err != nil {
		return err
	}
	module, err := filepath.Abs(o.module)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	made, err := mutate(ctx, module, strings.Fields(o.mutated), work)
	if err != nil {
		return err
	}
	suites, err := compile(ctx, module, strings.Fields(o.tests), work)
	if err != nil {
		return err
	}
	for _, s := range suites {
		for _, t := range s.tests {
			fmt.Fprintf(w, "%s.%s: %s, reaches %d of %d mistakes\n", filepath.Base(s.dir), t.name,
				t.took.Round(time.Millisecond), len(t.reached), len(made))
		}
	}
	// In a random order, so that a run that ends early has seen a fair sample.
	order := rand.New(rand.NewPCG(1, 1)).Perm(len(made))
	order = slices.DeleteFunc(order, func(n int) bool { return !files.MatchString(made[n].place) })
	ctx, cancel := context.WithTimeout(ctx, o.limit)
	defer cancel()
	try(ctx, made, order, suites, o.parallel)
	report(w, made, order)
	if o.known == "" {
		return nil
	}
	known, err := readKnown(o.known)
	if err != nil {
		return err
	}
	return known.check(w, made, order)
}

// report lists what no test has noticed, with the score.
func report(w io.Writer, made []mistake, order []int) {
	count := map[outcome]int{}
	for _, n := range order {
		count[made[n].outcome]++
	}
	slices.Sort(order)
	for _, n := range order {
		m := made[n]
		if m.outcome == survived || m.outcome == unreached {
			fmt.Fprintf(w, "%s: %s: %s\n", m.place, m.outcome, m.what)
		}
	}
	tried := count[killed] + count[survived] + count[unreached]
	if tried == 0 {
		fmt.Fprintln(w, "nothing tried")
		return
	}
	fmt.Fprintf(w, "%d of %d killed (%.1f %%): %d survived, %d reached by no test; %d untried\n", count[killed], tried,
		100*float64(count[killed])/float64(tried), count[survived], count[unreached], count[untried])
}
