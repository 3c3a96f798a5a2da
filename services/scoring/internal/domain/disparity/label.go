package disparity

import "strings"

// AgeKey returns the key of the band in which somebody born in a year is at the end of another; empty for birth year 0.
func AgeKey(birthYear, year int) string {
	age := year - birthYear
	switch {
	case birthYear == 0:
		return ""
	case age < 30:
		return "under-30"
	case age < 40:
		return "30-39"
	case age < 50:
		return "40-49"
	case age < 60:
		return "50-59"
	default:
		return "60-over"
	}
}

// traitLabels names the traits in Indonesian.
var traitLabels = map[Trait]string{
	Sex: "Jenis kelamin", Age: "Kelompok usia", Position: "Jenis dan jenjang jabatan", Grade: "Golongan", Remote: "Penempatan",
}

// keyLabels names keys in Indonesian. Those of golongan are their own names.
var keyLabels = map[string]string{
	"male": "Laki-laki", "female": "Perempuan",
	"under-30": "Di bawah 30 tahun", "30-39": "30–39 tahun", "40-49": "40–49 tahun", "50-59": "50–59 tahun", "60-over": "60 tahun ke atas",
	"leadership": "Pimpinan tinggi", "administrator": "Administrator", "supervisor": "Pengawas", "executor": "Pelaksana",
	"regional_head": "Kepala daerah", "functional": "Fungsional",
	"ordinary": "Bukan daerah terpencil", "remote": "Daerah terpencil",
	Unknown: "Tidak diketahui",
}

// levelLabels names the jenjang of functional positions.
var levelLabels = map[string]string{
	"pemula": "Pemula", "terampil": "Terampil", "mahir": "Mahir", "penyelia": "Penyelia",
	"ahli_pertama": "Ahli Pertama", "ahli_muda": "Ahli Muda", "ahli_madya": "Ahli Madya", "ahli_utama": "Ahli Utama",
}

// functionalPrefix begins the keys of functional positions, before their jenjang.
const functionalPrefix = "functional."

// PositionKey returns the key of a position from the codes of its class and jenjang; empty without a class. Class and
// jenjang make one division, because two that nest would tell what the other hides.
func PositionKey(kind, level string) string {
	if kind == "functional" && level != "" {
		return functionalPrefix + level
	}
	return kind
}

// Label returns the name of the trait in Indonesian.
func (t Trait) Label() string { return traitLabels[t] }

// Label returns the name of a key in Indonesian, and the key itself when it has none.
func Label(key string) string {
	level, functional := strings.CutPrefix(key, functionalPrefix)
	if functional {
		return "Fungsional " + levelLabels[level]
	}
	label, ok := keyLabels[key]
	if !ok {
		return key
	}
	return label
}

// hiddenTexts says in Indonesian why a dimension shows no groups.
var hiddenTexts = map[Hidden]string{
	HiddenUnknown: "Data belum tersedia.",
	HiddenSmall:   "Disembunyikan karena jumlah pegawai dalam kelompok terlalu kecil.",
}

// Text returns the reason in Indonesian; empty for none.
func (h Hidden) Text() string { return hiddenTexts[h] }
