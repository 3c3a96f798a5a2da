package domaintest

import (
	"fmt"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// names are the names of resources as the suite gives them.
const names = "tenants/3402/periods/2026/"

// Nurse returns the facts of the worked example that the shipped pack carries, the nurse (Perawat Ahli Pertama) with
// nine indicators, rated above and meets, together with a survey of ten respondents, peers and attendance: everything
// that is known about a usual person, under names of the usual length.
func Nurse() domain.Input {
	in := domain.Segment{
		Plan: domain.Plan{
			Source: names + "plans/01kq6y3v0s8t4m2n7c5b9x1z0a", Unit: "01kq6xwz7r5p3k1j8h6g4f2d0s",
			UnitKind: domain.UnitHealthCenter, Position: domain.PositionFunctional, Family: domain.FamilyHealth,
			FunctionalLevel: domain.LevelAhliPertama, Months: 12,
		},
		Rating: &domain.Rating{
			Result: domain.ExpectationAbove, Behavior: domain.ExpectationMeets, Source: names + "ratings/01kq6xk2m4n6p8r0t2v4w6y8z0",
		},
		Panels:       []domain.Panel{{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 91}},
		Attendance:   &domain.Attendance{WorkingDays: 240, PresentDays: 230, Source: names + "attendances/01kq6xk2m4n6p8r0t2v4w6y8z0"},
		Survey:       &domain.Survey{Source: names + "surveys/01kq6xwz7r5p3k1j8h6g4f2d0s", Responses: 10},
		Organization: &domain.Organization{Level: domain.OrganizationGood, Source: names + "organizationRatings/01kq6xwz7r5p3k1j8h6g4f2d0s"},
	}
	for i, sum := range []int64{33, 31, 28, 40, 33, 34, 34, 30, 32} {
		in.Survey.Sums = append(in.Survey.Sums, domain.ElementSum{Element: Elements[i], Sum: sum})
	}
	for i, row := range []struct {
		description, unit   string
		aspect              domain.Aspect
		formula             domain.Formula
		target, realisation string
	}{
		{"Jumlah pasien dilayani", "pasien", domain.AspectQuantity, domain.FormulaNormal, "1200", "1320"},
		{"Mutu asuhan keperawatan", "persen", domain.AspectQuality, domain.FormulaNormal, "82", "86"},
		{"Waktu pelayanan", "hari", domain.AspectTime, domain.FormulaLowerIsBetter, "10", "9"},
		{"Jumlah laporan bulanan", "dokumen", domain.AspectQuantity, domain.FormulaNormal, "12", "12"},
		{"Kelengkapan laporan", "persen", domain.AspectQuality, domain.FormulaNormal, "98", "96"},
		{"Waktu penyampaian laporan", "hari", domain.AspectTime, domain.FormulaLowerIsBetter, "12", "12"},
		{"Jumlah penyuluhan", "kegiatan", domain.AspectQuantity, domain.FormulaNormal, "60", "45"},
		{"Mutu penyuluhan", "persen", domain.AspectQuality, domain.FormulaNormal, "100", "100"},
		{"Ketepatan jadwal penyuluhan", "persen", domain.AspectTime, domain.FormulaNormal, "100", "100"},
	} {
		id := fmt.Sprintf("results/r%d/indicators/i%d", i/3+1, i%3+1)
		in.Plan.Indicators = append(in.Plan.Indicators, domain.Indicator{
			ID: id, Description: row.description, Unit: row.unit, Aspect: row.aspect, Formula: row.formula,
			Target: decimal.MustParse(row.target), Source: domain.SourceReported,
		})
		in.Realisations = append(in.Realisations, domain.Realisation{
			Indicator: id, Value: decimal.MustParse(row.realisation), Source: fmt.Sprintf("%sprogressReports/01kq6y%020d", names, i+1),
		})
	}
	return domain.Input{Segments: []domain.Segment{in}}
}
