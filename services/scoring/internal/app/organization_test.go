package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// banded gives the predicate by the achievement, beside the pattern of its base.
const banded = `id: 3402-rentang
version: 1
base: ` + rulePack + `
display_name: Predikat menurut capaian
effective_from: "2026-01-01"
rules:
  - {id: predicate.bands, label: Predikat kinerja pegawai, basis: policy, text: Baik mulai dari 80}
components:
  - {id: plan, label: Capaian rencana kinerja, text: rata-rata capaian, basis: evidence, missing: block, places: 2, indicators: {combine: mean}}
unit_head: {}
predicate:
  bands:
    of: plan
    bands:
      - {predicate: good, from: 80}
      - {predicate: poor}
`

// changed returns the pack with another definition.
func changed(t *testing.T, rules *domain.Pack, change func(*domain.Definition)) *domain.Pack {
	t.Helper()
	def := rules.Definition()
	def.Inputs, def.Components = slices.Clone(def.Inputs), slices.Clone(def.Components)
	change(&def)
	made, err := domain.NewPack(def, "changed")
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// only is one rule pack, by every name.
type only struct{ rules *domain.Pack }

func (o only) Pack(context.Context, string) (*domain.Pack, error) { return o.rules, nil }

func (o only) For(context.Context, string, time.Time) (*domain.Pack, error) { return o.rules, nil }

// TestDecide_waits_for_the_rating_of_the_organisation has scores that are complete without it.
func TestDecide_waits_for_the_rating_of_the_organisation(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	national, err := catalog.File(rulePack)
	if err != nil {
		t.Fatal(err)
	}
	bands, err := pack.Parse([]byte(banded), catalog.File)
	if err != nil {
		t.Fatal(err)
	}
	valued := domain.Component{
		ID: "organisation", Label: "Kinerja organisasi", Text: "nilai rating organisasi", Basis: domain.BasisPolicy,
		Missing: domain.PolicyExclude, Organization: &domain.OrganizationWay{Values: map[domain.OrganizationLevel]decimal.Decimal{}},
	}
	for _, level := range domain.OrganizationLevels() {
		valued.Organization.Values[level] = decimal.Hundred
	}
	cases := []struct {
		name  string
		rules *domain.Pack
		waits bool
	}{
		{"a_matrix_that_leaves_it_out", changed(t, national.Pack, func(d *domain.Definition) { d.Inputs[2].Missing = domain.PolicyExclude }), true},
		{"bands_beside_a_pattern", bands.Pack, true},
		{"bands_beside_a_component_of_it", changed(t, bands.Pack, func(d *domain.Definition) {
			d.Distribution, d.Components = nil, append(d.Components, valued)
		}), true},
		{"bands_of_a_regulation_without_it", changed(t, bands.Pack, func(d *domain.Definition) { d.Distribution = nil }), false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := sit(t)
			c.Packs, c.decide.Packs = only{tc.rules}, only{tc.rules}
			unit := c.peers.units["u1"]
			c.peers.units["u1"] = app.UnitFacts{}
			c.changed(t, "91")
			if got := c.score(t, "ani"); got.State != domain.StateComplete || got.Predicate != domain.PredicateGood {
				t.Fatalf("the score is %s, %s", got.State, got.Predicate)
			}
			contents := []decision.Content{
				{Kind: decision.KindOverride, Predicate: domain.PredicatePoor, Reason: because}, {Kind: decision.KindFinalize},
			}
			for _, content := range contents {
				_, err := c.propose(t, content, superior)
				if errors.Is(err, decision.ErrUnrated) != tc.waits || (err != nil) != tc.waits {
					t.Fatalf("%s: %v", content.Kind, err)
				}
			}
			if !tc.waits {
				return
			}
			c.peers.units["u1"] = unit
			c.changed(t, "91")
			c.proposed(t, decision.Content{Kind: decision.KindFinalize}, superior)
		})
	}
}

func TestRatesOrganizations_by_pack(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, file := range catalog.Files() {
		got[file.Pack.Definition().ID] = file.Pack.RatesOrganizations()
	}
	want := map[string]bool{
		"permenpanrb-6-2022": true, "evaluasi-2022": true, "bantul": true, "binjai": true, "kepahiang": true, "marelan": true, "semarang": true,
		"permenpanrb-8-2021": false, "integrasi-2021": false, "pp-46-2011": false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}
