package domain

// The codes of this file are written in rule packs, traces and the database. They never change.

// Expectation is how work or behaviour stands to what the leader expects; empty while nobody has said.
type Expectation string

// The three levels of PermenPANRB 6/2022.
const (
	ExpectationAbove Expectation = "above"
	ExpectationMeets Expectation = "meets"
	ExpectationBelow Expectation = "below"
)

// Predicate is the result of a person; empty while it is not known.
type Predicate string

// The five predicates of PermenPANRB 6/2022.
const (
	PredicateVeryGood         Predicate = "very_good"
	PredicateGood             Predicate = "good"
	PredicateNeedsImprovement Predicate = "needs_improvement"
	PredicatePoor             Predicate = "poor"
	PredicateVeryPoor         Predicate = "very_poor"
)

// OrganizationLevel is the performance of an organisation; empty while it is not set.
type OrganizationLevel string

// The five levels of SE MenPANRB 3/2023.
const (
	OrganizationExcellent        OrganizationLevel = "excellent"
	OrganizationGood             OrganizationLevel = "good"
	OrganizationNeedsImprovement OrganizationLevel = "needs_improvement"
	OrganizationPoor             OrganizationLevel = "poor"
	OrganizationVeryPoor         OrganizationLevel = "very_poor"
)

// FunctionalLevel is the jenjang of a functional position; empty for any other position.
type FunctionalLevel string

// The eight jenjang.
const (
	LevelPemula      FunctionalLevel = "pemula"
	LevelTerampil    FunctionalLevel = "terampil"
	LevelMahir       FunctionalLevel = "mahir"
	LevelPenyelia    FunctionalLevel = "penyelia"
	LevelAhliPertama FunctionalLevel = "ahli_pertama"
	LevelAhliMuda    FunctionalLevel = "ahli_muda"
	LevelAhliMadya   FunctionalLevel = "ahli_madya"
	LevelAhliUtama   FunctionalLevel = "ahli_utama"
)

// Formula is how the achievement of an indicator follows from target and realisation.
type Formula string

// The four formulas of PermenPANRB 8/2021.
const (
	FormulaNormal             Formula = "normal"
	FormulaLowerIsBetter      Formula = "lower_is_better"
	FormulaRange              Formula = "range"
	FormulaRangeLowerIsBetter Formula = "range_lower_is_better"
)

// ranged reports whether the target is an interval.
func (f Formula) ranged() bool { return f == FormulaRange || f == FormulaRangeLowerIsBetter }

// rule returns the rule of the formula.
func (f Formula) rule() string {
	switch f {
	case FormulaNormal:
		return RuleAchievementNormal
	case FormulaLowerIsBetter:
		return RuleAchievementLowerIsBetter
	case FormulaRange:
		return RuleAchievementRange
	case FormulaRangeLowerIsBetter:
		return RuleAchievementRangeLowerIsBetter
	}
	return ""
}

// Source is where the realisation of an indicator comes from.
type Source string

// The two sources.
const (
	// SourceReported is the progress reports of the owner.
	SourceReported Source = "reported"
	// SourceSurveyIndex is the satisfaction index of the owner's unit.
	SourceSurveyIndex Source = "survey_index"
)

// SurveyElement is one of the elements (unsur) that a satisfaction survey asks about.
type SurveyElement string

// The nine elements of PermenPANRB 14/2017, U1 to U9. Instruments order the last two differently, so the code counts.
const (
	ElementRequirements SurveyElement = "requirements"
	ElementProcedure    SurveyElement = "procedure"
	ElementTime         SurveyElement = "time"
	ElementCost         SurveyElement = "cost"
	ElementProduct      SurveyElement = "product"
	ElementCompetence   SurveyElement = "competence"
	ElementBehavior     SurveyElement = "behavior"
	ElementComplaints   SurveyElement = "complaints"
	ElementFacilities   SurveyElement = "facilities"
)

// Policy is what a rule pack does without an input.
type Policy string

// The three policies.
const (
	// PolicyExclude leaves the input out; what remains is averaged.
	PolicyExclude Policy = "exclude"
	// PolicyBlock gives no predicate.
	PolicyBlock Policy = "block"
	// PolicyProvisional gives a provisional predicate.
	PolicyProvisional Policy = "provisional"
)

// Basis is why a rule holds.
type Basis string

