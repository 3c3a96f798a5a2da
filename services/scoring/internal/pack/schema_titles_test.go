package pack

import (
	"reflect"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// titles name the parts of the language in the reference.
var titles = map[string]string{
	"document": "Berkas", "Definition": "Paket", "LegalSource": "legal_sources", "InputRule": "inputs", "Rule": "rules",
	"AchievementTerms": "achievement", "EfficiencyTerms": "achievement.efficiency", "Component": "components",
	"Condition": "when", "IndicatorsWay": "indicators", "CurvePart": "indicators.curve", "CategoryTerms": "indicators.categories",
	"CategoryBand": "indicators.categories.bands", "CategoryCombination": "indicators.categories.combine", "PanelWay": "panel",
	"AttendanceWay": "attendance", "RatingWay": "rating", "OrganizationWay": "organization", "InnovationsWay": "innovations",
	"TasksWay": "tasks", "TaskStep": "tasks.steps", "WeightedWay": "weighted", "Weight": "weighted.of",
	"WeightVariant": "weighted.variants", "SumWay": "sum", "ShownTerms": "shown", "UnitHeadTerms": "unit_head",
	"PredicateTerms": "predicate", "BandsTerms": "predicate.bands", "PredicateBand": "predicate.bands.bands",
	"SuggestionTerms": "suggestion", "Threshold": "suggestion.thresholds", "SurveyTerms": "survey", "Band": "survey.bands",
	"SegmentTerms": "segments", "CreditTerms": "credit", "AllowanceTerms": "allowance", "AllowancePart": "allowance.parts", "DistributionLimits": "distribution", "DistributionRule": "distribution.levels", "Example": "examples", "Given": "examples.given",
	"Segment": "examples.given dan examples.given.segments", "Indicator": "examples.given.indicators", "Rating": "examples.given.rating",
	"Survey": "examples.given.survey", "Panel": "examples.given.panels", "Attendance": "examples.given.attendance",
	"Contribution": "examples.given.contributions", "Expected": "examples.expected",
}

// vocabularyTitles name the vocabularies in the reference.
var vocabularyTitles = map[reflect.Type]string{
	reflect.TypeFor[domain.Policy](): "akibat bila tidak ada", reflect.TypeFor[domain.Basis](): "dasar",
	reflect.TypeFor[domain.Expectation](): "rating", reflect.TypeFor[domain.Predicate](): "predikat",
	reflect.TypeFor[domain.OrganizationLevel](): "rating organisasi", reflect.TypeFor[domain.PositionKind](): "jabatan",
	reflect.TypeFor[domain.JobFamily](): "rumpun jabatan", reflect.TypeFor[domain.UnitKind](): "unit kerja",
	reflect.TypeFor[domain.FunctionalLevel](): "jenjang", reflect.TypeFor[domain.Work](): "jenis hasil kerja",
	reflect.TypeFor[domain.Aspect](): "aspek", reflect.TypeFor[domain.Level](): "tingkat indikator",
	reflect.TypeFor[domain.Formula](): "rumus capaian", reflect.TypeFor[domain.Source](): "asal realisasi",
	reflect.TypeFor[domain.Combine](): "cara menggabungkan", reflect.TypeFor[domain.Group](): "kelompok penilai",
	reflect.TypeFor[domain.RatingKind](): "rating", reflect.TypeFor[domain.Reach](): "jangkauan inovasi",
	reflect.TypeFor[domain.SurveyElement](): "unsur survei", reflect.TypeFor[domain.SegmentPolicy](): "predikat gabungan",
	reflect.TypeFor[domain.State](): "keadaan", reflect.TypeFor[domain.AllowanceMeasure](): "ukuran bagian TPP",
	reflect.TypeFor[distribution.Predicate](): "predikat", reflect.TypeFor[distribution.Level](): "rating organisasi",
}

// vocabularies are those of the reference, in its order.
func vocabularies() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[domain.Basis](), reflect.TypeFor[domain.Policy](), reflect.TypeFor[domain.Expectation](),
		reflect.TypeFor[domain.Predicate](), reflect.TypeFor[domain.OrganizationLevel](), reflect.TypeFor[domain.PositionKind](),
		reflect.TypeFor[domain.JobFamily](), reflect.TypeFor[domain.UnitKind](), reflect.TypeFor[domain.FunctionalLevel](),
		reflect.TypeFor[domain.Work](), reflect.TypeFor[domain.Aspect](), reflect.TypeFor[domain.Level](),
		reflect.TypeFor[domain.Formula](), reflect.TypeFor[domain.Source](), reflect.TypeFor[domain.Combine](),
		reflect.TypeFor[domain.Group](), reflect.TypeFor[domain.RatingKind](), reflect.TypeFor[domain.Reach](),
		reflect.TypeFor[domain.SurveyElement](), reflect.TypeFor[domain.SegmentPolicy](), reflect.TypeFor[domain.State](), reflect.TypeFor[domain.AllowanceMeasure](),
	}
}

// form says in Indonesian what a value looks like.
func form(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == decimalType:
		return "bilangan"
	case len(domain.Vocabulary(t)) > 0:
		return "kode " + vocabularyTitles[t]
	}
	switch t.Kind() {
	case reflect.Slice:
		return "daftar " + form(t.Elem())
	case reflect.Map:
		return "tabel " + form(t.Key()) + " → " + form(t.Elem())
	case reflect.Struct:
		return "bagian " + titles[nameOf(t)]
	case reflect.Bool:
		return "true atau false"
	case reflect.String:
		return "teks"
	default:
		return "bilangan bulat"
	}
}
