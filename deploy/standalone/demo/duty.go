package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
)

const (
	quantity = planningv1.Indicator_ASPECT_QUANTITY
	quality  = planningv1.Indicator_ASPECT_QUALITY
	timing   = planningv1.Indicator_ASPECT_TIME
	cost     = planningv1.Indicator_ASPECT_COST

	normal = planningv1.Indicator_FORMULA_NORMAL
	lower  = planningv1.Indicator_FORMULA_LOWER_IS_BETTER
	within = planningv1.Indicator_FORMULA_RANGE
)

// measure is an indicator with what will be reported for it. An empty target is a range; an empty realisation is drawn
// around the target, and for a survey's index there is none.
type measure struct {
	aspect              planningv1.Indicator_Aspect
	formula             planningv1.Indicator_Formula
	description, unit   string
	target, low, high   string
	realisation         string
	fromSatisfactionOwn bool
}

// promise is a result with its measures.
type promise struct {
	title      string
	additional bool
	measures   []measure
}

// duties are the plans by kind of work. The first two are the worked examples of the head of a health office and of a
// Puskesmas nurse; the numbers of the others are drawn.
var duties = map[string][]promise{
	"kepala-dinas-kesehatan": {
		{title: "Pelayanan kesehatan bagi masyarakat terpenuhi", measures: []measure{
			{aspect: quantity, formula: normal, description: "Jumlah pasien yang dilayani", unit: "pasien", target: "12000", realisation: "12480"},
			{aspect: quantity, formula: within, description: "Cakupan pelayanan kesehatan dasar", unit: "persen", low: "80", high: "90", realisation: "92"},
			{aspect: quality, formula: normal, description: "Indeks kepuasan masyarakat seluruh Puskesmas", unit: "poin", target: "85", realisation: "83.30"},
		}},
		{title: "Perizinan dan anggaran kesehatan tertib", measures: []measure{
			{aspect: timing, formula: lower, description: "Rata-rata waktu izin fasilitas kesehatan", unit: "hari", target: "10", realisation: "9.5"},
			{aspect: quality, formula: normal, description: "Temuan audit yang ditindaklanjuti", unit: "persen", target: "100", realisation: "100"},
			{aspect: cost, formula: lower, description: "Biaya penyelenggaraan program", unit: "juta rupiah", target: "500", realisation: "540"},
		}},
	},
	"perawat-contoh": {
		{title: "Asuhan keperawatan terlaksana", measures: []measure{
			{aspect: quantity, formula: normal, description: "Jumlah pasien yang diberi asuhan", unit: "pasien", target: "1200", realisation: "1320"},
			{aspect: quality, formula: normal, description: "Kepatuhan terhadap standar asuhan", unit: "persen", target: "82", realisation: "86"},
			{aspect: timing, formula: lower, description: "Waktu tunggu pasien", unit: "menit", target: "10", realisation: "9"},
		}},
		{title: "Laporan bulanan keperawatan tersusun", measures: []measure{
			{aspect: quantity, formula: normal, description: "Jumlah laporan", unit: "laporan", target: "12", realisation: "12"},
			{aspect: quality, formula: normal, description: "Laporan tanpa perbaikan", unit: "persen", target: "98", realisation: "96"},
			{aspect: timing, formula: lower, description: "Tanggal penyampaian setiap bulan", unit: "hari", target: "12", realisation: "12"},
		}},
		{title: "Penyuluhan kesehatan di desa terlaksana", additional: true, measures: []measure{
			{aspect: quantity, formula: normal, description: "Jumlah penyuluhan", unit: "kegiatan", target: "60", realisation: "45"},
			{aspect: quality, formula: normal, description: "Peserta yang memahami materi", unit: "persen", target: "100", realisation: "100"},
			{aspect: timing, formula: normal, description: "Penyuluhan sesuai jadwal", unit: "persen", target: "100", realisation: "100"},
		}},
	},
	"kepala-puskesmas": {
		{title: "Pelayanan Puskesmas memuaskan masyarakat", measures: []measure{
			{aspect: quality, formula: normal, description: "Indeks kepuasan masyarakat Puskesmas", unit: "poin", target: "80", fromSatisfactionOwn: true},
			{aspect: quantity, formula: normal, description: "Jumlah kunjungan yang dilayani", unit: "kunjungan", target: "9000"},
			{aspect: timing, formula: lower, description: "Rata-rata waktu tunggu", unit: "menit", target: "30"},
		}},
	},
	"perawat": simple("Asuhan keperawatan terlaksana", "Jumlah pasien yang diberi asuhan", "pasien", "1100", "Kepatuhan terhadap standar asuhan", "90"),
	"dokter":  simple("Pemeriksaan medis terlaksana", "Jumlah pasien yang diperiksa", "pasien", "2400", "Rujukan yang tepat", "95"),
	"bidan":   simple("Pelayanan ibu dan anak terlaksana", "Jumlah ibu hamil yang didampingi", "ibu hamil", "180", "Kunjungan pemeriksaan lengkap", "92"),
	"apoteker": simple("Obat tersedia bagi pasien", "Jumlah resep yang dilayani", "resep", "7500",
		"Resep tanpa kesalahan", "99"),
	"loket": simple("Pendaftaran layanan tertib", "Jumlah pemohon yang dilayani", "pemohon", "8000", "Pemohon dilayani tepat waktu", "95"),
	"kepala-dinas-pendidikan": simple("Mutu pendidikan dasar meningkat", "Sekolah yang naik akreditasi", "sekolah", "24",
		"Partisipasi sekolah usia 7–15 tahun", "98"),
	"kepala-sekolah": simple("Pembelajaran sekolah bermutu", "Guru yang disupervisi", "guru", "8", "Kehadiran peserta didik", "96"),
	"guru":           simple("Pembelajaran kelas terlaksana", "Jumlah jam tatap muka", "jam", "960", "Peserta didik mencapai tujuan pembelajaran", "85"),
	"sekretaris":     simple("Tata kelola dinas tertib", "Dokumen perencanaan dan pelaporan", "dokumen", "18", "Dokumen tepat waktu", "100"),
	"kepala-bidang":  simple("Program bidang terlaksana", "Kegiatan yang selesai", "kegiatan", "12", "Kegiatan sesuai rencana", "95"),
	"perencana":      simple("Dokumen rencana tersusun", "Jumlah dokumen rencana", "dokumen", "6", "Dokumen tanpa perbaikan", "90"),
	"pelaksana":      simple("Administrasi terlayani", "Jumlah berkas yang diselesaikan", "berkas", "1500", "Berkas selesai tepat waktu", "95"),
	"perizinan":      simple("Perizinan berusaha terlayani", "Jumlah izin yang diterbitkan", "izin", "420", "Izin terbit tepat waktu", "97"),
	"kepala-dpmptsp": simple("Pelayanan perizinan cepat dan pasti", "Jumlah izin yang diterbitkan", "izin", "2600", "Izin terbit tepat waktu", "96"),
}

