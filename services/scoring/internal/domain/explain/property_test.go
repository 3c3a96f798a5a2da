package explain_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
)

// rounds is how many facts are explained by each rule pack.
const rounds = 60

var (
	// anID is how an id of a trace, or the path of a resource, would look in a sentence.
	anID = regexp.MustCompile(`[a-z_0-9][./][a-z_]`)
	// stepNumber is the number of a line of the steps.
	stepNumber = regexp.MustCompile(` = (−?[0-9.]+(?:,[0-9]+)?)%?\. `)
	// gaps are how a value that is not there would look.
	gaps = []string{"()", "(;", "“”", "= .", ": .", ";.", ", .", "  ", "%!"}
)

// codes are those of the vocabularies, but two that are words of the texts as well.
func codes() map[string]bool {
	all := map[string]bool{"true": true, "false": true, string(domain.LevelAhliPertama): true}
	for _, of := range []reflect.Type{
		reflect.TypeFor[domain.Expectation](), reflect.TypeFor[domain.Predicate](), reflect.TypeFor[domain.OrganizationLevel](),
		reflect.TypeFor[domain.SurveyElement](), reflect.TypeFor[domain.Formula](), reflect.TypeFor[domain.Source](),
		reflect.TypeFor[domain.Policy](), reflect.TypeFor[domain.Basis](), reflect.TypeFor[domain.PositionKind](),
		reflect.TypeFor[domain.JobFamily](), reflect.TypeFor[domain.UnitKind](), reflect.TypeFor[domain.Work](),
		reflect.TypeFor[domain.Aspect](), reflect.TypeFor[domain.Level](), reflect.TypeFor[domain.Group](),
		reflect.TypeFor[domain.RatingKind](), reflect.TypeFor[domain.Combine](), reflect.TypeFor[domain.Reach](),
	} {
		for _, term := range domain.Vocabulary(of) {
			all[term.Code] = true
		}
	}
	delete(all, string(domain.ReachUnit))
	delete(all, string(domain.LevelOutcome))
	return all
}

// TestAt_says_everything_in_words explains random facts by every rule pack.
func TestAt_says_everything_in_words(t *testing.T) {
	t.Parallel()
	vocabulary := codes()
	for _, file := range packs(t) {
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(5, 8))
			for range rounds {
				in := named(domaintest.Input(r, file.Pack))
				result := compute(t, file.Pack, in)
				summary, standard, full := sentences(file.Pack, result, explain.Summary), sentences(file.Pack, result, explain.Standard), explain.Sentences(file.Pack, explain.Subject{Result: result})
				within(t, summary, standard)
				within(t, standard, full)
				sections := explain.At(file.Pack, explain.Subject{Result: result}, explain.Full)
				steps := sections[len(sections)-1].Sentences
				if diff := cmp.Diff(full, sentences(file.Pack, result, explain.Full)[:len(full)]); diff != "" {
					t.Fatalf("Sentences and At (-want +got):\n%s", diff)
				}
				profile := explain.ProfileOf(file.Pack, result)
				for _, sentence := range slices.Concat(full, steps, profile.Strengths, profile.Weaknesses) {
					readable(t, vocabulary, sentence)
				}
				complete(t, result, steps)
			}
		})
	}
}

// TestWay_and_Between_say_everything_in_words does so for ways to a predicate, and for why other rules make something else.
func TestWay_and_Between_say_everything_in_words(t *testing.T) {
	t.Parallel()
	vocabulary, law := codes(), rules(t, "permenpanrb-6-2022").Pack
	for _, file := range packs(t) {
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(13, 21))
			for range rounds / 4 {
				in := named(domaintest.Input(r, file.Pack))
				var said []string
				before, err := domain.Compute(law, in)
				if err == nil { // answers of another range are no facts by the law
					said = explain.Between(law, file.Pack, before, compute(t, file.Pack, in))
				}
				for _, goal := range domain.Predicates() {
					answer, err := reach.To(file.Pack, in, goal, never)
					if err != nil {
						t.Fatal(err)
					}
					for _, way := range answer.Ways {
						said = append(said, explain.Way(file.Pack, goal, way))
					}
					said = append(said, explain.Notes(file.Pack, compute(t, file.Pack, in), answer)...)
				}
				for _, sentence := range said {
					readable(t, vocabulary, sentence)
				}
			}
		})
	}
}

// named gives everything that people describe a description.
func named(in domain.Input) domain.Input {
	for s := range in.Segments {
		in.Segments[s].Plan.Unit = "bidang"
		for n := range in.Segments[s].Plan.Indicators {
			in.Segments[s].Plan.Indicators[n].Description = fmt.Sprintf("Uraian %d", n+1)
		}
		for n := range in.Segments[s].Contributions {
			in.Segments[s].Contributions[n].Description = fmt.Sprintf("Tujuan %d", n+1)
		}
	}
	return in
}

func sentences(p *domain.Pack, result domain.Result, depth explain.Depth) []string {
	var all []string
	for _, section := range explain.At(p, explain.Subject{Result: result}, depth) {
		all = append(all, section.Sentences...)
	}
	return all
}

// within fails the test unless the deeper explanation says all that the other does.
func within(t *testing.T, shallow, deep []string) {
	t.Helper()
	for _, sentence := range shallow {
		if !slices.Contains(deep, sentence) {
			t.Fatalf("a deeper explanation does not say %q", sentence)
		}
	}
}

// readable fails the test for a sentence with an id, a code, a gap or a word twice.
func readable(t *testing.T, vocabulary map[string]bool, sentence string) {
	t.Helper()
	for _, gap := range gaps {
		if strings.Contains(sentence, gap) {
			t.Fatalf("%q in %q", gap, sentence)
		}
	}
	if found := anID.FindString(strings.ReplaceAll(sentence, "Biaya/tarif", "")); found != "" {
		t.Fatalf("%q in %q", found, sentence)
	}
	for _, word := range strings.FieldsFunc(sentence, func(c rune) bool { return c != '_' && !unicode.IsLetter(c) }) {
		if vocabulary[word] {
			t.Fatalf("the code %s in %q", word, sentence)
		}
	}
	words := strings.Fields(strings.ToLower(sentence))
	for i := 1; i < len(words); i++ {
		if words[i] == words[i-1] {
			t.Fatalf("%q twice in %q", words[i], sentence)
		}
	}
	if !strings.HasSuffix(sentence, ".") || strings.TrimSpace(sentence) != sentence {
		t.Fatalf("no end: %q", sentence)
	}
}

// complete fails the test unless each step has its line, with its number.
func complete(t *testing.T, result domain.Result, lines []string) {
	t.Helper()
	steps := result.Trace.Steps
	if len(steps) == 0 {
		return
	}
	if len(lines) != len(steps) {
		t.Fatalf("%d lines of %d steps", len(lines), len(steps))
	}
	for i, step := range steps {
		if strings.Trim(step.Result, "-.0123456789") != "" {
			continue // a code
		}
		found := stepNumber.FindStringSubmatch(lines[i] + " ")
		if found == nil || strings.NewReplacer(".", "", ",", ".", "−", "-").Replace(found[1]) != step.Result {
			t.Fatalf("step %s is %s, and the line says %q", step.ID, step.Result, lines[i])
		}
	}
}
