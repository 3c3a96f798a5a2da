package domain

import (
	"reflect"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// The vocabularies that only rule packs and plans use, with their words in Indonesian.
var (
	formulaWords = words[Formula]{
		{FormulaNormal, "makin tinggi makin baik"},
		{FormulaLowerIsBetter, "makin rendah makin baik"},
		{FormulaRange, "rentang, makin tinggi makin baik"},
		{FormulaRangeLowerIsBetter, "rentang, makin rendah makin baik"},
	}
	sourceWords = words[Source]{
		{SourceReported, "laporan kemajuan"},
		{SourceSurveyIndex, "indeks kepuasan masyarakat"},
	}
	policyWords = words[Policy]{
		{PolicyExclude, "dikeluarkan dari perhitungan"},
		{PolicyBlock, "membuat nilai belum lengkap tanpa predikat"},
		{PolicyProvisional, "dikeluarkan dari perhitungan dan nilainya sementara"},
		{PolicyZero, "dihitung nol"},
	}
	basisWords = words[Basis]{
		{BasisLaw, "peraturan"},
		{BasisEvidence, "bukti pendukung"},
		{BasisPolicy, "kebijakan"},
	}
	positionWords = words[PositionKind]{
		{PositionRegionalHead, "Kepala Daerah"},
		{PositionLeadership, "Pejabat Pimpinan Tinggi"},
		{PositionAdministrator, "Pejabat Administrator"},
		{PositionSupervisor, "Pejabat Pengawas"},
		{PositionFunctional, "Pejabat Fungsional"},
		{PositionExecutor, "Pelaksana"},
	}
	familyWords = words[JobFamily]{
		{FamilyTeacher, "guru"},
		{FamilyHealth, "tenaga kesehatan"},
		{FamilyLicensing, "petugas perizinan"},
		{FamilyOther, "jabatan lain"},
	}
	unitKindWords = words[UnitKind]{
		{UnitGovernment, "pemerintah daerah"},
		{UnitAgency, "perangkat daerah"},
		{UnitSection, "bagian perangkat daerah"},
		{UnitHealthCenter, "Puskesmas"},
		{UnitSchool, "sekolah"},
		{UnitDistrict, "kecamatan"},
		{UnitVillage, "kelurahan"},
		{UnitTechnical, "unit pelaksana teknis daerah"},
	}
	workWords = words[Work]{
		{WorkMain, "hasil kerja utama"},
		{WorkAdditional, "hasil kerja tambahan"},
	}
	aspectWords = words[Aspect]{
		{AspectQuantity, "kuantitas"},
		{AspectQuality, "kualitas"},
		{AspectTime, "waktu"},
		{AspectCost, "biaya"},
	}
	levelWords = words[Level]{
		{LevelOutput, "keluaran"},
		{LevelOutcome, "hasil (outcome)"},
	}
	groupWords = words[Group]{
		{GroupSuperior, "atasan"},
		{GroupPeers, "rekan kerja"},
		{GroupSubordinates, "bawahan"},
		{GroupParents, "orang tua murid"},
		{GroupPupils, "murid"},
		{GroupPublic, "masyarakat"},
	}
	reachWords = words[Reach]{
		{ReachUnit, "unit kerja"},
		{ReachAgency, "instansi"},
		{ReachNational, "nasional"},
	}
	ratingKindWords = words[RatingKind]{
		{RatingResult, "rating hasil kerja"},
		{RatingBehavior, "rating perilaku kerja"},
	}
	combineWords = words[Combine]{
		{CombineMean, "rata-rata semua indikator"},
		{CombineResults, "rata-rata dari rata-rata tiap hasil kerja"},
		{CombineWeakest, "rata-rata dari nilai terendah tiap hasil kerja"},
		{CombineCategories, "rata-rata nilai kategori tiap hasil kerja"},
		{CombinePoints, "jumlah nilai setiap hasil kerja menurut bobot lingkup penugasannya; yang tidak berbobot dikeluarkan"},
	}
	segmentWords = words[SegmentPolicy]{
		{SegmentLast, "predikat penugasan terakhir"},
		{SegmentValue, "predikat menurut nilai gabungan"},
	}
)

// stateWords are how much of a score is known.
var stateWords = words[State]{
	{StateComplete, "lengkap"},
	{StateProvisional, "sementara"},
	{StateIncomplete, "belum lengkap"},
}

// measureWords are what parts of the additional income are paid for.
var measureWords = words[AllowanceMeasure]{
	{MeasureProductivity, "produktivitas bulan itu"},
	{MeasureAttendance, "kehadiran, dengan potongan"},
	{MeasureFixed, "dibayar penuh"},
}

// The vocabularies of distribution patterns: the predicates and the ratings of organisations once more.
var (
	patternPredicateWords = recoded[distribution.Predicate](predicateWords)
	patternLevelWords     = recoded[distribution.Level](organizationWords)
)

// recoded returns the vocabulary with codes of another type.
func recoded[T, F ~string](of words[F]) words[T] {
	same := make(words[T], len(of))
	for i, entry := range of {
		same[i].code, same[i].word = T(entry.code), entry.word
	}
	return same
}

// InputWord returns a code that the input of a trace with this id has in Indonesian, and "" for an input that has no
// vocabulary, such as a number or a text of the plan.
func InputWord(id, code string) string {
	_, id = cutSegment(id)
	switch id {
	case idResultRating, idBehaviorRating:
		return Expectation(code).Word()
	case idOrganization:
		return OrganizationLevel(code).Word()
	case IDFunctionalLevel:
		return FunctionalLevel(code).Word()
	case idPosition:
		return PositionKind(code).Word()
	case idFamily:
		return JobFamily(code).Word()
	case idUnitKind:
		return UnitKind(code).Word()
	}
	if IndicatorOf(id) == "" {
		return ""
	}
	switch id[strings.LastIndexByte(id, '/'):] {
	case fieldFormula:
		return formulaWords.word(Formula(code))
	case fieldSource:
		return sourceWords.word(Source(code))
	case fieldWork:
		return Work(code).Word()
	case fieldAspect:
		return Aspect(code).Word()
	case fieldLevel:
		return Level(code).Word()
	}
	return ""
}

// Term is a code of a vocabulary with its word in Indonesian.
type Term struct{ Code, Word string }

// Vocabulary returns the codes that a value of this type may have, in the order of their regulation, and nil for a type
// that has no vocabulary. The list is new and belongs to the caller.
func Vocabulary(t reflect.Type) []Term {
	for _, vocabulary := range vocabularies() {
		if vocabulary.of() == t {
			return vocabulary.terms()
		}
	}
	return nil
}

// vocabularies returns those that a rule pack or its examples may use.
func vocabularies() []interface {
	of() reflect.Type
	terms() []Term
} {
	return []interface {
		of() reflect.Type
		terms() []Term
	}{
		expectationWords, predicateWords, organizationWords, functionalLevelWords, elementWords, formulaWords, sourceWords,
		policyWords, basisWords, positionWords, familyWords, unitKindWords, workWords, aspectWords, levelWords, groupWords,
		reachWords, ratingKindWords, combineWords, segmentWords, stateWords, measureWords, patternPredicateWords, patternLevelWords,
	}
}

func (w words[T]) of() reflect.Type { return reflect.TypeFor[T]() }

func (w words[T]) terms() []Term {
	terms := make([]Term, len(w))
	for i, entry := range w {
		terms[i] = Term{string(entry.code), entry.word}
	}
	return terms
}