// The three bases.
const (
	// BasisLaw is a rule that a regulation in force states.
	BasisLaw Basis = "law"
	// BasisEvidence is a computation that informs people and decides nothing.
	BasisEvidence Basis = "evidence"
	// BasisPolicy is a choice of this suite where no regulation speaks.
	BasisPolicy Basis = "policy"
)

// State is how much of a score is known.
type State string

// The three states.
const (
	StateIncomplete  State = "incomplete"
	StateProvisional State = "provisional"
	StateComplete    State = "complete"
)

// The vocabularies in the order of their regulations; codes that people read have their word in Indonesian.
var (
	expectationWords = words[Expectation]{
		{ExpectationAbove, "Di Atas Ekspektasi"},
		{ExpectationMeets, "Sesuai Ekspektasi"},
		{ExpectationBelow, "Di Bawah Ekspektasi"},
	}
	predicateWords = words[Predicate]{
		{PredicateVeryGood, "Sangat Baik"},
		{PredicateGood, "Baik"},
		{PredicateNeedsImprovement, "Butuh Perbaikan"},
		{PredicatePoor, "Kurang/Misconduct"},
		{PredicateVeryPoor, "Sangat Kurang"},
	}
	organizationWords = words[OrganizationLevel]{
		{OrganizationExcellent, "Istimewa"},
		{OrganizationGood, "Baik"},
		{OrganizationNeedsImprovement, "Butuh Perbaikan"},
		{OrganizationPoor, "Kurang"},
		{OrganizationVeryPoor, "Sangat Kurang"},
	}
	functionalLevelWords = words[FunctionalLevel]{
		{LevelPemula, "Pemula"},
		{LevelTerampil, "Terampil"},
		{LevelMahir, "Mahir"},
		{LevelPenyelia, "Penyelia"},
		{LevelAhliPertama, "Ahli Pertama"},
		{LevelAhliMuda, "Ahli Muda"},
		{LevelAhliMadya, "Ahli Madya"},
		{LevelAhliUtama, "Ahli Utama"},
	}
	elementWords = words[SurveyElement]{
		{ElementRequirements, "Persyaratan"},
		{ElementProcedure, "Sistem, mekanisme, dan prosedur"},
		{ElementTime, "Waktu penyelesaian"},
		{ElementCost, "Biaya/tarif"},
		{ElementProduct, "Produk spesifikasi jenis pelayanan"},
		{ElementCompetence, "Kompetensi pelaksana"},
		{ElementBehavior, "Perilaku pelaksana"},
		{ElementComplaints, "Penanganan pengaduan, saran, dan masukan"},
		{ElementFacilities, "Sarana dan prasarana"},
	}
	formulas = []Formula{FormulaNormal, FormulaLowerIsBetter, FormulaRange, FormulaRangeLowerIsBetter}
	sources  = []Source{SourceReported, SourceSurveyIndex}
	policies = []Policy{PolicyExclude, PolicyBlock, PolicyProvisional}
	bases    = []Basis{BasisLaw, BasisEvidence, BasisPolicy}
)

// Word returns the level in Indonesian, and the code itself when it is not of the vocabulary.
func (e Expectation) Word() string { return expectationWords.word(e) }

// Word returns the predicate in Indonesian, and the code itself when it is not of the vocabulary.
func (p Predicate) Word() string { return predicateWords.word(p) }

// Word returns the level in Indonesian, and the code itself when it is not of the vocabulary.
func (l OrganizationLevel) Word() string { return organizationWords.word(l) }

// Word returns the jenjang in Indonesian, and the code itself when it is not of the vocabulary.
func (l FunctionalLevel) Word() string { return functionalLevelWords.word(l) }

// Word returns the element in Indonesian, and the code itself when it is not of the vocabulary.
func (e SurveyElement) Word() string { return elementWords.word(e) }

// words is a vocabulary in its order.
type words[T ~string] []struct {
	code T
	word string
}

// word returns the word of the code, and the code itself when there is none.
func (w words[T]) word(code T) string {
	for _, entry := range w {
		if entry.code == code {
			return entry.word
		}
	}
	return string(code)
}

// has reports whether the code is of the vocabulary.
func (w words[T]) has(code T) bool {
	for _, entry := range w {
		if entry.code == code {
			return true
		}
	}
	return false
}
