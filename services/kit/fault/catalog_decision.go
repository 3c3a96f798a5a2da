package fault

// decisions are the rows of what people decide about scores.
var decisions = map[Reason]entry{
	ReasonScoreNotComplete: {
		kind: KindPrecondition,
		en:   "The score[ {resource}] is not complete: both ratings and the rating of the organisation must be there first.",
		id:   "Nilai kinerja[ {resource}] belum lengkap. Predikat baru dapat ditetapkan setelah rating hasil kerja, rating perilaku kerja, dan rating kinerja organisasi tersedia.",
	},
	ReasonOrganizationNotRated: {
		kind: KindPrecondition,
		en:   "The organisation of the score's unit is not rated; its rating comes before the predicates of its people.",
		id:   "Predikat pegawai belum dapat ditetapkan karena unit kerjanya belum memiliki rating kinerja organisasi. Mintalah pimpinan untuk menetapkan rating kinerja organisasi terlebih dahulu, lalu ulangi.",
	},
	ReasonScoreFinal: {
		kind: KindPrecondition,
		en:   "The score[ {resource}] is final; only a correction changes it.",
		id:   "Predikat kinerja[ pada {resource}] sudah ditetapkan. Perubahan hanya dapat dilakukan melalui koreksi, misalnya berdasarkan putusan keberatan.",
	},
	ReasonScoreNotFinal: {
		kind: KindPrecondition,
		en:   "The score[ {resource}] is not final, so there is nothing to correct.",
		id:   "Predikat kinerja[ pada {resource}] belum ditetapkan sehingga belum dapat dikoreksi. Tetapkan predikat terlebih dahulu.",
	},
	ReasonDecisionState: {
		kind: KindPrecondition,
		en:   "The decision[ {resource}] was answered before.",
		id:   "Usulan keputusan[ {resource}] sudah ditindaklanjuti. Muat ulang data untuk melihat keadaannya.",
	},
	ReasonDecisionPredicate: {
		kind: KindInvalid,
		en:   "The predicate[ in {field}] does not fit the kind of the decision.",
		id:   "Predikat[ pada isian {field}] tidak sesuai dengan jenis keputusan. Penetapan mengikuti predikat menurut aturan; perubahan dan koreksi harus menyebutkan predikat lain.",
	},
	ReasonDecisionOwnScore: {
		kind: KindDenied,
		en:   "Nobody decides about their own score.",
		id:   "Anda tidak dapat mengambil keputusan atas nilai kinerja Anda sendiri. Keputusan diambil oleh pejabat lain yang berwenang.",
	},
	ReasonDecisionSecondPerson: {
		kind: KindDenied,
		en:   "The author of a decision cannot be its second person.",
		id:   "Pengusul tidak dapat menyetujui atau menolak usulannya sendiri. Persetujuan diberikan oleh pejabat lain yang berwenang.",
	},
	ReasonDecisionPersonRequired: {
		kind: KindDenied,
		en:   "Only people decide about scores, and the token names no person.",
		id:   "Keputusan atas nilai kinerja hanya dapat diambil oleh pejabat yang masuk dengan identitas pribadinya, bukan oleh aplikasi.",
	},
	ReasonDecisionNotAuthor: {
		kind: KindDenied,
		en:   "Only the author takes a decision back.",
		id:   "Usulan keputusan hanya dapat ditarik kembali oleh pengusulnya.",
	},
	ReasonDecisionReasonRequired: {
		kind: KindInvalid,
		en:   "The reason[ in {field}] is missing or has fewer than 20 characters; only a KIND_FINALIZE after the end of the period may leave it out.",
		id:   "Alasan[ pada isian {field}] wajib diisi dengan paling sedikit 20 karakter; hanya pada penetapan sesuai hasil menurut aturan (KIND_FINALIZE) setelah periode berakhir alasan boleh dikosongkan seluruhnya.",
	},
	ReasonDecisionReferenceUsed: {
		kind: KindInvalid,
		en:   "Another correction of the score, one that waits or was adopted, carries this reference[ in {field}].",
		id:   "Rujukan[ pada isian {field}] sudah digunakan oleh koreksi lain atas nilai ini yang menunggu persetujuan atau sudah ditetapkan. Putusan atas satu keberatan diambil satu kali; sebutkan rujukan yang lain.",
	},
	ReasonObjectionDecided: {
		kind: KindInvalid,
		en:   "An objection to the score was decided before, and what was decided on it is final.",
		id:   "Keberatan atas nilai ini sudah diputuskan dan putusannya bersifat final. Koreksi lain hanya dapat didasarkan pada laporan hasil pemeriksaan, putusan pengadilan, atau kekeliruan yang ditemukan.",
	},
}
