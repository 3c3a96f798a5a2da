package rpc

import "github.com/kinerja-suite/kinerja/services/planning/internal/domain"

// The functions of this file word broken rules for people, more exactly than the catalogue of faults can.

func requiredWords(b domain.RuleError) (string, string) {
	return "The field " + b.Field + " must not be blank.", "Isian " + b.Field + " wajib diisi."
}

func idWords(b domain.RuleError) (string, string) {
	return "The id in " + b.Field + " must be 2 to 63 of a-z, 0-9 and '-', not beginning with '-'.",
		"Pengenal pada isian " + b.Field + " tidak sah. Gunakan 2 sampai dengan 63 huruf kecil, angka, atau tanda hubung, " +
			"tanpa diawali tanda hubung, atau kosongkan agar dibuatkan oleh sistem."
}

func personIDWords(b domain.RuleError) (string, string) {
	return "The id in " + b.Field + " must not hold a NIP.",
		"Pengenal pegawai pada isian " + b.Field + " tidak boleh memuat NIP. Gunakan pengenal lain atau kosongkan agar " +
			"dibuatkan oleh sistem."
}

func exclusiveWords(b domain.RuleError) (string, string) {
	return "Exactly one of " + b.Field + " and " + b.Detail["other"] + " must be set.",
		"Isi tepat salah satu dari " + b.Field + " dan " + b.Detail["other"] + "."
}

func immutableWords(b domain.RuleError) (string, string) {
	return "The path " + b.Detail["path"] + " in " + b.Field + " cannot be changed; only results can.",
		"Isian " + b.Detail["path"] + " pada " + b.Field + " tidak dapat diubah. Hanya results yang dapat diubah."
}

func duplicateWords(b domain.RuleError) (string, string) {
	return "The id in " + b.Field + " occurs more than once.",
		"Pengenal pada isian " + b.Field + " muncul lebih dari satu kali. Gunakan pengenal yang berbeda."
}

func notCivilServantWords(b domain.RuleError) (string, string) {
	return "The person in " + b.Field + " is no civil servant and has no plan.",
		"Pejabat pada isian " + b.Field + " bukan pegawai ASN sehingga tidak menyusun SKP. Pilih pegawai ASN."
}

func levelWords(b domain.RuleError) (string, string) {
	if b.Detail["problem"] == domain.LevelRequired {
		return "A functional position needs a functional level.",
			"Jenjang jabatan fungsional pada isian " + b.Field + " wajib diisi."
	}
	return "Only a functional position has a functional level.",
		"Jenjang pada isian " + b.Field + " hanya untuk jabatan fungsional. Kosongkan isian ini atau ubah jenis jabatan."
}

func weightWords(b domain.RuleError) (string, string) {
	if b.Detail["problem"] == domain.WeightNotAllowed {
		return "Only an additional result has a weight.",
			"Bobot pada isian " + b.Field + " hanya untuk kinerja tambahan. Kosongkan isian ini atau ubah jenis hasil kerja."
	}
	return "The weight must be above 0.", "Bobot pada isian " + b.Field + " harus lebih besar dari 0."
}

// numberTexts says what is wrong with a number; numberAdvice follows where the personnel file has the answer.
var numberTexts = map[string]string{
	domain.NumberLength:           " harus terdiri atas tepat 18 angka.",
	domain.NumberBirthDate:        " harus diawali dengan tanggal lahir yang ada dalam kalender (8 angka pertama: tahun, bulan, hari).",
	domain.NumberAppointmentMonth: " harus memuat bulan pengangkatan (TMT CPNS) 01 sampai dengan 12 pada angka ke-13 dan ke-14.",
	domain.NumberAppointmentYear: " harus memuat tahun pengangkatan pada angka ke-9 sampai dengan ke-12, paling cepat 16 tahun " +
		"setelah tahun lahir dan tidak melampaui tahun ini.",
	domain.NumberAppointmentAge:   " harus memuat bulan pengangkatan (angka ke-9 sampai dengan ke-14) paling cepat 16 tahun setelah tanggal lahir.",
	domain.NumberAppointmentAhead: " harus memuat bulan pengangkatan (angka ke-9 sampai dengan ke-14) yang tidak melampaui hari ini.",
	domain.NumberSex:              " harus memuat jenis kelamin 1 (laki-laki) atau 2 (perempuan) pada angka ke-15.",
	domain.NumberSequence:         " harus diakhiri dengan nomor urut tiga angka mulai dari 001.",
}

const numberAdvice = " Periksa kembali pada surat keputusan pengangkatan, lalu isi ulang."

func numberWords(b domain.RuleError) (string, string) {
	text, ok := numberTexts[b.Detail["problem"]]
	if !ok {
		return "Somebody who is no civil servant has no NIP.",
			"Pejabat non-ASN tidak memiliki NIP. Kosongkan isian " + b.Field + " atau ubah jenis kepegawaian."
	}
	label := "NIP"
	if b.Rule == domain.RuleNIPPPK {
		label = "NI PPPK"
	}
	return "", label + text + numberAdvice
}

