package rpc

import (
	"errors"
	"strings"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// row says which fault an error of the domain is. The detail of the error goes into the metadata under key. The texts
// replace those of the catalogue when they are set; {detail} in them stands for the detail.
type row struct {
	reason fault.Reason
	// field is the field at fault, for a refusal that is about one.
	field string
	key   string
	en    string
	id    string
}

var rules = map[domain.Rule]row{
	domain.RuleDecimal: {
		reason: fault.ReasonInvalidDecimal,
		en:     "The realisation is a decimal of 0 or more with at most 12 digits before and 4 after the point.",
		id: "Realisasi diisi dengan bilangan desimal 0 atau lebih, paling banyak 12 angka di depan dan 4 angka di belakang titik, " +
			"misalnya 92.35, tanpa pemisah ribuan.",
	},
	domain.RuleDate: {reason: fault.ReasonInvalidDate},
	domain.RuleMonthBegun: {
		reason: fault.ReasonInvalidDate, key: "month",
		en: "The month {detail} has not begun.",
		id: "Bulan {detail} belum berjalan. Data kehadiran dan produktivitas dicatat sejak hari pertama bulan itu.",
	},
	domain.RuleFeedback:  {reason: fault.ReasonFeedbackRequired},
	domain.RuleAnswers:   {reason: fault.ReasonSurveyAnswersInvalid, key: "element"},
	domain.RuleReference: {reason: fault.ReasonReferenceNotFound, key: "resource"},
	domain.RuleSurveySource: {
		reason: fault.ReasonInvalidArgument, key: "indicator",
		en: "The realisation of this indicator comes from the satisfaction survey and is not reported.",
		id: "Realisasi indikator ini diambil dari hasil survei kepuasan masyarakat, sehingga tidak perlu dan tidak dapat dilaporkan. " +
			"Pilih indikator lain.",
	},
	domain.RuleRange: {
		reason: fault.ReasonInvalidArgument, key: "range",
		en: "The number must be in {detail}.",
		id: "Nilai harus berada dalam rentang {detail}.",
	},
	domain.RuleChoice: {
		reason: fault.ReasonInvalidArgument,
		en:     "The value is none of the choices.",
		id:     "Pilih salah satu nilai yang tersedia.",
	},
	domain.RulePercentage: {
		reason: fault.ReasonInvalidDecimal,
		en:     "The percentage is a decimal of 0 to 999.99 with at most 2 digits after the point.",
		id:     "Persentase diisi dengan bilangan desimal 0 sampai 999.99, paling banyak 2 angka di belakang titik, misalnya 92.35.",
	},
	domain.RuleRepeated: {
		reason: fault.ReasonInvalidArgument, key: "code",
		en: "{detail} is there more than once.",
		id: "{detail} tercantum lebih dari satu kali. Gabungkan jumlahnya dalam satu isian.",
	},
	domain.RuleLength: {
		reason: fault.ReasonInvalidArgument, key: "range",
		en: "The text must have {detail} characters.",
		id: "Panjang teks harus {detail} karakter.",
	},
}

var refusals = map[error]row{
	domain.ErrPeriodClosed:     {reason: fault.ReasonPeriodClosed, key: "resource"},
	domain.ErrPlanNotApproved:  {reason: fault.ReasonPlanNotApproved},
	domain.ErrNotSuperior:      {reason: fault.ReasonNotSuperior, key: "date"},
	domain.ErrSurveyClosed:     {reason: fault.ReasonSurveyClosed, key: "date"},
	domain.ErrNotFound:         {reason: fault.ReasonNotFound, key: "resource"},
	domain.ErrExists:           {reason: fault.ReasonAlreadyExists, key: "resource"},
	domain.ErrPeerReviewExists: {reason: fault.ReasonPeerReviewExists},
	domain.ErrRequestReused:    {reason: fault.ReasonRequestIDReused, field: "request_id"},
	domain.ErrStale:            {reason: fault.ReasonETagMismatch, key: "resource"},
}

// toFault returns the fault of an error of a use case. An error that no table knows stays as it is, which the server
// answers as a defect.
func toFault(err error) error {
	if err == nil {
		return nil
	}
	violations, ok := errors.AsType[domain.RuleErrors](err)
	if ok {
		all := make([]fault.Violation, 0, len(violations))
		for _, v := range violations {
			all = append(all, violation(v))
		}
		return fault.Invalid(all...).Because(err)
	}
	for kind, r := range refusals {
		if !errors.Is(err, kind) {
			continue
		}
		if r.field != "" {
			return fault.Invalid(fault.Field(r.field, r.reason)).Because(err)
		}
		about, told := errors.AsType[*domain.RefusalError](err)
		if told && r.key != "" {
			return fault.New(r.reason, r.key, about.Detail).Because(err)
		}
		return fault.New(r.reason).Because(err)
	}
	return err
}

func violation(v domain.Violation) fault.Violation {
	r := rules[v.Rule]
	var kv []string
	if r.key != "" && v.Detail != "" {
		kv = []string{r.key, v.Detail}
	}
	reason := r.reason
	if reason == "" {
		reason = fault.ReasonInvalidArgument
	}
	return fault.Field(v.Field, reason, kv...).
		Worded(strings.ReplaceAll(r.en, "{detail}", v.Detail), strings.ReplaceAll(r.id, "{detail}", v.Detail))
}
