package domain

import (
	"strconv"
	"strings"
	"unicode"
)

const (
	numberDigits = 18
	// minAge is the age below which nobody was ever appointed; a lower one shows a mistyped year.
	minAge = 16
)

// The problems of RuleNIP and RuleNIPPPK.
const (
	NumberLength           = "length"
	NumberBirthDate        = "birth_date"
	NumberAppointmentMonth = "appointment_month"
	NumberAppointmentYear  = "appointment_year"
	NumberAppointmentAge   = "appointment_age"
	NumberAppointmentAhead = "appointment_in_future"
	NumberSex              = "sex"
	NumberSequence         = "sequence"
	NumberNotAllowed       = "not_allowed"
)

// Number returns the NIP or NI PPPK without its blanks, and the problem code when it is not one of this employment on
// this day; the problem is empty for a number that is right. A NIP (Perka BKN 22/2007) is the birth date, the month of
// appointment (TMT CPNS), the sex and a sequence. In an NI PPPK the year of appointment is followed by a code that is
// no month. There is no check digit.
func Number(employment Employment, raw string, today Date) (digits, problem string) {
	digits = dropBlanks(raw)
	if employment == EmploymentNonASN {
		if digits != "" {
			return "", NumberNotAllowed
		}
		return "", ""
	}
	if !isDigits(digits, numberDigits) {
		return "", NumberLength
	}
	birth := Date{number(digits[:4]), number(digits[4:6]), number(digits[6:8])}
	if !birth.Exists() {
		return "", NumberBirthDate
	}
	problem = appointmentProblem(employment, birth, digits, today)
	if problem != "" {
		return "", problem
	}
	if digits[14] != '1' && digits[14] != '2' {
		return "", NumberSex
	}
	if digits[15:] == "000" {
		return "", NumberSequence
	}
	return digits, ""
}

func appointmentProblem(employment Employment, birth Date, digits string, today Date) string {
	year := number(digits[8:12])
	if employment == EmploymentPPPK {
		if year < birth.Year+minAge || year > today.Year {
			return NumberAppointmentYear
		}
		return ""
	}
	month := number(digits[12:14])
	if month < 1 || month > 12 {
		return NumberAppointmentMonth
	}
	// An appointment takes effect on the first of its month.
	appointed := Date{year, month, 1}
	if appointed.Before(birth.addYears(minAge)) {
		return NumberAppointmentAge
	}
	if today.Before(appointed) {
		return NumberAppointmentAhead
	}
	return ""
}

func dropBlanks(raw string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, raw)
}

func isDigits(text string, n int) bool {
	if len(text) != n {
		return false
	}
	return strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// number reads digits that were checked before.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// holdsNumber reports whether the text has 18 digits in a row, as a NIP has.
func holdsNumber(text string) bool {
	run := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			run = 0
			continue
		}
		run++
		if run == numberDigits {
			return true
		}
	}
	return false
}
