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

// Falls reports whether less is better: the achievement falls while the realisation rises.
func (f Formula) Falls() bool { return f == FormulaLowerIsBetter || f == FormulaRangeLowerIsBetter }

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

// The four policies.
const (
	// PolicyExclude leaves the input out; what remains is averaged.
	PolicyExclude Policy = "exclude"
	// PolicyBlock gives no predicate.
	PolicyBlock Policy = "block"
	// PolicyProvisional leaves the input out and gives a provisional predicate.
	PolicyProvisional Policy = "provisional"
	// PolicyZero counts it as zero, for a reason that the pack states.
	PolicyZero Policy = "zero"
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

// PositionKind is the class of a post by UU 20/2023; empty while it is not known.
type PositionKind string

// The six classes.
const (
	PositionRegionalHead  PositionKind = "regional_head"
	PositionLeadership    PositionKind = "leadership"
	PositionAdministrator PositionKind = "administrator"
	PositionSupervisor    PositionKind = "supervisor"
	PositionFunctional    PositionKind = "functional"
	PositionExecutor      PositionKind = "executor"
)

// JobFamily is the occupation of a post, for packs that measure occupations differently; empty while it is not known.
type JobFamily string

// The occupations that packs may tell apart.
const (
	FamilyTeacher   JobFamily = "teacher"
	FamilyHealth    JobFamily = "health"
	FamilyLicensing JobFamily = "licensing"
	FamilyOther     JobFamily = "other"
)

// UnitKind is the class of a unit; empty while it is not known.
type UnitKind string

// The eight classes.
const (
	UnitGovernment   UnitKind = "government"
	UnitAgency       UnitKind = "agency"
	UnitSection      UnitKind = "section"
	UnitHealthCenter UnitKind = "health_center"
	UnitSchool       UnitKind = "school"
	UnitDistrict     UnitKind = "district"
	UnitVillage      UnitKind = "village"
	UnitTechnical    UnitKind = "technical_unit"
)

// Work is whether a result is a main or an additional one.
type Work string

// The two kinds of work; an empty one is main.
const (
	WorkMain       Work = "main"
	WorkAdditional Work = "additional"
)

// Aspect is what of a result is measured; empty when the plan does not say.
type Aspect string

// The four aspects.
const (
	AspectQuantity Aspect = "quantity"
	AspectQuality  Aspect = "quality"
	AspectTime     Aspect = "time"
	AspectCost     Aspect = "cost"
)

// Level is how far an indicator looks; empty when the plan does not say.
type Level string

// The two levels.
const (
	LevelOutput  Level = "output"
	LevelOutcome Level = "outcome"
)

// Group is who answers about a person.
type Group string

// The six groups of raters.
const (
	GroupSuperior     Group = "superior"
	GroupPeers        Group = "peers"
	GroupSubordinates Group = "subordinates"
	GroupParents      Group = "parents"
	GroupPupils       Group = "pupils"
	GroupPublic       Group = "public"
)

// Reach is how far an innovation is used.
type Reach string

// The three reaches.
const (
	ReachUnit     Reach = "unit"
	ReachAgency   Reach = "agency"
	ReachNational Reach = "national"
)

// RatingKind is one of the two ratings by the superior.
type RatingKind string

// The two ratings.
const (
	RatingResult   RatingKind = "result"
	RatingBehavior RatingKind = "behavior"
)

// Combine is how values of indicators become one.
type Combine string

// The five ways.
const (
	// CombineMean is the mean of all.
	CombineMean Combine = "mean"
	// CombineResults is the mean of the means of each result.
	CombineResults Combine = "mean_of_results"
	// CombineWeakest is the mean of the lowest of each result, so that a pair such as services and satisfaction is as good
	// as its weaker half. Results of which an indicator has no value are left out.
	CombineWeakest Combine = "weakest_of_results"
	// CombineCategories is the mean of the values of the categories of each result.
	CombineCategories Combine = "categories"
	// CombinePoints is the sum of mean value / 100 × weight of each result that has a weight.
	CombinePoints Combine = "points"
)

// SegmentPolicy is how the predicates of several plans become one.
type SegmentPolicy string

// The two policies.
const (
	SegmentLast  SegmentPolicy = "last"
	SegmentValue SegmentPolicy = "value"
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
)

// Word returns the level in Indonesian, and the code itself when it is not of the vocabulary.
func (e Expectation) Word() string { return expectationWords.word(e) }

// Word returns the state in Indonesian, and the code itself when it is not of the vocabulary.
func (s State) Word() string { return stateWords.word(s) }

// Word returns the predicate in Indonesian, and the code itself when it is not of the vocabulary.
func (p Predicate) Word() string { return predicateWords.word(p) }

// Word returns the level in Indonesian, and the code itself when it is not of the vocabulary.
func (l OrganizationLevel) Word() string { return organizationWords.word(l) }

// Word returns the jenjang in Indonesian, and the code itself when it is not of the vocabulary.
func (l FunctionalLevel) Word() string { return functionalLevelWords.word(l) }

// Word returns the class in Indonesian, and the code itself when it is not of the vocabulary.
func (k PositionKind) Word() string { return positionWords.word(k) }

// Word returns the occupation in Indonesian, and the code itself when it is not of the vocabulary.
func (f JobFamily) Word() string { return familyWords.word(f) }

// Word returns the class in Indonesian, and the code itself when it is not of the vocabulary.
func (k UnitKind) Word() string { return unitKindWords.word(k) }

// Word returns the kind of work in Indonesian, and the code itself when it is not of the vocabulary.
func (w Work) Word() string { return workWords.word(w) }

// Word returns the aspect in Indonesian, and the code itself when it is not of the vocabulary.
func (a Aspect) Word() string { return aspectWords.word(a) }

// Word returns the level in Indonesian, and the code itself when it is not of the vocabulary.
func (l Level) Word() string { return levelWords.word(l) }

// Word returns the group in Indonesian, and the code itself when it is not of the vocabulary.
func (g Group) Word() string { return groupWords.word(g) }

// Word returns the reach in Indonesian, and the code itself when it is not of the vocabulary.
func (r Reach) Word() string { return reachWords.word(r) }

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

// position returns where the code stands, and elsewhere when it is not of the vocabulary.
func (w words[T]) position(code T) int {
	for i := range w {
		if w[i].code == code {
			return i
		}
	}
	return elsewhere
}

// has reports whether the code is of the vocabulary.
func (w words[T]) has(code T) bool { return w.position(code) != elsewhere }
