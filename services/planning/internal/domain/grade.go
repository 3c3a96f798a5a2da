package domain

import "slices"

// Grade is a golongan: I/a to IV/e of a PNS, I to XVII of a PPPK. It is empty when it is not told.
type Grade string

// ranks has the pangkat of every golongan of PNS.
var ranks = map[Grade]string{
	"I/a": "Juru Muda", "I/b": "Juru Muda Tingkat I", "I/c": "Juru", "I/d": "Juru Tingkat I",
	"II/a": "Pengatur Muda", "II/b": "Pengatur Muda Tingkat I", "II/c": "Pengatur", "II/d": "Pengatur Tingkat I",
	"III/a": "Penata Muda", "III/b": "Penata Muda Tingkat I", "III/c": "Penata", "III/d": "Penata Tingkat I",
	"IV/a": "Pembina", "IV/b": "Pembina Tingkat I", "IV/c": "Pembina Utama Muda", "IV/d": "Pembina Utama Madya", "IV/e": "Pembina Utama",
}

// contractGrades are the golongan of PPPK, who have no pangkat.
var contractGrades = []Grade{
	"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
}

// The problems of RuleGrade.
const (
	GradeNotOfPNS   = "not_of_pns"
	GradeNotOfPPPK  = "not_of_pppk"
	GradeNotAllowed = "not_allowed"
)

// problem returns why nobody of this employment has the golongan, and nothing when it is right or not told.
func (g Grade) problem(employment Employment) string {
	switch {
	case g == "":
		return ""
	case employment == EmploymentNonASN:
		return GradeNotAllowed
	case employment == EmploymentPPPK && !slices.Contains(contractGrades, g):
		return GradeNotOfPPPK
	case employment == EmploymentPNS && ranks[g] == "":
		return GradeNotOfPNS
	default:
		return ""
	}
}

// Rank returns pangkat and golongan as forms print them, "Penata Muda, III/a"; the golongan alone where there is no pangkat.
func (g Grade) Rank() string {
	rank := ranks[g]
	if rank == "" {
		return string(g)
	}
	return rank + ", " + string(g)
}
