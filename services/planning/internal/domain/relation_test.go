package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// The posts of the tests: mayor over head; head over chief and chief2; chief over staff and staff2; chief2 over clerk.
// attache and envoy have nobody above.
var posts = map[string]domain.Holding{
	"mayor":   {Position: "mayor"},
	"head":    {Position: "head", Superior: "mayor"},
	"chief":   {Position: "chief", Superior: "head", SuperiorsSuperior: "mayor"},
	"chief2":  {Position: "chief2", Superior: "head", SuperiorsSuperior: "mayor"},
	"staff":   {Position: "staff", Superior: "chief", SuperiorsSuperior: "head"},
	"staff2":  {Position: "staff2", Superior: "chief", SuperiorsSuperior: "head"},
	"clerk":   {Position: "clerk", Superior: "chief2", SuperiorsSuperior: "head"},
	"attache": {Position: "attache"},
	"envoy":   {Position: "envoy"},
}

func standing(person string, held ...string) domain.Standing {
	s := domain.Standing{Person: person}
	for _, h := range held {
		s.Holdings = append(s.Holdings, posts[h])
	}
	return s
}

func TestRelate(t *testing.T) {
	t.Parallel()
	const (
		self, superior, peer = domain.RelationSelf, domain.RelationSuperior, domain.RelationPeer
		subordinate, grand   = domain.RelationSubordinate, domain.RelationSuperiorsSuperior
	)
	cases := map[string]struct {
		subject, person domain.Standing
		want            []domain.Relation
	}{
		"oneself":                                  {standing("a", "staff"), standing("a", "staff"), []domain.Relation{self}},
		"oneself_without_a_position":               {standing("a"), standing("a"), []domain.Relation{self}},
		"the_superior":                             {standing("a", "chief"), standing("b", "staff"), []domain.Relation{superior}},
		"the_subordinate":                          {standing("a", "staff"), standing("b", "chief"), []domain.Relation{subordinate}},
		"the_superior_of_the_superior":             {standing("a", "head"), standing("b", "staff"), []domain.Relation{grand}},
		"two_levels_below":                         {standing("a", "staff"), standing("b", "head"), nil},
		"three_levels_above":                       {standing("a", "mayor"), standing("b", "staff"), nil},
		"a_peer":                                   {standing("a", "staff"), standing("b", "staff2"), []domain.Relation{peer}},
		"of_another_chief":                         {standing("a", "staff"), standing("b", "clerk"), nil},
		"two_without_anybody_above":                {standing("a", "attache"), standing("b", "envoy"), nil},
		"nobody_holds_anything":                    {standing("a"), standing("b"), nil},
		"a_plt_of_the_superior":                    {standing("a", "clerk", "chief"), standing("b", "staff"), []domain.Relation{superior}},
		"a_plt_of_the_superior_who_is_a_peer":      {standing("a", "staff2", "chief"), standing("b", "staff"), []domain.Relation{superior, peer}},
		"the_superior_of_somebody_who_acts":        {standing("a", "head"), standing("b", "staff", "chief"), []domain.Relation{superior, grand}},
		"a_chief_beside_one_who_acts_as_chief":     {standing("a", "chief2"), standing("b", "staff", "chief"), []domain.Relation{peer}},
		"who_acts_as_own_superior_stays_only_self": {standing("a", "staff", "chief"), standing("a", "staff", "chief"), []domain.Relation{self}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diff := cmp.Diff(c.want, domain.Relate(c.subject, c.person))
			if diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func TestRelateUnit(t *testing.T) {
	t.Parallel()
	clinic := []string{"clinic", "health", "city"}
	head := []domain.Relation{domain.RelationUnitHead}
	cases := map[string]struct {
		headed, unit []string
		want         []domain.Relation
	}{
		"the_head":                   {[]string{"clinic"}, clinic, head},
		"the_head_of_a_unit_above":   {[]string{"other", "city"}, clinic, head},
		"the_head_of_a_unit_below":   {[]string{"clinic"}, []string{"health", "city"}, nil},
		"the_head_of_nothing":        {nil, clinic, nil},
		"a_unit_that_does_not_exist": {[]string{"clinic"}, nil, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diff := cmp.Diff(c.want, domain.RelateUnit(c.headed, c.unit))
			if diff != "" {
				t.Fatal(diff)
			}
		})
	}
}
