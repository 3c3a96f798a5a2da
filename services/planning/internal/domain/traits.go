package domain

// Sex is that of a NIP or NI PPPK, named as in the contract without prefix; empty when it is not known.
type Sex string

// The two values.
const (
	SexMale   Sex = "MALE"
	SexFemale Sex = "FEMALE"
)

// Traits is what groups a person when ratings are compared between groups. It has neither name nor number.
type Traits struct {
	Person string
	Sex    Sex
	// BirthYear is 0 when it is not known.
	BirthYear int
	// PositionKind and FunctionalLevel are those of the position that the person holds definitively; empty without one.
	PositionKind    PositionKind
	FunctionalLevel FunctionalLevel
	Grade           Grade
	// Remote says whether the unit of the position is in a remote area; nil when that is not known.
	Remote *bool
}

// TraitsOfNumber returns sex and year of birth as the NIP or NI PPPK, which was checked when the person was added, states
// them; nothing without a number.
func TraitsOfNumber(digits string) (sex Sex, birthYear int) {
	if !isDigits(digits, numberDigits) {
		return "", 0
	}
	sex = SexMale
	if digits[14] == '2' {
		sex = SexFemale
	}
	return sex, number(digits[:4])
}