// simple is one result with a quantity and a quality in percent.
func simple(title, count, unit, target, share, shareTarget string) []promise {
	return []promise{{title: title, measures: []measure{
		{aspect: quantity, formula: normal, description: count, unit: unit, target: target},
		{aspect: quality, formula: normal, description: share, unit: "persen", target: shareTarget},
	}}}
}

func dutyOf(m member) []promise {
	if m.id == NurseID {
		return duties["perawat-contoh"]
	}
	return duties[m.duty]
}

// results turns the promises into the results of a plan; each contributes to the first result of the superior, if any.
func results(m member, superiorResult, objective string) []*planningv1.Result {
	var all []*planningv1.Result
	for i, p := range dutyOf(m) {
		r := &planningv1.Result{
			Id: "r" + strconv.Itoa(i+1), Kind: planningv1.Result_KIND_MAIN, Title: p.title,
			SuperiorResult: superiorResult, Objective: objective,
		}
		if p.additional {
			r.Kind = planningv1.Result_KIND_ADDITIONAL
		}
		for j, x := range p.measures {
			r.Indicators = append(r.Indicators, x.indicator(j+1))
		}
		all = append(all, r)
	}
	return all
}

func (x measure) indicator(place int) *planningv1.Indicator {
	source := planningv1.Indicator_SOURCE_REPORTED
	if x.fromSatisfactionOwn {
		source = planningv1.Indicator_SOURCE_SURVEY_INDEX
	}
	return &planningv1.Indicator{
		Id: "i" + strconv.Itoa(place), Aspect: x.aspect, Formula: x.formula, Description: x.description,
		UnitOfMeasure: x.unit, Target: x.target, TargetLow: x.low, TargetHigh: x.high, Source: source,
	}
}

// realised is what is reported: the given value, or 88 to 110 percent of the target; a share stays within 100 percent.
func (x measure) realised(rng *rand.Rand) string {
	percent := 88 + rng.IntN(23)
	if x.realisation != "" {
		return x.realisation
	}
	target, err := strconv.Atoi(x.target)
	if err != nil {
		return x.target
	}
	value := target * percent
	if x.unit == "persen" {
		value = min(value, 100*100)
	}
	return fmt.Sprintf("%d.%02d", value/100, value%100)
}