func gradeWords(b domain.RuleError) (string, string) {
	switch b.Detail["problem"] {
	case domain.GradeNotOfPNS:
		return "The golongan of a PNS in " + b.Field + " must be I/a to I/d, II/a to II/d, III/a to III/d or IV/a to IV/e.",
			"Golongan PNS pada isian " + b.Field + " tidak dikenal. Isi salah satu dari I/a sampai dengan I/d, II/a sampai dengan II/d, " +
				"III/a sampai dengan III/d, atau IV/a sampai dengan IV/e tanpa pangkat, misalnya III/a."
	case domain.GradeNotOfPPPK:
		return "The golongan of a PPPK in " + b.Field + " must be a Roman numeral from I to XVII.",
			"Golongan PPPK pada isian " + b.Field + " tidak dikenal. Isi dengan angka Romawi I sampai dengan XVII, misalnya IX."
	default:
		return "Somebody who is no civil servant has no golongan.",
			"Pejabat non-ASN tidak memiliki golongan. Kosongkan isian " + b.Field + " atau ubah jenis kepegawaian."
	}
}

func dateWords(b domain.RuleError) (string, string) {
	switch b.Detail["problem"] {
	case domain.DateMissing:
		return "The date in " + b.Field + " must be set.", "Tanggal pada isian " + b.Field + " wajib diisi."
	case domain.DateNotAfterStart:
		return "The date in " + b.Field + " must come after the first day.",
			"Tanggal pada isian " + b.Field + " harus setelah tanggal mulai. Perbaiki salah satunya."
	case domain.DateAfterEnd:
		return "The date in " + b.Field + " comes after the end that the assignment has; an assignment is never made longer.",
			"Penugasan ini sudah berakhir lebih awal daripada tanggal pada isian " + b.Field + ". Isi tanggal yang tidak melampaui tanggal selesai " +
				"yang tercatat, atau buat penugasan baru untuk perpanjangan."
	case domain.DateTooLong:
		return "The period that ends on the date in " + b.Field + " is longer than a year.",
			"Periode penilaian paling lama satu tahun. Majukan tanggal pada isian " + b.Field + "."
	default:
		return "The date in " + b.Field + " does not exist.",
			"Tanggal pada isian " + b.Field + " tidak ada dalam kalender. Isi tahun, bulan, dan hari dengan benar."
	}
}

func overlapWords(b domain.RuleError) (string, string) {
	if b.Detail["of"] == domain.OverlapPosition {
		return "The position is held by another assignment in this time.",
			"Jabatan ini sudah diisi melalui penugasan lain pada rentang tanggal tersebut. Sesuaikan tanggal mulai atau tanggal selesai."
	}
	return "The person holds another definitive position in this time.",
		"Pegawai ini sudah menduduki jabatan definitif lain pada rentang tanggal tersebut. Sesuaikan tanggal mulai atau tanggal selesai."
}

func targetWords(b domain.RuleError) (string, string) {
	at := "Target pada isian " + b.Field
	switch b.Detail["problem"] {
	case domain.TargetRequired:
		return "The formula needs a number in " + b.Field + ".", at + " wajib diisi untuk rumus capaian yang dipilih."
	case domain.TargetNotAllowed:
		return "The formula does not use " + b.Field + ".",
			at + " tidak digunakan oleh rumus capaian yang dipilih. Kosongkan isian ini atau pilih rumus lain."
	case domain.TargetBounds:
		return "The number in " + b.Field + " must be above the lower bound.",
			at + " harus lebih besar dari batas bawah. Perbaiki salah satunya."
	default:
		return "The number in " + b.Field + " must be above 0.", at + " harus lebih besar dari 0."
	}
}

func incompleteWords(b domain.RuleError) (string, string) {
	if b.Field == "results" {
		return "The plan has no result.", "SKP belum memuat rencana hasil kerja. Tambahkan paling sedikit satu sebelum mengajukannya."
	}
	return "The result has no indicator at " + b.Field + ".",
		"Rencana hasil kerja belum memuat indikator (" + b.Field + "). Tambahkan paling sedikit satu sebelum mengajukan SKP."
}

var (
	stateNames = map[string]string{
		string(domain.PlanDraft):     "konsep",
		string(domain.PlanSubmitted): "diajukan",
		string(domain.PlanReturned):  "dikembalikan",
		string(domain.PlanApproved):  "disetujui",
	}
	verbNames = map[string]string{
		string(domain.VerbUpdate):  "diubah",
		string(domain.VerbSubmit):  "diajukan",
		string(domain.VerbApprove): "disetujui",
		string(domain.VerbReturn):  "dikembalikan",
	}
)

func stateWords(b domain.RuleError) (string, string) {
	from, verb := b.Detail["from"], b.Detail["verb"]
	return "The plan cannot be changed by " + verb + " while its state is " + from + ".",
		"SKP tidak dapat " + verbNames[verb] + " karena berstatus " + stateNames[from] +
			". Muat ulang SKP untuk melihat tindakan yang tersedia."
}
