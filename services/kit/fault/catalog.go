package fault

import "net/http"

// general are the rows of all reasons but those of decisions.
var general = map[Reason]entry{
	ReasonInvalidArgument: {
		kind: KindInvalid,
		en:   "The request has fields that are not valid[; the first is {field}].",
		id:   "Permintaan memuat isian yang tidak sah[; yang pertama adalah {field}]. Periksa rincian setiap isian, perbaiki, lalu kirim kembali.",
	},
	ReasonUnknownField: {
		kind: KindInvalid,
		en:   "The request has a field that the contract does not know[: {field}].",
		id:   "Permintaan memuat isian yang tidak dikenal[: {field}]. Hapus isian tersebut atau periksa kembali ejaannya.",
	},
	ReasonMalformedJSON: {
		kind: KindInvalid,
		en:   "The body is not well-formed JSON, or a value has the wrong type[; see {field}].",
		id:   "Isi permintaan bukan JSON yang benar atau memuat nilai dengan jenis yang keliru[; lihat {field}]. Perbaiki isi permintaan, lalu kirim kembali.",
	},
	ReasonInvalidName: {
		kind: KindInvalid,
		en:   "The resource name[ in {field}] is not valid[; the pattern is {pattern}].",
		id:   "Nama sumber daya[ pada isian {field}] tidak sah[; gunakan pola {pattern}]. Salin nama sebagaimana tercantum pada data asalnya.",
	},
	ReasonInvalidPageToken: {
		kind: KindInvalid,
		en:   "The page token was not issued for this request.",
		id:   "Penanda halaman tidak berlaku untuk permintaan ini. Ulangi penelusuran dari halaman pertama.",
	},
	ReasonInvalidNIP: {
		kind: KindInvalid,
		en:   "The NIP[ in {field}] is not valid[: {problem}]; it is 18 digits of birth date, appointment month, sex and sequence.",
		id:   "NIP[ pada isian {field}] tidak sah. NIP terdiri atas 18 angka: tanggal lahir, bulan pengangkatan, jenis kelamin, dan nomor urut. Periksa kembali pada surat keputusan pengangkatan.",
	},
	ReasonInvalidNIPPPK: {
		kind: KindInvalid,
		en:   "The NI PPPK[ in {field}] is not valid[: {problem}]; it is 18 digits of birth date, appointment year, code, sex and sequence.",
		id:   "NI PPPK[ pada isian {field}] tidak sah. NI PPPK terdiri atas 18 angka: tanggal lahir, tahun pengangkatan, kode, jenis kelamin, dan nomor urut. Periksa kembali pada surat keputusan pengangkatan.",
	},
	ReasonIndicatorUnitRequired: {
		kind: KindInvalid,
		en:   "The indicator[ at {field}] needs a unit of measure.",
		id:   "Satuan ukur indikator[ pada isian {field}] wajib diisi, misalnya dokumen, orang, atau persen.",
	},
	ReasonInvalidTarget: {
		kind: KindInvalid,
		en:   "The target[ at {field}] does not fit the formula of the indicator[ {formula}].",
		id:   "Target[ pada isian {field}] tidak sesuai dengan rumus capaian indikator[ {formula}]. Sesuaikan target atau pilih rumus lain.",
	},
	ReasonInvalidDecimal: {
		kind: KindInvalid,
		en:   "The number[ in {field}] is not a plain decimal[ of at most {digits} digits after the point].",
		id:   "Angka[ pada isian {field}] bukan bilangan desimal yang sah[ dengan paling banyak {digits} angka di belakang titik]. Tulis seperti 92.35, dengan titik sebagai pemisah desimal dan tanpa pemisah ribuan.",
	},
	ReasonInvalidDate: {
		kind: KindInvalid,
		en:   "The date[ in {field}] is missing, does not exist, or ends an interval before it starts.",
		id:   "Tanggal[ pada isian {field}] kosong, tidak ada dalam kalender, atau mendahului tanggal mulai. Isi dengan tanggal yang benar.",
	},
	ReasonReferenceNotFound: {
		kind: KindInvalid,
		en:   "The resource[ {resource}] that the request refers to[ in {field}] does not exist.",
		id:   "Data[ {resource}] yang dirujuk[ pada isian {field}] tidak ditemukan. Pilih data yang sudah terdaftar.",
	},
	ReasonUnknownRegion: {
		kind: KindInvalid,
		en:   "The code[ {code}] is not that of a province, kabupaten or kota.",
		id:   "Kode wilayah[ {code}] bukan kode provinsi, kabupaten, atau kota. Gunakan kode wilayah Kementerian Dalam Negeri tanpa titik, misalnya 3374.",
	},
	ReasonFeedbackRequired: {
		kind: KindInvalid,
		en:   "A rating below expectation needs feedback with a date.",
		id:   "Penilaian di bawah ekspektasi wajib disertai umpan balik beserta tanggalnya. Lengkapi umpan balik terlebih dahulu.",
	},
	ReasonSurveyAnswersInvalid: {
		kind: KindInvalid,
		en:   "The response lacks an element of the survey, or has one that it does not ask[: {element}].",
		id:   "Jawaban survei tidak lengkap atau memuat unsur yang tidak ditanyakan[: {element}]. Jawab setiap unsur tepat satu kali.",
	},
	ReasonUnauthenticated: {
		kind: KindUnauthenticated,
		en:   "The caller is not signed in, or the token is not valid.",
		id:   "Anda belum masuk atau sesi Anda telah berakhir. Silakan masuk kembali.",
	},
	ReasonPermissionDenied: {
		kind: KindDenied,
		en:   "The caller may not do this.",
		id:   "Anda tidak memiliki izin untuk melakukan tindakan ini. Hubungi pengelola instansi apabila Anda memerlukannya.",
	},
	ReasonNotSuperior: {
		kind: KindDenied,
		en:   "The caller is not the superior of the person[ on {date}].",
		id:   "Anda bukan pejabat penilai kinerja dari pegawai ini[ pada tanggal {date}]. Tindakan ini hanya dapat dilakukan oleh atasan langsung atau pejabat pelaksana tugasnya.",
	},
	ReasonNotFound: {
		kind: KindNotFound,
		en:   "The resource[ {resource}] does not exist.",
		id:   "Data[ {resource}] tidak ditemukan. Periksa kembali alamat atau pilihan Anda.",
	},
	ReasonAlreadyExists: {
		kind: KindExists,
		en:   "The resource[ {resource}] exists.",
		id:   "Data[ {resource}] sudah ada. Gunakan data tersebut atau pilih pengenal lain.",
	},
	ReasonNIPInUse: {
		kind: KindExists,
		en:   "Another person carries this NIP in the tenant.",
		id:   "NIP ini sudah digunakan oleh pegawai lain pada instansi ini. Periksa kembali NIP atau gunakan data pegawai yang sudah ada.",
	},
	ReasonPlanExists: {
		kind: KindExists,
		en:   "The person has a plan in this period[: {resource}].",
		id:   "Pegawai ini sudah memiliki SKP pada periode ini[: {resource}]. Buka dan ubah SKP tersebut.",
	},
	ReasonAssignmentOverlap: {
		kind: KindExists,
		en:   "The assignment overlaps another of the same position or of the same person[: {resource}].",
		id:   "Masa penugasan bertumpang tindih dengan penugasan lain pada jabatan atau pegawai yang sama[: {resource}]. Sesuaikan tanggal mulai atau tanggal selesai.",
	},
	ReasonPeriodOverlap: {
		kind: KindExists,
		en:   "The period overlaps another of the same tenant[: {resource}].",
		id:   "Periode penilaian bertumpang tindih dengan periode lain pada instansi yang sama[: {resource}]. Sesuaikan tanggal mulai atau tanggal selesai.",
	},
	ReasonPeerReviewExists: {
		kind: KindExists,
		en:   "The peer has answered for this person in this period.",
		id:   "Anda sudah memberikan penilaian rekan untuk pegawai ini pada periode ini. Setiap rekan hanya menilai satu kali.",
	},
	ReasonETagMismatch: {
		kind: KindStale,
		en:   "The resource[ {resource}] has changed since it was read.",
		id:   "Data[ {resource}] telah berubah sejak Anda membacanya. Muat ulang data, lalu ulangi perubahan Anda.",
	},
	ReasonRequestIDReused: {
		kind: KindInvalid,
		en:   "The request_id was used with another body.",
		id:   "Nomor permintaan (request_id) sudah digunakan untuk isi yang berbeda. Gunakan nomor permintaan yang baru.",
	},
	ReasonPlanState: {
		kind: KindPrecondition,
		en:   "The plan is not in a state that allows this[; it is {state}].",
		id:   "Keadaan SKP tidak memungkinkan tindakan ini[; keadaan saat ini: {state}]. Muat ulang SKP untuk melihat tindakan yang tersedia.",
	},
	ReasonPlanNotApproved: {
		kind: KindPrecondition,
		en:   "The plan of the person is not approved.",
		id:   "SKP pegawai belum disetujui. Tindakan ini dapat dilakukan setelah pejabat penilai kinerja menyetujui SKP.",
	},
	ReasonPeriodClosed: {
		kind: KindPrecondition,
		en:   "The period[ {resource}] is closed.",
		id:   "Periode penilaian[ {resource}] sudah ditutup. Hubungi pengelola instansi apabila masih ada perubahan yang diperlukan.",
	},
	ReasonSurveyClosed: {
		kind: KindPrecondition,
		en:   "The survey does not take responses[ on {date}].",
		id:   "Survei tidak menerima jawaban[ pada tanggal {date}]. Periksa masa pengisian survei.",
	},
	ReasonDeadlineRequired: {
		kind: KindInvalid,
		en:   "The call came without a deadline.",
		id:   "Panggilan tidak memuat batas waktu. Tetapkan batas waktu (deadline) pada setiap panggilan.",
	},
	ReasonDeadlineExceeded: {
		kind: KindDeadline,
		en:   "The call took longer than its deadline.",
		id:   "Permintaan melampaui batas waktu. Tunggu sejenak, periksa apakah perubahan sudah tersimpan, lalu coba kembali.",
	},
	ReasonCanceled: {
		kind: KindCanceled,
		en:   "The caller ended the call.",
		id:   "Permintaan dibatalkan oleh pemanggil.",
	},
	ReasonResourceExhausted: {
		kind: KindExhausted,
		en:   "A limit of rate or size was met[: {limit}].",
		id:   "Batas jumlah atau ukuran permintaan terlampaui[: {limit}]. Tunggu sejenak atau perkecil permintaan, lalu coba kembali.",
	},
	ReasonUnavailable: {
		kind: KindUnavailable,
		en:   "The service[ {service}] does not answer now.",
		id:   "Layanan[ {service}] sedang tidak dapat dihubungi. Silakan coba kembali beberapa saat lagi.",
	},
	ReasonInternal: {
		kind: KindInternal,
		en:   "A defect of the suite stopped the call[; quote the error id {error_id}].",
		id:   "Terjadi kesalahan pada sistem. Silakan coba kembali; apabila berulang, laporkan kepada pengelola[ dengan menyebutkan nomor {error_id}].",
	},
	ReasonUnknownMethod: {
		kind: KindUnimplemented,
		en:   "There is no such path or RPC[: {method}].",
		id:   "Alamat layanan tidak dikenal[: {method}]. Periksa kembali alamat dan metode permintaan.",
	},
	ReasonRulePackUnknown: {
		kind: KindNotFound,
		en:   "No published rule pack has this id and version[: {resource}].",
		id:   "Paket aturan penilaian[ {resource}] tidak ditemukan atau belum diterbitkan. Pilih paket aturan yang sudah diterbitkan.",
	},
	ReasonRulePackNotInForce: {
		kind: KindPrecondition,
		en:   "The rule pack[ {resource}] is not in force on the first day of the period[; its first day is {from}][, its last day {until}].",
		id:   "Paket aturan penilaian[ {resource}] tidak berlaku pada hari pertama periode penilaian[; paket tersebut berlaku mulai {from}][ sampai dengan {until}]. Pilih paket aturan yang berlaku pada tanggal tersebut.",
	},
	ReasonNoAssignment: {
		kind: KindPrecondition,
		en:   "The person has no position[ on {date}].",
		id:   "Pegawai tidak memiliki jabatan[ pada tanggal {date}]. Lengkapi data penugasan pegawai terlebih dahulu.",
	},
	ReasonPlanIncomplete: {
		kind: KindPrecondition,
		en:   "The plan has no result, or a result[ at {field}] has no indicator.",
		id:   "SKP belum lengkap: SKP harus memiliki rencana hasil kerja dan setiap rencana hasil kerja[ ({field})] harus memiliki indikator. Lengkapi SKP sebelum mengajukannya.",
	},
	ReasonCalibrationState: {
		kind: KindPrecondition,
		en:   "The calibration session[ {resource}] has ended.",
		id:   "Sesi kalibrasi[ {resource}] sudah berakhir sehingga tidak dapat diubah lagi. Buka sesi baru apabila masih diperlukan.",
	},
	ReasonCalibrationNotReady: {
		kind: KindPrecondition,
		en:   "The calibration session[ {resource}] lacks what its closing needs; see the violations.",
		id:   "Sesi kalibrasi[ {resource}] belum dapat ditutup. Lengkapi setiap hal yang tercantum pada rincian, lalu tutup kembali.",
	},
	ReasonCalibrationAdjustmentWaiting: {
		kind: KindPrecondition,
		en:   "An earlier adjustment of the same person in this calibration session waits for its decision.",
		id:   "Penyesuaian predikat yang lebih dahulu untuk pegawai ini dalam sesi kalibrasi yang sama masih menunggu keputusan. Setujui, tolak, atau tarik usulan itu sebelum mengajukan yang baru.",
	},
	ReasonCalibrationScope: {
		kind: KindPrecondition,
		en:   "The units of the session have nobody with a score, or too many people[, more than {most}].",
		id:   "Unit kerja yang dipilih belum memiliki pegawai dengan nilai, atau jumlah pegawainya melebihi batas satu sesi kalibrasi[ ({most} orang)]. Sesuaikan pilihan unit kerja.",
	},
	ReasonNoDistributionViolation: {
		kind: KindPrecondition,
		en:   "The unit does not deviate from the distribution pattern by the rules that are named.",
		id:   "Sebaran predikat unit kerja saat ini tidak menyimpang dari ketentuan yang disebutkan sehingga tidak ada yang perlu dijelaskan. Muat ulang hasil pemeriksaan sebaran.",
	},
	ReasonAllowanceTableInvalid: {
		kind: KindInvalid,
		en:   "The content of the allowance table[ in {field}] is not valid[: {problem}].",
		id:   "Isi tabel TPP[ pada isian {field}] tidak sah. Periksa baris yang disebutkan pada rincian, perbaiki, lalu kirim kembali.",
	},
	ReasonAllowanceTableExample: {
		kind: KindInvalid,
		en:   "An example month of the allowance table[ in {field}] comes out otherwise than the table says.",
		id:   "Contoh bulan pada tabel TPP[ (isian {field})] menghasilkan nilai yang berbeda dari yang tertulis. Perbaiki contoh atau angka tabel, lalu kirim kembali.",
	},
	ReasonAllowanceTablePublished: {
		kind: KindPrecondition,
		en:   "The version of the allowance table[ {resource}] is published and does not change any more.",
		id:   "Versi tabel TPP[ {resource}] sudah ditetapkan sehingga tidak dapat diubah. Buat versi baru apabila ada perubahan.",
	},
	ReasonAllowanceTableAuthor: {
		kind: KindPrecondition,
		en:   "An allowance table[ {resource}] is published by somebody other than its author.",
		id:   "Tabel TPP[ {resource}] harus ditetapkan oleh pejabat yang bukan penyusunnya. Minta pengelola lain memeriksa dan menetapkannya.",
	},
	ReasonAllowanceTableStart: {
		kind: KindPrecondition,
		en:   "Another published allowance table of the tenant, or a later version of this one, takes effect on the same day[, {day}].",
		id:   "Tabel TPP lain dari instansi ini, atau versi yang lebih baru dari tabel ini, sudah ditetapkan dengan effective_from yang sama[ ({day})]. Untuk memperbaiki tabel yang sudah ditetapkan, buat versi berikutnya dengan pengenal tabel itu; untuk peraturan baru, tulis tanggal mulai yang lebih akhir.",
	},
	ReasonAllowanceTableNotInForce: {
		kind: KindPrecondition,
		en:   "No published allowance table of the tenant is in force in the month[ of {resource}].",
		id:   "Belum ada tabel TPP yang ditetapkan dan berlaku untuk bulan tersebut[ ({resource})]. Tetapkan tabel TPP sesuai peraturan kepala daerah terlebih dahulu.",
	},
	ReasonMonthFactsMissing: {
		kind: KindPrecondition,
		en:   "The facts of the month about the person[ {resource}] have not been delivered.",
		id:   "Data kehadiran dan produktivitas bulan tersebut[ untuk {resource}] belum diterima. Tunggu atau kirim data dari sistem kehadiran terlebih dahulu.",
	},
	ReasonOperationState: {
		kind: KindPrecondition,
		en:   "The operation[ {resource}] is not in a state that allows this[: it is {state}].",
		id:   "Keadaan proses[ {resource}] tidak memungkinkan tindakan ini. Muat ulang data proses: yang sudah berakhir tidak dapat dibatalkan, dan hanya yang dibatalkan atau gagal yang dapat dilanjutkan.",
	},
	ReasonRecomputeRunning: {
		kind: KindPrecondition,
		en:   "A recompute[ of {resource}] has not ended yet.",
		id:   "Penghitungan ulang nilai[ untuk {resource}] masih berlangsung. Tunggu sampai selesai atau batalkan terlebih dahulu.",
	},
	ReasonRulePackInvalid: {
		kind: KindPrecondition,
		en:   "The rule pack has errors.",
		id:   "Rancangan paket aturan masih memuat kesalahan. Perbaiki setiap kesalahan yang tercantum pada rancangan, lalu ulangi.",
	},
	ReasonRulePackExample: {
		kind: KindPrecondition,
		en:   "The draft has no worked example of its own; those of its base prove other rules.",
		id:   "Rancangan paket aturan belum memuat contoh perhitungan sendiri; contoh pada paket dasarnya membuktikan aturan lain. Tambahkan paling sedikit satu contoh pada bagian examples, uji coba kembali, lalu terbitkan.",
	},
	ReasonRulePackUntried: {
		kind: KindPrecondition,
		en:   "The draft was not tried on a period as it is now.",
		id:   "Rancangan paket aturan belum diuji coba dalam keadaannya sekarang. Uji coba dahulu pada suatu periode, lalu terbitkan.",
	},
	ReasonRulePackTrialFailed: {
		kind: KindPrecondition,
		en:   "The draft cannot compute everybody in its last trial[ on {period}][: it fails for {failed}]; whoever publishes it must state how many in accepted_failed_count.",
		id:   "Pada uji coba terakhir[ dengan {period}] ada[ {failed}] pegawai yang nilainya tidak dapat dihitung menurut rancangan ini; mereka dan sebabnya tercantum pada hasil uji coba itu. Perbaiki rancangan atau data penilaiannya, lalu uji coba kembali sebelum menerbitkan; atau terbitkan dengan accepted_failed_count[ = {failed}] bila memang instrumen baru dipakai mulai periode berikutnya.",
	},
	ReasonRulePackPublished: {
		kind: KindPrecondition,
		en:   "The draft is published and does not change any more.",
		id:   "Rancangan ini sudah diterbitkan dan tidak dapat diubah. Buat rancangan baru dengan versi berikutnya.",
	},
	ReasonRulePackID: {
		kind: KindPrecondition,
		en:   "The id of the rule pack must begin with the code of the tenant, and its version must follow the last published one.",
		id:   "Id paket aturan harus diawali kode instansi dan tanda hubung, dan versinya harus tepat sesudah versi terakhir yang terbit. Perbaiki id atau version pada rancangan.",
	},
	ReasonSecondPersonRequired: {
		kind: KindDenied,
		en:   "Whoever wrote this cannot publish it; a second person must.",
		id:   "Penulis tidak dapat menerbitkan tulisannya sendiri. Mintalah pejabat lain yang berwenang untuk menerbitkannya.",
	},
	ReasonPersonRequired: {
		kind: KindDenied,
		en:   "Only a person may do this, and the token names none.",
		id:   "Tindakan ini hanya dapat dilakukan oleh pejabat yang masuk dengan identitas pribadinya, bukan oleh aplikasi.",
	},
	ReasonRulePackMisfit: {
		kind: KindPrecondition,
		en:   "The facts of the score do not fit the rule pack[ {rule_pack}]; see the field violations.",
		id:   "Data penilaian tidak dapat dihitung menurut paket aturan[ {rule_pack}]. Pilih paket aturan lain, atau periksa kembali angka yang disimulasikan.",
	},
	ReasonUnsupportedMediaType: {
		kind: KindInvalid,
		http: http.StatusUnsupportedMediaType,
		en:   "The body must be application/json.",
		id:   "Isi permintaan harus berjenis application/json. Sesuaikan header Content-Type, lalu kirim kembali.",
	},
}
