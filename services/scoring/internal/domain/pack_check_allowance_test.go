package domain_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestNewPack_refuses_wrong_allowances(t *testing.T) {
	t.Parallel()
	changed := func(change func(a *domain.AllowanceTerms)) func(*domain.Definition) {
		return func(d *domain.Definition) {
			d.Allowance = &domain.AllowanceTerms{Text: "60% dan 40%", Basis: domain.BasisPolicy, Parts: []domain.AllowancePart{
				{ID: "work", Label: "Produktivitas", Percent: dec("60"), Measure: domain.MeasureProductivity},
				{ID: "discipline", Label: "Disiplin", Percent: dec("40"), Measure: domain.MeasureAttendance},
			}}
			change(d.Allowance)
		}
	}
	const path = "allowance.parts"
	refuses(t, banded, []faulty{
		{"nothing", changed(func(a *domain.AllowanceTerms) { *a = domain.AllowanceTerms{} }), []string{"allowance.text: belum diisi", "allowance.basis: belum diisi", path + ": belum diisi"}},
		{"law_without_source", changed(func(a *domain.AllowanceTerms) { a.Basis = domain.BasisLaw }), []string{"allowance.source: basis law memerlukan"}},
		{"an_unknown_source", changed(func(a *domain.AllowanceTerms) { a.Source = "perda" }), []string{"allowance.source: tidak ada di legal_sources"}},
		{"a_part_of_nothing", changed(func(a *domain.AllowanceTerms) { a.Parts = append(a.Parts, domain.AllowancePart{}) }), []string{
			path + "[2].id: bukan pengenal", path + "[2].label: belum diisi", path + "[2].percent: harus lebih dari 0", path + "[2].measure: belum diisi; pilih productivity, attendance, atau fixed",
		}},
		{"an_id_twice", changed(func(a *domain.AllowanceTerms) { a.Parts[1].ID = "work" }), []string{path + "[1].id: dua kali"}},
		{"an_unknown_measure", changed(func(a *domain.AllowanceTerms) { a.Parts[1].Measure = "luck" }), []string{path + "[1].measure: “luck” tidak dikenal"}},
		{"a_sum_that_is_not_100", changed(func(a *domain.AllowanceTerms) { a.Parts[1].Percent = dec("39.50") }), []string{path + ": berjumlah 99.5%, padahal harus tepat 100%"}},
		{"shares_too_fine", changed(func(a *domain.AllowanceTerms) { a.Parts[0].Percent, a.Parts[1].Percent = dec("59.995"), dec("40.005") }), []string{
			path + "[0].percent: lebih dari 2 angka", path + "[1].percent: lebih dari 2 angka",
		}},
	})
	d := definition(t, banded)
	changed(func(a *domain.AllowanceTerms) { a.Parts[0].Percent, a.Parts[1].Percent = dec("59.99"), dec("40.01") })(&d)
	_, err := domain.NewPack(d, "hash")
	if err != nil {
		t.Fatal(err)
	}
}
