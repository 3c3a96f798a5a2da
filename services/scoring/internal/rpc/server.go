package rpc

import (
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

// Server serves the services of scoring.
type Server struct {
	// Show is the use cases that read scores, Decide those by which people decide about them.
	Show   *app.Show
	Decide *app.Decide
	// Library is the rule packs that periods may use; Drafts makes more of them.
	Library *pack.Library
	Drafts  *app.Drafts
	// Calibrations is the use cases of calibration sessions, and of the distributions that they check; Adjust is the one
	// by which sessions adjust.
	Calibrations *app.Calibrations
	Adjust       *app.AdjustCalibration
	// Allowances is the use cases of allowance tables and slips, Credits that of angka kredit.
	Allowances *app.Allowances
	Credits    *app.Credits
	// IDs and Clock are those of the service.
	IDs   ids.Source
	Clock clock.Clock
	// Tokens signs page tokens.
	Tokens *page.Codec
	// Operate is the use cases of mass recomputes.
	Operate *app.Operate
	// Mismatches is what the standing check found.
	Mismatches app.Mismatches
}

// Register registers the services.
func (s *Server) Register(r grpc.ServiceRegistrar) {
	scoringv1.RegisterDecisionServiceServer(r, &decisionServer{decide: s.Decide, tokens: s.Tokens})
	scoringv1.RegisterScoreHistoryServiceServer(r, &historyServer{show: s.Show})
	scoringv1.RegisterScoreServiceServer(r, &scoreServer{show: s.Show, tokens: s.Tokens})
	scoringv1.RegisterSurveySampleServiceServer(r, &surveySampleServer{})
	scoringv1.RegisterExplanationServiceServer(r, &explanationServer{show: s.Show})
	scoringv1.RegisterRulePackServiceServer(r, &rulePackServer{library: s.Library, clock: s.Clock, tokens: s.Tokens})
	scoringv1.RegisterRulePackDraftServiceServer(r, &draftServer{drafts: s.Drafts, ids: s.IDs, tokens: s.Tokens})
	scoringv1.RegisterDistributionServiceServer(r, &distributionServer{distributions: s.Calibrations.Distributions})
	scoringv1.RegisterCalibrationServiceServer(r, &calibrationServer{calibrations: s.Calibrations, adjust: s.Adjust, tokens: s.Tokens})
	scoringv1.RegisterAllowanceServiceServer(r, &allowanceServer{allowances: s.Allowances, tokens: s.Tokens})
	scoringv1.RegisterCreditServiceServer(r, &creditServer{credits: s.Credits})
	scoringv1.RegisterRecomputeServiceServer(r, &recomputeServer{operate: s.Operate, mismatches: s.Mismatches, tokens: s.Tokens})
	scoringv1.RegisterOperationServiceServer(r, &operationServer{operate: s.Operate, tokens: s.Tokens})
}

// parse reads a name of a request into a period, and the id of what the name is about; "" when it is the period itself.
func parse(field, pattern, name string) (domain.Period, string, error) {
	vars, err := resource.ParseField(field, pattern, name)
	if err != nil {
		return domain.Period{}, "", err
	}
	return domain.Period{Tenant: vars["tenant"], ID: vars["period"]}, vars["person"] + vars["unit"], nil
}

// parseNumbered reads a name about a score that ends in a collection and a number.
func parseNumbered(field, pattern, name string) (domain.Period, string, int64, error) {
	score, number, err := wire.ParseNumbered(field, pattern, name)
	if err != nil {
		return domain.Period{}, "", 0, err
	}
	period, person, err := parse(field, wire.ScorePattern, score)
	return period, person, number, err
}

// badID returns the violation of an id of the caller's choice.
func badID(field string) fault.Violation {
	return fault.Field(field, fault.ReasonInvalidArgument).Worded(
		"The id in "+field+" must be 2 to 63 of a-z, 0-9 and '-', not beginning with '-'.",
		"Pengenal pada isian "+field+" tidak sah. Gunakan 2 sampai dengan 63 huruf kecil, angka, atau tanda hubung, dan jangan diawali tanda hubung.")
}

// listRequest is what every list request has.
type listRequest interface {
	proto.Message
	GetPageSize() int32
	GetPageToken() string
}

// listing is one list request as it was read.
type listing struct {
	tokens   *page.Codec
	checksum string
	// limit is how many rows the page has; one more is asked for, which tells whether there is another page.
	limit int
	// after is the last row of the page before, empty for the first page.
	after string
}

func beginList(tokens *page.Codec, request listRequest) (listing, error) {
	limit, err := page.Size(request.GetPageSize())
	if err != nil {
		return listing{}, err
	}
	l := listing{tokens: tokens, checksum: page.RequestChecksum(request), limit: limit}
	cursor, err := tokens.Decode(request.GetPageToken(), l.checksum)
	if err != nil {
		return listing{}, err
	}
	if len(cursor) > 0 {
		l.after = cursor[0]
	}
	return l, nil
}

// cut returns the rows of the page and the token of the next, empty on the last.
func cut[T any](l listing, rows []T, cursor func(T) string) ([]T, string) {
	if len(rows) <= l.limit {
		return rows, ""
	}
	rows = rows[:l.limit]
	return rows, l.tokens.Encode([]string{cursor(rows[l.limit-1])}, l.checksum)
}
