package demo

import (
	"fmt"
	"math/rand/v2"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
)

var (
	maleNames   = []string{"Agus", "Bambang", "Cahyo", "Dwi", "Eko", "Fajar", "Galih", "Hendra", "Joko", "Nugroho", "Rudi", "Slamet", "Teguh", "Wahyu"}
	femaleNames = []string{"Ani", "Dewi", "Endah", "Fitri", "Indah", "Kartika", "Lestari", "Murni", "Nur", "Puji", "Ratna", "Sri", "Tutik", "Wulan"}
	familyNames = []string{"Prasetyo", "Handoko", "Kusuma", "Mulyani", "Nurhayati", "Purnomo", "Rahayu", "Santosa", "Setiawan", "Susanti", "Utami", "Wibowo", "Widodo", "Yulianti"}
)

func fullName(rng *rand.Rand, female bool) string {
	given := maleNames
	if female {
		given = femaleNames
	}
	return given[rng.IntN(len(given))] + " " + familyNames[rng.IntN(len(familyNames))]
}

// number makes a NIP (PNS) or NI PPPK that is valid and belongs to nobody in particular: the sequence is the place in the cast.
func number(rng *rand.Rand, employment planningv1.Person_Employment, female bool, sequence int) string {
	sex := 1
	if female {
		sex = 2
	}
	year := 1968 + rng.IntN(28)
	birth := fmt.Sprintf("%04d%02d%02d", year, 1+rng.IntN(12), 1+rng.IntN(28))
	if employment == planningv1.Person_EMPLOYMENT_PPPK {
		return fmt.Sprintf("%s%04d21%d%03d", birth, 2021+rng.IntN(5), sex, sequence)
	}
	appointed := min(year+22+rng.IntN(8), 2025)
	return fmt.Sprintf("%s%04d%02d%d%03d", birth, appointed, 1+rng.IntN(12), sex, sequence)
}

// grade returns the golongan, which is one that suits the post.
func grade(m member) string {
	switch {
	case m.employment == planningv1.Person_EMPLOYMENT_PPPK:
		return "IX"
	case m.kind == leadership:
		return "IV/c"
	case m.kind == administrator, m.level == advanced:
		return "IV/a"
	case m.level == junior:
		return "III/c"
	case m.level == skilled:
		return "II/c"
	}
	return "III/a"
}
