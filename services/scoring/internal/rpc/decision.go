package rpc

import (
	"context"
	"errors"
	"strconv"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type decisionServer struct {
	scoringv1.UnimplementedDecisionServiceServer
	decide *app.Decide
	tokens *page.Codec
}

// ProposeDecision adds a decision to a score.
func (s *decisionServer) ProposeDecision(ctx context.Context, request *scoringv1.ProposeDecisionRequest) (*scoringv1.Decision, error) {
	period, person, err := parse("parent", wire.ScorePattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	made, err := s.decide.Propose(ctx, app.Proposal{Period: period, Person: person, Content: wire.ContentOf(request)})
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	return wire.Decision(period, person, made), nil
}

// ApproveDecision lets a proposed decision hold.
func (s *decisionServer) ApproveDecision(ctx context.Context, request *scoringv1.ApproveDecisionRequest) (*scoringv1.Decision, error) {
	return s.one(ctx, request.GetName(), func(ctx context.Context, ref app.DecisionRef) (decision.Decision, error) {
		adopted, err := s.decide.Approve(ctx, ref)
		if errors.Is(err, decision.ErrMoved) {
			return adopted, overtaken(ref).Because(err)
		}
		return adopted, err
	})
}

// overtaken returns the fault of an approval after the score has moved. To repeat it, as the text of the catalogue
// advises, would not help: the decision is about a revision that nobody sees any more.
func overtaken(ref app.DecisionRef) *fault.Fault {
	return fault.New(fault.ReasonETagMismatch, "resource", wire.ScoreName(ref.Period, ref.Person)).Worded(
		"The score has changed since the decision was proposed; reject or withdraw it, and propose another.",
		"Nilai kinerja telah berubah sejak usulan keputusan ini diajukan. Tolak atau tarik kembali usulan ini, lalu ajukan usulan baru atas nilai yang terkini.",
	)
}

// RejectDecision turns a proposed decision down.
func (s *decisionServer) RejectDecision(ctx context.Context, request *scoringv1.RejectDecisionRequest) (*scoringv1.Decision, error) {
	return s.one(ctx, request.GetName(), func(ctx context.Context, ref app.DecisionRef) (decision.Decision, error) {
		return s.decide.Reject(ctx, ref, request.GetReason())
	})
}

// WithdrawDecision takes a proposed decision back.
func (s *decisionServer) WithdrawDecision(ctx context.Context, request *scoringv1.WithdrawDecisionRequest) (*scoringv1.Decision, error) {
	return s.one(ctx, request.GetName(), s.decide.Withdraw)
}

// GetDecision returns a decision to those who may see the score.
func (s *decisionServer) GetDecision(ctx context.Context, request *scoringv1.GetDecisionRequest) (*scoringv1.Decision, error) {
	return s.one(ctx, request.GetName(), s.decide.Decision)
}

// one calls a use case about the decision with this name.
func (s *decisionServer) one(
	ctx context.Context, name string, use func(context.Context, app.DecisionRef) (decision.Decision, error),
) (*scoringv1.Decision, error) {
	period, person, number, err := parseNumbered("name", wire.DecisionPattern, name)
	if err != nil {
		return nil, err
	}
	found, err := use(ctx, app.DecisionRef{Period: period, Person: person, Number: number})
	if err != nil {
		return nil, refusal(err, name)
	}
	return wire.Decision(period, person, found), nil
}

// ListDecisions lists the decisions about a score, newest first.
func (s *decisionServer) ListDecisions(ctx context.Context, request *scoringv1.ListDecisionsRequest) (*scoringv1.ListDecisionsResponse, error) {
	period, person, err := parse("parent", wire.ScorePattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	below, err := revisionOf(l.after)
	if err != nil {
		return nil, err
	}
	all, err := s.decide.Decisions(ctx, period, person, app.DecisionPage{Below: below, Limit: l.limit + 1})
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	all, next := cut(l, all, func(d decision.Decision) string { return strconv.FormatInt(d.Number, 10) })
	response := &scoringv1.ListDecisionsResponse{NextPageToken: next}
	for _, d := range all {
		response.Decisions = append(response.Decisions, wire.Decision(period, person, d))
	}
	return response, nil
}
